#include "protocol/turn/credentials.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/require.hpp"
#include "base/text.hpp"

namespace calldocker::protocol {

namespace {

/// 64 bits of SHA-256, in hex.
std::string short_hash(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned digest_bytes = 0;
    const int made = EVP_Digest(text.data(), text.size(), digest.data(), &digest_bytes, EVP_sha256(), nullptr);
    require(made == 1, "SHA-256 is available");
    std::string hex;
    for (std::size_t i = 0; i < 8; ++i) hex += fmt::format("{:02x}", digest[i]);
    return hex;
}

}  // namespace

TurnCredentials make_turn_credentials(const Secret<std::string>& secret, std::string_view user, Instant expires_at) {
    const auto expiry = std::chrono::floor<std::chrono::seconds>(expires_at).time_since_epoch().count();
    std::string username = fmt::format("{}:{}", expiry, user);
    const std::string& key = secret.reveal();
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned digest_bytes = 0;
    const auto* text = reinterpret_cast<const unsigned char*>(username.data());
    const auto* mac = HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), text, username.size(), digest.data(), &digest_bytes);
    require(mac != nullptr, "HMAC-SHA1 is available");
    return {std::move(username), base64_encode({reinterpret_cast<const char*>(digest.data()), digest_bytes})};
}

std::string turn_user_of(const IceClient& client) {
    std::string whose(client.company.view());
    const std::string company = short_hash(whose);
    whose += client.call ? "\ncall\n" : "\nstaff\n";
    whose += client.call ? client.call->view() : client.user.view();
    return company + "/" + short_hash(whose);
}

domain::notice::IceServers make_ice_servers(const IceSettings& settings, const IceClient& client, Instant now) {
    domain::notice::IceServers answer{.call = client.call, .servers = {}, .ttl_seconds = settings.time_to_live.count()};
    if (!settings.stun_urls.empty()) answer.servers.push_back({.urls = settings.stun_urls, .username = {}, .credential = {}});
    if (settings.turn_urls.empty()) return answer;
    domain::notice::IceServer turn{.urls = settings.turn_urls, .username = {}, .credential = {}};
    if (!settings.turn_secret.reveal().empty()) {
        auto credentials = make_turn_credentials(settings.turn_secret, turn_user_of(client), now + settings.time_to_live);
        turn.username = std::move(credentials.username);
        turn.credential = std::move(credentials.password);
    }
    answer.servers.push_back(std::move(turn));
    return answer;
}

}  // namespace calldocker::protocol
