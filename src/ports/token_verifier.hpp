#pragma once
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/messages/identity.hpp"

namespace calldocker::ports {

/// Verifies access tokens (docs/protocol.md, "Connecting"). Thread: each shard has its own. Never blocks.
struct TokenVerifier {
    virtual ~TokenVerifier() = default;
    /// @return the identity; an anonymous one has an empty user id, which the caller makes up
    /// @errors unauthenticated, for every reason alike; `detail` says which, for the log, without the token
    [[nodiscard]] virtual Result<domain::Identity> verify(std::string_view token, Instant now) = 0;
};

}  // namespace calldocker::ports
