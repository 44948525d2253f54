#include "protocol/signalling/authentication.hpp"

#include <gtest/gtest.h>

#include "protocol/signalling/limits.hpp"

namespace calldocker::protocol {
namespace {

TEST(Authentication, IsReadWhole) {
    const auto read = decode_authentication(R"({"type":"authenticate","token":"a.b.c","resumeToken":"r","seq":7})");

    ASSERT_TRUE(read);
    EXPECT_EQ(read->token, "a.b.c");
    EXPECT_EQ(read->resume_token, "r");
    EXPECT_EQ(read->seq, 7u);
}

TEST(Authentication, LacksWhatWasLeftOutOrIsNoText) {
    const auto read = decode_authentication(R"({"type":"authenticate","token":7,"resumeToken":null,"seq":-1})");

    ASSERT_TRUE(read);
    EXPECT_EQ(read->token, "");
    EXPECT_EQ(read->resume_token, "");
    EXPECT_EQ(read->seq, std::nullopt);
}

TEST(Authentication, IsNoOtherMessage) {
    EXPECT_FALSE(decode_authentication(R"({"type":"ping"})"));
    EXPECT_FALSE(decode_authentication(R"(["authenticate"])"));
    EXPECT_FALSE(decode_authentication(R"({"type":"authenticate","token":"a)"));
    EXPECT_FALSE(decode_authentication(""));
    const std::string longer(limits::authentication_bytes_max, 'x');
    EXPECT_FALSE(decode_authentication(R"({"type":"authenticate","token":")" + longer + R"("})"));
}

}  // namespace
}  // namespace calldocker::protocol
