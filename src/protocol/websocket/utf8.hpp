#pragma once
#include <cstdint>
#include <string_view>

namespace calldocker::protocol::websocket {

/// Checks UTF-8 (RFC 3629) that arrives in pieces, and fails at the first byte that no continuation can repair.
class Utf8Stream {
public:
    /// @return whether everything so far is the beginning of well-formed UTF-8; once false, it stays false until reset()
    [[nodiscard]] bool feed(std::string_view piece);
    /// @return whether no character is left unfinished
    [[nodiscard]] bool complete() const { return missing_ == 0 && !broken_; }
    void reset() { *this = {}; }

private:
    [[nodiscard]] bool begin_character(std::uint8_t lead);

    // Of the character that has begun: how many bytes are missing, and the range its next byte must be in.
    std::uint8_t missing_{};
    std::uint8_t next_min_{0x80};
    std::uint8_t next_max_{0xbf};
    bool broken_{};
};

}  // namespace calldocker::protocol::websocket
