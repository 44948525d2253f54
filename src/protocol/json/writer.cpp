#include "protocol/json/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>

namespace calldocker::protocol::json {
namespace {

bool must_be_escaped(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

/// @return whether one of eight bytes may have to be escaped: is below 0x20, a quote or a backslash. Of bytes beyond ASCII it may say
///         so without need. (Bit Twiddling Hacks, "Determine if a word has a byte less than n", "has a zero byte".)
bool may_need_escapes(std::uint64_t eight) {
    constexpr std::uint64_t ones = 0x0101010101010101u;
    constexpr std::uint64_t high = ones * 0x80;
    const auto has_zero = [](std::uint64_t word) { return (word - ones) & ~word & high; };
    return (((eight - ones * 0x20) & ~eight & high) | has_zero(eight ^ (ones * '"')) | has_zero(eight ^ (ones * '\\'))) != 0;
}

/// @return where the first byte from `at` on is that must be escaped, or the end
std::size_t first_to_escape(std::string_view text, std::size_t at) {
    for (;;) {
        std::uint64_t eight = 0;
        while (at + sizeof eight <= text.size()) {
            std::memcpy(&eight, text.data() + at, sizeof eight);
            if (may_need_escapes(eight)) break;
            at += sizeof eight;
        }
        for (const std::size_t end = std::min(at + sizeof eight, text.size()); at < end; ++at)
            if (must_be_escaped(text[at])) return at;
        if (at == text.size()) return at;
    }
}

void append_escaped(std::string& out, char c) {
    switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default: fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
    }
}

}  // namespace

// A value never ends in one of these, so the last byte alone tells whether something came before in this container.
void Writer::separate() {
    if (out_.empty()) return;
    const char last = out_.back();
    if (last != '{' && last != '[' && last != ':') out_.push_back(',');
}

Writer& Writer::begin_object() {
    separate();
    out_.push_back('{');
    return *this;
}

Writer& Writer::end_object() {
    out_.push_back('}');
    return *this;
}

Writer& Writer::begin_array() {
    separate();
    out_.push_back('[');
    return *this;
}

Writer& Writer::end_array() {
    out_.push_back(']');
    return *this;
}

Writer& Writer::key(std::string_view name) {
    separate();
    out_.push_back('"');
    out_ += name;
    out_ += "\":";
    return *this;
}

Writer& Writer::text(std::string_view text) {
    separate();
    out_.push_back('"');
    std::size_t copied = 0;
    for (std::size_t at = 0; (at = first_to_escape(text, at)) < text.size(); ++at) {
        out_ += text.substr(copied, at - copied);
        append_escaped(out_, text[at]);
        copied = at + 1;
    }
    out_ += text.substr(copied);
    out_.push_back('"');
    return *this;
}

Writer& Writer::number(std::int64_t value) { return raw(fmt::format_int(value).c_str()); }

Writer& Writer::number(std::uint64_t value) { return raw(fmt::format_int(value).c_str()); }

Writer& Writer::boolean(bool value) { return raw(value ? "true" : "false"); }

Writer& Writer::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

}  // namespace calldocker::protocol::json
