#include "base/smooth_clock.hpp"

#include <algorithm>

namespace calldocker {

using std::chrono::nanoseconds;

SmoothClock::SmoothClock(Reading first, Instant not_before)
    : since_boot_(first.since_boot), wall_(first.wall), ours_(std::max<nanoseconds>(first.wall, not_before.time_since_epoch())) {}

Instant SmoothClock::now(Reading reading) {
    const nanoseconds passed = std::max(nanoseconds{0}, reading.since_boot - since_boot_);
    since_boot_ += passed;
    wall_ = reading.wall;
    ours_ += passed;
    const nanoseconds most = passed / rate_divisor;
    ours_ += std::clamp(wall_ - ours_, -most, most);
    return Instant{std::chrono::floor<Milliseconds>(ours_)};
}

Milliseconds SmoothClock::offset() const { return std::chrono::floor<Milliseconds>(ours_ - since_boot_); }

Milliseconds SmoothClock::ahead() const { return std::chrono::floor<Milliseconds>(ours_ - wall_); }

}  // namespace calldocker
