#pragma once
#include <cstddef>
#include <cstdint>

namespace calldocker::adapters {

/// The work that may wait for the disk. Beyond either bound a call is answered `overloaded` at once.
struct WorkerLimits {
    std::size_t jobs_max = 256;
    std::size_t bytes_max = std::size_t{64} << 20u;
};

/// This much of the disk is left to the database: without the database no call is answered, without a recording only that recording is
/// lost.
inline constexpr std::uintmax_t reserve_bytes = std::uintmax_t{512} << 20u;

}  // namespace calldocker::adapters
