#pragma once
#include <cstddef>
#include <cstdint>

namespace calldocker::adapters {

/// What may wait for the disk. Beyond either bound a call is answered `overloaded` at once.
struct WorkerLimits {
    std::size_t jobs_max = 256;
    std::size_t bytes_max = std::size_t{64} << 20u;
};

/// So much of the disk is left to the database: without it no call is answered, without a recording just that one is lost.
inline constexpr std::uintmax_t reserve_bytes = std::uintmax_t{512} << 20u;

}  // namespace calldocker::adapters
