#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/jose/hmac.hpp"
#include "adapters/jose/keys.hpp"
#include "ports/token_verifier.hpp"
#include "protocol/json/reader.hpp"

namespace calldocker::adapters::jose {

/// Which tokens are valid. With neither secret nor public key and no mock tokens, none is.
struct VerifierSettings {
    Secret<std::string> secret;           ///< HS256; empty: none
    Secret<std::string> previous_secret;  ///< still valid while the secret is being rotated; empty: none
    std::vector<PublicKey> public_keys;   ///< RS256 and ES256
    /// Development: a third part that is exactly `mock_signature` counts as an HS256 signature.
    bool accept_mock_tokens = false;
    /// ACCEPT_ANONYMOUS_CUSTOMERS: the same third part counts for tokens with the role `user` and the id `anonymous` only, as in the
    /// original's documents. So original pages work in production, although their visitors have no signed token.
    bool accept_anonymous_customers = false;
};

/// Verifies compact JWS tokens (RFC 7515) of at most token_bytes_max bytes; the rules are docs/protocol.md's.
class Verifier final : public ports::TokenVerifier {
public:
    explicit Verifier(const VerifierSettings& settings);
    [[nodiscard]] Result<domain::Identity> verify(std::string_view token, Instant now) override;
    [[nodiscard]] Result<domain::Identity> verify_even_if_expired(std::string_view token, Instant now) override;
    [[nodiscard]] Result<ports::OwnToken> verify_own(std::string_view token, Instant now) override;

private:
    struct Parts;
    struct Known {
        domain::Identity identity;
        std::optional<Instant> own_since;  ///< of a token of ours: when its identity was first given out
    };
    enum class Expired : bool { refused, accepted };
    enum class SignedBy { nobody, our_secret, public_key };
    [[nodiscard]] Result<Known> check(std::string_view token, Instant now, Expired expired);
    [[nodiscard]] Result<domain::Identity> read_claims(std::string_view json, Instant now, Expired expired);
    [[nodiscard]] Result<SignedBy> check_signature(const Parts& parts, const domain::Identity& claimed, Instant now);
    [[nodiscard]] Result<const PublicKey*> check_public_key(const Parts& parts, std::string_view algorithm, std::string_view key_id) const;
    [[nodiscard]] static Result<void> check_binding(const KeyBinding& binding, std::string_view claims, const domain::Identity& claimed,
                                                    Instant now);
    [[nodiscard]] static bool is_documented_customer(std::string_view claims, const domain::Identity& claimed);
    [[nodiscard]] static std::optional<Instant> own_since(std::string_view claims);

    protocol::json::Validator validator_;
    std::vector<Hmac> secrets_;  // the current one first
    std::vector<PublicKey> public_keys_;
    bool accept_mock_tokens_;
    bool accept_anonymous_customers_;
};

}  // namespace calldocker::adapters::jose
