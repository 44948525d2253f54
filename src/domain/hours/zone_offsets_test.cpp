#include "domain/hours/zone_offsets.hpp"

#include <gtest/gtest.h>

#include "domain/hours/zone_examples.hpp"

namespace calldocker::domain {
namespace {

using examples::local;
using examples::text_of;
using examples::utc;

TEST(ZoneOffsets, WithoutAnyItIsUtc) {
    EXPECT_EQ(to_local({}, utc("2026-03-29 01:00")), local("2026-03-29 01:00"));
    EXPECT_EQ(first_instant_at({}, local("2026-03-29 01:00")), utc("2026-03-29 01:00"));
    EXPECT_EQ(start_of_day({}, utc("2026-03-29 01:00")), utc("2026-03-29 00:00"));
}

TEST(ZoneOffsets, LocalTimeFollowsTheOffsetOfItsMoment) {
    EXPECT_EQ(to_local(examples::berlin, utc("2026-03-29 00:59")), local("2026-03-29 01:59"));
    EXPECT_EQ(to_local(examples::berlin, utc("2026-03-29 01:00")), local("2026-03-29 03:00"));
    EXPECT_EQ(to_local(examples::new_york, utc("2026-11-01 05:59")), local("2026-11-01 01:59"));
    EXPECT_EQ(to_local(examples::new_york, utc("2026-11-01 06:00")), local("2026-11-01 01:00"));
    EXPECT_EQ(to_local(examples::kolkata, utc("2026-11-01 18:30")), local("2026-11-02 00:00"));
}

TEST(ZoneOffsets, OutsideTheKnownSpanTheNearestOffsetGoesOn) {
    EXPECT_EQ(to_local(examples::berlin, utc("2020-07-01 00:00")), local("2020-07-01 01:00"));
    EXPECT_EQ(to_local(examples::berlin, utc("2030-07-01 00:00")), local("2030-07-01 01:00"));
    EXPECT_EQ(first_instant_at(examples::berlin, local("2020-07-01 01:00")), utc("2020-07-01 00:00"));
    EXPECT_EQ(last_instant_at(examples::berlin, local("2030-07-01 01:00")), utc("2030-07-01 00:00"));
}

struct LocalCase {
    const char* name;
    const ZoneOffsets& zone;
    const char *local, *first, *last;
};
void PrintTo(const LocalCase& tested, std::ostream* out) { *out << tested.name << ", " << tested.local; }

class LocalToInstant : public testing::TestWithParam<LocalCase> {};

TEST_P(LocalToInstant, HasAFirstAndALastMoment) {
    const LocalCase& tested = GetParam();

    EXPECT_EQ(text_of(first_instant_at(tested.zone, local(tested.local))), tested.first);
    EXPECT_EQ(text_of(last_instant_at(tested.zone, local(tested.local))), tested.last);
}

INSTANTIATE_TEST_SUITE_P(
    Places, LocalToInstant,
    testing::Values(LocalCase{"an ordinary time", examples::berlin, "2026-06-01 12:00", "2026-06-01T10:00", "2026-06-01T10:00"},
                    LocalCase{"before the gap", examples::berlin, "2026-03-29 01:59", "2026-03-29T00:59", "2026-03-29T00:59"},
                    LocalCase{"the gap begins", examples::berlin, "2026-03-29 02:00", "2026-03-29T01:00", "2026-03-29T01:00"},
                    LocalCase{"in the gap", examples::berlin, "2026-03-29 02:30", "2026-03-29T01:00", "2026-03-29T01:00"},
                    LocalCase{"after the gap", examples::berlin, "2026-03-29 03:00", "2026-03-29T01:00", "2026-03-29T01:00"},
                    LocalCase{"shown twice", examples::berlin, "2026-10-25 02:00", "2026-10-25T00:00", "2026-10-25T01:00"},
                    LocalCase{"shown twice", examples::berlin, "2026-10-25 02:30", "2026-10-25T00:30", "2026-10-25T01:30"},
                    LocalCase{"shown once again", examples::berlin, "2026-10-25 03:00", "2026-10-25T02:00", "2026-10-25T02:00"},
                    LocalCase{"shown twice", examples::new_york, "2026-11-01 01:30", "2026-11-01T05:30", "2026-11-01T06:30"},
                    LocalCase{"in the gap", examples::new_york, "2026-03-08 02:30", "2026-03-08T07:00", "2026-03-08T07:00"},
                    LocalCase{"half hours", examples::kolkata, "2026-03-29 09:00", "2026-03-29T03:30", "2026-03-29T03:30"},
                    LocalCase{"a day left out", examples::apia, "2011-12-30 12:00", "2011-12-30T10:00", "2011-12-30T10:00"},
                    LocalCase{"the day after", examples::apia, "2011-12-31 12:00", "2011-12-30T22:00", "2011-12-30T22:00"},
                    LocalCase{"half an hour twice", examples::lord_howe, "2026-04-05 01:45", "2026-04-04T14:45", "2026-04-04T15:15"},
                    LocalCase{"midnight twice", examples::azores, "2026-10-25 00:00", "2026-10-25T00:00", "2026-10-25T01:00"}));

struct DayCase {
    const char* name;
    const ZoneOffsets& zone;
    const char *at, *start;
};
void PrintTo(const DayCase& tested, std::ostream* out) { *out << tested.name << ", " << tested.at; }

class StartOfDay : public testing::TestWithParam<DayCase> {};

TEST_P(StartOfDay, IsWhenTheLocalDateBegan) { EXPECT_EQ(text_of(start_of_day(GetParam().zone, utc(GetParam().at))), GetParam().start); }

INSTANTIATE_TEST_SUITE_P(Places, StartOfDay,
                         testing::Values(DayCase{"a day of 23 hours", examples::berlin, "2026-03-29 21:59", "2026-03-28T23:00"},
                                         DayCase{"the day after it", examples::berlin, "2026-03-29 22:00", "2026-03-29T22:00"},
                                         DayCase{"a day of 25 hours", examples::berlin, "2026-10-25 22:59", "2026-10-24T22:00"},
                                         DayCase{"the day after it", examples::berlin, "2026-10-25 23:00", "2026-10-25T23:00"},
                                         DayCase{"west of UTC", examples::new_york, "2026-07-01 03:59", "2026-06-30T04:00"},
                                         DayCase{"half hours", examples::kolkata, "2026-07-01 18:30", "2026-07-01T18:30"},
                                         DayCase{"before a day left out", examples::apia, "2011-12-30 09:59", "2011-12-29T10:00"},
                                         DayCase{"after a day left out", examples::apia, "2011-12-30 10:00", "2011-12-30T10:00"},
                                         DayCase{"midnight twice", examples::azores, "2026-10-25 01:30", "2026-10-25T00:00"}));

TEST(StartOfDay, NeverGoesBackWhereClocksArePutBackOverMidnight) {
    Instant started = start_of_day(examples::st_johns, utc("2010-11-07 00:00"));
    for (Instant at = utc("2010-11-07 00:00"); at < utc("2010-11-08 06:00"); at += 1min) {
        const Instant start = start_of_day(examples::st_johns, at);
        ASSERT_GE(start, started) << text_of(at);
        ASSERT_LE(start, at) << text_of(at);
        started = start;
    }

    EXPECT_EQ(text_of(start_of_day(examples::st_johns, utc("2010-11-07 02:45"))), "2010-11-07T02:30");
}

}  // namespace
}  // namespace calldocker::domain
