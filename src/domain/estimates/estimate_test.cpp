#include "domain/estimates/estimate.hpp"

#include <gtest/gtest.h>

#include "base/rng.hpp"
#include "domain/estimates/limits.hpp"

namespace calldocker::domain {
namespace {

WaitEstimate between(double p50, double p80) { return {.mean = {}, .p50 = RealSeconds{p50}, .p80 = RealSeconds{p80}, .p90 = {}}; }

TEST(WaitEstimate, OfTheDocumentedExampleIsAsDocumented) {
    const WaitEstimate wait = estimate({.agents = 5, .handle = RealSeconds{300}, .patience = RealSeconds{180}}, 3);

    EXPECT_NEAR(wait.mean.count(), 171.0, 0.05);
    EXPECT_NEAR(wait.p50.count(), 155.5, 0.05);
    EXPECT_NEAR(wait.p80.count(), 236.6, 0.05);
    EXPECT_NEAR(wait.p90.count(), 288.9, 0.05);
    EXPECT_EQ(in_minutes(wait), (WaitMinutes{2, 4}));
}

TEST(WaitMinutes, AreWholeAndCoverTheEstimate) {
    EXPECT_EQ(in_minutes(between(120, 240)), (WaitMinutes{2, 4}));
    EXPECT_EQ(in_minutes(between(119, 241)), (WaitMinutes{1, 5}));
    EXPECT_EQ(in_minutes(between(125, 130)), (WaitMinutes{2, 3}));
}

TEST(WaitMinutes, AreAtLeastOneAndAtMostADay) {
    EXPECT_EQ(in_minutes(between(0, 0)), (WaitMinutes{1, 1}));
    EXPECT_EQ(in_minutes(between(5, 50)), (WaitMinutes{1, 1}));
    EXPECT_EQ(in_minutes(between(1e300, 1e301)), (WaitMinutes{wait_minutes_max, wait_minutes_max}));
}

TEST(ShownWait, FollowsTheFirstEstimateAndFallsWithIt) {
    ShownWait wait = shown({}, WaitMinutes{4, 8}, false);
    EXPECT_EQ(wait.minutes, (WaitMinutes{4, 8}));

    wait = shown(wait, WaitMinutes{3, 6}, false);
    EXPECT_EQ(wait.minutes, (WaitMinutes{3, 6}));
}

TEST(ShownWait, DoesNotRiseWhileStaffAndOrderStayTheSame) {
    const ShownWait wait = shown({}, WaitMinutes{3, 6}, false);

    EXPECT_EQ(shown(wait, WaitMinutes{4, 8}, false).minutes, (WaitMinutes{3, 6}));
    EXPECT_EQ(shown(wait, WaitMinutes{2, 9}, false).minutes, (WaitMinutes{2, 6}));
}

TEST(ShownWait, RisesWhenAnAgentLeavesOrTheOrderChanges) {
    const ShownWait wait = shown({}, WaitMinutes{3, 6}, false);

    EXPECT_EQ(shown(wait, WaitMinutes{4, 8}, true).minutes, (WaitMinutes{4, 8}));
}

TEST(ShownWait, IsNoneWithoutAnEstimateAndDoesNotComeBackHigher) {
    ShownWait wait = shown(shown({}, WaitMinutes{3, 6}, false), std::nullopt, false);
    EXPECT_EQ(wait.minutes, std::nullopt);

    wait = shown(wait, WaitMinutes{4, 8}, false);
    EXPECT_EQ(wait.minutes, (WaitMinutes{3, 6}));
}

TEST(ShownWaitProperty, NeverRisesBetweenChangesOfStaffOrOrderAndIsNeverMoreThanEstimated) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        Rng random(seed);
        ShownWait wait;
        std::optional<WaitMinutes> least;
        for (int step = 0; step < 200; ++step) {
            const bool changed = random.below(20) == 0;
            std::optional<WaitMinutes> estimated;
            if (random.below(5) != 0) {
                const int min = static_cast<int>(random.below(30)) + 1;
                estimated = WaitMinutes{min, min + static_cast<int>(random.below(30))};
            }
            wait = shown(wait, estimated, changed);
            if (changed) least.reset();
            ASSERT_EQ(wait.minutes.has_value(), estimated.has_value());
            if (!wait.minutes) continue;
            ASSERT_LE(wait.minutes->min, wait.minutes->max);
            ASSERT_LE(wait.minutes->min, std::min(estimated->min, least.value_or(*estimated).min));
            ASSERT_LE(wait.minutes->max, std::min(estimated->max, least.value_or(*estimated).max));
            ASSERT_TRUE(!changed || wait.minutes == estimated);
            least = wait.minutes;
        }
    }
}

}  // namespace
}  // namespace calldocker::domain
