#include "domain/estimates/recent_work.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/rng.hpp"
#include "domain/estimates/limits.hpp"

namespace calldocker::domain {
namespace {

const Instant noon = from_unix_ms(1'795'521'600'000);

RecentWork with_handled(int calls, Instant at = noon, Milliseconds handle = 300s) {
    RecentWork work;
    for (int i = 0; i < calls; ++i) handled(work, at, handle);
    return work;
}

TEST(RecentWork, GivesTheMeanHandleTime) {
    RecentWork work = with_handled(19, noon, 200s);
    handled(work, noon + 10min, 600s);

    const auto pace = pace_of(work, noon + 10min, 5);

    ASSERT_TRUE(pace);
    EXPECT_DOUBLE_EQ(pace->agents, 5);
    EXPECT_DOUBLE_EQ(pace->handle.count(), 220);
}

TEST(RecentWork, PatienceIsAllTimeWaitedForEachWhoGaveUp) {
    RecentWork work = with_handled(20);
    for (int i = 0; i < 8; ++i) answered(work, noon, 100s);
    abandoned(work, noon + 1min, 30s);
    abandoned(work, noon + 2min, 70s);

    EXPECT_DOUBLE_EQ(pace_of(work, noon + 2min, 5)->patience.value().count(), 450);
}

TEST(RecentWork, PatienceIsUnknownWhereNobodyGaveUp) {
    RecentWork work = with_handled(20);
    answered(work, noon, 100s);

    EXPECT_EQ(pace_of(work, noon, 5)->patience, std::nullopt);
}

TEST(RecentWork, ThereIsNoPaceWithoutAgentsOrWithFewerThanTwentyHandledCalls) {
    EXPECT_TRUE(pace_of(with_handled(20), noon, 0.5));
    EXPECT_FALSE(pace_of(with_handled(20), noon, 0));
    EXPECT_FALSE(pace_of(with_handled(20), noon, -1));
    EXPECT_FALSE(pace_of(with_handled(19), noon, 5));
    EXPECT_FALSE(pace_of({}, noon, 5));
}

TEST(RecentWork, CountsForTwoHoursAlsoWhenNothingMoreHappens) {
    const RecentWork work = with_handled(20);

    EXPECT_TRUE(pace_of(work, noon + 119min, 5));
    EXPECT_FALSE(pace_of(work, noon + 120min, 5));
}

TEST(RecentWork, ForgetsWhatIsOlderWhenSomethingHappens) {
    RecentWork work = with_handled(20);
    handled(work, noon + 119min, 300s);
    EXPECT_EQ(work.minutes.size(), 2u);

    handled(work, noon + 120min, 300s);

    EXPECT_EQ(work.minutes.front().minute, std::chrono::floor<std::chrono::minutes>(noon + 119min).time_since_epoch().count());
}

TEST(RecentWork, WhatComesLateCountsInItsOwnMinuteOrNotAtAll) {
    RecentWork work = with_handled(1);
    handled(work, noon - 5min, 300s);
    handled(work, noon - 120min, 300s);

    RecentWork in_order = with_handled(1, noon - 5min);
    handled(in_order, noon, 300s);
    EXPECT_EQ(work, in_order);
}

TEST(RecentWork, TimesBelowZeroCountAsZero) {
    RecentWork work = with_handled(19, noon, 200s);
    handled(work, noon, -1'000s);
    answered(work, noon, -50s);
    abandoned(work, noon, 60s);

    EXPECT_DOUBLE_EQ(pace_of(work, noon, 5)->handle.count(), 190);
    EXPECT_DOUBLE_EQ(pace_of(work, noon, 5)->patience.value().count(), 60);
}

TEST(RecentWork, MeansHaveALeastValue) {
    RecentWork work = with_handled(20, noon, -5s);
    abandoned(work, noon, -1s);

    const auto pace = pace_of(work, noon, 5);

    EXPECT_EQ(pace->handle, RealSeconds{handle_mean_min});
    EXPECT_EQ(pace->patience, RealSeconds{patience_mean_min});
}

TEST(RecentWorkProperty, StaysBoundedAndHoldsExactlyWhatHappenedInTheSpan) {
    struct Event {
        Instant at;
        Milliseconds handle;
    };
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        Rng random(seed);
        RecentWork work;
        std::vector<Event> events;
        Instant now = noon;
        for (int i = 0; i < 1'000; ++i) {
            now += Milliseconds{random.below(120'000)};
            events.push_back({now, Milliseconds{random.below(1'000'000)}});
            handled(work, now, events.back().handle);
            ASSERT_LE(work.minutes.size(), 120u);
            ASSERT_EQ(std::ranges::adjacent_find(work.minutes, std::ranges::greater_equal{}, &MinuteOfWork::minute), work.minutes.end());
        }

        const Instant from = std::chrono::floor<std::chrono::minutes>(now) - 119min;
        Milliseconds total{};
        int count = 0;
        for (const Event& event : events) {
            if (event.at < from) continue;
            total += event.handle;
            ++count;
        }
        ASSERT_NEAR(pace_of(work, now, 1)->handle.count(), RealSeconds{total}.count() / count, 1e-9);
    }
}

}  // namespace
}  // namespace calldocker::domain
