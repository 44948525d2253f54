#pragma once
#include <optional>
#include <string>

#include "base/id.hpp"
#include "base/instant.hpp"

namespace calldocker::ports {

/// The content of an access token (docs/protocol.md, "Connecting").
struct TokenClaims {
    CompanyId company;
    UserId user;
    std::string role;  ///< "user", "agent", "supervisor" or "admin"
    std::string name;  ///< for people; empty: left out
    Instant expires_at{};
    bool anonymous{};                ///< each connection gets a user id of its own
    std::optional<Instant> since{};  ///< when this identity was first given out; unset: now
};

/// Signs access tokens with the installation's shared secret. Any thread.
struct TokenIssuer {
    virtual ~TokenIssuer() = default;
    [[nodiscard]] virtual std::string issue(const TokenClaims& claims, Instant now) = 0;
};

}  // namespace calldocker::ports
