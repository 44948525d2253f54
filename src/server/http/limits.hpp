#pragma once
#include <cstddef>

/// Bounds of HTTP that no setting changes.
namespace calldocker::server::http::limits {

inline constexpr std::size_t request_line_bytes_max = std::size_t{8} * 1024;
inline constexpr std::size_t fields_max = 100;
/// A response's body leaves in pieces of this size, each when the one before has left: this much memory is the cost of a slow reader.
inline constexpr std::size_t body_piece_bytes = std::size_t{64} * 1024;
/// Requests that a peer may send ahead, in bytes; beyond it the connection is not read.
inline constexpr std::size_t pipeline_bytes_max = std::size_t{64} * 1024;
/// The body of a request to an address that asks nobody for an access token, and of a request to no address.
inline constexpr std::size_t open_body_bytes_max = std::size_t{64} * 1024;
/// The bytes that incomplete requests may hold on a shard together, counting those that hold more than `pipeline_bytes_max` each: all of
/// these had shown an access token before. Beyond it they are refused; small requests, as to sign in, go on.
inline constexpr std::size_t unfinished_bytes_max = std::size_t{64} * 1024 * 1024;

}  // namespace calldocker::server::http::limits
