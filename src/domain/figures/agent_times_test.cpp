#include "domain/figures/agent_times.hpp"

#include <gtest/gtest.h>

namespace calldocker::domain {
namespace {

const AgentTimes day{
    .connecting = 1min, .talk = 180min, .hold = 14min, .consult = 5min, .wrapup = 40min, .routable_idle = 80min, .logged_in = 480min};

TEST(AgentTimes, OccupancyIsWorkInTheTimeThatCouldBeWork) { EXPECT_EQ(per_mille(occupancy(day)), 750); }

TEST(AgentTimes, UtilisationIsWorkInTheTimeLoggedIn) { EXPECT_EQ(per_mille(utilisation(day)), 500); }

TEST(AgentTimes, OfNoTimeThereIsNoFigure) {
    EXPECT_EQ(per_mille(occupancy({})), std::nullopt);
    EXPECT_EQ(per_mille(utilisation({})), std::nullopt);
}

}  // namespace
}  // namespace calldocker::domain
