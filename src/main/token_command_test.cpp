#include "main/token_command.hpp"

#include <gtest/gtest.h>

#include "adapters/jose/verifier.hpp"

namespace calldocker::main {
namespace {

constexpr Instant now = from_unix_ms(1'795'405'429'000);

Settings with_secret() {
    Settings settings;
    settings.jwt_secret = Secret<std::string>("0123456789abcdef0123456789abcdef");
    return settings;
}

TEST(TokenCommand, ATokenSaysWhatWasAskedForAndVerifies) {
    const auto token = create_token({"amina", "agent", "acme", "Amina B.", 15min, false}, with_secret(), now);
    ASSERT_TRUE(token);

    adapters::jose::VerifierSettings good;
    good.secret = with_secret().jwt_secret;
    const auto identity = adapters::jose::Verifier(good).verify(*token, now);

    ASSERT_TRUE(identity) << identity.error().detail;
    EXPECT_EQ(identity->company, CompanyId("acme"));
    EXPECT_EQ(identity->user, UserId("amina"));
    EXPECT_EQ(identity->role, domain::Role::agent);
    EXPECT_EQ(identity->name, "Amina B.");
    EXPECT_EQ(identity->token_expires_at, now + 15min);
}

TEST(TokenCommand, AnAnonymousTokenLeavesTheUserToTheConnection) {
    adapters::jose::VerifierSettings good;
    good.secret = with_secret().jwt_secret;
    const auto token = create_token({"visitor", "user", "acme", "", 1h, true}, with_secret(), now);

    const auto identity = adapters::jose::Verifier(good).verify(*token, now);

    ASSERT_TRUE(identity) << identity.error().detail;
    EXPECT_TRUE(identity->anonymous);
    EXPECT_TRUE(identity->user.empty());
}

TEST(TokenCommand, ClaimsThatNoServerWouldAcceptAreRefused) {
    EXPECT_EQ(create_token({"", "agent", "acme", "", 1h, false}, with_secret(), now).error().code, ErrorCode::invalid);
    EXPECT_EQ(create_token({"a", "agent", std::string(129, 'x'), "", 1h, false}, with_secret(), now).error().code, ErrorCode::invalid);
    EXPECT_EQ(create_token({"a", "a\nb", "acme", "", 1h, false}, with_secret(), now).error().code, ErrorCode::invalid);
    EXPECT_EQ(create_token({"a", "agent", "acme", "", 1h, false}, Settings{}, now).error().code, ErrorCode::unavailable);
}

TEST(TokenCommand, DurationsHaveUnitsAndBounds) {
    EXPECT_EQ(parse_duration("90"), 90s);
    EXPECT_EQ(parse_duration("15m"), 15min);
    EXPECT_EQ(parse_duration("8h"), 8h);
    EXPECT_EQ(parse_duration("365d"), std::chrono::days(365));
    for (const char* text : {"", "0", "-1s", "366d", "1w", "h", "1 h", "99999999999999999999"}) EXPECT_FALSE(parse_duration(text)) << text;
}

}  // namespace
}  // namespace calldocker::main
