#include "domain/figures/call_quality.hpp"

#include <gtest/gtest.h>

namespace calldocker::domain {
namespace {

TEST(CallQuality, OfTheDocumentedExampleIsAsDocumented) {
    const double r = rating({.delay = 100ms, .loss_percent = 1, .equipment_impairment = 0, .loss_robustness = 10});

    EXPECT_NEAR(r, 82.16, 0.005);
    EXPECT_NEAR(mean_opinion_score(r), 4.10, 0.005);
}

TEST(CallQuality, DelayHurtsMoreOnceItIsNoticed) {
    EXPECT_NEAR(rating({.delay = 177ms}), 93.2 - 0.024 * 177, 1e-9);
    EXPECT_NEAR(rating({.delay = 400ms}), 93.2 - 0.024 * 400 - 0.11 * 222.7, 1e-9);
}

TEST(CallQuality, TheCodecLeavesLessForLossToTake) {
    EXPECT_NEAR(rating({.loss_percent = 5, .equipment_impairment = 11, .loss_robustness = 20}), 93.2 - 11 - 84 * 5 / 25.0, 1e-9);
}

TEST(CallQuality, OpinionsStayOnTheirScale) {
    EXPECT_DOUBLE_EQ(mean_opinion_score(-50), 1);
    EXPECT_DOUBLE_EQ(mean_opinion_score(3), 1);
    EXPECT_DOUBLE_EQ(mean_opinion_score(100), 4.5);
    EXPECT_DOUBLE_EQ(mean_opinion_score(150), 4.5);
}

}  // namespace
}  // namespace calldocker::domain
