#include "domain/hours/hours.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "base/rng.hpp"
#include "domain/hours/limits.hpp"
#include "domain/hours/zone_examples.hpp"

namespace calldocker::domain {
namespace {

using examples::local;
using examples::text_of;
using examples::utc;

constexpr int h = 60;
constexpr int monday = 1, friday = 5, saturday = 6, sunday = 7;

Hours weekly(std::vector<WeeklyInterval> intervals) { return {.zone = "Europe/Berlin", .weekly = std::move(intervals), .holidays = {}}; }

Hours every_day(OpenInterval open) {
    Hours hours = weekly({});
    for (int day = monday; day <= sunday; ++day) hours.weekly.push_back({day, open});
    return hours;
}

Hours office() {
    Hours hours = weekly({});
    for (int day = monday; day <= friday; ++day) {
        hours.weekly.push_back({day, {9 * h, 12 * h}});
        hours.weekly.push_back({day, {13 * h, 17 * h}});
    }
    return hours;
}

Hours with_holiday(Hours hours, const char* date, std::vector<OpenInterval> intervals = {}) {
    hours.holidays.push_back({date, "a holiday", std::move(intervals)});
    return hours;
}

/// What is so at `now`, and when it changes.
struct HoursCase {
    const char* name;
    const ZoneOffsets& zone;
    Hours hours;
    const char* now;
    bool open;
    const char* changes;
};
void PrintTo(const HoursCase& tested, std::ostream* out) { *out << tested.name << ", " << tested.now; }

class OpeningHours : public testing::TestWithParam<HoursCase> {};

TEST_P(OpeningHours, AreAsWritten) {
    const HoursCase& tested = GetParam();

    EXPECT_EQ(is_open(tested.hours, tested.zone, utc(tested.now)), tested.open);
    const auto changes = next_change(tested.hours, tested.zone, utc(tested.now));
    EXPECT_EQ(changes ? text_of(*changes) : "never", tested.changes);
}

// 2026-03-29 and 2026-10-25 are Sundays: in Berlin of 23 and 25 hours.
const Hours nights = every_day({22 * h, 6 * h});
const Hours always = weekly({});

INSTANTIATE_TEST_SUITE_P(
    OnOrdinaryDays, OpeningHours,
    testing::Values(HoursCase{"in the morning", examples::berlin, office(), "2026-06-01 07:00", true, "2026-06-01T10:00"},
                    HoursCase{"a minute before", examples::berlin, office(), "2026-06-01 06:59", false, "2026-06-01T07:00"},
                    HoursCase{"closing is not open", examples::berlin, office(), "2026-06-01 10:00", false, "2026-06-01T11:00"},
                    HoursCase{"over the weekend", examples::berlin, office(), "2026-06-05 15:00", false, "2026-06-08T07:00"},
                    HoursCase{"half hours from UTC", examples::kolkata, office(), "2026-06-01 03:30", true, "2026-06-01T06:30"},
                    HoursCase{"west of UTC", examples::new_york, office(), "2026-06-01 13:00", true, "2026-06-01T16:00"},
                    HoursCase{"at night", examples::berlin, nights, "2026-06-01 23:00", true, "2026-06-02T04:00"},
                    HoursCase{"a night until midnight", examples::berlin, weekly({{monday, {22 * h, 0}}}), "2026-06-01 21:59", true,
                              "2026-06-01T22:00"},
                    HoursCase{"no intervals at all", examples::berlin, always, "2026-06-01 03:00", true, "never"},
                    HoursCase{"days that touch", examples::berlin, weekly({{saturday, {12 * h, 24 * h}}, {sunday, {0, 12 * h}}}),
                              "2026-06-06 12:00", true, "2026-06-07T10:00"},
                    HoursCase{"intervals that overlap", examples::berlin,
                              weekly({{monday, {12 * h, 18 * h}}, {monday, {8 * h, 14 * h}}, {monday, {9 * h, 10 * h}}}),
                              "2026-06-01 06:00", true, "2026-06-01T16:00"}));

INSTANTIATE_TEST_SUITE_P(
    WhereClocksChange, OpeningHours,
    testing::Values(
        HoursCase{"a night of one hour less", examples::berlin, nights, "2026-03-28 21:00", true, "2026-03-29T04:00"},
        HoursCase{"a night of one hour more", examples::berlin, nights, "2026-10-24 20:00", true, "2026-10-25T05:00"},
        HoursCase{"opens in the gap", examples::berlin, every_day({2 * h + 30, 8 * h}), "2026-03-29 00:59", false, "2026-03-29T01:00"},
        HoursCase{"closes in the gap", examples::berlin, every_day({0, 2 * h + 30}), "2026-03-29 00:59", true, "2026-03-29T01:00"},
        HoursCase{"all of it in the gap", examples::berlin, every_day({2 * h + 10, 2 * h + 50}), "2026-03-29 00:00", false,
                  "2026-03-30T00:10"},
        HoursCase{"opens when first shown", examples::berlin, every_day({2 * h + 30, 8 * h}), "2026-10-25 00:00", false,
                  "2026-10-25T00:30"},
        HoursCase{"stays open when shown again", examples::berlin, every_day({2 * h + 30, 8 * h}), "2026-10-25 01:00", true,
                  "2026-10-25T07:00"},
        HoursCase{"closes when last shown", examples::berlin, every_day({0, 2 * h + 30}), "2026-10-25 00:45", true, "2026-10-25T01:30"},
        HoursCase{"in New York", examples::new_york, every_day({1 * h + 30, 8 * h}), "2026-11-01 05:30", true, "2026-11-01T13:00"},
        HoursCase{"at any time", examples::berlin, always, "2026-03-29 00:30", true, "never"},
        HoursCase{"midnight twice", examples::azores, every_day({0, 24 * h}), "2026-10-25 00:30", true, "never"},
        HoursCase{"a day that has begun once already", examples::st_johns, weekly({{sunday, {0, 12 * h}}}), "2010-11-07 02:45", true,
                  "2010-11-07T15:30"},
        HoursCase{"a date left out", examples::apia, every_day({9 * h, 17 * h}), "2011-12-30 03:00", false, "2011-12-30T19:00"},
        HoursCase{"a night into a date left out", examples::apia, nights, "2011-12-30 08:00", true, "2011-12-30T16:00"}));

INSTANTIATE_TEST_SUITE_P(
    OnHolidays, OpeningHours,
    testing::Values(
        HoursCase{"closed", examples::berlin, with_holiday(office(), "2026-12-25"), "2026-12-25 10:00", false, "2026-12-28T08:00"},
        HoursCase{"other hours", examples::berlin, with_holiday(office(), "2026-12-24", {{9 * h, 13 * h}}), "2026-12-24 11:30", true,
                  "2026-12-24T12:00"},
        HoursCase{"the night before ends", examples::berlin, with_holiday(nights, "2026-12-25"), "2026-12-24 22:00", true,
                  "2026-12-24T23:00"},
        HoursCase{"the night of it is not", examples::berlin, with_holiday(nights, "2026-12-25"), "2026-12-25 00:00", false,
                  "2026-12-26T21:00"},
        HoursCase{"a night of its own goes on", examples::berlin, with_holiday(office(), "2026-12-31", {{20 * h, 2 * h}}),
                  "2026-12-31 20:00", true, "2027-01-01T01:00"},
        HoursCase{"at any other time", examples::berlin, with_holiday(always, "2026-12-25"), "2026-06-01 00:00", true, "2026-12-24T23:00"},
        HoursCase{"further than is looked", examples::berlin, with_holiday(always, "2027-12-25"), "2026-06-01 00:00", true, "never"}));

TEST(OpeningHours, AreLookedForFourHundredDaysAhead) {
    Hours closed = weekly({{monday, {9 * h, 17 * h}}});
    for (Instant day = utc("2026-05-04 00:00"); day < utc("2027-06-07 00:00"); day += std::chrono::days{7})
        closed = with_holiday(closed, text_of(day).substr(0, 10).c_str());

    EXPECT_EQ(next_change(closed, examples::berlin, utc("2027-06-07 08:00") - 401 * 24h), std::nullopt);
    EXPECT_EQ(next_change(closed, examples::berlin, utc("2027-06-07 08:00") - 400 * 24h), utc("2027-06-07 08:00"));
}

// Properties, over random hours in places and weeks where clocks change.

struct Place {
    const ZoneOffsets& zone;
    const char* week;
};
const std::array<Place, 9> places{{{examples::berlin, "2026-03-27 00:00"},
                                   {examples::berlin, "2026-10-23 00:00"},
                                   {examples::berlin, "2026-12-23 00:00"},
                                   {examples::new_york, "2026-10-30 00:00"},
                                   {examples::kolkata, "2026-03-27 00:00"},
                                   {examples::apia, "2011-12-28 00:00"},
                                   {examples::lord_howe, "2026-04-03 00:00"},
                                   {examples::azores, "2026-10-23 00:00"},
                                   {examples::st_johns, "2010-11-05 00:00"}}};

OpenInterval random_interval(Rng& random) {
    if (random.below(6) == 0) return {0, 24 * h};
    const int from = static_cast<int>(random.below(24 * h / 15)) * 15;
    const int to = static_cast<int>(random.below(24 * h / 15)) * 15;
    return {from, to == from ? (from + 15) : to};
}

Hours random_hours(Rng& random, Instant week) {
    Hours hours = weekly({});
    for (std::uint64_t left = random.below(12); left > 0; --left)
        hours.weekly.push_back({static_cast<int>(random.below(7)) + 1, random_interval(random)});
    for (int day = 0; day < 5; ++day) {
        if (random.below(4) != 0) continue;
        hours = with_holiday(hours, text_of(week + std::chrono::days{day}).substr(0, 10).c_str());
        for (std::uint64_t left = random.below(3); left > 0; --left) hours.holidays.back().intervals.push_back(random_interval(random));
    }
    return hours;
}

/// By the clock on the wall alone, as a person would read the sign on the door.
bool says_open(const Hours& hours, LocalTime shown) {
    const LocalDate today = std::chrono::floor<std::chrono::days>(shown);
    const auto minute = std::chrono::duration_cast<std::chrono::minutes>(shown - today).count();
    const auto intervals_of = [&](LocalDate date) {
        const std::string text = text_of(Instant{date.time_since_epoch()}).substr(0, 10);
        for (const Holiday& holiday : hours.holidays)
            if (holiday.date == text) return std::pair{true, holiday.intervals};
        std::vector<OpenInterval> intervals;
        for (const WeeklyInterval& each : hours.weekly)
            if (std::chrono::weekday{date}.iso_encoding() == static_cast<unsigned>(each.weekday)) intervals.push_back(each.open);
        if (hours.weekly.empty()) intervals.push_back({0, 24 * h});
        return std::pair{false, intervals};
    };
    const auto [is_holiday, intervals] = intervals_of(today);
    for (const OpenInterval& each : intervals) {
        const bool ends_today = each.from_minute < each.to_minute;
        if (each.from_minute <= minute && (!ends_today || minute < each.to_minute)) return true;
    }
    if (is_holiday) return false;
    for (const OpenInterval& each : intervals_of(today - std::chrono::days{1}).second)
        if (each.to_minute < each.from_minute && minute < each.to_minute) return true;
    return false;
}

void for_each_random_week(const auto& check) {
    for (std::uint64_t seed = 1; seed <= 27; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        Rng random(seed);
        const Place& place = places[seed % places.size()];
        const Instant week = utc(place.week);
        check(random_hours(random, week), place.zone, week);
        if (testing::Test::HasFatalFailure()) return;
    }
}

TEST(HoursProperty, TheNextChangeIsWhenSteppingMinuteByMinuteFindsOne) {
    for_each_random_week([](const Hours& hours, const ZoneOffsets& zone, Instant week) {
        ASSERT_TRUE(validate(hours)) << validate(hours).error().detail;
        bool open = is_open(hours, zone, week);
        auto change = next_change(hours, zone, week);
        for (Instant now = week; now < week + std::chrono::days{4}; now += 1min) {
            const bool was_open = std::exchange(open, is_open(hours, zone, now));
            ASSERT_EQ(open != was_open, change == now) << text_of(now);
            if (change == now) change = next_change(hours, zone, now);
            ASSERT_GT(change.value_or(Instant::max()), now);
        }
    });
}

TEST(HoursProperty, OpenWheneverTheClockOnTheWallSaysSoAndOtherwiseOnlyWhileClocksChange) {
    for_each_random_week([](const Hours& hours, const ZoneOffsets& zone, Instant week) {
        for (Instant now = week; now < week + std::chrono::days{4}; now += 7min) {
            const bool says = says_open(hours, to_local(zone, now));
            const bool clocks_change = to_local(zone, now + 26h) - to_local(zone, now - 26h) != 52h;
            ASSERT_TRUE(is_open(hours, zone, now) == says || (clocks_change && !says)) << text_of(now);
        }
    });
}

TEST(HoursProperty, HoldsToTheMillisecond) {
    EXPECT_FALSE(is_open(office(), examples::berlin, utc("2026-06-01 07:00") - 1ms));
    EXPECT_TRUE(is_open(office(), examples::berlin, utc("2026-06-01 07:00")));
    EXPECT_TRUE(is_open(office(), examples::berlin, utc("2026-06-01 10:00") - 1ms));
    EXPECT_EQ(next_change(office(), examples::berlin, utc("2026-06-01 07:00") - 1ms), utc("2026-06-01 07:00"));
}

// What an admin may write.

std::string complaint_about(const Hours& hours) {
    const auto valid = validate(hours);
    if (valid) return "none";
    EXPECT_EQ(valid.error().code, ErrorCode::invalid);
    return valid.error().detail;
}

TEST(HoursValidate, AcceptsWhatCanBeMeant) {
    EXPECT_EQ(complaint_about(always), "none");
    EXPECT_EQ(complaint_about(nights), "none");
    EXPECT_EQ(complaint_about(with_holiday(office(), "2028-02-29", {{0, 24 * h}, {22 * h, 0}})), "none");
}

TEST(HoursValidate, NamesWhatIsWrong) {
    EXPECT_EQ(complaint_about({.zone = "", .weekly = {}, .holidays = {}}), "zone: not a name like \"Europe/Berlin\"");
    EXPECT_EQ(complaint_about(weekly({{monday, {0, 60}}, {0, {0, 60}}})), "weekly[1]: weekday is 0, not 1 (Monday) to 7 (Sunday)");
    EXPECT_EQ(complaint_about(weekly({{8, {0, 60}}})), "weekly[0]: weekday is 8, not 1 (Monday) to 7 (Sunday)");
    EXPECT_EQ(complaint_about(weekly({{monday, {1440, 60}}})), "weekly[0]: from_minute is 1440, not 0 to 1439");
    EXPECT_EQ(complaint_about(weekly({{monday, {-1, 60}}})), "weekly[0]: from_minute is -1, not 0 to 1439");
    EXPECT_EQ(complaint_about(weekly({{monday, {0, 1441}}})), "weekly[0]: to_minute is 1441, not 0 to 1440");
    EXPECT_EQ(complaint_about(weekly({{monday, {60, 60}}})), "weekly[0]: from_minute and to_minute are both 60; a whole day is 0 to 1440");
    EXPECT_EQ(complaint_about(weekly(std::vector<WeeklyInterval>(9, {sunday, {0, 60}}))), "weekly[8]: more than 8 intervals on weekday 7");
}

TEST(HoursValidate, NamesTheHolidayThatIsWrong) {
    for (const char* date : {"", "2026-02-29", "2026-13-01", "2026-1-1", "2026/12/25", "-026-12-25", "2026-12-2x", "25.12.2026"})
        EXPECT_EQ(complaint_about(with_holiday(always, date)), "holidays[0]: date is no date like 2026-12-25") << date;
    EXPECT_EQ(complaint_about(with_holiday(with_holiday(always, "2026-12-25"), "2026-12-25")), "holidays[1]: 2026-12-25 is there twice");
    EXPECT_EQ(complaint_about(with_holiday(always, "2026-12-25", {{0, 60}, {60, 2000}})),
              "holidays[0].intervals[1]: to_minute is 2000, not 0 to 1440");
    EXPECT_EQ(complaint_about(with_holiday(always, "2026-12-25", std::vector<OpenInterval>(9, {0, 60}))),
              "holidays[0]: more than 8 intervals");

    Hours nameless = with_holiday(always, "2026-12-25");
    nameless.holidays[0].name.clear();
    EXPECT_EQ(complaint_about(nameless), "holidays[0]: name is not 1 to 128 characters of text");
    Hours many = always;
    many.holidays.resize(holidays_max + 1);
    EXPECT_EQ(complaint_about(many), "holidays: more than 400");
}

}  // namespace
}  // namespace calldocker::domain
