#pragma once
#include <chrono>
#include <vector>

#include "base/instant.hpp"

namespace calldocker::domain {

/// A clock's display in some place: a date and a time of day without a zone.
using LocalTime = std::chrono::local_time<Milliseconds>;
using LocalDate = std::chrono::local_days;

/// A time zone during some span of time, as a value, so that rules need no database of zones.
/// Outside the span the nearest offset goes on. Without any it is UTC.
struct ZoneOffsets {
    struct Change {
        Instant from{};
        std::chrono::seconds offset{};  ///< local time − UTC
        friend bool operator==(const Change&, const Change&) = default;
    };
    std::vector<Change> changes;  ///< in ascending order of `from`
    friend bool operator==(const ZoneOffsets&, const ZoneOffsets&) = default;
};

[[nodiscard]] LocalTime to_local(const ZoneOffsets& zone, Instant at);
[[nodiscard]] LocalDate local_date(const ZoneOffsets& zone, Instant at);

/// When clocks first show `time`; if they jump over it, the moment of the jump.
[[nodiscard]] Instant first_instant_at(const ZoneOffsets& zone, LocalTime time);
/// When clocks last show `time`; if they jump over it, the moment of the jump.
[[nodiscard]] Instant last_instant_at(const ZoneOffsets& zone, LocalTime time);

/// When the local day of `at` began. Never goes back as time goes on: a day that has begun stays begun, even if clocks are then put back
/// over its midnight.
[[nodiscard]] Instant start_of_day(const ZoneOffsets& zone, Instant at);

}  // namespace calldocker::domain
