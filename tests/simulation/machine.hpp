#pragma once
#include "base/smooth_clock.hpp"

namespace calldocker::simulation {

/// The machine that a simulated server runs on: real time passes, somebody sets its clock, and the server has its own.
class Machine {
public:
    explicit Machine(Instant start) : wall_(start.time_since_epoch()), clock_(read(), start), now_(start) {}

    [[nodiscard]] Instant now() const { return now_; }
    Instant pass(std::chrono::nanoseconds time) {
        since_boot_ += time;
        wall_ += time;
        return now_ = clock_.now(read());
    }
    /// Lets time pass until the server's clock says `at`, or nothing where it does already.
    Instant pass_until(Instant at) {
        while (now_ < at) pass(at - now_);
        return now_;
    }
    void set_clock(Milliseconds by) { wall_ += by; }
    /// SmoothClock::offset().
    [[nodiscard]] Milliseconds offset() const { return clock_.offset(); }
    /// The server starts anew. @param newest  event on record
    void restart(Instant newest) {
        clock_ = SmoothClock(read(), newest);
        now_ = clock_.now(read());
    }

private:
    [[nodiscard]] SmoothClock::Reading read() const { return {since_boot_, wall_}; }

    std::chrono::nanoseconds since_boot_{std::chrono::hours{1}};
    std::chrono::nanoseconds wall_;
    SmoothClock clock_;
    Instant now_;
};

}  // namespace calldocker::simulation
