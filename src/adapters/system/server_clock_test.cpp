#include "adapters/system/server_clock.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "adapters/system/system.hpp"

namespace calldocker::adapters {
namespace {

TEST(ServerClock, IsTheSystemsTimeOnAMachineWhoseClockNobodySets) {
    ServerClock clock{{}};
    const auto apart = clock.now() - system_now();
    EXPECT_LE(std::chrono::abs(apart), 1s);
    EXPECT_LE(std::chrono::abs(clock.state().ahead), 1s);
}

TEST(ServerClock, BeginsAtTheNewestEventAndGoesOn) {
    const Instant newest = system_now() + 1h;
    ServerClock clock{newest};
    EXPECT_GE(clock.now(), newest);
    EXPECT_LE(clock.now(), newest + 1min);
    EXPECT_GE(clock.state().ahead, 59min);
}

TEST(ServerClock, ThreadsNeverSeeItRunBackwards) {
    ServerClock clock{{}};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            Instant before = clock.now();
            for (int n = 0; n < 20'000; ++n) {
                const Instant now = clock.now();
                EXPECT_GE(now, before);
                before = now;
            }
        });
    for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace calldocker::adapters
