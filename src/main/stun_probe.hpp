#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace calldocker::main {

/// Where a STUN or TURN URL (RFC 7064, RFC 7065) points.
struct IceUrl {
    std::string host;
    std::string port;
    bool tcp{};
    bool tls{};
};
[[nodiscard]] std::optional<IceUrl> parse_ice_url(std::string_view url);

/// A binding request (RFC 8489 §6.3.1). @param transaction  12 random bytes
[[nodiscard]] std::string binding_request(std::string_view transaction);
/// @return whether `bytes` starts with a success response to that request
[[nodiscard]] bool is_binding_response(std::string_view bytes, std::string_view transaction);

/// Sends a binding request and waits for its answer; behind TLS only connects. Blocks until `deadline` at most (and for
/// as long as the system's resolver takes).
/// @return what was found, in words. @errors unavailable, invalid (the URL)
Result<std::string> probe_stun(const std::string& url, std::chrono::milliseconds deadline);

}  // namespace calldocker::main
