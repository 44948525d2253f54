#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/hours/zone_offsets.hpp"

namespace calldocker::domain {

/// [from, to) in minutes of the local day: from 0 to 1439, to 0 to 1440. A `to` that is not after `from` is on the next day: 1320–360 is
/// 22:00–06:00.
struct OpenInterval {
    int from_minute{}, to_minute{};
    friend bool operator==(const OpenInterval&, const OpenInterval&) = default;
};
struct WeeklyInterval {
    int weekday{};  ///< ISO 8601: 1 is Monday, 7 is Sunday
    OpenInterval open;
    friend bool operator==(const WeeklyInterval&, const WeeklyInterval&) = default;
};
/// Replaces the weekly intervals on one local date, and ends at its start everything that the day before left open.
struct Holiday {
    std::string date;  ///< "2026-12-25"
    std::string name;
    std::vector<OpenInterval> intervals;  ///< empty: closed
    friend bool operator==(const Holiday&, const Holiday&) = default;
};

/// When a queue is open: in the union of its intervals, in the local time of `zone`.
/// Where clocks change, it is never open shorter than its hours say: an interval begins when clocks first show its start and ends when they
/// last show its end. If the clocks jump over a time, the moment of the jump counts.
struct Hours {
    std::string zone;                    ///< a name of the IANA database: "Europe/Berlin"
    std::vector<WeeklyInterval> weekly;  ///< empty: open at any time except holidays
    std::vector<Holiday> holidays;
    friend bool operator==(const Hours&, const Hours&) = default;
};

/// This does not check whether the zone exists (ports/time_zones.hpp). @errors invalid, naming the value and its bounds
[[nodiscard]] Result<> validate(const Hours& hours);

/// @param zone  offsets from hours_zone_margin before `now` to as long after it
[[nodiscard]] bool is_open(const Hours& hours, const ZoneOffsets& zone, Instant now);

/// When it closes, if it is open at `now`, or else opens; nothing if that is not within hours_look_ahead.
/// @param zone  offsets from hours_zone_margin before `now` to as long after the end of hours_look_ahead
[[nodiscard]] std::optional<Instant> next_change(const Hours& hours, const ZoneOffsets& zone, Instant now);

}  // namespace calldocker::domain
