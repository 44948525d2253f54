#pragma once
#include <cstddef>

namespace calldocker::adapters::jose {

/// A token longer than this is refused before anything of it is read.
inline constexpr std::size_t token_bytes_max = 8 * 1024;
/// Of a token's header and payload; ours have one level.
inline constexpr std::size_t token_nesting_max = 16;
/// Of a configured JWKS document and the keys in it.
inline constexpr std::size_t jwks_bytes_max = 256 * 1024;
inline constexpr std::size_t public_keys_max = 64;
/// HMAC-SHA256 keys shorter than its output weaken it (RFC 7518 §3.2); checked where settings are read.
inline constexpr std::size_t secret_bytes_min = 32;

}  // namespace calldocker::adapters::jose
