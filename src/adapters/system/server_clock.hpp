#pragma once
#include <functional>
#include <mutex>

#include "base/instant.hpp"
#include "base/smooth_clock.hpp"

namespace calldocker::adapters {

/// The system's clock and the time since boot, as they are now. Throws std::system_error where the kernel has no CLOCK_BOOTTIME.
[[nodiscard]] SmoothClock::Reading read_clocks();

/// The time by which the server works: docs/decisions/0011. Any thread; readings on several threads are in one order.
class ServerClock {
public:
    /// @param not_before  when the newest event on record happened
    explicit ServerClock(Instant not_before, std::function<SmoothClock::Reading()> read = read_clocks);

    [[nodiscard]] Instant now();
    /// As SmoothClock has them, of this moment.
    struct State {
        Milliseconds offset;  ///< changes when the clock is corrected
        Milliseconds ahead;   ///< of the system's clock
    };
    [[nodiscard]] State state();

private:
    std::function<SmoothClock::Reading()> read_;
    std::mutex mutex_;
    SmoothClock clock_;
};

}  // namespace calldocker::adapters
