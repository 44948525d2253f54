#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "simulation/office.hpp"

namespace calldocker::simulation {
namespace {

using ::testing::IsEmpty;

constexpr int steps = 400;

/// `make simulate SEEDS=n` goes on from where the usual run ends. A failure prints its seed; SEED=n runs that one alone.
std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

void add(Office::Tally& sum, const Office::Tally& one) {
    sum.connected += one.connected;
    sum.requeued += one.requeued;
    sum.crashes += one.crashes;
    sum.breaks += one.breaks;
    sum.comparisons += one.comparisons;
    sum.repeats += one.repeats;
    sum.reasons.insert(one.reasons.begin(), one.reasons.end());
}

TEST(Simulation, WhateverGoesWrongNobodyIsStuckNothingIsForgottenAndNothingIsToldThatIsNotSo) {
    Office::Tally sum;
    const std::uint64_t only = number_from("SEED", 0);
    const std::uint64_t first = only != 0 ? only : 1;
    const std::uint64_t seeds = only != 0 ? 1 : number_from("SEEDS", 200);
    for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
        Office office(seed);
        for (int step = 0; step < steps; ++step) {
            office.step();
            ASSERT_THAT(office.check(), IsEmpty()) << "seed " << seed << ", step " << step << "\n" << office.last_steps();
        }
        office.close_for_the_day();
        ASSERT_THAT(office.check_the_end(), IsEmpty()) << "seed " << seed << ", at the end\n" << office.last_steps();
        add(sum, office.tally);
    }
    if (only != 0) return;
    // A simulation in which nothing happens proves nothing.
    EXPECT_GT(sum.connected, seeds / 2);
    EXPECT_GT(sum.requeued, seeds / 4);
    EXPECT_GT(sum.crashes, seeds);
    EXPECT_GT(sum.breaks, seeds / 2);
    EXPECT_GT(sum.comparisons, seeds * steps / 4);
    EXPECT_GT(sum.repeats, seeds / 4);
    EXPECT_GE(sum.reasons.size(), 8u) << "of the end reasons";
}

}  // namespace
}  // namespace calldocker::simulation
