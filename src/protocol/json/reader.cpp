#include "protocol/json/reader.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>

namespace calldocker::protocol::json {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool ends_scalar(char c) { return c == ',' || c == '}' || c == ']' || is_space(c); }

/// @return the index behind the string that begins at `text[0]`, or the end. Looks for quotes alone, since session
///         descriptions are full of escapes and have none.
std::size_t string_end(std::string_view text) {
    for (std::size_t quote = text.find('"', 1); quote != std::string_view::npos; quote = text.find('"', quote + 1)) {
        std::size_t backslashes = 0;
        while (text[quote - 1 - backslashes] == '\\') ++backslashes;  // ends at text[0] at the latest
        if (backslashes % 2 == 0) return quote + 1;
    }
    return text.size();
}

std::size_t container_end(std::string_view text) {
    std::size_t depth = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '"') {
            at += string_end(text.substr(at));
            continue;
        }
        ++at;
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        if (depth == 0) return at;
    }
    return text.size();
}

std::size_t value_end(std::string_view text) {
    if (text.empty()) return 0;
    if (text[0] == '"') return string_end(text);
    if (text[0] == '{' || text[0] == '[') return container_end(text);
    std::size_t at = 0;
    while (at < text.size() && !ends_scalar(text[at])) ++at;
    return at;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

char32_t hex4(std::string_view digits) {
    unsigned value = 0;
    if (digits.size() >= 4) std::from_chars(digits.data(), digits.data() + 4, value, 16);
    return value;
}

void append_utf8(std::string& out, char32_t point) {
    const auto push = [&out](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (point < 0x80) return push(point);
    if (point < 0x800) {
        push(0xc0u | (point >> 6u));
    } else if (point < 0x10000) {
        push(0xe0u | (point >> 12u));
        push(0x80u | ((point >> 6u) & 0x3fu));
    } else {
        push(0xf0u | (point >> 18u));
        push(0x80u | ((point >> 12u) & 0x3fu));
        push(0x80u | ((point >> 6u) & 0x3fu));
    }
    push(0x80u | (point & 0x3fu));
}

/// Resolves one escape whose backslash is at `text[0]`. @return how many bytes it took
std::size_t append_unescaped(std::string& out, std::string_view text) {
    if (text.size() < 2) return text.size();
    switch (text[1]) {
        case 'b': out.push_back('\b'); return 2;
        case 'f': out.push_back('\f'); return 2;
        case 'n': out.push_back('\n'); return 2;
        case 'r': out.push_back('\r'); return 2;
        case 't': out.push_back('\t'); return 2;
        case 'u': break;
        default: out.push_back(text[1]); return 2;
    }
    char32_t point = hex4(text.substr(2));
    std::size_t taken = std::min<std::size_t>(6, text.size());
    if (point >= 0xd800 && point < 0xdc00 && text.size() >= 12) {  // validated: its other half follows
        point = 0x10000 + ((point - 0xd800) << 10u) + ((hex4(text.substr(8)) - 0xdc00) & 0x3ffu);
        taken = 12;
    }
    append_utf8(out, point);
    return taken;
}

void unescape(std::string& out, std::string_view raw) {
    out.clear();
    for (std::size_t at = 0; at < raw.size();) {
        const std::size_t escape = std::min(raw.find('\\', at), raw.size());
        out += raw.substr(at, escape - at);
        at = escape;
        if (at < raw.size()) at += append_unescaped(out, raw.substr(at));
    }
}

}  // namespace

struct Validator::Parser {
    simdjson::dom::parser parser;
};

namespace {

/// simdjson does not count empty containers, so that one too deep may be left. Recursion is within its bound.
bool is_within(const simdjson::dom::element& value, std::size_t levels) {
    const auto all_within = [levels](const auto& container, const auto& value_of) {
        return levels > 0 &&
               std::all_of(container.begin(), container.end(), [&](const auto& child) { return is_within(value_of(child), levels - 1); });
    };
    if (value.is_array()) return all_within(simdjson::dom::array(value), [](const auto& child) { return child; });
    if (value.is_object()) return all_within(simdjson::dom::object(value), [](const auto& field) { return field.value; });
    return true;
}

}  // namespace

Validator::Validator(std::size_t bytes_max, std::size_t nesting_max)
    : parser_(std::make_unique<Parser>()), bytes_max_(bytes_max), nesting_max_(nesting_max) {
    // simdjson refuses the container that reaches its depth, not the one beyond it: hence the one more.
    if (parser_->parser.allocate(std::min<std::size_t>(bytes_max, 4096), nesting_max + 1) != simdjson::SUCCESS) throw std::bad_alloc();
}
Validator::~Validator() = default;
Validator::Validator(Validator&&) noexcept = default;
Validator& Validator::operator=(Validator&&) noexcept = default;

Result<void> Validator::validate(std::string_view text) {
    if (text.size() > bytes_max_) return fail(ErrorCode::too_large, "JSON text too long");
    const auto parsed = parser_->parser.parse(text.data(), text.size(), true);
    if (parsed.error() != simdjson::SUCCESS) return fail(ErrorCode::invalid, simdjson::error_message(parsed.error()));
    const auto opened = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c == '{' || c == '['; }));
    if (opened > nesting_max_ && !is_within(parsed.value_unsafe(), nesting_max_))
        return fail(ErrorCode::invalid, "the JSON text is nested too deeply");
    return {};
}

