#include "server/api/bearer.hpp"

#include <gtest/gtest.h>

#include "server/api/testing/open_tokens.hpp"

namespace calldocker::server {
namespace {

struct BearerTest : testing::Test {
    OpenTokens tokens;
    Result<domain::Identity> identity_of(std::vector<http::Header> headers) {
        http::Request request;
        request.headers = std::move(headers);
        return bearer_identity(request, tokens, from_unix_ms(0));
    }
};

TEST_F(BearerTest, ATokenSpeaksForItsUser) {
    for (const char* value : {"Bearer amina@acme/agent", "bearer amina@acme/agent", "BEARER   amina@acme/agent"}) {
        const auto identity = identity_of({{"authorization", value}});
        ASSERT_TRUE(identity) << value;
        EXPECT_EQ(identity->user, UserId("amina"));
        EXPECT_EQ(identity->company, CompanyId("acme"));
    }
}

TEST_F(BearerTest, WhateverIsWrongIsRefusedInTheSameWords) {
    const Error expected = identity_of({}).error();

    EXPECT_EQ(expected.code, ErrorCode::unauthenticated);
    for (const char* value :
         {"", "Bearer", "Bearer ", "Bearer   ", "Basic amina@acme/agent", "amina@acme/agent", "Bearer forged", "Beareramina@acme/agent"})
        EXPECT_EQ(identity_of({{"Authorization", value}}).error(), expected) << value;
}

TEST_F(BearerTest, OfTwoTokensNoneCounts) {
    EXPECT_FALSE(identity_of({{"Authorization", "Bearer amina@acme/agent"}, {"Authorization", "Bearer boss@acme/admin"}}));
}

TEST_F(BearerTest, WhereOnlySomeCompaniesExistTheTokensOfOthersAreWorthNothing) {
    RegisteredOnly registered(tokens, {CompanyId("acme")});

    EXPECT_TRUE(registered.verify("amina@acme/agent", from_unix_ms(0)));
    EXPECT_EQ(registered.verify("amina@other/agent", from_unix_ms(0)).error().code, ErrorCode::unauthenticated);
}

}  // namespace
}  // namespace calldocker::server
