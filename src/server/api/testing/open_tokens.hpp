#pragma once
#include <string>

#include "ports/token_issuer.hpp"
#include "ports/token_verifier.hpp"

namespace calldocker::server {

/// Tokens that say what they are for: "user@company/role". All but those of a user "foreign-…" are ours, given out first at
/// `first_issued_at`.
struct OpenTokens final : ports::TokenIssuer, ports::TokenVerifier {
    std::string issue(const ports::TokenClaims& claims, Instant) override {
        return claims.user.str() + "@" + claims.company.str() + "/" + claims.role;
    }
    Result<domain::Identity> verify(std::string_view token, Instant) override {
        const auto at = token.find('@'), slash = token.find('/');
        if (at == std::string_view::npos) return fail(ErrorCode::unauthenticated, "no @");
        const auto role = token.ends_with("/user") ? domain::Role::customer : domain::Role::agent;
        return domain::Identity{.company = CompanyId(token.substr(at + 1, slash - at - 1)),
                                .user = UserId(domain::class_of(role), std::string(token.substr(0, at))),
                                .role = role,
                                .role_name = {},
                                .name = {},
                                .anonymous = at == 0,
                                .token_expires_at = std::nullopt};
    }
    Result<ports::OwnToken> verify_own(std::string_view token, Instant now) override {
        if (token.starts_with("foreign-")) return fail(ErrorCode::unauthenticated, "issued by somebody else");
        auto identity = verify(token, now);
        if (!identity) return fail(std::move(identity.error()));
        return ports::OwnToken{*std::move(identity), first_issued_at};
    }

    Instant first_issued_at = from_unix_ms(0);
};

}  // namespace calldocker::server
