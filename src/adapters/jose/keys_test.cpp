#include "adapters/jose/keys.hpp"

#include <cjose/cjose.h>
#include <gtest/gtest.h>

#include "adapters/jose/key_examples.hpp"
#include "adapters/jose/limits.hpp"

namespace calldocker::adapters::jose {
namespace {

/// The public half of a key as JSON, with more members in front.
std::string public_jwk(const PublicKey& key, const std::string& more = "") {
    cjose_err error{};
    char* text = cjose_jwk_to_json(key.jwk.get(), false, &error);
    std::string json(text);
    cjose_get_dealloc()(text);
    return "{" + more + json.substr(1);
}

std::string jwks(const std::string& keys) { return R"({"keys":[)" + keys + "]}"; }

TEST(PemKeys, TheKeySaysWhichAlgorithmItIsFor) {
    EXPECT_EQ(read_pem(examples::rsa_pem)->algorithm, PublicAlgorithm::rs256);
    EXPECT_EQ(read_pem(examples::ec_pem)->algorithm, PublicAlgorithm::es256);
}

TEST(PemKeys, WeakOrOtherKeysAreRefusedWithAReason) {
    EXPECT_EQ(read_pem(examples::rsa_1024_pem).error().detail, "an RSA key needs at least 2048 bits");
    EXPECT_EQ(read_pem(examples::ec_p384_pem).error().detail, "an EC key must be on P-256");
    EXPECT_EQ(read_pem(examples::ed25519_pem).error().detail, "neither an RSA nor an EC key");
    EXPECT_EQ(read_pem("").error().code, ErrorCode::invalid);
    EXPECT_EQ(read_pem("-----BEGIN PUBLIC KEY-----\nnonsense\n-----END PUBLIC KEY-----\n").error().code, ErrorCode::invalid);
}

TEST(JwksKeys, KeysForOtherPurposesArePassedOver) {
    const auto rsa = *read_pem(examples::rsa_pem);
    const auto ec = *read_pem(examples::ec_pem);
    const std::string other =
        public_jwk(rsa, R"("use":"enc",)") + "," + public_jwk(rsa, R"("alg":"RS512",)") + R"(,{"kty":"OKP","crv":"Ed25519","x":"AA"})";

    const auto keys = read_jwks(
        jwks(other + "," + public_jwk(rsa, R"("kid":"one","use":"sig",)") + "," + public_jwk(ec, R"("kid":"two","alg":"ES256",)")));

    ASSERT_TRUE(keys) << keys.error().detail;
    ASSERT_EQ(keys->size(), 2u);
    EXPECT_EQ(keys->at(0).id, "one");
    EXPECT_EQ(keys->at(0).algorithm, PublicAlgorithm::rs256);
    EXPECT_EQ(keys->at(1).id, "two");
    EXPECT_EQ(keys->at(1).algorithm, PublicAlgorithm::es256);
}

TEST(JwksKeys, ADocumentWithoutUsableKeysIsRefused) {
    for (const char* text : {"", "{}", "[]", R"({"keys":{}})", R"({"keys":[]})", R"({"keys":[{"kty":"RSA"}]})", R"({"keys":[1]})",
                             R"({"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]})"}) {
        EXPECT_FALSE(read_jwks(text)) << text;
    }
}

TEST(JwksKeys, ASecretInAPublicDocumentIsAnError) {
    EXPECT_FALSE(read_jwks(jwks(R"({"kty":"oct","k":"c2VjcmV0"})")));
    EXPECT_FALSE(read_jwks(jwks(public_jwk(*read_pem(examples::ec_pem), R"("d":"AA",)"))));
}

TEST(JwksKeys, TheirNumberHasABound) {
    std::string keys;
    const std::string one = public_jwk(*read_pem(examples::ec_pem));
    for (std::size_t i = 0; i < public_keys_max; ++i) keys += one + ",";

    EXPECT_EQ(read_jwks(jwks(keys.substr(0, keys.size() - 1)))->size(), public_keys_max);
    EXPECT_EQ(read_jwks(jwks(keys + one)).error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace calldocker::adapters::jose
