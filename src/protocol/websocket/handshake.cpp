#include "protocol/websocket/handshake.hpp"

#include <openssl/sha.h>

#include <array>
#include <cstddef>

#include "base/text.hpp"

namespace calldocker::protocol::websocket {
namespace {

template <class Predicate>
bool any_of_list(std::string_view list, Predicate matches) {
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        if (matches(trimmed(list.substr(0, comma)))) return true;
        if (comma == std::string_view::npos) break;
        list.remove_prefix(comma + 1);
    }
    return false;
}

/// 16 bytes in canonical base64 are 22 characters, the last of which has 4 unused bits, and "==".
bool is_key(std::string_view key) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (key.size() != 24 || !key.ends_with("==")) return false;
    const std::string_view digits = key.substr(0, 22);
    if (digits.find_first_not_of(alphabet) != std::string_view::npos) return false;
    return std::string_view("AQgw").find(digits.back()) != std::string_view::npos;
}

}  // namespace

bool has_token(std::string_view list, std::string_view token) {
    return any_of_list(list, [token](std::string_view item) { return equal_ignoring_case(item, token); });
}

bool offers_protocol(std::string_view list, std::string_view protocol) {
    return any_of_list(list, [protocol](std::string_view item) { return item == protocol; });
}

bool wants_websocket(std::string_view upgrade) { return has_token(upgrade, "websocket"); }

std::string accept_value(std::string_view key) {
    constexpr std::string_view guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // RFC 6455 §1.3
    std::string text(key);
    text += guid;
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return base64_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

tl::expected<std::string, Refusal> accept_upgrade(const UpgradeHeaders& headers) {
    if (!wants_websocket(headers.upgrade)) return tl::unexpected(Refusal{400, "the Upgrade header does not name websocket"});
    if (!has_token(headers.connection, "upgrade")) return tl::unexpected(Refusal{400, "the Connection header does not name upgrade"});
    if (trimmed(headers.version) != "13") return tl::unexpected(Refusal{426, "Sec-WebSocket-Version is not 13"});
    const std::string_view key = trimmed(headers.key);
    if (!is_key(key)) return tl::unexpected(Refusal{400, "Sec-WebSocket-Key is not 16 bytes of base64"});
    return accept_value(key);
}

}  // namespace calldocker::protocol::websocket
