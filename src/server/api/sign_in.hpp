#pragma once
#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/budgets/budgets.hpp"
#include "ports/token_issuer.hpp"
#include "ports/token_verifier.hpp"
#include "protocol/json/reader.hpp"

namespace calldocker::server {

inline constexpr std::chrono::minutes visitor_token_lifetime{15};
inline constexpr std::chrono::hours demo_token_lifetime{8};
/// How long a visitor stays the same one by renewing its token.
inline constexpr std::chrono::days visitor_lifetime_max{30};

struct SignInSettings {
    bool development{};
    /// Companies for which anyone may get a visitor's token. `any_company` means all.
    std::set<CompanyId> visitor_companies;
    bool any_company{};
};

/// Issues tokens where no system of the company does: to visitors of the listed companies, and, in development only, to the people of the
/// demo company. Bodies and answers are JSON. One per shard.
class SignIn {
public:
    SignIn(SignInSettings settings, ports::TokenIssuer& issuer, ports::TokenVerifier& verifier, domain::Budgets& budgets,
           std::function<std::string(std::size_t bytes)> random_bytes);

    /// @return the company that a body for visitor_token() names, on whose shard it is to be answered; empty: none
    [[nodiscard]] CompanyId company_of(std::string_view body);

    /// POST /api/visitor-token {company, token?} -> {token, expiresAt, user: {id, role}, company}
    /// With a valid token of this company's visitor that was issued here, the same visitor gets a new one, up to visitor_lifetime_max after
    /// the first. A token that somebody else has issued counts as none: its issuer has to renew it.
    /// @errors invalid, not_found (the company takes no visitors this way, or does not exist), overloaded
    [[nodiscard]] Result<std::string> visitor_token(std::string_view body, domain::AddressKey from, Instant now);

    /// GET /api/dev/demo -> {company, visitor, agents: [{id, name, role}]}. @errors not_found (not in development)
    [[nodiscard]] Result<std::string> demo() const;
    /// POST /api/dev/sign-in {as} -> {token, expiresAt, user: {id, name, role}, company}
    /// @errors invalid, not_found (not in development, or nobody of the demo company)
    [[nodiscard]] Result<std::string> sign_in(std::string_view body, Instant now);

private:
    [[nodiscard]] std::string grant(const ports::TokenClaims& claims, Instant now);

    SignInSettings settings_;
    ports::TokenIssuer& issuer_;
    ports::TokenVerifier& verifier_;
    domain::Budgets& budgets_;
    std::function<std::string(std::size_t)> random_bytes_;
    protocol::json::Validator validator_;
};

}  // namespace calldocker::server
