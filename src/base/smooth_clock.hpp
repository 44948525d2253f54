#pragma once
#include <chrono>

#include "base/instant.hpp"

namespace calldocker {

/// Time of day without steps: follows the system's clock, but never jumps with it, never stops and never runs backwards.
///
/// It is carried by the time since boot, which nobody sets, and drifts towards the system's clock by at most `rate` of what
/// passes. So an hour's step of the system's clock, either way, shows as one that runs 0.5 % fast or slow for 200 hours: timers
/// are at most that much off, and what happens later is later. docs/decisions/0011 has the reasons.
class SmoothClock {
public:
    struct Reading {
        std::chrono::nanoseconds since_boot;  ///< CLOCK_BOOTTIME: goes on while the machine sleeps
        std::chrono::nanoseconds wall;        ///< the system's clock, since 1970
    };
    /// The greatest correction, as a divisor of the time that passes: 1/200 = 0.5 %. People don't notice a 20 s ring that lasts
    /// 20.1 s, and an ordinary wrong start (a clock set a second off) is put right within minutes.
    static constexpr int rate_divisor = 200;

    /// @param not_before  the last moment that anything on record happened at: after a restart time goes on from there, where the
    ///                    system's clock has been set back behind it
    SmoothClock(Reading first, Instant not_before);

    /// Advances to a reading. Readings that come out of order count as one that took no time.
    Instant now(Reading reading);

    /// How far this clock is from the time since boot, which is what changes when it is corrected. Who has been told the time
    /// once knows it for as long as this stays the same.
    [[nodiscard]] Milliseconds offset() const;
    /// How far this clock is ahead of the system's, as of the last reading.
    [[nodiscard]] Milliseconds ahead() const;

private:
    std::chrono::nanoseconds since_boot_;
    std::chrono::nanoseconds wall_;
    std::chrono::nanoseconds ours_;  // since 1970
};

}  // namespace calldocker
