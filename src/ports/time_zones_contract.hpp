#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/hours/zone_examples.hpp"
#include "ports/time_zones.hpp"

namespace calldocker::ports {

/// What every TimeZones must do. `Zones` is the implementation, made without arguments.
template <class Zones>
class TimeZonesContract : public testing::Test {
protected:
    std::vector<domain::ZoneOffsets::Change> changes(std::string_view zone, const char* from, const char* to) {
        return zones.offsets(zone, domain::examples::utc(from), domain::examples::utc(to)).value().changes;
    }
    static domain::ZoneOffsets::Change change(const char* from, std::chrono::seconds offset) {
        return {domain::examples::utc(from), offset};
    }

    Zones zones;
};

TYPED_TEST_SUITE_P(TimeZonesContract);

TYPED_TEST_P(TimeZonesContract, OffsetsBeginWithTheOneInForceAndFollowEachChangeOfClocks) {
    EXPECT_THAT(this->changes("Europe/Berlin", "2026-01-01 00:00", "2027-01-01 00:00"),
                testing::ElementsAre(this->change("2026-01-01 00:00", 1h), this->change("2026-03-29 01:00", 2h),
                                     this->change("2026-10-25 01:00", 1h)));
    EXPECT_THAT(this->changes("America/New_York", "2026-03-08 07:00", "2026-11-01 05:59"),
                testing::ElementsAre(this->change("2026-03-08 07:00", -4h)));
    EXPECT_THAT(this->changes("Pacific/Apia", "2011-12-01 00:00", "2011-12-30 10:00"),
                testing::ElementsAre(this->change("2011-12-01 00:00", -10h), this->change("2011-12-30 10:00", 14h)));
}

TYPED_TEST_P(TimeZonesContract, WhereClocksNeverChangeThereIsOneOffset) {
    EXPECT_THAT(this->changes("Asia/Kolkata", "2026-01-01 00:00", "2028-01-01 00:00"),
                testing::ElementsAre(this->change("2026-01-01 00:00", 5h + 30min)));
    EXPECT_THAT(this->changes("UTC", "2026-01-01 00:00", "2028-01-01 00:00"), testing::ElementsAre(this->change("2026-01-01 00:00", 0h)));
}

TYPED_TEST_P(TimeZonesContract, ChangesOfTheNextTenYearsAreKnown) {
    EXPECT_THAT(this->changes("Europe/Berlin", "2036-01-01 00:00", "2037-01-01 00:00"),
                testing::ElementsAre(this->change("2036-01-01 00:00", 1h), this->change("2036-03-30 01:00", 2h),
                                     this->change("2036-10-26 01:00", 1h)));
}

TYPED_TEST_P(TimeZonesContract, AChangeOfNameAloneIsNone) {
    // British Standard Time of October 1968 was the summer time that it followed, by another name.
    EXPECT_THAT(this->changes("Europe/London", "1968-06-01 00:00", "1971-01-01 00:00"),
                testing::ElementsAre(this->change("1968-06-01 00:00", 1h)));
}

TYPED_TEST_P(TimeZonesContract, ANameThatIsNoZoneIsNotFoundAndTheErrorSaysWhatHelps) {
    for (const char* name : {"", "Berlin", "europe/berlin", "Europe", "Europe/Berlin ", "../../etc/passwd"}) {
        const auto offsets = this->zones.offsets(name, from_unix_ms(0), from_unix_ms(1));

        ASSERT_FALSE(offsets) << name;
        EXPECT_EQ(offsets.error().code, ErrorCode::not_found) << name;
        EXPECT_THAT(offsets.error().detail, testing::HasSubstr("such as \"Europe/Berlin\"")) << name;
    }
}

REGISTER_TYPED_TEST_SUITE_P(TimeZonesContract, OffsetsBeginWithTheOneInForceAndFollowEachChangeOfClocks,
                            WhereClocksNeverChangeThereIsOneOffset, ChangesOfTheNextTenYearsAreKnown, AChangeOfNameAloneIsNone,
                            ANameThatIsNoZoneIsNotFoundAndTheErrorSaysWhatHelps);

}  // namespace calldocker::ports
