#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "protocol/websocket/utf8.hpp"

/// WebSocket framing (RFC 6455 §5) without I/O: bytes in, events out; events in, bytes out. No extensions: RSV bits
/// are refused. Text only: the signalling protocol has no use for binary messages.
namespace calldocker::protocol::websocket {

/// Status codes of Close that we send or that mean something to us (RFC 6455 §7.4.1).
namespace close_code {
inline constexpr std::uint16_t normal = 1000;
inline constexpr std::uint16_t going_away = 1001;
inline constexpr std::uint16_t protocol_error = 1002;
inline constexpr std::uint16_t unsupported_data = 1003;
inline constexpr std::uint16_t none = 1005;  ///< never on the wire: the peer's Close had no code
inline constexpr std::uint16_t invalid_payload = 1007;
inline constexpr std::uint16_t policy_violation = 1008;
inline constexpr std::uint16_t too_big = 1009;
inline constexpr std::uint16_t try_again_later = 1013;
}  // namespace close_code

/// @return whether a peer may send `code`: 1000-1003, 1007-1014 and 3000-4999
[[nodiscard]] bool is_valid_close_code(std::uint16_t code);

/// The most bytes of a control frame (§5.5); a close reason has two bytes less.
inline constexpr std::size_t control_bytes_max = 125;

// The decoder's findings. The views live until the next call of next(), or until the bytes it was given change.
struct Text {
    std::string_view text;
};  ///< a whole message, valid UTF-8
struct Ping {
    std::string_view payload;
};  ///< to be answered with a pong of the same payload
struct Pong {
    std::string_view payload;
};
struct Close {
    std::uint16_t code;
    std::string_view reason;
};  ///< `code` is close_code::none when the frame had none
/// The peer broke the protocol: send Close with `code` and end the connection.
struct Failure {
    std::uint16_t code;
    std::string_view reason;
};
using Event = std::variant<Text, Ping, Pong, Close, Failure>;

/// Takes the bytes of one direction of one connection, however they were cut.
///
///     std::span<char> unread{buffer, received};
///     while (const auto event = decoder.next(unread)) handle(*event);
///
/// When next() returns nothing, `unread` is empty: what a frame still lacks is remembered here. A message that lies
/// whole in `unread` in one frame is unmasked in place and never copied; one that is cut or fragmented is collected in
/// memory that grows with what has arrived, not with what a header promises. Between messages no heap memory is held.
/// After Close or Failure everything else is ignored.
class Decoder {
public:
    /// The end that decodes. A server demands masked frames, a client unmasked ones (§5.1).
    enum class Role : std::uint8_t { server, client };

    /// @param message_bytes_max  of the payload of a message, all its fragments together, where an empty fragment counts
    ///                           as one byte; refused with 1009 as soon as a header announces more
    Decoder(Role role, std::size_t message_bytes_max) : message_bytes_max_(message_bytes_max), role_(role) {}

    /// Consumes bytes from the front of `unread`, which it may overwrite (unmasking), up to the next event.
    [[nodiscard]] std::optional<Event> next(std::span<char>& unread);

    /// @return whether nothing has begun: no frame, no message whose fragments are still coming
    [[nodiscard]] bool is_idle() const { return header_bytes_ == 0 && !in_message_; }

private:
    [[nodiscard]] std::optional<Failure> read_header(std::span<char>& unread, bool& complete);
    [[nodiscard]] std::optional<Failure> check_start() const;
    [[nodiscard]] std::optional<Failure> check_length();
    [[nodiscard]] std::size_t header_bytes_wanted() const;
    [[nodiscard]] std::optional<Event> read_payload(std::span<char>& unread);
    [[nodiscard]] std::optional<Event> finish_data_frame(std::string_view payload);
    [[nodiscard]] Event finish_control_frame(std::string_view payload);
    [[nodiscard]] Event fail(Failure failure);
    void end_frame();

    [[nodiscard]] std::uint8_t opcode() const { return header_[0] & 0x0fu; }
    [[nodiscard]] bool is_final() const { return (header_[0] & 0x80u) != 0; }
    [[nodiscard]] bool is_control() const { return (header_[0] & 0x08u) != 0; }

    std::string message_;            // payload that had to be collected: of a cut frame, or of fragments
    std::string control_;            // payload of a control frame that was cut
    std::uint64_t payload_bytes_{};  // of the current frame, once its length is known
    std::uint64_t payload_read_{};   // of the current frame
    std::size_t message_counted_{};  // of the current message: what counts against the limit
    std::size_t message_bytes_max_;
    std::array<std::uint8_t, 14> header_{};
    std::uint8_t header_bytes_{};
    Role role_;
    Utf8Stream utf8_;
    bool in_message_{};  // a first fragment has come, the final one has not
    bool delivered_{};   // the collected bytes were handed out by the last call
    bool over_{};
};

// Encoding. Each appends one frame to `out`. Payloads of control frames longer than control_bytes_max are a bug.

/// Server to client: unmasked.
void append_text(std::string& out, std::string_view text);
void append_ping(std::string& out, std::string_view payload);
void append_pong(std::string& out, std::string_view payload);
/// A reason that does not fit is cut at a character's border.
/// @param code  close_code::none for a Close without a body
void append_close(std::string& out, std::uint16_t code, std::string_view reason);

/// Client to server: masked with a key that must be unpredictable to the page that chose the payload (§5.3).
using MaskingKey = std::array<std::uint8_t, 4>;
void append_masked_text(std::string& out, std::string_view text, MaskingKey key);
void append_masked_ping(std::string& out, std::string_view payload, MaskingKey key);
void append_masked_pong(std::string& out, std::string_view payload, MaskingKey key);
void append_masked_close(std::string& out, std::uint16_t code, std::string_view reason, MaskingKey key);

/// Masks or unmasks `bytes` in place, the first of which is at `offset` of its frame's payload.
void apply_mask(std::span<char> bytes, MaskingKey key, std::uint64_t offset = 0);

}  // namespace calldocker::protocol::websocket
