#include "base/instant.hpp"

#include <fmt/format.h>

#include <charconv>

namespace calldocker {

std::string to_iso8601(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{at - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), time.hours().count(), time.minutes().count(), time.seconds().count(),
                       time.subseconds().count());
}

std::optional<Instant> from_iso8601(std::string_view text) {
    constexpr std::string_view shape = "0000-00-00T00:00:00.000Z";
    if (text.size() != shape.size()) return std::nullopt;
    const auto number = [&](std::size_t from, std::size_t digits) {
        int value = 0;
        std::from_chars(text.data() + from, text.data() + from + digits, value);
        return value;
    };
    const std::chrono::year_month_day date{std::chrono::year(number(0, 4)), std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                           std::chrono::day(static_cast<unsigned>(number(8, 2)))};
    if (!date.ok()) return std::nullopt;
    const Instant at = std::chrono::sys_days(date) + std::chrono::hours(number(11, 2)) + std::chrono::minutes(number(14, 2)) +
                       std::chrono::seconds(number(17, 2)) + Milliseconds(number(20, 3));
    // Whatever is not as it would be written, a 25th hour or a letter between the digits, shows in the writing.
    if (to_iso8601(at) != text) return std::nullopt;
    return at;
}

}  // namespace calldocker
