#pragma once
#include <chrono>

#include "base/instant.hpp"

namespace calldocker {

/// Time of day without steps: follows the system's clock, but never jumps with it, never stops and never runs backwards.
///
/// The time since boot, which nobody sets, carries it; it drifts towards the system's clock by at most `rate` of the time that passes. So
/// an hour's jump of the system's clock, either way, appears as a clock that runs 0.5 % fast or slow for 200 hours: timers are at most that
/// much off, and later events have later times. docs/decisions/0011 has the reasons.
class SmoothClock {
public:
    struct Reading {
        std::chrono::nanoseconds since_boot;  ///< CLOCK_BOOTTIME: goes on while the machine sleeps
        std::chrono::nanoseconds wall;        ///< the system's clock, since 1970
    };
    /// The greatest correction, as a divisor of the time that passes: 1/200 = 0.5 %. People don't notice a 20 s ring that lasts 20.1 s, and
    /// a usual wrong start (a clock set a second off) is corrected within minutes.
    static constexpr int rate_divisor = 200;

    /// @param not_before  the last moment on record: if the system's clock was set back behind it, time goes on from there after a restart
    SmoothClock(Reading first, Instant not_before);

    /// Advances to a reading. A reading that comes out of order counts as if no time had passed.
    Instant now(Reading reading);

    /// How far this clock is from the time since boot. It changes only when the clock is corrected: a client that knows the time once knows
    /// it for as long as this stays the same.
    [[nodiscard]] Milliseconds offset() const;
    /// How far this clock is ahead of the system's, as of the last reading.
    [[nodiscard]] Milliseconds ahead() const;

private:
    std::chrono::nanoseconds since_boot_;
    std::chrono::nanoseconds wall_;
    std::chrono::nanoseconds ours_;  // since 1970
};

}  // namespace calldocker
