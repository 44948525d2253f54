#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace calldocker::server::http {

/// Reads a chunked body (RFC 9112 §7.1), however its bytes were cut. Chunk extensions and trailer fields are checked for their
/// form and then ignored: nothing in them changes the request.
class ChunkedBody {
public:
    enum class State : std::uint8_t {
        needs_more,
        complete,
        malformed,
        too_large,          ///< the content goes beyond `bytes_max`
        framing_too_large,  ///< extensions and trailers together go beyond `framing_bytes_max`
    };

    /// @param bytes_max          of the content
    /// @param framing_bytes_max  of everything that a body does not need: extensions, leading zeros, trailer fields. The size line that
    ///     each chunk must have does not count, since at least one byte of content comes with it.
    ChunkedBody(std::size_t bytes_max, std::size_t framing_bytes_max) : bytes_max_(bytes_max), framing_bytes_max_(framing_bytes_max) {}

    /// Appends to `content` what the chunks in `bytes` hold. Call it while state() is needs_more.
    /// @return how many of the bytes belong to this body; fewer than all of them only where it ends or is wrong
    std::size_t take(std::string_view bytes, std::string& content);
    [[nodiscard]] State state() const { return state_; }

private:
    enum class At : std::uint8_t {
        size,
        blanks,
        extension,
        size_lf,
        data,
        data_cr,
        data_lf,
        trailer_start,
        trailer_name,
        trailer_value,
        trailer_lf,
        end_lf,
    };
    void step(char c);
    void take_size_digit(unsigned digit);
    void size_line_ended();
    void count_framing();

    std::size_t bytes_max_;
    std::size_t framing_bytes_max_;
    std::size_t framing_bytes_{0};
    std::size_t content_bytes_{0};
    std::size_t chunk_{0};  // its size, then how much of it is missing
    unsigned digits_{0};    // of its size
    State state_{State::needs_more};
    At at_{At::size};
};

}  // namespace calldocker::server::http
