#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/instant.hpp"

namespace calldocker::adapters {

/// From the operating system's generator; good for secrets. Throws std::system_error if there is none.
[[nodiscard]] std::string random_bytes(std::size_t count);

/// The system's clock, which jumps when somebody sets it. For times that other programs compare with their own: log lines, TURN
/// credentials, certificates. The server's own time is ServerClock's.
[[nodiscard]] Instant system_now();

/// Of this machine or container; empty where it has none.
[[nodiscard]] std::string host_name();

struct OpenFileLimit {
    std::uint64_t now;       ///< files and sockets that this process may have open
    std::uint64_t possible;  ///< what it may raise that to by itself
};
[[nodiscard]] OpenFileLimit open_file_limit();
/// Raises it as far as it goes; each connection takes one. @return the new limit
OpenFileLimit raise_open_file_limit();

}  // namespace calldocker::adapters
