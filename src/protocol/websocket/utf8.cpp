#include "protocol/websocket/utf8.hpp"

#include <cstddef>
#include <cstring>

namespace calldocker::protocol::websocket {
namespace {

/// @return how many leading bytes of `text` are ASCII, counted in steps of eight
std::size_t ascii_prefix(std::string_view text) {
    std::size_t at = 0;
    while (at + 8 <= text.size()) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + at, 8);
        if ((eight & 0x8080808080808080u) != 0) break;
        at += 8;
    }
    return at;
}

}  // namespace

// Table 3-7 of the Unicode Standard: only the second byte's range depends on the first.
bool Utf8Stream::begin_character(std::uint8_t lead) {
    next_min_ = 0x80;
    next_max_ = 0xbf;
    if (lead < 0x80) return true;
    if (lead < 0xc2 || lead > 0xf4) return false;
    if (lead < 0xe0) {
        missing_ = 1;
    } else if (lead < 0xf0) {
        missing_ = 2;
        if (lead == 0xe0) next_min_ = 0xa0;  // overlong below
        if (lead == 0xed) next_max_ = 0x9f;  // surrogates above
    } else {
        missing_ = 3;
        if (lead == 0xf0) next_min_ = 0x90;  // overlong below
        if (lead == 0xf4) next_max_ = 0x8f;  // beyond U+10FFFF above
    }
    return true;
}

bool Utf8Stream::feed(std::string_view piece) {
    if (broken_) return false;
    for (std::size_t at = 0; at < piece.size();) {
        if (missing_ == 0) at += ascii_prefix(piece.substr(at));
        if (at == piece.size()) break;
        const auto byte = static_cast<std::uint8_t>(piece[at++]);
        if (missing_ == 0) {
            broken_ = !begin_character(byte);
        } else {
            broken_ = byte < next_min_ || byte > next_max_;
            --missing_;
            next_min_ = 0x80;
            next_max_ = 0xbf;
        }
        if (broken_) return false;
    }
    return true;
}

}  // namespace calldocker::protocol::websocket
