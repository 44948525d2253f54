#include "protocol/websocket/frame.hpp"

#include <algorithm>
#include <cstring>

#include "base/require.hpp"
#include "base/text.hpp"

namespace calldocker::protocol::websocket {
namespace {

namespace opcode_of {
constexpr std::uint8_t continuation = 0x0;
constexpr std::uint8_t text = 0x1;
constexpr std::uint8_t binary = 0x2;
constexpr std::uint8_t close = 0x8;
constexpr std::uint8_t ping = 0x9;
constexpr std::uint8_t pong = 0xa;
}  // namespace opcode_of

constexpr std::uint8_t mask_bit = 0x80;
constexpr std::uint8_t length_16_bits = 126;
constexpr std::uint8_t length_64_bits = 127;

std::size_t extended_length_bytes(std::uint8_t length) {
    if (length == length_16_bits) return 2;
    return length == length_64_bits ? 8 : 0;
}

std::uint64_t big_endian(std::span<const std::uint8_t> bytes) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes) value = (value << 8u) | byte;
    return value;
}

Failure protocol_error(std::string_view reason) { return {close_code::protocol_error, reason}; }

/// Gives the memory back, which clear() would not.
void release(std::string& text) { std::string().swap(text); }

void append_header(std::string& out, std::uint8_t opcode, std::size_t payload_bytes, std::uint8_t mask) {
    const auto append_big_endian = [&out](std::uint64_t value, unsigned bytes) {
        for (unsigned i = bytes; i-- > 0;) out.push_back(static_cast<char>((value >> (8 * i)) & 0xffu));
    };
    out.push_back(static_cast<char>(0x80u | opcode));
    if (payload_bytes < length_16_bits) {
        out.push_back(static_cast<char>(mask | payload_bytes));
    } else if (payload_bytes <= 0xffff) {
        out.push_back(static_cast<char>(mask | length_16_bits));
        append_big_endian(payload_bytes, 2);
    } else {
        out.push_back(static_cast<char>(mask | length_64_bits));
        append_big_endian(payload_bytes, 8);
    }
}

void append_frame(std::string& out, std::uint8_t opcode, std::string_view payload) {
    append_header(out, opcode, payload.size(), 0);
    out += payload;
}

void append_masked_frame(std::string& out, std::uint8_t opcode, std::string_view payload, MaskingKey key) {
    append_header(out, opcode, payload.size(), mask_bit);
    for (const std::uint8_t byte : key) out.push_back(static_cast<char>(byte));
    const std::size_t begin = out.size();
    out += payload;
    apply_mask(std::span<char>(out).subspan(begin), key);
}

void require_control_size(std::string_view payload) {
    require(payload.size() <= control_bytes_max, "a control frame carries at most 125 bytes");
}

std::string close_payload(std::uint16_t code, std::string_view reason) {
    std::string payload;
    if (code == close_code::none) return payload;
    payload.push_back(static_cast<char>(code >> 8u));
    payload.push_back(static_cast<char>(code & 0xffu));
    std::size_t cut = std::min(reason.size(), control_bytes_max - 2);
    while (cut > 0 && cut < reason.size() && (static_cast<unsigned char>(reason[cut]) & 0xc0u) == 0x80u) --cut;
    payload += reason.substr(0, cut);
    return payload;
}

}  // namespace

bool is_valid_close_code(std::uint16_t code) {
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

void apply_mask(std::span<char> bytes, MaskingKey key, std::uint64_t offset) {
    MaskingKey rotated{};
    for (std::size_t i = 0; i < 4; ++i) rotated[i] = key[(offset + i) & 3u];
    std::uint32_t four = 0;
    std::memcpy(&four, rotated.data(), 4);
    const std::uint64_t eight = (std::uint64_t{four} << 32u) | four;
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
        std::uint64_t chunk = 0;
        std::memcpy(&chunk, bytes.data() + at, 8);
        chunk ^= eight;
        std::memcpy(bytes.data() + at, &chunk, 8);
    }
    for (; at < bytes.size(); ++at) bytes[at] = static_cast<char>(static_cast<std::uint8_t>(bytes[at]) ^ rotated[at & 3u]);
}

