#pragma once
#include <string>
#include <string_view>
#include <tl/expected.hpp>

/// The opening handshake (RFC 6455 §4.2) as pure functions over header values. Parsing HTTP is the transport's.
namespace calldocker::protocol::websocket {

/// The header values of a GET request over HTTP/1.1; empty where the header is absent. A header that was repeated is
/// given joined by ", ", which makes a repeated key or version unacceptable, as it must be.
struct UpgradeHeaders {
    std::string_view connection;
    std::string_view upgrade;
    std::string_view version;  ///< Sec-WebSocket-Version
    std::string_view key;      ///< Sec-WebSocket-Key
};

/// Why an upgrade is not possible. With 426 the response carries `Sec-WebSocket-Version: 13` (§4.2.2) and
/// `Upgrade: websocket` (RFC 9110 §15.5.22).
struct Refusal {
    unsigned status;  ///< 400 or 426
    std::string_view reason;
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// @return whether a comma-separated list header names `token`, ignoring case (Connection, Upgrade)
[[nodiscard]] bool has_token(std::string_view list, std::string_view token);

/// @return whether Sec-WebSocket-Protocol offers `protocol`; names are case-sensitive (§4.1)
[[nodiscard]] bool offers_protocol(std::string_view list, std::string_view protocol);

/// @return whether a request means to be upgraded to a WebSocket at all; if not, it is an ordinary request
[[nodiscard]] bool wants_websocket(std::string_view upgrade);

/// @return the value of Sec-WebSocket-Accept for a valid key
[[nodiscard]] std::string accept_value(std::string_view key);

/// @return Sec-WebSocket-Accept, or what to answer instead of 101
[[nodiscard]] tl::expected<std::string, Refusal> accept_upgrade(const UpgradeHeaders& headers);

}  // namespace calldocker::protocol::websocket
