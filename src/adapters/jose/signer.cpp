#include "adapters/jose/signer.hpp"

#include "adapters/jose/limits.hpp"
#include "base/text.hpp"
#include "protocol/json/writer.hpp"

namespace calldocker::adapters::jose {
namespace {

std::string_view as_text(const Hmac::Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }

/// NumericDate of RFC 7519 §2.
std::int64_t unix_seconds(Instant at) { return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count(); }

std::string payload_of(const ports::TokenClaims& claims, Instant now) {
    std::string json;
    protocol::json::Writer write(json);
    write.begin_object();
    write.key("id").text(claims.user.view()).key("role").text(claims.role).key("company_id").text(claims.company.view());
    if (!claims.name.empty()) write.key("name").text(claims.name);
    if (claims.anonymous) write.key("anonymous").boolean(true);
    write.key("iss").text(own_issuer).key("auth_time").number(unix_seconds(claims.since.value_or(now)));
    write.key("iat").number(unix_seconds(now)).key("exp").number(unix_seconds(claims.expires_at));
    write.end_object();
    return json;
}

}  // namespace

std::string sign_hs256(const Secret<std::string>& secret, const ports::TokenClaims& claims, Instant now) {
    std::string token = base64url_encode(R"({"alg":"HS256","typ":"JWT"})") + "." + base64url_encode(payload_of(claims, now));
    const std::string signature = base64url_encode(as_text(Hmac(secret).digest(token)));
    return token + "." + signature;
}

std::string HmacSealer::seal(std::string_view payload) {
    std::string sealed = base64url_encode(payload);
    const std::string mac = base64url_encode(as_text(hmac_.digest(sealed)));
    return sealed + "." + mac;
}

std::optional<std::string> HmacSealer::unseal(std::string_view sealed) {
    const std::size_t dot = sealed.find('.');
    if (sealed.size() > token_bytes_max || dot == std::string_view::npos) return std::nullopt;
    const auto mac = base64url_decode(sealed.substr(dot + 1));
    if (!mac || !hmac_.matches(sealed.substr(0, dot), *mac)) return std::nullopt;
    return base64url_decode(sealed.substr(0, dot));
}

}  // namespace calldocker::adapters::jose
