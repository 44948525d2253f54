#include "adapters/jose/verifier.hpp"

#include <cjose/cjose.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "adapters/jose/limits.hpp"
#include "base/text.hpp"

namespace calldocker::adapters::jose {
namespace {

namespace json = protocol::json;
using domain::Identity;
using domain::Role;

constexpr std::string_view mock_signature = "mock_signature";
/// As `id`: nobody in particular. The customer token of the original's documents has it, and every visitor of an old page
/// carries that very token.
constexpr std::string_view anonymous_id = "anonymous";

/// Later than this is as good as never: the last second of the year 9999.
constexpr double seconds_max = 253'402'300'799.0;

tl::unexpected<Error> refused(std::string_view why) { return fail(ErrorCode::unauthenticated, std::string(why)); }

Role role_of(std::string_view name) {
    if (name == "agent") return Role::agent;
    if (name == "supervisor") return Role::supervisor;
    if (name == "admin") return Role::admin;
    return Role::customer;
}

std::optional<std::string> name_claim(std::string_view value) {
    std::string scratch;
    const auto text = json::text_of(value, scratch);
    if (!text || !is_name(*text)) return std::nullopt;
    return std::string(*text);
}

struct FreeJws {
    void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
};

bool verifies(const PublicKey& key, std::string_view token) {
    cjose_err error{};
    const std::unique_ptr<cjose_jws_t, FreeJws> jws(cjose_jws_import(token.data(), token.size(), &error));
    if (!jws) return false;
    // cjose takes the algorithm from its own reading of the header: that must be the key's, too.
    const char* algorithm = cjose_header_get(cjose_jws_get_protected(jws.get()), CJOSE_HDR_ALG, &error);
    if (algorithm == nullptr || name_of(key.algorithm) != algorithm) return false;
    return cjose_jws_verify(jws.get(), key.jwk.get(), &error);
}

}  // namespace

struct Verifier::Parts {
    std::string_view token;
    std::string_view signed_text;  // the first two parts with the dot between them
    std::string_view signature;    // as it is written
    std::string header;
    std::string payload;
};

Verifier::Verifier(const VerifierSettings& settings)
    : validator_(token_bytes_max, token_nesting_max),
      public_keys_(settings.public_keys),
      accept_mock_tokens_(settings.accept_mock_tokens),
      accept_anonymous_customers_(settings.accept_anonymous_customers) {
    for (const auto* secret : {&settings.secret, &settings.previous_secret}) {
        if (!secret->reveal().empty()) secrets_.emplace_back(*secret);
    }
}

Result<Identity> Verifier::verify(std::string_view token, Instant now) {
    if (token.size() > token_bytes_max) return refused("longer than a token may be");
    const std::size_t first_dot = token.find('.');
    const std::size_t last_dot = token.rfind('.');
    if (first_dot == last_dot || token.find('.', first_dot + 1) != last_dot) return refused("not of three parts");
    auto header = base64url_decode(token.substr(0, first_dot));
    auto payload = base64url_decode(token.substr(first_dot + 1, last_dot - first_dot - 1));
    if (!header || !payload) return refused("header or payload is not canonical base64url");
    if (!validator_.validate(*header) || !json::is_object(*header)) return refused("the header is not a JSON object");
    if (!validator_.validate(*payload) || !json::is_object(*payload)) return refused("the payload is not a JSON object");

    const Parts parts{token, token.substr(0, last_dot), token.substr(last_dot + 1), *std::move(header), *std::move(payload)};
    auto identity = read_claims(parts.payload, now);
    if (!identity) return identity;
    if (auto checked = check_signature(parts, *identity); !checked) return fail(std::move(checked.error()));
    return identity;
}

Result<Identity> Verifier::read_claims(std::string_view claims, Instant now) {
    const auto [id, role, company, anonymous, name, exp, nbf] =
        json::pick<7>(claims, {"id", "role", "company_id", "anonymous", "name", "exp", "nbf"});
    auto user = name_claim(id);
    auto role_name = name_claim(role);
    auto company_name = name_claim(company);
    if (!user || !role_name || !company_name) return refused("id, role and company_id must be names");

    Identity identity;
    identity.company = CompanyId(std::move(*company_name));
    identity.role = role_of(*role_name);
    identity.role_name = std::move(*role_name);
    identity.name = name_claim(name).value_or("");
    if (!anonymous.empty()) {
        const auto flag = json::boolean_of(anonymous);
        if (!flag) return refused("anonymous must be true or false");
        identity.anonymous = *flag;
    }
    if (*user == anonymous_id) identity.anonymous = true;
    // Nobody in particular answers for nothing: neither people nor the company's settings are theirs to direct.
    if (identity.anonymous && domain::is_staff(identity.role)) identity.role = Role::agent;
    if (!identity.anonymous) identity.user = UserId(domain::class_of(identity.role), std::move(*user));

    const double now_seconds = static_cast<double>(to_unix_ms(now)) / 1000.0;
    if (!exp.empty()) {
        const auto seconds = json::number_of(exp);
        if (!seconds) return refused("exp must be a number");
        if (*seconds <= now_seconds) return refused("expired");
        identity.token_expires_at = from_unix_ms(static_cast<std::int64_t>(std::min(*seconds, seconds_max) * 1000.0));
    }
    if (!nbf.empty()) {
        const auto seconds = json::number_of(nbf);
        if (!seconds) return refused("nbf must be a number");
        if (*seconds > now_seconds) return refused("not valid yet");
    }
    return identity;
}

Result<void> Verifier::check_signature(const Parts& parts, const Identity& claimed) {
    const auto [alg, kid, crit] = json::pick<3>(parts.header, {"alg", "kid", "crit"});
    std::string scratch;
    const std::string algorithm(json::text_of(alg, scratch).value_or(""));
    if (!crit.empty()) return refused("crit names extensions that are not understood");  // RFC 7515 §4.1.11

    if (algorithm == "HS256") {
        if (parts.signature == mock_signature) return accepts_mock(parts.payload, claimed) ? Result<void>{} : refused("mock signature");
        const auto signature = base64url_decode(parts.signature);
        if (!signature) return refused("the signature is not canonical base64url");
        const bool good =
            std::any_of(secrets_.begin(), secrets_.end(), [&](Hmac& secret) { return secret.matches(parts.signed_text, *signature); });
        return good ? Result<void>{} : refused("wrong signature");
    }
    if (!base64url_decode(parts.signature)) return refused("the signature is not canonical base64url");
    const std::string key_id(json::text_of(kid, scratch).value_or(""));
    return check_public_key(parts, algorithm, key_id);
}

Result<void> Verifier::check_public_key(const Parts& parts, std::string_view algorithm, std::string_view key_id) const {
    bool known_algorithm = false;
    for (const PublicKey& key : public_keys_) {
        if (name_of(key.algorithm) != algorithm) continue;
        known_algorithm = true;
        if (!key_id.empty() && !key.id.empty() && key_id != key.id) continue;
        if (verifies(key, parts.token)) return {};
    }
    return refused(known_algorithm ? "wrong signature" : "algorithm not accepted");
}

bool Verifier::accepts_mock(std::string_view claims, const Identity& claimed) const {
    if (accept_mock_tokens_) return true;
    std::string scratch;
    const bool is_documented = claimed.role_name == "user" && json::text_of(json::pick<1>(claims, {"id"})[0], scratch) == anonymous_id;
    return accept_anonymous_customers_ && is_documented;
}

}  // namespace calldocker::adapters::jose
