#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/hours/zone_offsets.hpp"

namespace calldocker::domain {

/// [from, to) in minutes of the local day: from 0 to 1439, to 0 to 1440. Where `to` is not after `from` it is one of the next
/// day: 1320–360 is 22:00–06:00.
struct OpenInterval {
    int from_minute{}, to_minute{};
    friend bool operator==(const OpenInterval&, const OpenInterval&) = default;
};
struct WeeklyInterval {
    int weekday{};  ///< ISO 8601: 1 is Monday, 7 is Sunday
    OpenInterval open;
    friend bool operator==(const WeeklyInterval&, const WeeklyInterval&) = default;
};
/// Takes the place of the weekly intervals on one local date, and ends at its start what the day before left open.
struct Holiday {
    std::string date;  ///< "2026-12-25"
    std::string name;
    std::vector<OpenInterval> intervals;  ///< empty: closed
    friend bool operator==(const Holiday&, const Holiday&) = default;
};

/// When a queue is open: in the union of its intervals, in the local time of `zone`.
/// Where clocks change it is never open shorter than what is written says: an interval begins when clocks first show its
/// start, ends when they last show its end, and a time that is left out means the moment at which it is jumped over.
struct Hours {
    std::string zone;                    ///< a name of the IANA database: "Europe/Berlin"
    std::vector<WeeklyInterval> weekly;  ///< empty: open at any time but for holidays
    std::vector<Holiday> holidays;
    friend bool operator==(const Hours&, const Hours&) = default;
};

/// Whether the zone exists is not known here (ports/time_zones.hpp). @errors invalid, saying which value and what it may be
[[nodiscard]] Result<> validate(const Hours& hours);

/// @param zone  offsets from hours_zone_margin before `now` to as much after it
[[nodiscard]] bool is_open(const Hours& hours, const ZoneOffsets& zone, Instant now);

/// When it closes, if it is open at `now`, or else opens; nothing if that is not within hours_look_ahead.
/// @param zone  offsets from hours_zone_margin before `now` to as much after the end of hours_look_ahead
[[nodiscard]] std::optional<Instant> next_change(const Hours& hours, const ZoneOffsets& zone, Instant now);

}  // namespace calldocker::domain
