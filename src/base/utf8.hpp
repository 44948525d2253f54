#pragma once
#include <cstddef>
#include <string_view>

namespace calldocker {

struct DecodedCharacter {
    char32_t point;
    std::size_t bytes;  ///< 0: malformed (RFC 3629: no surrogates, no overlong forms, nothing above U+10FFFF)
};
/// @param at  less than the text's size
[[nodiscard]] DecodedCharacter decode_character(std::string_view text, std::size_t at);

/// @return whether the character has no picture of its own and changes how others look or where a line ends: controls, separators of
/// lines and paragraphs, marks of direction, joiners, tags
[[nodiscard]] constexpr bool is_invisible(char32_t point) {
    struct Range {
        char32_t first, last;
    };
    constexpr Range ranges[]{{0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x061c, 0x061c}, {0x115f, 0x1160},
                             {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},
                             {0x3164, 0x3164}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0xe0000, 0xe0fff}};
    for (const Range& range : ranges)
        if (point >= range.first && point <= range.last) return true;
    return false;
}

}  // namespace calldocker