std::optional<Event> Decoder::next(std::span<char>& unread) {
    if (delivered_) {
        delivered_ = false;
        release(control_);
        if (!in_message_) release(message_);
    }
    while (!over_) {
        bool complete = false;
        if (auto failure = read_header(unread, complete)) return fail(*failure);
        if (!complete) return std::nullopt;
        if (auto event = read_payload(unread)) return event;
        const bool frame_is_cut = header_bytes_ != 0;
        if (frame_is_cut) return std::nullopt;
    }
    unread = {};
    return std::nullopt;
}

std::size_t Decoder::header_bytes_wanted() const {
    if (header_bytes_ < 2) return 2;
    const std::size_t length_end = 2 + extended_length_bytes(header_[1] & 0x7fu);
    if (header_bytes_ < length_end) return length_end;
    return length_end + (role_ == Role::server ? 4 : 0);
}

/// In steps, so that each rule is applied as soon as the bytes that it needs are here: first the two bytes that
/// every frame has, then the length, then the masking key.
std::optional<Failure> Decoder::read_header(std::span<char>& unread, bool& complete) {
    for (;;) {
        const std::size_t wanted = header_bytes_wanted();
        const std::size_t taken = std::min(wanted - header_bytes_, unread.size());
        if (taken > 0) std::memcpy(header_.data() + header_bytes_, unread.data(), taken);
        unread = unread.subspan(taken);
        const std::size_t before = header_bytes_;
        header_bytes_ = static_cast<std::uint8_t>(header_bytes_ + taken);
        if (header_bytes_ < wanted) return std::nullopt;
        if (before < 2) {
            if (auto failure = check_start()) return failure;
        }
        const std::size_t length_end = 2 + extended_length_bytes(header_[1] & 0x7fu);
        if (before < length_end && header_bytes_ >= length_end) {
            if (auto failure = check_length()) return failure;
        }
        if (header_bytes_ == header_bytes_wanted()) {
            complete = true;
            return std::nullopt;
        }
    }
}

std::optional<Failure> Decoder::check_start() const {
    if ((header_[0] & 0x70u) != 0) return protocol_error("reserved bits are set");
    const bool known = opcode() <= opcode_of::binary || (opcode() >= opcode_of::close && opcode() <= opcode_of::pong);
    if (!known) return protocol_error("unknown opcode");
    const bool masked = (header_[1] & mask_bit) != 0;
    if (masked != (role_ == Role::server)) return protocol_error(masked ? "masked frame from a server" : "unmasked frame from a client");
    if (is_control()) {
        if (!is_final()) return protocol_error("fragmented control frame");
        if ((header_[1] & 0x7fu) > control_bytes_max) return protocol_error("control frame above 125 bytes");
        return std::nullopt;
    }
    if (in_message_ && opcode() != opcode_of::continuation) return protocol_error("new message inside a fragmented one");
    if (!in_message_ && opcode() == opcode_of::continuation) return protocol_error("continuation of nothing");
    if (opcode() == opcode_of::binary) return Failure{close_code::unsupported_data, "binary messages are not supported"};
    return std::nullopt;
}

std::optional<Failure> Decoder::check_length() {
    const std::uint8_t short_length = header_[1] & 0x7fu;
    const std::span<const std::uint8_t> extended{header_.data() + 2, extended_length_bytes(short_length)};
    payload_bytes_ = extended.empty() ? short_length : big_endian(extended);
    const std::uint64_t least = extended.size() == 8 ? 0x10000 : extended.size() == 2 ? length_16_bits : 0;
    if (payload_bytes_ < least) return protocol_error("length not in its shortest form");
    if ((payload_bytes_ >> 63u) != 0) return protocol_error("length above 63 bits");
    if (is_control()) return std::nullopt;
    // The whole message may be empty; it is empty fragments that must not come without end.
    const std::uint64_t counted = is_final() ? payload_bytes_ : std::max<std::uint64_t>(payload_bytes_, 1);
    if (counted > message_bytes_max_ - message_counted_) return Failure{close_code::too_big, "message too big"};
    message_counted_ += static_cast<std::size_t>(counted);
    return std::nullopt;
}

