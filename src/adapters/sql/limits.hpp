#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace calldocker::adapters::sql {

/// What may wait for the writer. Beyond either bound a call is answered `overloaded` at once. Snapshots wait beside the rest, with
/// the same bound in bytes: they take no room from appends, and none that is bigger is ever kept.
struct QueueLimits {
    std::size_t jobs_max = 16'384;
    std::size_t bytes_max = std::size_t{64} << 20u;
};

/// A bigger snapshot is written in parts of so many bytes, each in a transaction of its own: appends of others wait for one at most.
inline constexpr std::size_t snapshot_part_bytes = std::size_t{256} << 10u;

/// From this share of the bound on, the log says how big a snapshot is.
inline constexpr std::size_t snapshot_warned_share = 2;

/// One append: more is a bug of the caller, and answered `too_large`.
inline constexpr std::size_t append_bytes_max = std::size_t{4} << 20u;

/// After a write has failed, how often it is tried whether writing is possible again.
inline constexpr std::chrono::milliseconds probe_pause{1'000};

/// How long a write waits for another program (a backup, an operator's shell) that holds the database.
inline constexpr std::chrono::milliseconds busy_timeout{5'000};

/// A bigger file is not read through at every start; `calldocker doctor` does it whenever asked.
inline constexpr std::uintmax_t checked_at_start_bytes_max = std::uintmax_t{64} << 20u;

/// So many pages of the write-ahead log are carried over to the database at once. The last pages of a company's log are written again
/// and again: the longer it waits, the fewer it copies. 16 MB more of it is read when a server starts after a crash.
inline constexpr int checkpoint_pages = 4'000;

/// The write-ahead log is cut back to this after a burst.
inline constexpr std::int64_t journal_bytes_kept = std::int64_t{64} << 20u;

}  // namespace calldocker::adapters::sql
