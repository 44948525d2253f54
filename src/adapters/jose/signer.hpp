#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "adapters/jose/hmac.hpp"
#include "base/instant.hpp"
#include "base/secret.hpp"
#include "ports/sealer.hpp"
#include "ports/token_issuer.hpp"

namespace calldocker::adapters::jose {

/// The `iss` of the tokens that this program signs.
inline constexpr std::string_view own_issuer = "calldocker";

/// @return an HS256 access token as Verifier accepts it: of own_issuer, with `iat`, `auth_time` and `exp` in whole seconds
[[nodiscard]] std::string sign_hs256(const Secret<std::string>& secret, const ports::TokenClaims& claims, Instant now);

/// Signs with the installation's shared secret. Any thread.
class Hs256Issuer final : public ports::TokenIssuer {
public:
    explicit Hs256Issuer(Secret<std::string> secret) : secret_(std::move(secret)) {}
    [[nodiscard]] std::string issue(const ports::TokenClaims& claims, Instant now) override { return sign_hs256(secret_, claims, now); }

private:
    Secret<std::string> secret_;
};

/// BASE64URL(payload) "." BASE64URL(HMAC-SHA256 of the first part), for resume tokens. Not shared between threads.
class HmacSealer final : public ports::Sealer {
public:
    /// @param key  used for nothing else
    explicit HmacSealer(const Secret<std::string>& key) : hmac_(key) {}
    [[nodiscard]] std::string seal(std::string_view payload) override;
    /// Refuses texts of more than token_bytes_max unread.
    [[nodiscard]] std::optional<std::string> unseal(std::string_view sealed) override;

private:
    Hmac hmac_;
};

}  // namespace calldocker::adapters::jose
