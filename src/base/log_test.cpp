#include "base/log.hpp"

#include <gtest/gtest.h>

#include <array>

namespace calldocker {
namespace {

std::string last_line;
void remember(log::Level level, std::string_view event, std::span<const log::Field> fields) {
    last_line = log::format_line(level, event, fields);
}

class Log : public testing::Test {
protected:
    void SetUp() override { last_line.clear(); }
    void TearDown() override { log::install(nullptr, log::Level::info); }
};

TEST_F(Log, WritesOneLineWithTypedFields) {
    log::install(remember, log::Level::info);

    log::info("contact.answered", {{"company", CompanyId("acme")}, {"waited_ms", 1200}, {"first", true}, {"after", Sequence{7}}});

    EXPECT_EQ(last_line, "info contact.answered company=acme waited_ms=1200 first=true after=7");
}

TEST_F(Log, NothingThatIsLoggedCanForgeAnotherLineOrField) {
    log::install(remember, log::Level::info);

    log::warn("x.y", {{"name", "a b\nerror z"}, {"quote", "\"="}, {"empty", ""}});

    EXPECT_EQ(last_line, "warn x.y name=\"a b\\u000aerror z\" quote=\"\\\"=\" empty=\"\"");
}

/// A viewer that ends lines or turns directions at these would show another line than was written.
TEST_F(Log, CharactersThatMoveOthersAreEscapedAndLettersAreNot) {
    log::install(remember, log::Level::info);

    log::info("x.y",
              {{"separators", "a\u2028b\u2029c"}, {"direction", "\u202e\u2066\u200f\u061c"}, {"c1", "\u0085"}, {"tag", "\U000e0041"}});
    EXPECT_EQ(last_line, R"(info x.y separators="a\u2028b\u2029c" direction="\u202e\u2066\u200f\u061c" c1="\u0085" tag="\udb40\udc41")");
    log::info("x.y", {{"name", "Jürgen 😀 سلام"}, {"broken", "a\xff\xe2\x80"}});
    EXPECT_EQ(last_line, "info x.y name=\"Jürgen 😀 سلام\" broken=\"a\\ufffd\\ufffd\\ufffd\"");
}

TEST_F(Log, WhatIsBelowTheLevelIsNotWritten) {
    log::install(remember, log::Level::warn);

    log::info("x.y");

    EXPECT_EQ(last_line, "");
    EXPECT_FALSE(log::enabled(log::Level::info));
    EXPECT_TRUE(log::enabled(log::Level::error));
}

TEST_F(Log, IsSilentUntilASinkIsInstalled) {
    log::error("x.y");

    EXPECT_EQ(last_line, "");
    EXPECT_FALSE(log::enabled(log::Level::error));
}

}  // namespace
}  // namespace calldocker
