#include "domain/estimates/wait_time.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "base/rng.hpp"

namespace calldocker::domain {
namespace {

QueuePace pace(double agents, double handle_s, double patience_s) {
    return {.agents = agents, .handle = RealSeconds{handle_s}, .patience = RealSeconds{patience_s}};
}
QueuePace patient(double agents, double handle_s) { return {.agents = agents, .handle = RealSeconds{handle_s}, .patience = {}}; }

TEST(WaitTime, OfTheDocumentedExampleIsAsDocumented) {
    const WaitTime wait(pace(5, 300, 180), 3);

    EXPECT_NEAR(wait.mean().count(), 171.0, 0.05);
    EXPECT_NEAR(wait.quantile(0.5).count(), 155.5, 0.05);
    EXPECT_NEAR(wait.quantile(0.8).count(), 236.6, 0.05);
    EXPECT_NEAR(wait.quantile(0.9).count(), 288.9, 0.05);
}

TEST(WaitTime, OfTheNextInLineIsUntilAnAgentComesFree) {
    const WaitTime wait(pace(4, 200, 10), 0);

    EXPECT_DOUBLE_EQ(wait.mean().count(), 50);
    for (const double p : {0.001, 0.5, 0.8, 0.9, 0.999}) EXPECT_NEAR(wait.quantile(p).count() / (-50 * std::log1p(-p)), 1, 1e-8) << p;
}

TEST(WaitTime, OfTwoIsTheClosedFormOfTwoRates) {
    const double first = 1.0 / 50 + 1.0 / 70, last = 1.0 / 50;  // by the second hand of one who waits behind one other
    const WaitTime wait(pace(1, 50, 70), 1);

    for (const double p : {0.001, 0.5, 0.8, 0.9, 0.999}) {
        const double t = wait.quantile(p).count();
        const double longer = (first * std::exp(-last * t) - last * std::exp(-first * t)) / (first - last);
        EXPECT_NEAR(1 - longer, p, 1e-9) << p;
    }
}

TEST(WaitTime, OfThePatientIsErlangs) {
    EXPECT_DOUBLE_EQ(WaitTime(patient(1, 1), 9).mean().count(), 10);
    // Half of the chi-squared quantiles with 20 and 200 degrees of freedom, from tables.
    EXPECT_NEAR(WaitTime(patient(1, 1), 9).quantile(0.5).count(), 19.3374 / 2, 1e-4);
    EXPECT_NEAR(WaitTime(patient(1, 1), 9).quantile(0.9).count(), 28.4120 / 2, 1e-4);
    EXPECT_NEAR(WaitTime(patient(1, 1), 99).quantile(0.9).count(), 226.0210 / 2, 1e-4);
}

TEST(WaitTime, PatienceWithoutEndIsWhatVeryLongPatienceComesNearTo) {
    for (const int ahead : {0, 1, 10, 1'000, 10'000})
        for (const double p : {0.5, 0.8, 0.9})
            EXPECT_NEAR(WaitTime(pace(5, 300, 1e15), ahead).quantile(p) / WaitTime(patient(5, 300), ahead).quantile(p), 1, 1e-8) << ahead;
}

TEST(WaitTime, OfManyIsNormalAroundItsMean) {
    const WaitTime wait(patient(5, 300), 9'999);
    const double deviation = 60 * std::sqrt(10'000);

    // Cornish-Fisher up to the skewness; the next term is of the order 1/places.
    for (const auto& [p, normal] : {std::pair{0.5, 0.0}, {0.8, 0.8416212}, {0.9, 1.2815516}})
        EXPECT_NEAR((wait.quantile(p) - wait.mean()).count() / deviation, normal + (normal * normal - 1) / 3 / 100, 1e-4) << p;
}

/// The share of drawn waits that a quantile covers must be its probability, within what chance allows: 5 standard errors.
TEST(WaitTime, CoversTheShareOfDrawnWaitsThatItSays) {
    struct Queue {
        QueuePace pace;
        int ahead;
    };
    constexpr int draws = 20'000;
    for (const auto& [queue, ahead] : {Queue{pace(5, 300, 180), 3}, Queue{pace(0.5, 300, 30), 40}, Queue{pace(50, 300, 3'000), 100},
                                       Queue{pace(3, 600, 2), 20}, Queue{patient(2, 100), 30}}) {
        Rng random(static_cast<std::uint64_t>(ahead));
        const WaitTime wait(queue, ahead);
        const std::array probabilities{0.1, 0.5, 0.8, 0.9};
        std::array<RealSeconds, 4> quantiles{};
        std::ranges::transform(probabilities, quantiles.begin(), [&](double p) { return wait.quantile(p); });
        std::array<int, 4> covered{};
        double total = 0;

        for (int i = 0; i < draws; ++i) {
            double drawn = 0;
            for (int left = ahead; left >= 0; --left) {
                const double rate = queue.agents / queue.handle.count() + (queue.patience ? left / queue.patience->count() : 0);
                drawn -= std::log((static_cast<double>(random.next() >> 11u) + 0.5) * 0x1p-53) / rate;
            }
            total += drawn;
            for (std::size_t q = 0; q < quantiles.size(); ++q)
                if (drawn <= quantiles[q].count()) ++covered[q];
        }

        EXPECT_NEAR(total / draws / wait.mean().count(), 1, 5 / std::sqrt(draws)) << ahead;
        for (std::size_t q = 0; q < quantiles.size(); ++q) {
            const double p = probabilities[q];
            EXPECT_NEAR(static_cast<double>(covered[q]) / draws, p, 5 * std::sqrt(p * (1 - p) / draws)) << ahead << " ahead";
        }
    }
}

TEST(WaitTimeProperty, GrowsWithThePlaceAndTheProbabilityForEveryPace) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        Rng random(seed);
        const auto any = [&](double least, double most) {
            return least * std::pow(most / least, static_cast<double>(random.below(1'001)) / 1'000);
        };
        const QueuePace drawn{.agents = any(0.01, 1'000), .handle = RealSeconds{any(1, 1e5)}, .patience = RealSeconds{any(1, 1e6)}};
        const int ahead = static_cast<int>(any(1, 10'000));
        const WaitTime wait(drawn, ahead);

        double before = 0;
        for (const double p : {0.001, 0.01, 0.5, 0.8, 0.9, 0.99, 0.999}) {
            const double quantile = wait.quantile(p).count();
            ASSERT_TRUE(std::isfinite(quantile));
            ASSERT_GT(quantile, before) << p;
            ASSERT_GT(quantile * (1 + 1e-9), WaitTime(drawn, ahead - 1).quantile(p).count()) << p;
            before = quantile;
        }
        ASSERT_LT(wait.quantile(0.3), wait.mean());
        ASSERT_GT(wait.quantile(0.7), wait.mean());
    }
}

TEST(WaitTime, HasNoQuantileForWhatIsNoProbability) {
    for (const double p : {-0.1, 0.0, 1.0, std::numeric_limits<double>::quiet_NaN()})
        EXPECT_THROW((void)WaitTime(patient(1, 1), 0).quantile(p), std::logic_error);
}

}  // namespace
}  // namespace calldocker::domain
