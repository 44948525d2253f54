#include "protocol/json/writer.hpp"

#include <gtest/gtest.h>

#include "protocol/json/reader.hpp"

namespace calldocker::protocol::json {
namespace {

TEST(JsonWriter, PutsCommasWhereTheyBelong) {
    std::string out;

    Writer(out)
        .begin_object()
        .key("a")
        .number(std::int64_t{-1})
        .key("b")
        .begin_array()
        .text("x")
        .begin_object()
        .end_object()
        .boolean(true)
        .end_array();
    Writer(out)
        .key("c")
        .raw("[null, 1]")
        .key("d")
        .begin_array()
        .end_array()
        .key("e")
        .number(std::uint64_t{18446744073709551615u})
        .end_object();

    EXPECT_EQ(out, R"({"a":-1,"b":["x",{},true],"c":[null, 1],"d":[],"e":18446744073709551615})");
}

TEST(JsonWriter, EscapesWhereverItStands) {
    const std::string needy[]{"\"", "\\", "\n", std::string(1, '\0'), "\x1f", " ", "\x7f", "é", "\U0001f600"};
    for (const std::string& one : needy) {
        for (std::size_t before = 0; before <= 17; ++before) {
            for (const std::size_t after : {0u, 1u, 7u, 8u, 20u}) {
                const std::string text = std::string(before, 'a') + one + one + std::string(after, 'b');
                std::string out, scratch;

                Writer(out).text(text);

                EXPECT_EQ(text_of(out, scratch), text);
                EXPECT_TRUE(Validator(100, 4).validate(out)) << out;
            }
        }
    }
}

TEST(JsonWriter, TextsThatEndInAStructuralByteDoNotConfuseIt) {
    std::string out;

    Writer(out).begin_array().text("{").text("[").text(":").text(",").end_array();

    EXPECT_EQ(out, R"(["{","[",":",","])");
}

TEST(JsonWriter, EveryTextComesBackAsItWas) {
    Validator validator(4096, 4);
    std::string text = "ü€😀\x7f\"\\/";
    for (char c = 0; c < 0x20; ++c) text.push_back(c);
    std::string out;

    Writer(out).text(text);

    ASSERT_TRUE(validator.validate(out)) << out;
    std::string scratch;
    EXPECT_EQ(text_of(out, scratch), text);
}

}  // namespace
}  // namespace calldocker::protocol::json
