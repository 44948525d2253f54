#include "domain/figures/queue_counts.hpp"

#include <gtest/gtest.h>

namespace calldocker::domain {
namespace {

QueueCounts counted(Outcome outcome, std::initializer_list<Milliseconds> waits) {
    QueueCounts counts;
    for (const Milliseconds waited : waits) count(counts, outcome, waited, {});
    return counts;
}

TEST(QueueCounts, AnsweredUpToTheTargetTimeIsInTarget) {
    const QueueCounts counts = counted(Outcome::answered, {0s, 20s, 20'001ms});

    EXPECT_EQ(counts, (QueueCounts{.answered = 3, .answered_in_target = 2, .answered_wait = 40'001ms, .answered_wait_max = 20'001ms}));
}

TEST(QueueCounts, AbandonedBelowTheShortTimeIsAShortAbandon) {
    const QueueCounts counts = counted(Outcome::abandoned, {4'999ms, 5s, 20s, 21s});

    EXPECT_EQ(counts, (QueueCounts{.abandoned = 4, .abandoned_in_target = 3, .short_abandoned = 1}));
}

TEST(QueueCounts, AQueueHasTargetsOfItsOwn) {
    QueueCounts counts;
    count(counts, Outcome::answered, 31s, {.answer = 30s, .short_abandon = 10s});
    count(counts, Outcome::abandoned, 9s, {.answer = 30s, .short_abandon = 10s});

    EXPECT_EQ(counts.answered_in_target, 0);
    EXPECT_EQ(counts.short_abandoned, 1);
}

TEST(QueueCounts, OfferedAreAllThatLeft) {
    QueueCounts counts = counted(Outcome::answered, {1s, 2s});
    count(counts, Outcome::abandoned, 3s, {});
    count(counts, Outcome::flowed_out, 60s, {});

    EXPECT_EQ(offered(counts), 4);
    EXPECT_EQ(abandon_rate(counts), (Ratio{1, 4}));
}

TEST(QueueCounts, SpeedOfAnswerIsTheMeanWaitOfThoseWhoWereAnswered) {
    QueueCounts counts = counted(Outcome::answered, {10s, 20s, 21s});
    count(counts, Outcome::abandoned, 1'000s, {});

    EXPECT_EQ(average_speed_of_answer(counts), 17s);
    EXPECT_EQ(average_speed_of_answer(counted(Outcome::answered, {1ms, 2ms})), 2ms);
    EXPECT_EQ(average_speed_of_answer({}), std::nullopt);
}

TEST(QueueCounts, HandleTimeIsAllThatASegmentTakesAndWrapUpStandsAloneToo) {
    QueueCounts counts;
    count(counts, {.talk = 100s, .hold = 20s, .consult = 10s, .wrapup = 30s, .handed_on = true});
    count(counts, {.talk = 60s, .hold = {}, .consult = {}, .wrapup = 20s, .handed_on = false});

    EXPECT_EQ(average_handle_time(counts), 120s);
    EXPECT_EQ(average_wrapup_time(counts), 25s);
    EXPECT_EQ(transfer_rate(counts), (Ratio{1, 2}));
    EXPECT_EQ(average_handle_time({}), std::nullopt);
}

}  // namespace
}  // namespace calldocker::domain
