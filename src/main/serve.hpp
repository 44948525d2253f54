#pragma once
#include "main/settings.hpp"

namespace calldocker::main {

struct ServeOptions {
    bool websocket_only{};  ///< WS_PORT alone
};

/// Runs the server until a signal stops it. Logging is set up and the limit of open files raised.
/// @param settings  checked; in development with a JWT_SECRET
/// @return the program's exit code: 0 stopped as asked, 1 could not start (a port, the database…), said on standard error
int serve(const Settings& settings, const ServeOptions& options);

}  // namespace calldocker::main
