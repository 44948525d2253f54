#include "adapters/jose/verifier.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>

#include "adapters/jose/key_examples.hpp"
#include "adapters/jose/limits.hpp"
#include "adapters/jose/signer.hpp"
#include "base/rng.hpp"
#include "base/text.hpp"

namespace calldocker::adapters::jose {
namespace {

const Secret<std::string> secret("0123456789abcdef0123456789abcdef");
const Secret<std::string> old_secret("an older one, an older one, an ol");
const Instant now = from_unix_ms(1'700'000'000'000);
constexpr const char* hs256 = R"({"alg":"HS256","typ":"JWT"})";
constexpr const char* agent = R"({"id":"amina","role":"agent","company_id":"acme"})";

VerifierSettings with_secret() {
    VerifierSettings settings;
    settings.secret = secret;
    return settings;
}

VerifierSettings with_mock() {
    VerifierSettings settings = with_secret();
    settings.accept_mock_tokens = true;
    return settings;
}

std::string unsigned_part(std::string_view header, std::string_view payload) {
    return base64url_encode(header) + "." + base64url_encode(payload);
}

std::string signed_token(std::string_view header, std::string_view payload, const Secret<std::string>& key = secret) {
    const std::string text = unsigned_part(header, payload);
    const auto digest = Hmac(key).digest(text);
    return text + "." + base64url_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string mock_token(std::string_view header, std::string_view payload) { return unsigned_part(header, payload) + ".mock_signature"; }

bool accepts(const VerifierSettings& settings, std::string_view token) {
    const auto identity = Verifier(settings).verify(token, now);
    if (!identity && identity.error().code != ErrorCode::unauthenticated) ADD_FAILURE() << identity.error().detail;
    return identity.has_value();
}

bool accepts_claims(std::string_view payload) { return accepts(with_secret(), signed_token(hs256, payload)); }

std::string claims_with(std::string_view member) {
    return R"({"id":"amina","role":"agent","company_id":"acme",)" + std::string(member) + "}";
}

TEST(Verifier, ReadsTheIdentity) {
    const auto identity =
        Verifier(with_secret())
            .verify(
                signed_token(
                    hs256,
                    R"({"id":"amina","role":"agent","company_id":"acme","name":"Amina","exp":1700000001.5,"nbf":1700000000,"iat":"any"})"),
                now);

    ASSERT_TRUE(identity) << identity.error().detail;
    const domain::Identity expected{.company = CompanyId("acme"),
                                    .user = UserId("amina"),
                                    .role = domain::Role::agent,
                                    .role_name = "agent",
                                    .name = "Amina",
                                    .anonymous = false,
                                    .token_expires_at = from_unix_ms(1'700'000'001'500)};
    EXPECT_EQ(*identity, expected);
}

TEST(Verifier, SaysWhenATokenWasIssued) {
    EXPECT_EQ(Verifier(with_secret()).verify(signed_token(hs256, claims_with(R"("iat":1699999990)")), now)->token_issued_at,
              from_unix_ms(1'699'999'990'000));
    EXPECT_EQ(Verifier(with_secret()).verify(signed_token(hs256, agent), now)->token_issued_at, std::nullopt);
}

TEST(Verifier, TellsATokenWhoseExpiryAloneIsPastFromAllOthers) {
    Verifier verifier(with_secret());
    const auto is_good = [&](const std::string& token) { return verifier.verify_even_if_expired(token, now).has_value(); };

    const auto expired = verifier.verify_even_if_expired(signed_token(hs256, claims_with(R"("exp":1600000000)")), now);
    ASSERT_TRUE(expired);
    EXPECT_EQ(expired->token_expires_at, from_unix_ms(1'600'000'000'000));
    EXPECT_TRUE(is_good(signed_token(hs256, agent)));

    EXPECT_FALSE(is_good(signed_token(hs256, claims_with(R"("exp":1600000000)"), old_secret)));
    EXPECT_FALSE(is_good(mock_token(hs256, claims_with(R"("exp":1600000000)"))));
    EXPECT_FALSE(is_good(signed_token(hs256, claims_with(R"("exp":1600000000,"nbf":1800000000)"))));
    EXPECT_FALSE(is_good(signed_token(hs256, claims_with(R"("exp":"1600000000")"))));
    EXPECT_FALSE(is_good(signed_token(hs256, R"({"id":"","role":"agent","company_id":"acme","exp":1600000000})")));
    EXPECT_FALSE(is_good("x"));
}

TEST(Verifier, RolesThatAreNotStaffAreCustomers) {
    for (const auto& [name, role] : std::vector<std::pair<std::string, domain::Role>>{{"agent", domain::Role::agent},
                                                                                      {"supervisor", domain::Role::supervisor},
                                                                                      {"admin", domain::Role::admin},
                                                                                      {"user", domain::Role::customer},
                                                                                      {"Agent", domain::Role::customer},
                                                                                      {"root", domain::Role::customer}}) {
        const auto identity =
            Verifier(with_secret()).verify(signed_token(hs256, R"({"id":"x","company_id":"acme","role":")" + name + "\"}"), now);
        EXPECT_EQ(identity->role, role) << name;
        EXPECT_EQ(identity->role_name, name);
    }
}

TEST(Verifier, AnAnonymousIdentityHasNoUserIdYet) {
    const auto identity = Verifier(with_secret())
                              .verify(signed_token(hs256, R"({"id":"anonymous","role":"user","company_id":"acme","anonymous":true})"), now);

    EXPECT_TRUE(identity->anonymous);
    EXPECT_TRUE(identity->user.empty());
    EXPECT_FALSE(accepts_claims(claims_with(R"("anonymous":"true")")));
    EXPECT_TRUE(accepts_claims(claims_with(R"("anonymous":false)")));
}

TEST(Verifier, TheIdAnonymousNamesNobodyInParticularSignedOrMock) {
    constexpr const char* documented = R"({"id":"anonymous","role":"user","company_id":"default","iat":1672545670})";
    for (const std::string& token : {signed_token(hs256, documented), mock_token(hs256, documented)}) {
        const auto identity = Verifier(with_mock()).verify(token, now);

        ASSERT_TRUE(identity) << identity.error().detail;
        EXPECT_TRUE(identity->anonymous);
        EXPECT_TRUE(identity->user.empty());
        EXPECT_EQ(identity->role, domain::Role::customer);
    }
    EXPECT_TRUE(Verifier(with_secret())
                    .verify(signed_token(hs256, R"({"id":"anonymous","role":"user","company_id":"c","anonymous":false})"), now)
                    ->anonymous);
}

TEST(Verifier, NobodyInParticularIsAnAgentAtMost) {
    for (const char* who : {R"("id":"anonymous")", R"("id":"x","anonymous":true)"}) {
        for (const char* role : {"agent", "supervisor", "admin"}) {
            const auto identity =
                Verifier(with_secret())
                    .verify(signed_token(hs256, fmt::format(R"({{{},"role":"{}","company_id":"acme"}})", who, role)), now);

            ASSERT_TRUE(identity);
            EXPECT_EQ(identity->role, domain::Role::agent) << role;
            EXPECT_EQ(identity->role_name, role);
        }
    }
}

TEST(Verifier, AnAgentsIdOnACustomersTokenIsAnotherUser) {
    const auto of_role = [](std::string_view role) {
        return Verifier(with_secret())
            .verify(signed_token(hs256, fmt::format(R"({{"id":"7","role":"{}","company_id":"acme"}})", role)), now);
    };

    EXPECT_NE(of_role("user")->user, of_role("agent")->user);
    EXPECT_EQ(of_role("agent")->user, of_role("admin")->user);
    EXPECT_EQ(of_role("user")->user, of_role("anything else")->user);
}

TEST(Verifier, TheAlgorithmIsExactlyHs256) {
    for (const char* header : {R"({"alg":"none"})", R"({"alg":"hs256"})", R"({"alg":"HS512"})", R"({"alg":"RS256"})",
                               R"({"alg":["HS256"]})", R"({"alg":1})", R"({"typ":"JWT"})", R"({})", R"([])", R"("HS256")", "",
                               R"({"alg":"HS256","alg":"none"})", R"({"alg":"HS256","crit":["b64"],"b64":false})"}) {
        EXPECT_FALSE(accepts(with_secret(), signed_token(header, agent))) << header;
        EXPECT_FALSE(accepts(with_mock(), mock_token(header, agent))) << header;
    }
    EXPECT_FALSE(accepts(with_secret(), unsigned_part(R"({"alg":"none"})", agent) + "."));
}

TEST(Verifier, ClaimsMustBeNames) {
    for (const char* payload : {"{}", "[]", "null", "1", "", R"("text")", R"({"id":"a","role":"agent"})", R"({"id":"a","company_id":"c"})",
                                R"({"role":"agent","company_id":"c"})", R"({"id":"","role":"agent","company_id":"c"})",
                                R"({"id":5,"role":"agent","company_id":"c"})", R"({"id":null,"role":"agent","company_id":"c"})",
                                R"({"id":"a\n","role":"agent","company_id":"c"})", R"({"id":"a","role":["agent"],"company_id":"c"})",
                                R"({"id":"a","role":"agent","company_id":"\u0000"})"}) {
        EXPECT_FALSE(accepts_claims(payload)) << payload;
    }
    EXPECT_FALSE(accepts_claims(R"({"id":")" + std::string(129, 'x') + R"(","role":"agent","company_id":"c"})"));
    EXPECT_TRUE(accepts_claims(agent));
}

TEST(Verifier, ANameThatCannotBeShownIsLeftOut) {
    const auto identity = Verifier(with_secret()).verify(signed_token(hs256, claims_with(R"("name":"a\u0001b")")), now);

    EXPECT_EQ(identity->name, "");
}

TEST(Verifier, TimesAreNumbersAndHonoured) {
    EXPECT_FALSE(accepts_claims(claims_with(R"("exp":1700000000)")));
    EXPECT_FALSE(accepts_claims(claims_with(R"("exp":1699999999)")));
    EXPECT_FALSE(accepts_claims(claims_with(R"("exp":-1e300)")));
    EXPECT_TRUE(accepts_claims(claims_with(R"("exp":1700000001)")));
    EXPECT_TRUE(accepts_claims(claims_with(R"("exp":1e300)")));
    EXPECT_FALSE(accepts_claims(claims_with(R"("nbf":1700000001)")));
    EXPECT_TRUE(accepts_claims(claims_with(R"("nbf":1700000000)")));
    for (const char* member : {R"("exp":"1700000001")", R"("exp":null)", R"("exp":true)", R"("nbf":"0")", R"("nbf":null)", R"("nbf":{})"}) {
        EXPECT_FALSE(accepts_claims(claims_with(member))) << member;
    }
}

TEST(Verifier, EveryChangeOfATokenIsNoticed) {
    const std::string token = signed_token(hs256, agent);
    ASSERT_TRUE(accepts(with_secret(), token));
    for (std::size_t at = 0; at < token.size(); ++at) {
        std::string changed = token;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(accepts(with_secret(), changed)) << at;
        EXPECT_FALSE(accepts(with_secret(), token.substr(0, at))) << at;
    }
    for (const std::string& more : {token + "=", token + ".", token + ".x", "." + token, token + "A", " " + token, token + " "})
        EXPECT_FALSE(accepts(with_secret(), more));
}

TEST(Verifier, TheSignatureHasOneSpellingOnly) {
    std::string token = signed_token(hs256, agent);  // 32 bytes: the last character has 2 unused bits
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const std::size_t last = alphabet.find(token.back());
    for (std::size_t unused = 1; unused < 4; ++unused) {
        token.back() = alphabet[last | unused];
        EXPECT_FALSE(accepts(with_secret(), token)) << unused;
    }
}

TEST(Verifier, AnOldSecretIsGoodWhileItIsConfigured) {
    const std::string token = signed_token(hs256, agent, old_secret);
    auto rotating = with_secret();
    rotating.previous_secret = old_secret;

    EXPECT_FALSE(accepts(with_secret(), token));
    EXPECT_TRUE(accepts(rotating, token));
    EXPECT_TRUE(accepts(rotating, signed_token(hs256, agent)));
}

TEST(Verifier, WithoutAnyKeyNothingIsAccepted) {
    EXPECT_FALSE(accepts({}, signed_token(hs256, agent)));
    EXPECT_FALSE(accepts({}, mock_token(hs256, agent)));
}

TEST(Verifier, MockSignaturesAreForDevelopmentAndExact) {
    EXPECT_TRUE(accepts(with_mock(), mock_token(hs256, agent)));
    EXPECT_FALSE(accepts(with_secret(), mock_token(hs256, agent)));
    EXPECT_FALSE(accepts(with_mock(), mock_token(hs256, agent) + "x"));
    EXPECT_FALSE(accepts(with_mock(), unsigned_part(hs256, agent) + ".Mock_signature"));
    EXPECT_FALSE(accepts(with_mock(), mock_token(hs256, claims_with(R"("exp":1)"))));
    EXPECT_FALSE(accepts(with_mock(), mock_token(hs256, "{}")));
}

TEST(Verifier, TheOptInForOldLandingPagesLetsNoStaffIn) {
    auto settings = with_secret();
    settings.accept_anonymous_customers = true;

    EXPECT_TRUE(accepts(settings, mock_token(hs256, R"({"id":"anonymous","role":"user","company_id":"default","iat":1672545670})")));
    for (const char* payload :
         {agent, R"({"id":"a","role":"agent","company_id":"acme","anonymous":true})", R"({"id":"a","role":"user","company_id":"acme"})",
          R"({"id":"a","role":"user","company_id":"acme","anonymous":false})",
          R"({"id":"a","role":"user","company_id":"acme","anonymous":true})", R"({"id":"anonymous","role":"agent","company_id":"default"})",
          R"({"id":"anonymous","role":"admin","company_id":"default"})", R"({"id":"anonymous","role":"guest","company_id":"default"})",
          R"({"id":"Anonymous","role":"user","company_id":"default"})", R"({"id":"a","role":"admin","company_id":"acme","anonymous":true})",
          R"({"id":"a","role":"user","role":"agent","company_id":"acme","anonymous":true})"}) {
        EXPECT_FALSE(accepts(settings, mock_token(hs256, payload))) << payload;
    }
}

/// What is verified by the key of examples::ec_pem, bound as `change` says.
std::string refused_by_binding(std::string_view token, const std::function<void(KeyBinding&)>& change, Instant at = now) {
    VerifierSettings settings;
    settings.public_keys = {*read_pem(examples::ec_pem)};
    change(settings.public_keys[0].binding);
    const auto identity = Verifier(settings).verify(token, at);
    return identity ? "" : identity.error().detail;
}

TEST(Verifier, APublicKeySpeaksForItsCompaniesAlone) {
    const auto bound_to = [](std::set<CompanyId> companies) {
        return refused_by_binding(examples::ec_token, [&](KeyBinding& binding) { binding.companies = companies; });
    };

    EXPECT_EQ(bound_to({CompanyId("acme")}), "");
    EXPECT_EQ(bound_to({CompanyId("beta"), CompanyId("acme")}), "");
    EXPECT_EQ(bound_to({}), "");
    EXPECT_NE(bound_to({CompanyId("beta")}), "");
    EXPECT_NE(bound_to({CompanyId("Acme")}), "");
}

TEST(Verifier, APublicKeySpeaksForItsIssuerAndToItsAudienceAlone) {
    const auto issuer = [](const char* name) {
        return refused_by_binding(examples::ec_token, [&](KeyBinding& binding) { binding.issuer = name; });
    };
    const auto audience = [](std::string_view token, const char* name) {
        return refused_by_binding(token, [&](KeyBinding& binding) { binding.audience = name; });
    };

    EXPECT_EQ(issuer("https://shop.example"), "");
    EXPECT_NE(issuer("https://shop.example/"), "");
    EXPECT_EQ(audience(examples::ec_token, "calldocker"), "");
    EXPECT_NE(audience(examples::ec_token, "another"), "");
    EXPECT_EQ(audience(examples::ec_token_for_two, "calldocker"), "");
    EXPECT_EQ(audience(examples::ec_token_for_two, "another"), "");
    EXPECT_NE(audience(examples::ec_token_for_two, "third"), "");
}

TEST(Verifier, ATokenThatAPublicKeyVerifiesEndsAndSoon) {
    const auto lasting = [](std::chrono::seconds lifetime_max, Instant at = now) {
        return refused_by_binding(
            examples::ec_token, [&](KeyBinding& binding) { binding.lifetime_max = lifetime_max; }, at);
    };

    EXPECT_EQ(lasting(3600s), "");
    EXPECT_NE(lasting(3599s), "");
    EXPECT_EQ(lasting(3599s, now + 1s), "");
    EXPECT_NE(lasting(24h, now + 3600s), "") << "expired";
    EXPECT_NE(refused_by_binding(examples::ec_token_without_exp, [](KeyBinding&) {}), "");
    EXPECT_TRUE(accepts_claims(agent)) << "a token of the shared secret may do without";
}

TEST(Verifier, OnlyWhatThisProgramHasIssuedMayBeIssuedAgain) {
    auto settings = with_mock();
    settings.previous_secret = old_secret;
    settings.public_keys = {*read_pem(examples::ec_pem)};
    Verifier verifier(settings);
    const ports::TokenClaims claims{
        .company = CompanyId("acme"), .user = UserId::visitor("v-1"), .role = "user", .name = {}, .expires_at = now + 1h};
    ports::TokenClaims renewed = claims;
    renewed.since = now - 24h;

    EXPECT_EQ(verifier.verify_own(sign_hs256(secret, claims, now), now)->since, now);
    EXPECT_EQ(verifier.verify_own(sign_hs256(secret, renewed, now), now)->since, now - 24h);
    EXPECT_EQ(verifier.verify_own(sign_hs256(old_secret, claims, now), now)->identity.user, claims.user);
    EXPECT_FALSE(verifier.verify_own(sign_hs256(secret, claims, now), now + 1h)) << "expired";
    for (const std::string& foreign :
         {std::string(examples::ec_token), signed_token(hs256, agent), signed_token(hs256, claims_with(R"("iss":"calldocker")")),
          signed_token(hs256, claims_with(R"("iss":"shop","auth_time":1)")),
          mock_token(hs256, claims_with(R"("iss":"calldocker","auth_time":1)"))}) {
        EXPECT_TRUE(verifier.verify(foreign, now)) << foreign;
        EXPECT_FALSE(verifier.verify_own(foreign, now)) << foreign;
    }
}

TEST(Verifier, PublicKeysVerifyTheirOwnAlgorithmOnly) {
    VerifierSettings settings;
    settings.public_keys = {*read_pem(examples::rsa_pem)};
    EXPECT_TRUE(accepts(settings, examples::rsa_token));
    EXPECT_FALSE(accepts(settings, examples::ec_token));

    settings.public_keys = {*read_pem(examples::ec_pem)};
    EXPECT_TRUE(accepts(settings, examples::ec_token));
    EXPECT_FALSE(accepts(settings, examples::rsa_token));

    settings.public_keys.push_back(*read_pem(examples::rsa_pem));
    EXPECT_TRUE(accepts(settings, examples::rsa_token));
    EXPECT_FALSE(
        accepts(settings, signed_token(hs256, agent, Secret<std::string>(std::string(examples::rsa_pem)))));  // the classic confusion
    EXPECT_FALSE(accepts(with_secret(), examples::rsa_token));
}

TEST(Verifier, AChangedPublicKeySignatureIsNoticed) {
    VerifierSettings settings;
    settings.public_keys = {*read_pem(examples::rsa_pem), *read_pem(examples::ec_pem)};
    for (const std::string_view good : {examples::rsa_token, examples::ec_token}) {
        const std::size_t dot = good.rfind('.');
        for (std::size_t at = 0; at < good.size(); at += 7) {
            std::string changed(good);
            changed[at] = changed[at] == 'A' ? 'B' : 'A';
            EXPECT_FALSE(accepts(settings, changed)) << at;
        }
        EXPECT_FALSE(accepts(settings, std::string(good.substr(0, dot + 1))));
        EXPECT_FALSE(accepts(settings, std::string(good) + "AAAA"));
    }
}

TEST(Verifier, KidSelectsTheKey) {
    const auto with_id = [](const char* id) {
        VerifierSettings settings;
        settings.public_keys = {*read_pem(examples::ec_pem)};
        settings.public_keys[0].id = id;
        return settings;
    };

    EXPECT_TRUE(accepts(with_id("one"), examples::ec_token_kid_one));
    EXPECT_TRUE(accepts(with_id(""), examples::ec_token_kid_one));
    EXPECT_TRUE(accepts(with_id("two"), examples::ec_token));  // names no key
    EXPECT_FALSE(accepts(with_id("two"), examples::ec_token_kid_one));
}

TEST(Verifier, ATokenTooLongIsNotRead) {
    const std::string token = signed_token(hs256, claims_with(R"("more":")" + std::string(token_bytes_max, 'x') + "\""));

    EXPECT_EQ(Verifier(with_secret()).verify(token, now).error().detail, "longer than a token may be");
}

TEST(VerifierProperty, RandomTokensAreRefused) {
    Verifier verifier(with_secret());
    for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
        Rng random(seed);
        constexpr std::string_view bytes = "eyJhbGciOiJIUzI1NiJ9._-=%\n";
        std::string token;
        for (std::size_t i = random.below(60); i > 0; --i) token.push_back(bytes[random.below(bytes.size())]);
        ASSERT_FALSE(verifier.verify(token, now)) << token;
    }
}

}  // namespace
}  // namespace calldocker::adapters::jose