Cursor::Cursor(std::string_view container) : rest_(trimmed(container)), object_(is_object(rest_)) {
    if (!object_ && !is_array(rest_)) {
        rest_ = {};
    } else {
        rest_.remove_prefix(1);
    }
}

void Cursor::skip_space() {
    while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
}

std::string_view Cursor::take_value() {
    const std::string_view value = rest_.substr(0, value_end(rest_));
    rest_.remove_prefix(value.size());
    return value;
}

std::optional<Member> Cursor::next() {
    skip_space();
    if (!rest_.empty() && rest_.front() == ',') rest_.remove_prefix(1);
    skip_space();
    if (rest_.empty() || rest_.front() == '}' || rest_.front() == ']') return std::nullopt;
    Member member;
    if (object_) {
        const std::string_view quoted = take_value();
        if (quoted.size() < 2) return std::nullopt;
        member.name = quoted.substr(1, quoted.size() - 2);
        skip_space();
        if (!rest_.empty()) rest_.remove_prefix(1);  // the colon
        skip_space();
    }
    member.value = take_value();
    if (member.value.empty()) return std::nullopt;
    return member;
}

bool is_object(std::string_view json) {
    const auto text = trimmed(json);
    return !text.empty() && text.front() == '{';
}

bool is_array(std::string_view json) {
    const auto text = trimmed(json);
    return !text.empty() && text.front() == '[';
}

std::string_view resolved(std::string_view raw, std::string& scratch) {
    if (raw.find('\\') == std::string_view::npos) return raw;
    unescape(scratch, raw);
    return scratch;
}

std::optional<std::string_view> text_of(std::string_view value, std::string& scratch) {
    if (value.size() < 2 || value.front() != '"') return std::nullopt;
    return resolved(value.substr(1, value.size() - 2), scratch);
}

std::optional<bool> boolean_of(std::string_view value) {
    if (value == "true") return true;
    if (value == "false") return false;
    return std::nullopt;
}

std::optional<std::uint64_t> integer_of(std::string_view value) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (value.empty() || error != std::errc{} || end != value.data() + value.size()) return std::nullopt;
    return number;
}

std::optional<double> number_of(std::string_view value) {
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (value.empty() || error != std::errc{} || end != value.data() + value.size()) return std::nullopt;
    return number;
}

}  // namespace calldocker::protocol::json
