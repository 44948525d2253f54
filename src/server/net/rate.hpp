#pragma once
#include <chrono>
#include <cstdint>

#include "server/net/timers.hpp"

namespace calldocker::server {

/// So many a second, and so many at once. 0 of either means no limit.
struct Rate {
    std::uint32_t per_second{};
    std::uint32_t burst{};
};

/// A token bucket in one word: the generic cell rate algorithm (ITU-T I.371). Exact, and refills without a timer.
class Bucket {
public:
    /// Takes one if there is one. @return whether there was
    [[nodiscard]] bool take(Rate rate, SteadyTime now) {
        if (rate.per_second == 0 || rate.burst == 0) return true;
        const auto step = std::chrono::nanoseconds(std::chrono::seconds{1}) / rate.per_second;
        const SteadyTime from = empty_until_ > now ? empty_until_ : now;
        if (from + step > now + step * rate.burst) return false;
        empty_until_ = from + step;
        return true;
    }
    /// Whether it is full again, and so tells nothing that a new one does not.
    [[nodiscard]] bool is_full(SteadyTime now) const { return empty_until_ <= now; }

private:
    SteadyTime empty_until_{};
};

}  // namespace calldocker::server
