#include "server/net/timers.hpp"

#include <gmock/gmock.h>

namespace calldocker::server {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

constexpr SteadyTime t0{};

TEST(Timers, RunInTheOrderOfTheirDeadlines) {
    Timers timers;
    std::vector<int> ran;
    timers.add(t0 + 3s, [&] { ran.push_back(3); });
    timers.add(t0 + 1s, [&] { ran.push_back(1); });
    timers.add(t0 + 2s, [&] { ran.push_back(2); });

    timers.run_due(t0 + 2s);

    EXPECT_THAT(ran, ElementsAre(1, 2));
    EXPECT_EQ(timers.next(), t0 + 3s);
}

TEST(Timers, ACancelledTimerDoesNotRunEvenWhenAnotherCancelsItInTheSameRun) {
    Timers timers;
    std::vector<int> ran;
    TimerId second;
    timers.add(t0 + 1s, [&] {
        ran.push_back(1);
        timers.cancel(second);
    });
    second = timers.add(t0 + 1s, [&] { ran.push_back(2); });

    timers.run_due(t0 + 5s);

    EXPECT_THAT(ran, ElementsAre(1));
    EXPECT_EQ(timers.next(), std::nullopt);
}

TEST(Timers, OneThatIsAddedForThePastWaitsForTheNextRun) {
    Timers timers;
    int ran = 0;
    std::function<void()> again = [&] {
        ++ran;
        timers.add(t0, again);
    };
    timers.add(t0, again);

    timers.run_due(t0 + 1s);

    EXPECT_EQ(ran, 1);
}

TEST(Timers, AfterAnExceptionTheOthersAreStillDue) {
    Timers timers;
    bool ran = false;
    timers.add(t0, [] { throw std::runtime_error("a bug"); });
    timers.add(t0 + 1s, [&] { ran = true; });

    EXPECT_THROW(timers.run_due(t0 + 2s), std::runtime_error);
    timers.run_due(t0 + 2s);

    EXPECT_TRUE(ran);
}

}  // namespace
}  // namespace calldocker::server
