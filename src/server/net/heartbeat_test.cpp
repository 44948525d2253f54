#include "server/net/heartbeat.hpp"

#include <gtest/gtest.h>

namespace calldocker::server {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime t0{};

struct Patient final : Pulse {
    void ping() override { ++pings; }
    void fell_silent() override { ++silences; }
    int pings = 0;
    int silences = 0;
};

TEST(Heartbeat, PingsOneThatSaysNothingOnceAndThenGivesItUp) {
    Heartbeat heartbeat(20s, 40s);
    Patient patient;
    heartbeat.heard(patient, t0);

    heartbeat.beat(t0 + 19s);
    EXPECT_EQ(patient.pings, 0);
    heartbeat.beat(t0 + 20s);
    heartbeat.beat(t0 + 59s);
    EXPECT_EQ(patient.pings, 1);
    EXPECT_EQ(patient.silences, 0);
    heartbeat.beat(t0 + 60s);
    heartbeat.beat(t0 + 200s);
    EXPECT_EQ(patient.silences, 1);
}

TEST(Heartbeat, NeverGivesUpOneThatAnswers) {
    Heartbeat heartbeat(20s, 40s);
    Patient patient;
    heartbeat.heard(patient, t0);

    for (auto now = t0; now < t0 + 1h; now += 1s) {
        const int pings = patient.pings;
        heartbeat.beat(now);
        if (patient.pings > pings) heartbeat.heard(patient, now);
    }

    EXPECT_EQ(patient.silences, 0);
    EXPECT_GT(patient.pings, 170);
}

TEST(Heartbeat, ForgetsOneThatIsDestroyed) {
    Heartbeat heartbeat(20s, 40s);
    {
        Patient patient;
        heartbeat.heard(patient, t0);
    }

    heartbeat.beat(t0 + 1h);
}

}  // namespace
}  // namespace calldocker::server
