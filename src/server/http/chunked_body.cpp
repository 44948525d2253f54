#include "server/http/chunked_body.hpp"

#include <algorithm>

#include "server/http/headers.hpp"

namespace calldocker::server::http {
namespace {

/// @return 16 for what is no hexadecimal digit
unsigned hex_value(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return 16;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

std::size_t ChunkedBody::take(std::string_view bytes, std::string& content) {
    std::size_t used = 0;
    while (used < bytes.size() && state_ == State::needs_more) {
        if (at_ != At::data) {
            step(bytes[used++]);
            continue;
        }
        const std::size_t piece = std::min(chunk_, bytes.size() - used);
        content.append(bytes.substr(used, piece));
        used += piece;
        chunk_ -= piece;
        if (chunk_ == 0) at_ = At::data_cr;
    }
    return used;
}

void ChunkedBody::step(char c) {
    const auto expect = [&](char wanted, At next) {
        if (c != wanted) state_ = State::malformed;
        at_ = next;
    };
    switch (at_) {
        case At::size:
            if (const unsigned digit = hex_value(c); digit < 16) return take_size_digit(digit);
            if (digits_ == 0) {
                state_ = State::malformed;
            } else if (c == '\r') {
                at_ = At::size_lf;
            } else if (c == ';' || is_blank(c)) {
                at_ = c == ';' ? At::extension : At::blanks;
                count_framing();
            } else {
                state_ = State::malformed;
            }
            return;
        case At::blanks:
            count_framing();
            if (c == ';') {
                at_ = At::extension;
            } else if (!is_blank(c)) {
                state_ = State::malformed;
            }
            return;
        case At::extension:
            count_framing();
            if (c == '\r') {
                at_ = At::size_lf;
            } else if (is_control(c)) {
                state_ = State::malformed;
            }
            return;
        case At::size_lf:
            expect('\n', At::data);
            if (state_ == State::needs_more) size_line_ended();
            return;
        case At::data: return;
        case At::data_cr: expect('\r', At::data_lf); return;
        case At::data_lf: expect('\n', At::size); return;
        case At::trailer_start:
            if (c == '\r') {
                at_ = At::end_lf;
                return;
            }
            count_framing();
            at_ = At::trailer_name;
            if (!is_token_char(c)) state_ = State::malformed;
            return;
        case At::trailer_name:
            count_framing();
            if (c == ':') {
                at_ = At::trailer_value;
            } else if (!is_token_char(c)) {
                state_ = State::malformed;
            }
            return;
        case At::trailer_value:
            count_framing();
            if (c == '\r') {
                at_ = At::trailer_lf;
            } else if (is_control(c)) {
                state_ = State::malformed;
            }
            return;
        case At::trailer_lf:
            count_framing();
            expect('\n', At::trailer_start);
            return;
        case At::end_lf:
            expect('\n', At::size);
            if (state_ == State::needs_more) state_ = State::complete;
            return;
    }
}

void ChunkedBody::take_size_digit(unsigned digit) {
    if (digits_ > 0 && chunk_ == 0) count_framing();  // a leading zero
    ++digits_;
    chunk_ = chunk_ * 16 + digit;
    if (chunk_ > bytes_max_ - content_bytes_) state_ = State::too_large;
}

void ChunkedBody::size_line_ended() {
    content_bytes_ += chunk_;
    digits_ = 0;
    at_ = chunk_ == 0 ? At::trailer_start : At::data;
}

void ChunkedBody::count_framing() {
    if (++framing_bytes_ > framing_bytes_max_) state_ = State::framing_too_large;
}

}  // namespace calldocker::server::http
