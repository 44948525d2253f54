#pragma once
#include <string_view>

#include "base/result.hpp"
#include "server/http/message.hpp"

namespace calldocker::server::http {

/// A problem document (RFC 9457): {type, title, status, detail}. @param type  the last part of its `type`, as "not_found"
[[nodiscard]] Response problem(unsigned status, std::string_view type, std::string_view detail);

/// 404 for an address that nothing answers at. Carries `error` too, as the original's answer did.
[[nodiscard]] Response no_such_route();

/// The problem document of an error; its status follows from its code.
[[nodiscard]] Response problem(const Error& error);

}  // namespace calldocker::server::http
