#include "server/api/sign_in.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocol/json/reader.hpp"
#include "server/api/testing/open_tokens.hpp"

namespace calldocker::server {
namespace {

using testing::HasSubstr;

struct SignInTest : testing::Test {
    OpenTokens tokens;
    domain::Budgets budgets;
    const domain::AddressKey home{1};
    Instant now = from_unix_ms(0);
    SignIn in(SignInSettings settings) {
        return {std::move(settings), tokens, tokens, budgets, [](std::size_t bytes) { return std::string(bytes, '\0'); }};
    }
};

TEST_F(SignInTest, AVisitorOfAListedCompanyGetsATokenOfACustomer) {
    auto sign_in = in({.development = false, .visitor_companies = {CompanyId("acme")}, .any_company = false});

    const auto answer = sign_in.visitor_token(R"({"company":"acme"})", home, now);

    EXPECT_EQ(answer, R"({"token":"visitor-AAAAAAAAAAAAAAAA@acme/user","expiresAt":"1970-01-01T00:15:00.000Z",)"
                      R"("user":{"id":"visitor-AAAAAAAAAAAAAAAA","role":"user"},"company":"acme"})");
}

TEST_F(SignInTest, AVisitorWithATokenStaysTheSameVisitor) {
    auto sign_in = in({.development = true, .visitor_companies = {}, .any_company = true});

    EXPECT_THAT(sign_in.visitor_token(R"({"company":"acme","token":"visitor-7@acme/user"})", home, now).value(),
                HasSubstr(R"("id":"visitor-7")"));
}

TEST_F(SignInTest, ATokenThatSomebodyElseHasIssuedIsTheirsToRenew) {
    auto sign_in = in({.development = true, .visitor_companies = {}, .any_company = true});

    EXPECT_THAT(sign_in.visitor_token(R"({"company":"acme","token":"foreign-7@acme/user"})", home, now).value(), HasSubstr("visitor-AAAA"));
}

TEST_F(SignInTest, AVisitorStaysTheSameForThirtyDaysAndNotAMomentLonger) {
    auto sign_in = in({.development = true, .visitor_companies = {}, .any_company = true});
    const auto renewed = [&](Instant at) {
        return sign_in.visitor_token(R"({"company":"acme","token":"visitor-7@acme/user"})", home, at).value();
    };

    EXPECT_THAT(renewed(now + 29 * 24h), HasSubstr(R"("expiresAt":"1970-01-30T00:15:00.000Z","user":{"id":"visitor-7")"));
    EXPECT_THAT(renewed(now + 30 * 24h - 1min), HasSubstr(R"("expiresAt":"1970-01-31T00:00:00.000Z","user":{"id":"visitor-7")"));
    EXPECT_THAT(renewed(now + 30 * 24h), HasSubstr(R"("user":{"id":"visitor-AAAA)"));
}

TEST_F(SignInTest, ATokenOfStaffOrOfAnotherCompanyIsNotRenewed) {
    auto sign_in = in({.development = true, .visitor_companies = {}, .any_company = true});

    EXPECT_THAT(sign_in.visitor_token(R"({"company":"acme","token":"boss@acme/admin"})", home, now).value(), HasSubstr("visitor-AAAA"));
    EXPECT_THAT(sign_in.visitor_token(R"({"company":"acme","token":"visitor-7@other/user"})", home, now).value(),
                HasSubstr("visitor-AAAA"));
}

TEST_F(SignInTest, AnUnlistedCompanyLooksLikeOneThatDoesNotExist) {
    auto sign_in = in({.development = false, .visitor_companies = {CompanyId("acme")}, .any_company = false});

    EXPECT_EQ(sign_in.visitor_token(R"({"company":"other"})", home, now).error().code, ErrorCode::not_found);
}

TEST_F(SignInTest, AnAddressGetsSoManyTokensAndOthersGetTheirs) {
    auto sign_in = in({.development = true, .visitor_companies = {}, .any_company = true});
    const auto most = budgets.table().of(domain::Budget::tokens, domain::BudgetScope::address).burst;
    for (std::int64_t i = 0; i < most; ++i) ASSERT_TRUE(sign_in.visitor_token(R"({"company":"acme"})", home, now));

    const auto refused = sign_in.visitor_token(R"({"company":"acme"})", home, now);
    EXPECT_EQ(refused.error().code, ErrorCode::overloaded);
    EXPECT_GT(refused.error().retry_after, 0ms);
    EXPECT_TRUE(sign_in.visitor_token(R"({"company":"acme"})", domain::AddressKey{2}, now));
}

TEST_F(SignInTest, TheCompanyOfABodyIsKnownBeforehand) {
    auto sign_in = in({.development = true, .visitor_companies = {}, .any_company = true});

    EXPECT_EQ(sign_in.company_of(R"({"company":"acme"})"), CompanyId("acme"));
    for (const char* body : {"", "[]", R"({"company":7})", R"({"company":"a\nb"})"})
        EXPECT_EQ(sign_in.company_of(body), CompanyId()) << body;
}

TEST_F(SignInTest, ABrokenBodyIsInvalid) {
    auto sign_in = in({.development = true, .visitor_companies = {}, .any_company = true});

    for (const char* body : {"", "[]", "{", R"({"company":7})", R"({"company":""})", R"({"company":"a\nb"})"})
        EXPECT_EQ(sign_in.visitor_token(body, home, now).error().code, ErrorCode::invalid) << body;
}

TEST_F(SignInTest, TheDemoSignsInItsPeopleInDevelopmentOnly) {
    auto development = in({.development = true, .visitor_companies = {}, .any_company = true});
    auto production = in({});

    EXPECT_THAT(development.demo().value(), HasSubstr(R"({"id":"agent-1","name":"Agent One","role":"agent"})"));
    EXPECT_THAT(development.sign_in(R"({"as":"agent-1"})", now).value(), HasSubstr(R"("token":"agent-1@demo/agent")"));
    EXPECT_EQ(development.sign_in(R"({"as":"root"})", now).error().code, ErrorCode::not_found);
    EXPECT_EQ(production.demo().error().code, ErrorCode::not_found);
    EXPECT_EQ(production.sign_in(R"({"as":"agent-1"})", now).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace calldocker::server
