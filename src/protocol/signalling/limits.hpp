#pragma once
#include <cstddef>

/// Bounds of the signalling protocol (docs/protocol.md). Names have name_bytes_max (base/text.hpp).
namespace calldocker::protocol::limits {

inline constexpr std::size_t message_bytes_max = 256 * 1024;
inline constexpr std::size_t nesting_max = 64;
inline constexpr std::size_t echoed_type_bytes_max = 64;  ///< of an unknown type, in the error's text
inline constexpr std::size_t command_id_bytes_max = 64;
inline constexpr std::size_t topic_bytes_max = 256;
inline constexpr std::size_t page_bytes_max = 1024;
inline constexpr std::size_t token_bytes_max = 8 * 1024;

}  // namespace calldocker::protocol::limits