std::optional<Event> Decoder::read_payload(std::span<char>& unread) {
    const std::uint64_t offset = payload_read_;
    const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(payload_bytes_ - offset, unread.size()));
    const std::span<char> piece = unread.subspan(0, taken);
    unread = unread.subspan(taken);
    payload_read_ += taken;
    if (role_ == Role::server) {
        MaskingKey key{};
        std::memcpy(key.data(), header_.data() + header_bytes_ - key.size(), key.size());
        apply_mask(piece, key, offset);
    }
    const std::string_view bytes{piece.data(), piece.size()};
    const bool ended = payload_read_ == payload_bytes_;
    if (is_control()) {
        if (ended && offset == 0) return finish_control_frame(bytes);
        control_ += bytes;
        if (!ended) return std::nullopt;
        return finish_control_frame(control_);
    }
    if (!utf8_.feed(bytes)) return fail({close_code::invalid_payload, "text that is not UTF-8"});
    const bool in_place = ended && offset == 0 && is_final() && !in_message_;
    if (!in_place) message_ += bytes;
    if (!ended) return std::nullopt;
    return finish_data_frame(in_place ? bytes : std::string_view(message_));
}

std::optional<Event> Decoder::finish_data_frame(std::string_view payload) {
    in_message_ = !is_final();
    end_frame();
    if (in_message_) return std::nullopt;
    const bool complete = utf8_.complete();
    utf8_.reset();
    message_counted_ = 0;
    if (!complete) return fail({close_code::invalid_payload, "text that ends within a character"});
    delivered_ = true;
    return Text{payload};
}

Event Decoder::finish_control_frame(std::string_view payload) {
    const std::uint8_t kind = opcode();
    end_frame();
    delivered_ = true;
    if (kind == opcode_of::ping) return Ping{payload};
    if (kind == opcode_of::pong) return Pong{payload};
    if (payload.size() == 1) return fail(protocol_error("close code of one byte"));
    over_ = true;
    if (payload.empty()) return Close{close_code::none, {}};
    const auto high = static_cast<std::uint8_t>(payload[0]);
    const auto low = static_cast<std::uint8_t>(payload[1]);
    const auto code = static_cast<std::uint16_t>((unsigned{high} << 8u) | low);
    if (!is_valid_close_code(code)) return fail(protocol_error("close code that must not be sent"));
    const std::string_view reason = payload.substr(2);
    if (!is_utf8(reason)) return fail({close_code::invalid_payload, "close reason that is not UTF-8"});
    return Close{code, reason};
}

Event Decoder::fail(Failure failure) {
    over_ = true;
    return failure;
}

void Decoder::end_frame() {
    header_bytes_ = 0;
    payload_read_ = 0;
    payload_bytes_ = 0;
}

void append_text(std::string& out, std::string_view text) { append_frame(out, opcode_of::text, text); }

void append_ping(std::string& out, std::string_view payload) {
    require_control_size(payload);
    append_frame(out, opcode_of::ping, payload);
}

void append_pong(std::string& out, std::string_view payload) {
    require_control_size(payload);
    append_frame(out, opcode_of::pong, payload);
}

void append_close(std::string& out, std::uint16_t code, std::string_view reason) {
    append_frame(out, opcode_of::close, close_payload(code, reason));
}

void append_masked_text(std::string& out, std::string_view text, MaskingKey key) { append_masked_frame(out, opcode_of::text, text, key); }

void append_masked_ping(std::string& out, std::string_view payload, MaskingKey key) {
    require_control_size(payload);
    append_masked_frame(out, opcode_of::ping, payload, key);
}

void append_masked_pong(std::string& out, std::string_view payload, MaskingKey key) {
    require_control_size(payload);
    append_masked_frame(out, opcode_of::pong, payload, key);
}

void append_masked_close(std::string& out, std::uint16_t code, std::string_view reason, MaskingKey key) {
    append_masked_frame(out, opcode_of::close, close_payload(code, reason), key);
}

}  // namespace calldocker::protocol::websocket
