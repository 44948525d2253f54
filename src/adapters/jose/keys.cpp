#include "adapters/jose/keys.hpp"

#include <cjose/cjose.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <optional>

#include "adapters/jose/limits.hpp"
#include "base/text.hpp"
#include "protocol/json/reader.hpp"

namespace calldocker::adapters::jose {
namespace {

namespace json = protocol::json;

constexpr int rsa_bits_min = 2048;

template <auto release>
struct Release {
    template <class T>
    void operator()(T* object) const {
        release(object);
    }
};
using Bio = std::unique_ptr<BIO, Release<BIO_free>>;
using PKey = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using BigNumber = std::unique_ptr<BIGNUM, Release<BN_free>>;

std::shared_ptr<_cjose_jwk_int> owned(cjose_jwk_t* jwk) {
    return {jwk, [](cjose_jwk_t* key) {
                if (key != nullptr) cjose_jwk_release(key);
            }};
}

/// @return the number as base64url of its big-endian bytes, at least `bytes_min` of them (RFC 7518 §6)
std::optional<std::string> parameter(const EVP_PKEY* key, const char* name, int bytes_min) {
    BIGNUM* raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1) return std::nullopt;
    const BigNumber number(raw);
    std::string bytes(static_cast<std::size_t>(std::max(BN_num_bytes(raw), bytes_min)), '\0');
    if (BN_bn2binpad(raw, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) < 0) return std::nullopt;
    return base64url_encode(bytes);
}

Result<PublicKey> import_jwk(std::string_view jwk_json, PublicAlgorithm algorithm, std::string id) {
    cjose_err error{};
    auto jwk = owned(cjose_jwk_import(jwk_json.data(), jwk_json.size(), &error));
    if (!jwk) return fail(ErrorCode::invalid, "not a usable public key");
    if (algorithm == PublicAlgorithm::rs256 && cjose_jwk_get_keysize(jwk.get(), &error) < rsa_bits_min) {
        return fail(ErrorCode::invalid, "an RSA key needs at least 2048 bits");
    }
    return PublicKey{std::move(id), algorithm, std::move(jwk)};
}

Result<PublicKey> from_rsa(const EVP_PKEY* key) {
    const auto n = parameter(key, OSSL_PKEY_PARAM_RSA_N, 0);
    const auto e = parameter(key, OSSL_PKEY_PARAM_RSA_E, 0);
    if (!n || !e) return fail(ErrorCode::invalid, "not a usable RSA key");
    return import_jwk(R"({"kty":"RSA","n":")" + *n + R"(","e":")" + *e + R"("})", PublicAlgorithm::rs256, {});
}

Result<PublicKey> from_ec(const EVP_PKEY* key) {
    char group[32]{};
    std::size_t length = 0;
    const bool named = EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group, &length) == 1;
    if (!named || std::string_view(group) != "prime256v1") return fail(ErrorCode::invalid, "an EC key must be on P-256");
    const auto x = parameter(key, OSSL_PKEY_PARAM_EC_PUB_X, 32);
    const auto y = parameter(key, OSSL_PKEY_PARAM_EC_PUB_Y, 32);
    if (!x || !y) return fail(ErrorCode::invalid, "not a usable EC key");
    return import_jwk(R"({"kty":"EC","crv":"P-256","x":")" + *x + R"(","y":")" + *y + R"("})", PublicAlgorithm::es256, {});
}

struct JwkMembers {
    std::string type, use, algorithm, curve, id;
    bool has_secret{};
};

JwkMembers members_of(std::string_view jwk) {
    const auto raw = json::pick<7>(jwk, {"kty", "use", "alg", "crv", "kid", "d", "k"});
    const auto text = [&raw](std::size_t i) {
        std::string scratch;
        return std::string(json::text_of(raw[i], scratch).value_or(""));
    };
    return {text(0), text(1), text(2), text(3), text(4), !raw[5].empty() || !raw[6].empty()};
}

/// @return the algorithm of a key that is for signatures and of a kind that we verify
std::optional<PublicAlgorithm> algorithm_of(const JwkMembers& key) {
    if (!key.use.empty() && key.use != "sig") return std::nullopt;
    std::optional<PublicAlgorithm> algorithm;
    if (key.type == "RSA") algorithm = PublicAlgorithm::rs256;
    if (key.type == "EC" && key.curve == "P-256") algorithm = PublicAlgorithm::es256;
    if (algorithm && !key.algorithm.empty() && key.algorithm != name_of(*algorithm)) return std::nullopt;
    return algorithm;
}

}  // namespace

std::string_view name_of(PublicAlgorithm algorithm) { return algorithm == PublicAlgorithm::rs256 ? "RS256" : "ES256"; }

Result<PublicKey> read_pem(std::string_view pem) {
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const PKey key(bio ? PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!key) return fail(ErrorCode::invalid, "not a public key in PEM form");
    if (EVP_PKEY_is_a(key.get(), "RSA") == 1) return from_rsa(key.get());
    if (EVP_PKEY_is_a(key.get(), "EC") == 1) return from_ec(key.get());
    return fail(ErrorCode::invalid, "neither an RSA nor an EC key");
}

Result<std::vector<PublicKey>> read_jwks(std::string_view document) {
    json::Validator validator(jwks_bytes_max, token_nesting_max);
    if (auto valid = validator.validate(document); !valid) return fail(std::move(valid.error()));
    const std::string_view list = json::pick<1>(document, {"keys"})[0];
    if (!json::is_array(list)) return fail(ErrorCode::invalid, "a JWK set has an array named keys");
    std::vector<PublicKey> keys;
    json::Cursor cursor(list);
    while (const auto element = cursor.next()) {
        JwkMembers members = members_of(element->value);
        if (members.has_secret) return fail(ErrorCode::invalid, "a JWK set of public keys must not hold a secret");
        const auto algorithm = algorithm_of(members);
        if (!algorithm) continue;
        if (keys.size() == public_keys_max) return fail(ErrorCode::too_large, "too many keys");
        auto key = import_jwk(element->value, *algorithm, std::move(members.id));
        if (!key) return fail(std::move(key.error()));
        keys.push_back(*std::move(key));
    }
    if (keys.empty()) return fail(ErrorCode::invalid, "no key for RS256 or ES256 signatures");
    return keys;
}

}  // namespace calldocker::adapters::jose
