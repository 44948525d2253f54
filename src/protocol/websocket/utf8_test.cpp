#include "protocol/websocket/utf8.hpp"

#include <gtest/gtest.h>

#include "base/rng.hpp"
#include "base/text.hpp"

namespace calldocker::protocol::websocket {
namespace {

TEST(Utf8Stream, AcceptsCharactersThatAreCutAnywhere) {
    const std::string_view text = "plain, long enough for steps of eight, ü, €, 😀";
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        Utf8Stream stream;

        EXPECT_TRUE(stream.feed(text.substr(0, cut)));
        EXPECT_TRUE(stream.feed(text.substr(cut)));
        EXPECT_TRUE(stream.complete());
    }
}

TEST(Utf8Stream, FailsAtTheFirstByteThatCannotBeRepaired) {
    for (const std::string_view broken : {"\xc0", "\xff", "\x80", "\xe0\x80", "\xed\xa0", "\xf4\x90", "\xf5", "\xf0\x8f"}) {
        Utf8Stream stream;
        EXPECT_TRUE(stream.feed(broken.substr(0, broken.size() - 1)));
        EXPECT_FALSE(stream.feed(broken.substr(broken.size() - 1)));
        EXPECT_FALSE(stream.feed("a"));
        EXPECT_FALSE(stream.complete());
    }
}

TEST(Utf8Stream, AnUnfinishedCharacterIsNotComplete) {
    Utf8Stream stream;

    EXPECT_TRUE(stream.feed("\xe2\x82"));

    EXPECT_FALSE(stream.complete());
}

TEST(Utf8Stream, AgreesWithTheWholeTextCheckOnRandomBytes) {
    Rng random(7);
    constexpr std::string_view bytes("aZ\x00\x7f\x80\x8f\x90\x9f\xa0\xbf\xc1\xc2\xe0\xe2\xed\xef\xf0\xf3\xf4\xf5", 20);
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (std::size_t i = random.below(14); i > 0; --i) text.push_back(bytes[random.below(bytes.size())]);

        Utf8Stream stream;
        const bool well_formed = stream.feed(text) && stream.complete();

        ASSERT_EQ(well_formed, is_utf8(text)) << "round " << round;
    }
}

}  // namespace
}  // namespace calldocker::protocol::websocket
