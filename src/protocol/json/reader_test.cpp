#include "protocol/json/reader.hpp"

#include <gtest/gtest.h>
#include <simdjson.h>

#include "base/rng.hpp"

namespace calldocker::protocol::json {
namespace {

constexpr std::size_t nesting_max = 64;

bool is_valid(std::string_view text) { return Validator(4096, nesting_max).validate(text).has_value(); }

std::string nested(std::size_t depth) { return std::string(depth, '[') + "1" + std::string(depth, ']'); }

std::string_view value_of(std::string_view object, std::string_view name) { return pick<1>(object, {name})[0]; }

TEST(JsonValidator, RefusesWhatIsNotJson) {
    for (const std::string_view text :
         {"", " ", "{", "{}}", "{} {}", "{a:1}", "{'a':1}", "[1,]", "{\"a\":01}", "nul", "\"\x01\"", "\"\xff\"", "NaN", "{\"a\":\"\\x\"}",
          "\xef\xbb\xbf{}", "{\"a\"}", "\"\\ud800\"", "\"\\udc00x\"", "\"\\ud800\\u0041\""}) {
        EXPECT_FALSE(is_valid(text)) << text;
    }
    EXPECT_FALSE(is_valid(std::string_view("{}\0", 3)));
}

TEST(JsonValidator, HasABoundForNestingAndForLength) {
    EXPECT_TRUE(is_valid(nested(nesting_max)));
    EXPECT_FALSE(is_valid(nested(nesting_max + 1)));
    EXPECT_TRUE(is_valid(std::string(nesting_max, '[') + std::string(nesting_max, ']')));
    EXPECT_FALSE(is_valid(std::string(nesting_max + 1, '[') + std::string(nesting_max + 1, ']')));
    EXPECT_FALSE(is_valid(std::string(nesting_max, '[') + "1,{}" + std::string(nesting_max, ']')));
    Validator validator(100, nesting_max);
    EXPECT_TRUE(validator.validate('"' + std::string(98, 'x') + '"'));
    EXPECT_EQ(validator.validate('"' + std::string(99, 'x') + '"').error().code, ErrorCode::too_large);
}

TEST(JsonValidator, KeepsItsNestingBoundAfterALongText) {
    Validator validator(1 << 20, nesting_max);
    ASSERT_TRUE(validator.validate('"' + std::string(100'000, 'x') + '"'));

    EXPECT_TRUE(validator.validate(nested(nesting_max)));
    EXPECT_FALSE(validator.validate(nested(nesting_max + 1)));
}

TEST(JsonCursor, FindsTheExactBytesOfEachValue) {
    constexpr std::string_view text = "\n{ \"a\" : { \"x\" : \"}]\\\"\" , \"y\":[1, {}] } ,\"b\":-1.5e3\t, \"c\": null,\"d\":[ ] }";

    EXPECT_EQ(value_of(text, "a"), "{ \"x\" : \"}]\\\"\" , \"y\":[1, {}] }");
    EXPECT_EQ(value_of(text, "b"), "-1.5e3");
    EXPECT_EQ(value_of(text, "c"), "null");
    EXPECT_EQ(value_of(text, "d"), "[ ]");
    EXPECT_EQ(value_of(text, "x"), "");
}

TEST(JsonCursor, GoesThroughArrays) {
    std::vector<std::string_view> values;
    Cursor cursor(R"([1, "a,]", {"b":[2]} ,[]])");
    while (const auto element = cursor.next()) values.push_back(element->value);

    EXPECT_EQ(values, (std::vector<std::string_view>{"1", "\"a,]\"", "{\"b\":[2]}", "[]"}));
}

TEST(JsonPick, FindsNamesInATableAsInARow) {
    static constexpr std::array<std::string_view, 6> row{"type", "text", "test", "t", "", "ttttt"};
    static constexpr Names table(row);
    const std::string_view object = R"({"test":1,"tset":2,"t":3,"te":4,"ttttt":5,"":6,"text":7})";

    EXPECT_EQ(pick(object, table), pick(object, row));
    EXPECT_EQ(pick(object, table), (std::array<std::string_view, 6>{"", "7", "1", "3", "6", "5"}));
}

TEST(JsonPick, TheLastOfEqualNamesCountsHoweverItIsSpelled) {
    EXPECT_EQ(value_of(R"({"a":1,"a":2})", "a"), "2");
    EXPECT_EQ(value_of(R"({"a":1,"\u0061":2})", "a"), "2");
    EXPECT_EQ(value_of(R"({"\u0061":1,"a":2})", "a"), "2");
    EXPECT_EQ(value_of(R"({"a\\":1})", "a"), "");
}

TEST(JsonText, ResolvesEscapes) {
    std::string scratch;

    EXPECT_EQ(text_of(R"("plain")", scratch), "plain");
    EXPECT_EQ(text_of(R"("\"\\\/\b\f\n\r\t\u00e9\u20ac\ud83d\ude00")", scratch), "\"\\/\b\f\n\r\té€😀");
    EXPECT_EQ(text_of("1", scratch), std::nullopt);
}

TEST(JsonNumbers, AreReadWholeOrNotAtAll) {
    EXPECT_EQ(integer_of("18446744073709551615"), 18446744073709551615u);
    for (const std::string_view text : {"-1", "1.0", "1e3", "\"1\"", "true", ""}) EXPECT_EQ(integer_of(text), std::nullopt) << text;
    EXPECT_EQ(number_of("-1.5e3"), -1500.0);
    EXPECT_EQ(number_of("null"), std::nullopt);
    EXPECT_EQ(boolean_of("true"), true);
    EXPECT_EQ(boolean_of("1"), std::nullopt);
}

/// A random valid JSON text with odd spacing and strings full of structural bytes.
std::string random_json(Rng& random, int depth) {
    const auto space = [&random] { return std::string(random.below(3), random.below(2) == 0 ? ' ' : '\n'); };
    const auto string = [&random] {
        constexpr std::array<std::string_view, 10> parts{"a", "{", "}", "[", "]", ",", ":", "\\\"", "\\\\", "\\u0061"};
        std::string text = "\"";
        for (std::size_t i = random.below(5); i > 0; --i) text += parts[random.below(parts.size())];
        return text + "\"";
    };
    const std::size_t kind = random.below(depth > 0 ? 6 : 4);
    if (kind == 0) return string();
    if (kind == 1) return std::to_string(random.below(1000));
    if (kind == 2) return "null";
    if (kind == 3) return "true";
    std::string out = kind == 4 ? "[" : "{";
    for (std::size_t i = 0, size = random.below(4); i < size; ++i) {
        if (i > 0) out += ',';
        if (kind == 5) out += space() + string() + space() + ":";
        out += space() + random_json(random, depth - 1) + space();
    }
    return out + (kind == 4 ? "]" : "}");
}

TEST(JsonProperty, EveryValueFoundIsTheOneThatAnotherParserFinds) {
    Validator validator(1 << 16, nesting_max);
    for (std::uint64_t seed = 0; seed < 5000; ++seed) {
        Rng random(seed);
        const std::string text = "{\"first\":" + random_json(random, 4) + ", \"second\" :" + random_json(random, 4) + "}";
        ASSERT_TRUE(validator.validate(text)) << text;

        simdjson::dom::parser whole;
        simdjson::dom::parser piece;
        const simdjson::dom::element parsed = whole.parse(text);
        for (const std::string_view name : {"first", "second"}) {
            const auto raw = value_of(text, name);
            ASSERT_EQ(simdjson::minify(simdjson::dom::element(piece.parse(raw.data(), raw.size()))), simdjson::minify(parsed[name]))
                << text;
        }
    }
}

TEST(JsonProperty, TextThatIsNotJsonIsNeverReadBeyondItsEnd) {
    for (std::uint64_t seed = 0; seed < 5000; ++seed) {
        Rng random(seed);
        std::string text = random_json(random, 4);
        text[random.below(text.size())] = static_cast<char>(random.below(128));
        text.resize(random.below(text.size() + 1));
        const std::vector<char> exact(text.begin(), text.end());  // for the sanitizers
        Cursor cursor({exact.data(), exact.size()});

        std::size_t members = 0;
        while (cursor.next()) ++members;

        ASSERT_LE(members, text.size());
    }
}

}  // namespace
}  // namespace calldocker::protocol::json
