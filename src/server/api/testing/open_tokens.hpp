#pragma once
#include <string>

#include "ports/token_issuer.hpp"
#include "ports/token_verifier.hpp"

namespace calldocker::server {

/// Tokens that say what they are for: "user@company/role".
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
};

}  // namespace calldocker::server
