#include "server/net/shard.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <csignal>
#include <future>
#include <thread>

namespace calldocker::server {
namespace {

using ::testing::ElementsAre;

/// Runs the shard on this thread until `done` says so, or for 5 s.
void run(Shard& shard) {
    shard.after(5s, [&shard] {
        ADD_FAILURE() << "the shard was not told to quit";
        shard.quit();
    });
    shard.run();
}

TEST(Shard, RunsTheJobsOfOnePosterInOrder) {
    Shard shard(0);
    std::vector<int> ran;
    std::thread poster([&] {
        for (int i = 0; i < 3; ++i) shard.post([&, i] { ran.push_back(i); });
        shard.post([&] { shard.quit(); });
    });

    run(shard);
    poster.join();

    EXPECT_THAT(ran, ElementsAre(0, 1, 2));
}

TEST(Shard, LosesNoJobOfManyPosters) {
    Shard shard(0);
    constexpr int posters = 4;
    constexpr int each = 10'000;
    int ran = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < posters; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < each; ++j) {
                shard.post([&] {
                    if (++ran == posters * each) shard.quit();
                });
            }
        });
    }

    run(shard);
    for (auto& thread : threads) thread.join();

    EXPECT_EQ(ran, posters * each);
}

TEST(Shard, ATimerFiresNotBeforeItsTimeAndACancelledOneNever) {
    Shard shard(0);
    const auto started = std::chrono::steady_clock::now();
    std::chrono::nanoseconds waited{};
    bool cancelled_ran = false;
    TimerId cancelled = shard.after(1ms, [&] { cancelled_ran = true; });
    shard.after(20ms, [&] {
        waited = std::chrono::steady_clock::now() - started;
        shard.quit();
    });
    shard.cancel(cancelled);

    run(shard);

    EXPECT_GE(waited, 20ms);
    EXPECT_FALSE(cancelled_ran);
}

TEST(Shard, TakesMomentsFromItsClockOnceATurn) {
    int asked = 0;
    Shard shard(0, [&asked] { return from_unix_ms(++asked); });
    std::vector<std::int64_t> seen;
    shard.post([&] {
        seen = {to_unix_ms(shard.now()), to_unix_ms(shard.now())};
        shard.after(1ms, [&] {
            seen.push_back(to_unix_ms(shard.now()));
            shard.quit();
        });
    });

    run(shard);

    ASSERT_EQ(seen.size(), 3u);
    EXPECT_EQ(seen[0], seen[1]);
    EXPECT_LT(seen[1], seen[2]);
}

TEST(Shard, WakesForAJobThatComesWhileItSleeps) {
    Shard shard(0);
    constexpr int rounds = 2'000;
    std::atomic<int> ran{0};
    std::thread poster([&] {
        for (int i = 1; i <= rounds; ++i) {
            shard.post([&] { ran.fetch_add(1); });
            while (ran.load() < i) std::this_thread::yield();  // it has gone back to sleep, or is about to
        }
        shard.quit();
    });

    run(shard);
    poster.join();

    EXPECT_EQ(ran.load(), rounds);
}

TEST(Shard, DoesAtTheEndOfATurnWhatItWasAskedInIt) {
    Shard shard(0);
    std::vector<std::string> order;
    shard.post([&] {
        shard.at_end_of_round([&] {
            order.emplace_back("end of the round");
            shard.at_end_of_round([&] { order.emplace_back("of the same round"); });
        });
        order.emplace_back("first job");
    });
    shard.post([&] {
        order.emplace_back("second job");
        shard.after(0ms, [&] {
            order.emplace_back("timer");
            shard.quit();
        });
    });

    run(shard);

    EXPECT_THAT(order, ElementsAre("first job", "second job", "end of the round", "of the same round", "timer"));
}

TEST(Shard, HearsOfSignalsOnItsThread) {
    Shard shard(0);
    std::vector<int> heard;
    const auto here = std::this_thread::get_id();
    shard.on_signals({SIGUSR1, SIGUSR2}, [&](int signal) {
        EXPECT_EQ(std::this_thread::get_id(), here);
        heard.push_back(signal);
        if (heard.size() == 2) shard.quit();
    });
    shard.post([] {
        std::raise(SIGUSR2);
        std::raise(SIGUSR1);
    });

    run(shard);

    EXPECT_THAT(heard, ElementsAre(SIGUSR2, SIGUSR1));
}

TEST(Shard, SurvivesAJobThatThrowsAndCountsIt) {
    Shard shard(0);
    bool ran = false;
    shard.post([] { throw std::runtime_error("a bug"); });
    shard.post([&] {
        ran = true;
        shard.quit();
    });

    run(shard);

    EXPECT_TRUE(ran);
    EXPECT_EQ(shard.counters().unexpected_errors.value(), 1u);
}

TEST(Shard, JobsThatNeverRanAreDestroyed) {
    auto held = std::make_shared<int>(1);
    {
        Shard shard(0);
        shard.post([held] {});
    }

    EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace calldocker::server
