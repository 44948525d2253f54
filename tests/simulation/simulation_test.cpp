#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>

#include "simulation/town.hpp"

namespace calldocker::simulation {
namespace {

using ::testing::IsEmpty;

constexpr int steps = 600;
constexpr std::uint64_t seeds_that_reach_all = 50, crowd_steps_that_reach_all = 250;

/// `--seeds=N` runs so many companies; `--seed=N` that one alone, which is what a failure prints. `--crowd=N` goes so many
/// steps in the large one; each checks everything, and takes that much longer.
std::uint64_t seeds = 200;
std::uint64_t only_seed = 0;
std::uint64_t crowd_steps = 250;

TEST(Simulation, WhateverGoesWrongNobodyIsStuckNothingIsForgottenAndNothingIsToldThatIsNotSo) {
    Tally sum;
    const std::uint64_t first = only_seed != 0 ? only_seed : 1;
    const std::uint64_t last = only_seed != 0 ? only_seed : seeds;
    for (std::uint64_t seed = first; seed <= last; ++seed) {
        Town town(seed, 3);
        for (int step = 0; step < steps; ++step) {
            town.step();
            ASSERT_THAT(town.check(), IsEmpty()) << "seed " << seed << ", step " << step << "\n" << town.last_steps();
        }
        town.close_for_the_day();
        ASSERT_THAT(town.check_the_end(), IsEmpty()) << "seed " << seed << ", at the end\n" << town.last_steps();
        sum.add(town.tally());
    }
    if (only_seed != 0 || seeds < seeds_that_reach_all) return;
    // A simulation in which nothing happens proves nothing.
    EXPECT_GT(sum.connected, seeds / 2);
    EXPECT_GT(sum.requeued, seeds / 4);
    EXPECT_GT(sum.crashes, seeds);
    EXPECT_GT(sum.breaks, seeds / 2);
    EXPECT_GT(sum.comparisons, seeds * steps / 4);
    EXPECT_GT(sum.repeats, seeds / 4);
    EXPECT_GT(sum.ranked, seeds / 4);
    EXPECT_GT(sum.throws, seeds);
    EXPECT_GT(sum.resumed, seeds);
    EXPECT_GT(sum.reset, seeds);
    EXPECT_GT(sum.taken_over, seeds);
    EXPECT_GT(sum.turned_away, seeds);
    EXPECT_GE(sum.reasons.size(), 8u) << "of the end reasons";
}

TEST(Simulation, WhatHoldsForAFewHoldsForHundredsOfAgentsAndThousandsOfContacts) {
    const std::uint64_t seed = only_seed != 0 ? only_seed : 6;
    Town town(seed, 1, {.agents = 200, .visitors = 2000});
    for (std::uint64_t step = 0; step < crowd_steps; ++step) {
        town.step();
        ASSERT_THAT(town.check(), IsEmpty()) << "seed " << seed << ", step " << step << "\n" << town.last_steps();
    }
    town.close_for_the_day();
    ASSERT_THAT(town.check_the_end(), IsEmpty()) << "seed " << seed << ", at the end\n" << town.last_steps();
    RecordProperty("live_contacts", static_cast<int>(town.tally().most_live));
    RecordProperty("connected", static_cast<int>(town.tally().connected));
    if (only_seed != 0 || crowd_steps < crowd_steps_that_reach_all) return;
    EXPECT_GT(town.tally().most_live, 1'000u);
    EXPECT_GT(town.tally().connected, 0u);
}

}  // namespace

void read_arguments(int count, char** arguments) {
    for (int i = 1; i < count; ++i) {
        const std::string_view argument = arguments[i];
        if (argument.starts_with("--seeds=")) seeds = std::strtoull(arguments[i] + 8, nullptr, 10);
        if (argument.starts_with("--crowd=")) crowd_steps = std::strtoull(arguments[i] + 8, nullptr, 10);
        if (argument.starts_with("--seed=")) only_seed = std::strtoull(arguments[i] + 7, nullptr, 10);
    }
}

}  // namespace calldocker::simulation

int main(int count, char** arguments) {
    ::testing::InitGoogleTest(&count, arguments);
    calldocker::simulation::read_arguments(count, arguments);
    return RUN_ALL_TESTS();
}
