#pragma once
#include <cstddef>
#include <cstdint>

/// Bounds of the signalling protocol (docs/protocol.md). Names have name_bytes_max, people's line_characters_max (base/text.hpp).
/// Texts of people are counted in code points, as the schema counts them; none has more than four times as many bytes.
namespace calldocker::protocol::limits {

inline constexpr std::size_t message_bytes_max = 1024 * 1024;  ///< whatever the transport lets through
inline constexpr std::size_t nesting_max = 64;
inline constexpr std::size_t echoed_type_bytes_max = 64;  ///< of an unknown type, in the error's text
inline constexpr std::size_t command_id_bytes_max = 64;
inline constexpr std::size_t trace_bytes_max = 64;
inline constexpr std::size_t topic_characters_max = 256;
inline constexpr std::size_t page_bytes_max = 1024;
inline constexpr std::size_t token_bytes_max = 8 * 1024;
inline constexpr std::size_t authentication_bytes_max = 12 * 1024;  ///< of the whole message: an access token and a resume token
inline constexpr std::size_t phone_characters_max = 64;
inline constexpr std::size_t note_characters_max = 500;
inline constexpr std::size_t comment_characters_max = 1000;
inline constexpr std::size_t chat_characters_max = 2000;
inline constexpr std::size_t notes_characters_max = 4000;
inline constexpr std::size_t digits_max = 32;
inline constexpr std::int64_t rating_max = 5;
inline constexpr std::int64_t recording_ms_max = 60 * 60 * 1000;

}  // namespace calldocker::protocol::limits
