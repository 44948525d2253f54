#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace calldocker {

/// The longest name that programs give (room, user, call, status…) that the wire accepts, in bytes.
inline constexpr std::size_t name_bytes_max = 128;
/// The longest name that people give (their own, a queue's, an outcome's), in characters. Texts of people are bounded in code
/// points, as JSON schemas and our pages count, so that every script has the same room; in bytes that is four times as much.
inline constexpr std::size_t line_characters_max = 128;

/// @return whether `text` is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, nothing above U+10FFFF)
[[nodiscard]] bool is_utf8(std::string_view text);

/// @return whether `text` is a name: 1 to `bytes_max` bytes of UTF-8 without control characters (C0, DEL, C1)
[[nodiscard]] bool is_name(std::string_view text, std::size_t bytes_max = name_bytes_max);

/// @return whether `text` is one line that people write: 1 to `characters_max` characters of UTF-8 without control characters
[[nodiscard]] bool is_line(std::string_view text, std::size_t characters_max = line_characters_max);

/// @return whether `text` is what people write: at most `characters_max` characters of UTF-8, of control characters only line breaks and
/// tabs
[[nodiscard]] bool is_text(std::string_view text, std::size_t characters_max);

/// base64url without padding, RFC 4648 §5.
[[nodiscard]] std::string base64url_encode(std::string_view bytes);
/// @return nothing unless `text` is canonical: the alphabet, no padding, unused bits 0
[[nodiscard]] std::optional<std::string> base64url_decode(std::string_view text);
/// Standard base64 with padding, RFC 4648 §4.
[[nodiscard]] std::string base64_encode(std::string_view bytes);

/// application/x-www-form-urlencoded component: %XX, and '+' as a space. @return nothing on a malformed escape
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);

/// Without the blanks and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// ASCII only; the header names and setting names that we compare are ASCII.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

/// At most `bytes_max` bytes of `text`, cut at a character's border, with "…" where something was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t bytes_max);

}  // namespace calldocker
