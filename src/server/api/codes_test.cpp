#include "server/api/codes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/api/limits.hpp"

namespace calldocker::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Tokens that spell their user and their expiry.
struct PlainIssuer final : ports::TokenIssuer {
    std::string issue(const ports::TokenClaims& claims, Instant) override {
        EXPECT_EQ(claims.since, from_unix_ms(0)) << "nobody renews it";
        return claims.user.str() + "@" + claims.company.str() + "/" + claims.role + "!" + std::to_string(to_unix_ms(claims.expires_at));
    }
};

struct CodesApiTest : ::testing::Test {
    PlainIssuer issuer;
    CodesApi codes{issuer};
    const Instant now = from_unix_ms(1'000'000);
    domain::Identity vera{.company = CompanyId("acme"),
                          .user = UserId("vera"),
                          .role = domain::Role::customer,
                          .role_name = "user",
                          .name = "Vera",
                          .anonymous = false,
                          .token_expires_at = from_unix_ms(990'000)};
};

TEST_F(CodesApiTest, ACodeIsWantedForASignInOrForASession) {
    EXPECT_FALSE(codes.read_wanted(R"({"purpose":"sign_in"})")->resume);
    EXPECT_EQ(codes.read_wanted(R"({"purpose":"resume","resumeToken":"r"})")->resume_token, "r");
    for (const char* body : {R"({"purpose":"resume"})", R"({"purpose":"other"})", "{}", "[]", ""})
        EXPECT_FALSE(codes.read_wanted(body)) << body;
}

TEST_F(CodesApiTest, TheTokenThatIsRedeemedDoesNotOutliveTheOneThatAsked) {
    const std::string body = codes.redeemed(vera, "r", now);

    EXPECT_THAT(body, HasSubstr(R"("token":"vera@acme/user!990000")"));
    EXPECT_THAT(body, HasSubstr(R"("resumeToken":"r","user":{"id":"vera","name":"Vera","role":"user"},"company":"acme")"));
}

TEST_F(CodesApiTest, ASignInHasNoResumeToken) { EXPECT_THAT(codes.redeemed(vera, "", now), Not(HasSubstr("resumeToken"))); }

TEST_F(CodesApiTest, OneAddressTriesAFewCodesAtOnceAndOthersGoOn) {
    const SteadyTime then{};
    for (unsigned n = 0; n < limits::redemptions_per_address.burst; ++n) EXPECT_TRUE(codes.read_code(R"({"code":"c"})", "192.0.2.1", then));

    EXPECT_EQ(codes.read_code(R"({"code":"c"})", "192.0.2.1", then).error().code, ErrorCode::overloaded);
    EXPECT_EQ(codes.read_code(R"({"code":"c"})", "192.0.2.2", then), "c");
    EXPECT_EQ(codes.read_code(R"({"code":7})", "192.0.2.3", then).error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace calldocker::server
