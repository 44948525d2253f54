#pragma once
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"

struct _cjose_jwk_int;

namespace calldocker::adapters::jose {

/// The algorithms of public keys (RFC 7518 §3.1). One per key, fixed by the key and never by the token.
enum class PublicAlgorithm { rs256, es256 };
[[nodiscard]] std::string_view name_of(PublicAlgorithm algorithm);

/// Limits of the tokens that a public key may verify: their companies and their lifetime.
struct KeyBinding {
    std::set<CompanyId> companies;                              ///< whose tokens it verifies; empty: any company's
    std::string issuer, audience;                               ///< `iss` must be the one, `aud` name the other; empty: neither matters
    std::chrono::seconds lifetime_max{std::chrono::hours{24}};  ///< how far ahead `exp`, which has to be there, may be
};

/// A public key that access tokens may be signed with. Never changed once read, so verifiers of several threads
/// may share it.
struct PublicKey {
    std::string id;  ///< `kid`; empty: tokens need not name it
    PublicAlgorithm algorithm{};
    std::shared_ptr<_cjose_jwk_int> jwk;
    KeyBinding binding{};
};

/// @param pem  a SubjectPublicKeyInfo ("BEGIN PUBLIC KEY"): RSA of at least 2048 bits, or EC P-256
/// @errors invalid, with what is wrong
[[nodiscard]] Result<PublicKey> read_pem(std::string_view pem);

/// @param document  a JWK set (RFC 7517 §5). Keys for anything but RS256 or ES256 signatures are passed over; a secret
///                  in it, symmetric or private, is an error, since it should not have been where it was read from
/// @errors invalid, too_large, with what is wrong; invalid also when no usable key is left
[[nodiscard]] Result<std::vector<PublicKey>> read_jwks(std::string_view document);

}  // namespace calldocker::adapters::jose
