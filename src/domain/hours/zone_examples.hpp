#pragma once
#include <cstdio>
#include <stdexcept>
#include <string>

#include "domain/hours/zone_offsets.hpp"

/// Places whose clocks do what clocks do, and times written as people write them.
namespace calldocker::domain::examples {

/// "2026-03-29 01:00", in UTC.
inline Instant utc(const char* text) {
    int year{}, hour{}, minute{};
    unsigned month{}, day{};
    if (std::sscanf(text, "%d-%u-%u %d:%d", &year, &month, &day, &hour, &minute) != 5) throw std::invalid_argument(text);
    const std::chrono::sys_days date{
        std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}};
    return date + std::chrono::hours{hour} + std::chrono::minutes{minute};
}

inline LocalTime local(const char* text) { return LocalTime{utc(text).time_since_epoch()}; }

inline std::string text_of(Instant at) { return to_iso8601(at).substr(0, 16); }

inline const ZoneOffsets berlin{{{utc("2025-10-26 01:00"), 1h}, {utc("2026-03-29 01:00"), 2h}, {utc("2026-10-25 01:00"), 1h}}};
inline const ZoneOffsets new_york{{{utc("2025-11-02 06:00"), -5h}, {utc("2026-03-08 07:00"), -4h}, {utc("2026-11-01 06:00"), -5h}}};
inline const ZoneOffsets kolkata{{{utc("1945-10-14 17:30"), 5h + 30min}}};
/// Left out 2011-12-30 to get to the other side of the date line.
inline const ZoneOffsets apia{{{utc("2011-09-24 14:00"), -10h}, {utc("2011-12-30 10:00"), 14h}, {utc("2012-03-31 14:00"), 13h}}};
/// Half an hour of summer time.
inline const ZoneOffsets lord_howe{{{utc("2025-10-04 15:30"), 11h}, {utc("2026-04-04 15:00"), 10h + 30min}}};
/// Clocks go from 01:00 back to midnight.
inline const ZoneOffsets azores{{{utc("2026-03-29 01:00"), 0h}, {utc("2026-10-25 01:00"), -1h}}};
/// Went from 00:01 back to 23:01 of the day before.
inline const ZoneOffsets st_johns{{{utc("2010-03-14 03:31"), -2h - 30min}, {utc("2010-11-07 02:31"), -3h - 30min}}};

}  // namespace calldocker::domain::examples
