#pragma once
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/messages/identity.hpp"

namespace calldocker::ports {

/// The content of a token that this installation has issued itself, and may issue again.
struct OwnToken {
    domain::Identity identity;
    Instant since{};  ///< when its identity was first given out
};

/// Verifies access tokens (docs/protocol.md, "Connecting"). Thread: each shard has its own. Never blocks.
struct TokenVerifier {
    virtual ~TokenVerifier() = default;
    /// @return the identity; an anonymous one has an empty user id, which the caller makes up
    /// @errors unauthenticated, for every reason alike; `detail` says which, for the log, without the token
    [[nodiscard]] virtual Result<domain::Identity> verify(std::string_view token, Instant now) = 0;
    /// The same, but also accepts a token that has expired and is otherwise valid: the identity's token_expires_at tells. For callers that
    /// hold a second secret, a resume token or a code of ours, and never to begin anything new. Strict by default.
    [[nodiscard]] virtual Result<domain::Identity> verify_even_if_expired(std::string_view token, Instant now) {
        return verify(token, now);
    }
    /// @errors unauthenticated: as verify(), and for every token that somebody else has issued. Without an implementation, for all tokens.
    [[nodiscard]] virtual Result<OwnToken> verify_own(std::string_view, Instant) {
        return fail(ErrorCode::unauthenticated, "issued by somebody else");
    }
};

}  // namespace calldocker::ports
