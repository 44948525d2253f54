#include "base/smooth_clock.hpp"

#include <gtest/gtest.h>

#include "base/rng.hpp"

namespace calldocker {
namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

constexpr Instant t0 = from_unix_ms(1'700'000'000'000);

/// A machine: its time since boot, and a clock that somebody sets.
struct Machine {
    nanoseconds since_boot{1h};
    nanoseconds wall{t0.time_since_epoch()};

    void pass(nanoseconds time) {
        since_boot += time;
        wall += time;
    }
    [[nodiscard]] SmoothClock::Reading read() const { return {since_boot, wall}; }
    [[nodiscard]] Instant wall_now() const { return Instant{std::chrono::floor<Milliseconds>(wall)}; }
};

TEST(SmoothClock, IsTheSystemsClockWhileNobodySetsThat) {
    Machine machine;
    SmoothClock clock(machine.read(), {});
    for (int i = 0; i < 1000; ++i) {
        machine.pass(37ms);
        EXPECT_EQ(clock.now(machine.read()), machine.wall_now());
    }
    EXPECT_EQ(clock.ahead(), 0ms);
}

TEST(SmoothClock, AStepOfAnHourEitherWayIsAlmostNotNoticed) {
    for (const auto step : {-1h, 1h}) {
        Machine machine;
        SmoothClock clock(machine.read(), {});
        machine.wall += step;
        machine.pass(8s);

        const auto rang_for = clock.now(machine.read()) - t0;

        EXPECT_GE(rang_for, 7'960ms);
        EXPECT_LE(rang_for, 8'040ms);
    }
}

TEST(SmoothClock, ComesBackToTheSystemsClockAtHalfAPercent) {
    Machine machine;
    SmoothClock clock(machine.read(), {});
    machine.wall += 10s;
    machine.pass(1000s);
    static_cast<void>(clock.now(machine.read()));
    EXPECT_EQ(clock.ahead(), -5s);
    machine.pass(1100s);
    EXPECT_EQ(clock.now(machine.read()), machine.wall_now());
    EXPECT_EQ(clock.ahead(), 0ms);
}

TEST(SmoothClock, AfterARestartWithTheClockSetBackTimeGoesOnFromTheLastEvent) {
    Machine machine;
    const Instant last_event = t0 + 1h;
    SmoothClock clock(machine.read(), last_event);

    EXPECT_EQ(clock.now(machine.read()), last_event);
    machine.pass(200s);
    EXPECT_EQ(clock.now(machine.read()), last_event + 199s) << "it goes, if a little slowly";
    EXPECT_EQ(clock.ahead(), 1h - 1s);
}

TEST(SmoothClock, ASleepOfTheMachineIsTimeThatPassed) {
    Machine machine;
    SmoothClock clock(machine.read(), {});
    machine.pass(8h);
    EXPECT_EQ(clock.now(machine.read()), t0 + 8h);
}

TEST(SmoothClock, ItsOffsetChangesAsItIsCorrectedAndOnlyThen) {
    Machine machine;
    SmoothClock clock(machine.read(), {});
    const auto before = clock.offset();
    machine.pass(100s);
    static_cast<void>(clock.now(machine.read()));
    EXPECT_EQ(clock.offset(), before);
    machine.wall -= 1h;
    machine.pass(100s);
    static_cast<void>(clock.now(machine.read()));
    EXPECT_EQ(clock.offset(), before - 500ms);
}

TEST(SmoothClockProperty, WhateverTheSystemsClockDoesItNeverRunsBackwardsNorAwayFromRealTime) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Rng random(seed);
        Machine machine;
        SmoothClock clock(machine.read(), {});
        Instant before = clock.now(machine.read());
        for (int step = 0; step < 500; ++step) {
            const nanoseconds time{static_cast<std::int64_t>(random.below(10'000'000'000))};
            machine.pass(time);
            if (random.below(10) == 0) machine.wall += Milliseconds{static_cast<std::int64_t>(random.below(7'200'000)) - 3'600'000};
            if (random.below(10) == 0) machine.wall += time / 100;  // a clock that drifts

            const Instant now = clock.now(machine.read());

            EXPECT_GE(now - before, std::chrono::floor<Milliseconds>(time - time / 200) - 1ms) << "seed " << seed;
            EXPECT_LE(now - before, std::chrono::ceil<Milliseconds>(time + time / 200) + 1ms) << "seed " << seed;
            before = now;
        }
        EXPECT_EQ(clock.now({machine.since_boot - 1s, machine.wall}), before) << "out of order";
    }
}

}  // namespace
}  // namespace calldocker
