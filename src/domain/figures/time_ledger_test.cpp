#include "domain/figures/time_ledger.hpp"

#include <gtest/gtest.h>

#include <array>

#include "base/rng.hpp"

namespace calldocker::domain {
namespace {

enum class Label { available, on_call, wrapup, offline };
constexpr std::array labels{Label::available, Label::on_call, Label::wrapup, Label::offline};
const Instant noon = from_unix_ms(1'795'521'600'000);

TEST(TimeLedger, GivesEachLabelTheTimeThatItWasWorn) {
    auto ledger = ledger_from(noon, Label::available);
    change_label(ledger, Label::on_call, noon + 10s);
    change_label(ledger, Label::available, noon + 70s);

    EXPECT_EQ(time_as(ledger, Label::available, noon + 75s), 15s);
    EXPECT_EQ(time_as(ledger, Label::on_call, noon + 75s), 60s);
    EXPECT_EQ(time_as(ledger, Label::offline, noon + 75s), 0s);
    EXPECT_EQ(whole_time(ledger, noon + 75s), 75s);
}

TEST(TimeLedger, AMomentBeforeTheLastChangeCountsAsTheLastChange) {
    auto ledger = ledger_from(noon, Label::available);
    change_label(ledger, Label::on_call, noon + 10s);
    change_label(ledger, Label::wrapup, noon + 4s);

    EXPECT_EQ(time_as(ledger, Label::on_call, noon + 20s), 0s);
    EXPECT_EQ(time_as(ledger, Label::wrapup, noon + 20s), 10s);
    EXPECT_EQ(time_as(ledger, Label::wrapup, noon + 5s), 0s);
    EXPECT_EQ(whole_time(ledger, noon + 5s), 10s);
}

TEST(TimeLedger, TheOrderOfChangesLeavesNoTraceButTheirTimes) {
    auto one = ledger_from(noon, Label::available);
    change_label(one, Label::on_call, noon + 1s);
    change_label(one, Label::offline, noon + 2s);
    auto other = ledger_from(noon, Label::on_call);
    change_label(other, Label::available, noon + 1s);
    change_label(other, Label::offline, noon + 2s);

    EXPECT_EQ(one, other);
}

TEST(TimeLedgerProperty, TheTimesOfAllLabelsAddUpToTheWhole) {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        Rng random(seed);
        Instant now = noon;
        auto ledger = ledger_from(now, labels[random.below(labels.size())]);
        for (int step = 0; step < 100; ++step) {
            now += Milliseconds{static_cast<std::int64_t>(random.below(10'000)) - 2'000};  // clocks go back at times
            if (random.below(3) != 0) change_label(ledger, labels[random.below(labels.size())], now);

            Milliseconds sum{};
            for (const Label label : labels) {
                ASSERT_GE(time_as(ledger, label, now), 0ms);
                sum += time_as(ledger, label, now);
            }
            ASSERT_EQ(sum, whole_time(ledger, now));
            ASSERT_LE(ledger.spent.size(), labels.size());
        }
    }
}

}  // namespace
}  // namespace calldocker::domain
