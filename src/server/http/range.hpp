#pragma once
#include <cstddef>
#include <string_view>

#include "server/http/message.hpp"

namespace calldocker::server::http {

/// The part of something `size` bytes long that a Range header asks for (RFC 9110 §14.2).
struct Range {
    enum class Kind { whole, part, unsatisfiable };
    Kind kind{Kind::whole};
    std::size_t first{}, last{};  ///< of a part: both included
    friend bool operator==(const Range&, const Range&) = default;
};

/// One range of bytes; several at once, other units and malformed ones are ignored, as the RFC allows: the whole is sent.
[[nodiscard]] Range parse_range(std::string_view header, std::size_t size);

/// Cuts an answer that has a `file` down to the part that a Range header asks for: 206, or 416 instead.
[[nodiscard]] Response in_part(Response whole, std::string_view header);

/// @return whether an Accept-Encoding header takes `encoding`: named, or covered by "*", with a weight above 0
[[nodiscard]] bool accepts_encoding(std::string_view header, std::string_view encoding);

}  // namespace calldocker::server::http
