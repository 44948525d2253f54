#include "domain/hours/hours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/text.hpp"
#include "domain/hours/limits.hpp"

namespace calldocker::domain {
namespace {

using std::chrono::days;

constexpr int day_minutes = 24 * 60;
constexpr OpenInterval whole_day{0, day_minutes};

struct Span {
    Instant from, to;
};

std::string text_of(LocalDate date) {
    const std::chrono::year_month_day civil{date};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()), static_cast<unsigned>(civil.month()),
                       static_cast<unsigned>(civil.day()));
}

bool is_date(std::string_view text) {
    int year{};
    unsigned month{}, day{};
    const auto number = [&](std::size_t at, std::size_t digits, auto& value) {
        const char* end = text.data() + at + digits;
        return std::from_chars(text.data() + at, end, value).ptr == end;
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) return false;
    return year > 0 && std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}.ok();
}

const Holiday* holiday_on(const Hours& hours, LocalDate date) {
    const auto found = std::ranges::find(hours.holidays, text_of(date), &Holiday::date);
    return found != hours.holidays.end() ? &*found : nullptr;
}

std::vector<OpenInterval> intervals_on(const Hours& hours, LocalDate date) {
    if (const Holiday* holiday = holiday_on(hours, date)) return holiday->intervals;
    if (hours.weekly.empty()) return {whole_day};
    const int weekday = static_cast<int>(std::chrono::weekday{date}.iso_encoding());
    std::vector<OpenInterval> intervals;
    for (const WeeklyInterval& weekly : hours.weekly)
        if (weekly.weekday == weekday) intervals.push_back(weekly.open);
    return intervals;
}

/// When it is open by the intervals that begin on `date`, in ascending order of `from`. They may overlap.
std::vector<Span> spans_of(const Hours& hours, const ZoneOffsets& zone, LocalDate date) {
    std::vector<Span> spans;
    for (const OpenInterval& interval : intervals_on(hours, date)) {
        const LocalTime from = date + std::chrono::minutes{interval.from_minute};
        LocalTime to = date + std::chrono::minutes{interval.to_minute};
        if (to <= from) to = holiday_on(hours, date + days{1}) ? LocalTime{date + days{1}} : to + days{1};
        const Span span{first_instant_at(zone, from), last_instant_at(zone, to)};
        if (span.from < span.to) spans.push_back(span);
    }
    std::ranges::sort(spans, {}, &Span::from);
    return spans;
}

Result<> validate_interval(const OpenInterval& interval, const std::string& where) {
    if (interval.from_minute < 0 || interval.from_minute >= day_minutes)
        return fail(ErrorCode::invalid, fmt::format("{}: from_minute is {}, not 0 to 1439", where, interval.from_minute));
    if (interval.to_minute < 0 || interval.to_minute > day_minutes)
        return fail(ErrorCode::invalid, fmt::format("{}: to_minute is {}, not 0 to 1440", where, interval.to_minute));
    if (interval.from_minute == interval.to_minute)
        return fail(ErrorCode::invalid,
                    fmt::format("{}: from_minute and to_minute are both {}; a whole day is 0 to 1440", where, interval.from_minute));
    return {};
}

Result<> validate_weekly(const std::vector<WeeklyInterval>& weekly) {
    std::map<int, std::size_t> per_day;
    for (std::size_t i = 0; i < weekly.size(); ++i) {
        const std::string where = fmt::format("weekly[{}]", i);
        const int weekday = weekly[i].weekday;
        if (weekday < 1 || weekday > 7)
            return fail(ErrorCode::invalid, fmt::format("{}: weekday is {}, not 1 (Monday) to 7 (Sunday)", where, weekday));
        if (++per_day[weekday] > intervals_per_day_max)
            return fail(ErrorCode::invalid, fmt::format("{}: more than {} intervals on weekday {}", where, intervals_per_day_max, weekday));
        if (auto valid = validate_interval(weekly[i].open, where); !valid) return valid;
    }
    return {};
}

Result<> validate_holidays(const std::vector<Holiday>& holidays) {
    if (holidays.size() > holidays_max) return fail(ErrorCode::invalid, fmt::format("holidays: more than {}", holidays_max));
    std::set<std::string_view> dates;
    for (std::size_t i = 0; i < holidays.size(); ++i) {
        const Holiday& holiday = holidays[i];
        const std::string where = fmt::format("holidays[{}]", i);
        if (!is_date(holiday.date)) return fail(ErrorCode::invalid, where + ": date is no date like 2026-12-25");
        if (!dates.insert(holiday.date).second) return fail(ErrorCode::invalid, fmt::format("{}: {} is there twice", where, holiday.date));
        if (!is_line(holiday.name))
            return fail(ErrorCode::invalid, fmt::format("{}: name is not 1 to {} characters of text", where, line_characters_max));
        if (holiday.intervals.size() > intervals_per_day_max)
            return fail(ErrorCode::invalid, fmt::format("{}: more than {} intervals", where, intervals_per_day_max));
        for (std::size_t j = 0; j < holiday.intervals.size(); ++j)
            if (auto valid = validate_interval(holiday.intervals[j], fmt::format("{}.intervals[{}]", where, j)); !valid) return valid;
    }
    return {};
}

}  // namespace

Result<> validate(const Hours& hours) {
    if (!is_name(hours.zone)) return fail(ErrorCode::invalid, "zone: not a name like \"Europe/Berlin\"");
    if (auto valid = validate_weekly(hours.weekly); !valid) return valid;
    return validate_holidays(hours.holidays);
}

bool is_open(const Hours& hours, const ZoneOffsets& zone, Instant now) {
    const LocalDate today = local_date(zone, now);
    // Tomorrow's too: where clocks are put back over midnight, it has begun once already.
    for (const LocalDate date : {today - days{1}, today, today + days{1}})
        for (const Span& span : spans_of(hours, zone, date))
            if (span.from <= now && now < span.to) return true;
    return false;
}

std::optional<Instant> next_change(const Hours& hours, const ZoneOffsets& zone, Instant now) {
    const Instant latest = now + hours_look_ahead;
    const auto in_sight = [latest](Instant change) { return change <= latest ? std::optional(change) : std::nullopt; };
    const LocalDate today = local_date(zone, now);
    const LocalDate last = local_date(zone, latest) + days{1};
    std::optional<Instant> closes;  // the end, as far as it is known, of the open time that `now` is in
    for (LocalDate date = today - days{1}; date <= last; date += days{1}) {
        for (const Span& span : spans_of(hours, zone, date)) {
            if (span.to <= now) continue;
            if (!closes && span.from > now) return in_sight(span.from);
            if (closes && span.from > *closes) return in_sight(*closes);
            closes = std::max(closes.value_or(span.to), span.to);
        }
    }
    return closes ? in_sight(*closes) : std::nullopt;
}

}  // namespace calldocker::domain
