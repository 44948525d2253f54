#include "base/text.hpp"

#include <gtest/gtest.h>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/require.hpp"
#include "base/rng.hpp"

namespace calldocker {
namespace {

TEST(Text, Utf8RefusesSurrogatesOverlongFormsAndWhatIsBeyondUnicode) {
    EXPECT_TRUE(is_utf8("plain, ü, €, 😀"));
    EXPECT_FALSE(is_utf8("\xed\xa0\x80"));      // U+D800
    EXPECT_FALSE(is_utf8("\xc0\xaf"));          // overlong '/'
    EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80"));  // U+110000
    EXPECT_FALSE(is_utf8("\xe2\x82"));          // cut short
}

TEST(Text, ANameHasNoControlCharactersAndABound) {
    EXPECT_TRUE(is_name("agent-room"));
    EXPECT_TRUE(is_name(std::string(128, 'x')));
    EXPECT_FALSE(is_name(std::string(129, 'x')));
    EXPECT_FALSE(is_name(""));
    EXPECT_FALSE(is_name("a\nb"));
    EXPECT_FALSE(is_name("a\x7f"));
    EXPECT_FALSE(is_name("a\xc2\x85"));  // C1 "next line"
}

TEST(Text, WhatPeopleWriteMayHaveLinesAndTabsButNoOtherControlCharacters) {
    EXPECT_TRUE(is_text("", 0));
    EXPECT_TRUE(is_text("Grüße,\r\n\tZoë €", 100));
    EXPECT_TRUE(is_text(std::string(500, 'x'), 500));
    EXPECT_FALSE(is_text(std::string(501, 'x'), 500));
    for (const std::string letter : {"x", "ж", "ก", "漢", "ש", "ع", "नि", "😀"}) {
        std::string full;
        const std::size_t characters = letter == "नि" ? 2 : 1;
        for (std::size_t i = 0; i < 60; i += characters) full += letter;
        EXPECT_TRUE(is_text(full, 60)) << letter;
        EXPECT_TRUE(is_line(full, 60)) << letter;
        EXPECT_FALSE(is_text(full + letter, 60)) << letter;
        EXPECT_FALSE(is_line(full + letter, 60)) << letter;
    }
    EXPECT_FALSE(is_line("", 60));
    EXPECT_FALSE(is_line("a\nb", 60));
    for (const std::string_view bad : {std::string_view("a\0", 2), std::string_view("a\x1b[0m"), std::string_view("a\x7f"),
                                       std::string_view("a\xc2\x85"), std::string_view("\xff")})
        EXPECT_FALSE(is_text(bad, 500)) << bad;
}

TEST(Text, Base64UrlRoundTripsAndRefusesWhatIsNotCanonical) {
    Rng random(1);
    for (std::size_t length = 0; length < 70; ++length) {
        std::string bytes;
        for (std::size_t i = 0; i < length; ++i) bytes.push_back(static_cast<char>(random.below(256)));
        EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes);
    }
    EXPECT_EQ(base64url_decode("QQ"), "A");
    EXPECT_EQ(base64url_decode("QR"), std::nullopt);    // unused bits set
    EXPECT_EQ(base64url_decode("QQ=="), std::nullopt);  // padding
    EXPECT_EQ(base64url_decode("Q"), std::nullopt);
    EXPECT_EQ(base64_encode("A"), "QQ==");
}

TEST(Text, PercentDecodingRefusesHalfAnEscape) {
    EXPECT_EQ(percent_decode("a%20b+c"), "a b c");
    EXPECT_EQ(percent_decode("%4"), std::nullopt);
    EXPECT_EQ(percent_decode("%zz"), std::nullopt);
}

TEST(Text, ShortenedCutsAtACharactersBorder) {
    EXPECT_EQ(shortened("abc", 3), "abc");
    EXPECT_EQ(shortened("aü", 2), "a…");
}

TEST(Instant, PrintsIsoUtcWithMilliseconds) {
    EXPECT_EQ(to_iso8601(from_unix_ms(0)), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_iso8601(from_unix_ms(1'795'405'429'120)), "2026-11-23T03:43:49.120Z");
}

TEST(Instant, IsReadAsItIsWrittenAndNotOtherwise) {
    for (const std::int64_t ms : {0LL, 1'795'405'429'120LL, 951'782'400'001LL, -1LL})
        EXPECT_EQ(from_iso8601(to_iso8601(from_unix_ms(ms))), from_unix_ms(ms));
    for (const char* text :
         {"", "2026-11-23T03:43:49Z", "2026-11-23T03:43:49.120", "2026-02-30T03:43:49.120Z", "2026-11-23T25:43:49.120Z",
          "2026-11-23 03:43:49.120Z", "2026-11-23T03:4x:49.120Z", "2026-11-23T03:-1:49.120Z", "2026-00-23T03:43:49.120Z"})
        EXPECT_FALSE(from_iso8601(text)) << text;
}

TEST(Require, ThrowsWithThePlace) { EXPECT_THROW(require(false, "one equals two"), std::logic_error); }

TEST(Text, IsTrimmedOfBlanksAndTabs) {
    EXPECT_EQ(trimmed(" \ta b\t "), "a b");
    EXPECT_EQ(trimmed("\t "), "");
    EXPECT_EQ(trimmed(""), "");
    EXPECT_EQ(trimmed("a\n"), "a\n");
}

}  // namespace
}  // namespace calldocker
