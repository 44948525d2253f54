#include "adapters/jose/signer.hpp"

#include <gtest/gtest.h>

#include "adapters/jose/limits.hpp"
#include "adapters/jose/verifier.hpp"
#include "base/text.hpp"

namespace calldocker::adapters::jose {
namespace {

const Secret<std::string> secret("0123456789abcdef0123456789abcdef");
const Instant now = from_unix_ms(1'700'000'000'500);

TEST(Hmac, IsWhatOpenSslComputesAndCanBeUsedAgain) {
    Hmac hmac(Secret<std::string>("key"));
    const auto text_of = [&hmac](std::string_view text) {
        const auto digest = hmac.digest(text);
        return base64url_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
    };

    EXPECT_EQ(text_of("abc"), "nBluMtwBdfhvSxy4konWYZ3mvuaZ5MN45oMJ7Zehpqs");  // printf abc | openssl dgst -sha256 -hmac key
    EXPECT_NE(text_of("abd"), text_of("abc"));
    EXPECT_EQ(text_of("abc"), "nBluMtwBdfhvSxy4konWYZ3mvuaZ5MN45oMJ7Zehpqs");
}

TEST(Signer, SignsWhatTheVerifierAccepts) {
    const ports::TokenClaims claims{
        .company = CompanyId("acme"), .user = UserId("am\"ina"), .role = "supervisor", .name = "Amina", .expires_at = now + 1h};

    const std::string token = Hs256Issuer(secret).issue(claims, now);

    VerifierSettings settings;
    settings.secret = secret;
    const auto identity = Verifier(settings).verify(token, now);
    ASSERT_TRUE(identity) << identity.error().detail;
    EXPECT_EQ(identity->user, claims.user);
    EXPECT_EQ(identity->role, domain::Role::supervisor);
    EXPECT_EQ(identity->name, "Amina");
    EXPECT_EQ(identity->token_expires_at, from_unix_ms(1'700'003'600'000));
}

TEST(Sealer, GivesBackWhatItSealed) {
    HmacSealer sealer(secret);
    for (const std::string& payload : {std::string(), std::string("{\"a\":1}"), std::string("\0\xff", 2)}) {
        EXPECT_EQ(sealer.unseal(sealer.seal(payload)), payload);
    }
}

TEST(Sealer, RefusesEveryChangeAndEveryOtherKey) {
    HmacSealer sealer(secret);
    const std::string sealed = sealer.seal("session-1");
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        std::string changed = sealed;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        EXPECT_EQ(sealer.unseal(changed), std::nullopt) << at;
        EXPECT_EQ(sealer.unseal(sealed.substr(0, at)), std::nullopt) << at;
    }
    EXPECT_EQ(sealer.unseal(sealed + "."), std::nullopt);
    EXPECT_EQ(sealer.unseal(""), std::nullopt);
    EXPECT_EQ(sealer.unseal(sealer.seal(std::string(token_bytes_max, 'x'))), std::nullopt);
    EXPECT_EQ(HmacSealer(Secret<std::string>("another")).unseal(sealed), std::nullopt);
}

}  // namespace
}  // namespace calldocker::adapters::jose
