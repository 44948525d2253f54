#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/secret.hpp"
#include "domain/messages/notice.hpp"

/// Time-limited TURN credentials (draft-uberti-behave-turn-rest-00, coturn's `use-auth-secret`).
namespace calldocker::protocol {

struct TurnCredentials {
    std::string username;  ///< "EXPIRY:USER", EXPIRY in Unix seconds
    std::string password;  ///< base64 of HMAC-SHA1(secret, username)
};

/// @param user  any text; colons are fine, coturn reads up to the first
[[nodiscard]] TurnCredentials make_turn_credentials(const Secret<std::string>& secret, std::string_view user, Instant expires_at);

/// What an installation offers. STUN needs no credentials; TURN urls without a secret are handed out without any.
struct IceSettings {
    std::vector<std::string> stun_urls;  ///< "stun:host:port"
    std::vector<std::string> turn_urls;  ///< "turn:host:port?transport=udp"
    Secret<std::string> turn_secret;
    std::chrono::seconds time_to_live{std::chrono::hours{1}};
};

/// @return one entry for all STUN urls and one for all TURN urls; none for an empty list
[[nodiscard]] domain::notice::IceServers make_ice_servers(const IceSettings& settings, const UserId& user,
                                                          const std::optional<ContactId>& call, Instant now);

}  // namespace calldocker::protocol
