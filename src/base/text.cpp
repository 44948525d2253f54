#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/utf8.hpp"

namespace calldocker {

DecodedCharacter decode_character(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || at + length > text.size()) return {0, 0};
    char32_t point = lead & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xc0u) != 0x80u) return {0, 0};
        point = (point << 6u) | (byte(at + i) & 0x3fu);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    const bool surrogate = point >= 0xd800 && point <= 0xdfff;
    if (overlong || surrogate || point > 0x10ffff) return {0, 0};
    return {point, length};
}

namespace {

constexpr bool is_control(char32_t point) { return point < 0x20 || (point >= 0x7f && point <= 0x9f); }

/// @return whether `text` is UTF-8, and every character of it one that `allowed` allows
template <class Predicate>
bool holds_for_all(std::string_view text, Predicate allowed) {
    for (std::size_t at = 0; at < text.size();) {
        const DecodedCharacter decoded = decode_character(text, at);
        if (decoded.bytes == 0 || !allowed(decoded.point)) return false;
        at += decoded.bytes;
    }
    return true;
}

constexpr std::string_view url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view standard_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string encode(std::string_view bytes, std::string_view alphabet) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t group = 0;
    unsigned bits = 0;
    for (const char c : bytes) {
        group = (group << 8u) | static_cast<unsigned char>(c);
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            out.push_back(alphabet[(group >> bits) & 63u]);
        }
    }
    if (bits > 0) out.push_back(alphabet[(group << (6 - bits)) & 63u]);
    return out;
}

std::optional<unsigned> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return std::nullopt;
}

/// Stops as soon as the answer is known; the size alone shows that a text is far too long. The text need not be UTF-8.
bool has_at_most(std::string_view text, std::size_t characters_max) {
    constexpr std::size_t bytes_per_character_max = 4;
    if (text.size() <= characters_max) return true;
    if (text.size() > characters_max * bytes_per_character_max) return false;
    const auto is_first = [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_first)) <= characters_max;
}

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
            continue;
        }
        const DecodedCharacter decoded = decode_character(text, at);
        if (decoded.bytes == 0) return false;
        at += decoded.bytes;
    }
    return true;
}

bool is_name(std::string_view text, std::size_t bytes_max) {
    return !text.empty() && text.size() <= bytes_max && holds_for_all(text, [](char32_t point) { return !is_control(point); });
}

bool is_line(std::string_view text, std::size_t characters_max) {
    return !text.empty() && has_at_most(text, characters_max) && holds_for_all(text, [](char32_t point) { return !is_control(point); });
}

bool is_text(std::string_view text, std::size_t characters_max) {
    const auto allowed = [](char32_t point) { return !is_control(point) || point == '\n' || point == '\r' || point == '\t'; };
    return has_at_most(text, characters_max) && holds_for_all(text, allowed);
}

std::string base64url_encode(std::string_view bytes) { return encode(bytes, url_alphabet); }

std::string base64_encode(std::string_view bytes) {
    std::string out = encode(bytes, standard_alphabet);
    while (out.size() % 4 != 0) out.push_back('=');
    return out;
}

std::optional<std::string> base64url_decode(std::string_view text) {
    static const auto values = [] {
        std::array<std::int8_t, 256> table{};
        table.fill(-1);
        for (std::size_t i = 0; i < url_alphabet.size(); ++i)
            table[static_cast<unsigned char>(url_alphabet[i])] = static_cast<std::int8_t>(i);
        return table;
    }();
    if (text.size() % 4 == 1) return std::nullopt;
    std::string out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t group = 0;
    unsigned bits = 0;
    for (const char c : text) {
        const std::int8_t value = values[static_cast<unsigned char>(c)];
        if (value < 0) return std::nullopt;
        group = (group << 6u) | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<char>((group >> bits) & 0xffu));
        }
    }
    if ((group & ((1u << bits) - 1u)) != 0) return std::nullopt;
    return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            out.push_back(' ');
        } else if (text[i] != '%') {
            out.push_back(text[i]);
        } else {
            if (i + 2 >= text.size()) return std::nullopt;
            const auto high = hex_digit(text[i + 1]);
            const auto low = hex_digit(text[i + 2]);
            if (!high || !low) return std::nullopt;
            out.push_back(static_cast<char>(*high * 16 + *low));
            i += 2;
        }
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

std::string shortened(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return std::string(text);
    std::size_t cut = bytes_max;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0u) == 0x80u) --cut;
    return std::string(text.substr(0, cut)) + "…";
}

}  // namespace calldocker
