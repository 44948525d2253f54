#include "adapters/jose/verifier.hpp"

#include <cjose/cjose.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "adapters/jose/limits.hpp"
#include "adapters/jose/signer.hpp"
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

/// @return whether `aud`, one text or a list of them (RFC 7519 §4.1.3), names the audience
bool names_audience(std::string_view aud, std::string_view audience) {
    std::string scratch;
    if (!json::is_array(aud)) return json::text_of(aud, scratch) == audience;
    json::Cursor elements(aud);
    while (const auto element = elements.next())
        if (json::text_of(element->value, scratch) == audience) return true;
    return false;
}

std::optional<std::string> name_claim(std::string_view value) {
    std::string scratch;
    const auto text = json::text_of(value, scratch);
    if (!text || !is_name(*text)) return std::nullopt;
    return std::string(*text);
}

/// For people: one that cannot be shown is none, and no reason to refuse anybody.
std::string shown_name(std::string_view value) {
    std::string scratch;
    const auto text = json::text_of(value, scratch);
    return text && is_line(*text) ? std::string(*text) : std::string();
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
    auto known = check(token, now, Expired::refused);
    if (!known) return fail(std::move(known.error()));
    return std::move(known->identity);
}

Result<Identity> Verifier::verify_even_if_expired(std::string_view token, Instant now) {
    auto known = check(token, now, Expired::accepted);
    if (!known) return fail(std::move(known.error()));
    return std::move(known->identity);
}

Result<ports::OwnToken> Verifier::verify_own(std::string_view token, Instant now) {
    auto known = check(token, now, Expired::refused);
    if (!known) return fail(std::move(known.error()));
    if (!known->own_since) return refused("issued by somebody else");
    return ports::OwnToken{std::move(known->identity), *known->own_since};
}

Result<Verifier::Known> Verifier::check(std::string_view token, Instant now, Expired expired) {
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
    auto identity = read_claims(parts.payload, now, expired);
    if (!identity) return fail(std::move(identity.error()));
    const auto signed_by = check_signature(parts, *identity, now);
    if (!signed_by) return fail(signed_by.error());
    Known known{*std::move(identity), std::nullopt};
    if (*signed_by == SignedBy::our_secret) known.own_since = own_since(parts.payload);
    return known;
}

/// The secret is also the backends' that make tokens: ours say so.
std::optional<Instant> Verifier::own_since(std::string_view claims) {
    const auto [iss, auth_time] = json::pick<2>(claims, {"iss", "auth_time"});
    std::string scratch;
    const auto seconds = json::number_of(auth_time);
    if (json::text_of(iss, scratch) != own_issuer || !seconds || *seconds < 0 || *seconds > seconds_max) return std::nullopt;
    return from_unix_ms(static_cast<std::int64_t>(*seconds * 1000.0));
}

Result<Identity> Verifier::read_claims(std::string_view claims, Instant now, Expired expired) {
    const auto [id, role, company, anonymous, name, exp, nbf, iat] =
        json::pick<8>(claims, {"id", "role", "company_id", "anonymous", "name", "exp", "nbf", "iat"});
    auto user = name_claim(id);
    auto role_name = name_claim(role);
    auto company_name = name_claim(company);
    if (!user || !role_name || !company_name) return refused("id, role and company_id must be names");

    Identity identity;
    identity.company = CompanyId(std::move(*company_name));
    identity.role = role_of(*role_name);
    identity.role_name = std::move(*role_name);
    identity.name = shown_name(name);
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
        if (*seconds <= now_seconds && expired == Expired::refused) return refused("expired");
        identity.token_expires_at = from_unix_ms(static_cast<std::int64_t>(std::min(*seconds, seconds_max) * 1000.0));
    }
    if (!nbf.empty()) {
        const auto seconds = json::number_of(nbf);
        if (!seconds) return refused("nbf must be a number");
        if (*seconds > now_seconds) return refused("not valid yet");
    }
    if (const auto seconds = json::number_of(iat); seconds && *seconds >= 0)
        identity.token_issued_at = from_unix_ms(static_cast<std::int64_t>(std::min(*seconds, seconds_max) * 1000.0));
    return identity;
}

Result<Verifier::SignedBy> Verifier::check_signature(const Parts& parts, const Identity& claimed, Instant now) {
    const auto [alg, kid, crit] = json::pick<3>(parts.header, {"alg", "kid", "crit"});
    std::string scratch;
    const std::string algorithm(json::text_of(alg, scratch).value_or(""));
    if (!crit.empty()) return refused("crit names extensions that are not understood");  // RFC 7515 §4.1.11

    if (algorithm == "HS256") {
        if (parts.signature == mock_signature) {
            if (accept_mock_tokens_ || (accept_anonymous_customers_ && is_documented_customer(parts.payload, claimed)))
                return SignedBy::nobody;
            return refused("mock signature");
        }
        const auto signature = base64url_decode(parts.signature);
        if (!signature) return refused("the signature is not canonical base64url");
        const bool good =
            std::any_of(secrets_.begin(), secrets_.end(), [&](Hmac& secret) { return secret.matches(parts.signed_text, *signature); });
        if (!good) return refused("wrong signature");
        return SignedBy::our_secret;
    }
    if (!base64url_decode(parts.signature)) return refused("the signature is not canonical base64url");
    const std::string key_id(json::text_of(kid, scratch).value_or(""));
    const auto key = check_public_key(parts, algorithm, key_id);
    if (!key) return fail(key.error());
    if (auto allowed = check_binding((*key)->binding, parts.payload, claimed, now); !allowed) return fail(std::move(allowed.error()));
    return SignedBy::public_key;
}

Result<const PublicKey*> Verifier::check_public_key(const Parts& parts, std::string_view algorithm, std::string_view key_id) const {
    bool known_algorithm = false;
    for (const PublicKey& key : public_keys_) {
        if (name_of(key.algorithm) != algorithm) continue;
        known_algorithm = true;
        if (!key_id.empty() && !key.id.empty() && key_id != key.id) continue;
        if (verifies(key, parts.token)) return &key;
    }
    return refused(known_algorithm ? "wrong signature" : "algorithm not accepted");
}

Result<void> Verifier::check_binding(const KeyBinding& binding, std::string_view claims, const Identity& claimed, Instant now) {
    const auto [iss, aud] = json::pick<2>(claims, {"iss", "aud"});
    std::string scratch;
    if (!binding.companies.empty() && !binding.companies.contains(claimed.company)) return refused("its key is not one of this company's");
    if (!binding.issuer.empty() && json::text_of(iss, scratch) != binding.issuer) return refused("iss is not its key's");
    if (!binding.audience.empty() && !names_audience(aud, binding.audience)) return refused("aud is not its key's");
    if (!claimed.token_expires_at) return refused("a token that a public key verifies needs exp");
    if (*claimed.token_expires_at > now + binding.lifetime_max) return refused("exp is further ahead than its key's tokens may last");
    return {};
}

bool Verifier::is_documented_customer(std::string_view claims, const Identity& claimed) {
    std::string scratch;
    return claimed.role_name == "user" && json::text_of(json::pick<1>(claims, {"id"})[0], scratch) == anonymous_id;
}

}  // namespace calldocker::adapters::jose
