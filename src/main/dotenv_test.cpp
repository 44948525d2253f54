#include "main/dotenv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.hpp"

namespace calldocker::main {
namespace {

std::string value_of_line(std::string_view line) {
    const auto parsed = parse_dotenv(line);
    return parsed && parsed->size() == 1 ? parsed->front().value : "(refused)";
}

TEST(Dotenv, ReadsAssignmentsWithTheirLines) {
    const auto parsed = parse_dotenv("\xef\xbb\xbf# a comment\r\nPORT=3000\r\n\r\n  export WS_PORT = 8081\nEMPTY=\n");

    ASSERT_TRUE(parsed);
    ASSERT_EQ(parsed->size(), 3u);
    EXPECT_EQ((*parsed)[0].name, "PORT");
    EXPECT_EQ((*parsed)[0].value, "3000");
    EXPECT_EQ((*parsed)[0].line, 2u);
    EXPECT_EQ((*parsed)[1].name, "WS_PORT");
    EXPECT_EQ((*parsed)[1].value, "8081");
    EXPECT_EQ((*parsed)[1].line, 4u);
    EXPECT_EQ((*parsed)[2].value, "");
}

TEST(Dotenv, QuotesAndCommentsMeanWhatTheyMeanElsewhere) {
    EXPECT_EQ(value_of_line("A=b # c"), "b");
    EXPECT_EQ(value_of_line("A=b#c"), "b#c");
    EXPECT_EQ(value_of_line("A=#c"), "");
    EXPECT_EQ(value_of_line("A=a b  "), "a b");
    EXPECT_EQ(value_of_line("A='b # \\n \"c'"), "b # \\n \"c");
    EXPECT_EQ(value_of_line(R"(A="b # \"\n\\\$" # comment)"), "b # \"\n\\$");
    EXPECT_EQ(value_of_line("A=\"\""), "");
}

TEST(Dotenv, AMistakeIsRefusedWithItsLineAndWithoutItsValue) {
    for (const char* text : {"\nJUSTAWORD", "\nA=\"s3cret", "\nA='s3cret' more", "\n1A=s3cret", "\nA B=s3cret", "\n=s3cret"}) {
        const auto parsed = parse_dotenv(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_THAT(parsed.error().detail, testing::HasSubstr("line 2")) << text;
        EXPECT_THAT(parsed.error().detail, testing::Not(testing::HasSubstr("s3cret"))) << text;
    }
}

TEST(Dotenv, AnyBytesAreReadOrRefused) {
    constexpr std::string_view alphabet = "A=\"'\\#\n\r \t$x";
    Rng random(7);
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (std::uint64_t i = random.below(24); i > 0; --i) text.push_back(alphabet[random.below(alphabet.size())]);
        const auto parsed = parse_dotenv(text);
        if (!parsed) continue;
        for (const Assignment& assignment : *parsed) EXPECT_FALSE(assignment.name.empty()) << text;
    }
}

}  // namespace
}  // namespace calldocker::main
