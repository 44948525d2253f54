#pragma once
#include <chrono>
#include <cstddef>

/// Bounds of the transport that no setting changes. What an operator may set is in transport_settings.hpp.
namespace calldocker::server::limits {

using namespace std::chrono_literals;

/// One receive buffer per shard, shared by all of its connections; also the most that one connection is read per round.
inline constexpr std::size_t read_buffer_bytes = std::size_t{64} * 1024;
/// Connections handled between two flushes.
inline constexpr int ready_batch_max = 256;
/// A shard looks round this often at the least; its timers wake it before.
inline constexpr std::chrono::milliseconds sleep_max = 1h;
/// Connections taken from one listener per readiness; the rest waits in the kernel for the next round.
inline constexpr int accept_batch_max = 64;
/// A smaller backlog costs seconds in a reconnect storm: dropped SYNs are sent again after 1 s, then 2 s.
inline constexpr int listen_backlog = 4096;

/// Without a descriptor left even to turn peers away, the listener rests this long before it tries again.
inline constexpr std::chrono::milliseconds starved_pause = 100ms;
/// A shortage is over when none was met for this long; until then it is one, and worth one line of the log.
inline constexpr std::chrono::milliseconds starved_until_quiet_for = 10s;
/// Beyond the limit of all connections so many at once are told so; more are closed without a word.
inline constexpr std::size_t told_full_max = 64;

/// Drained output buffers that a shard keeps for the next writer, and the largest worth keeping.
inline constexpr std::size_t spare_buffers_max = 64;
inline constexpr std::size_t spare_buffer_bytes_max = std::size_t{64} * 1024;

/// After our last byte a peer has this long to read it and hang up; then the socket is closed whatever it does.
inline constexpr std::chrono::milliseconds linger_time = 2s;
/// And may go on saying so much, unread: twice the largest body that is taken (a recording's 2 MiB), since many clients send all
/// of theirs before they read that it was too much.
inline constexpr std::size_t linger_bytes_max = std::size_t{4096} * 1024;
/// Connections that may linger at once on a shard; beyond it a socket is closed at once, and a peer may miss our reason.
inline constexpr std::size_t lingering_max = 2048;

/// Links that wait, on one shard, for a first message that says who they are: of all, and of one address. An office of
/// 300 people behind one address comes back within this after a restart; beyond it 1013, and the client tries again.
inline constexpr std::size_t pending_links_max = 4096;
inline constexpr std::size_t pending_links_per_address_max = 512;
/// Of that message, whole: an access token and a resume token. More: 1009.
inline constexpr std::size_t first_message_bytes_max = std::size_t{12} * 1024;
/// Pings that are answered before it; more: 1008.
inline constexpr unsigned first_pings_max = 8;

/// Addresses that a shard counts at once. At the bound, quiet entries go first; if all are busy, new addresses are
/// let in uncounted: an attacker with that many addresses must not lock out the others.
inline constexpr std::size_t addresses_max = 65536;

/// How long a graceful stop may take.
inline constexpr std::chrono::milliseconds stop_time = 1500ms;

}  // namespace calldocker::server::limits
