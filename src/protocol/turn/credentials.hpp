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

/// The ICE servers of an installation. STUN needs no credentials; TURN urls without a secret are handed out without any.
struct IceSettings {
    std::vector<std::string> stun_urls;  ///< "stun:host:port"
    std::vector<std::string> turn_urls;  ///< "turn:host:port?transport=udp"
    Secret<std::string> turn_secret;
    std::chrono::seconds time_to_live{std::chrono::minutes{10}};
};

/// The holder of credentials: everybody in a call shares the call's, so that coturn's user-quota bounds the call, over all renewals.
struct IceClient {
    const CompanyId& company;
    const UserId& user;
    const std::optional<ContactId>& call;  ///< none: staff before a call, by themselves
};

/// The user name that coturn sees: two hashes, 33 characters. It names no company, person or call to a reader of the relay's log, and is
/// the same at each renewal.
[[nodiscard]] std::string turn_user_of(const IceClient& client);

/// @return one entry for all STUN urls and one for all TURN urls; none for an empty list
[[nodiscard]] domain::notice::IceServers make_ice_servers(const IceSettings& settings, const IceClient& client, Instant now);

}  // namespace calldocker::protocol
