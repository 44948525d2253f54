#include "adapters/system/time_zones.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "base/text.hpp"

namespace calldocker::adapters {
namespace {

constexpr std::size_t shown_name_bytes_max = 64;

domain::ZoneOffsets offsets_of(const date::time_zone& zone, Instant from, Instant to) {
    date::sys_info info = zone.get_info(from);
    domain::ZoneOffsets offsets{{{from, info.offset}}};
    while (info.end <= to) {
        info = zone.get_info(info.end);
        if (info.offset != offsets.changes.back().offset) offsets.changes.push_back({info.begin, info.offset});
    }
    return offsets;
}

tl::unexpected<Error> without_data(std::string_view why) {
    return fail(ErrorCode::unavailable, fmt::format("no time zone data ({}): install the package tzdata", why));
}

}  // namespace

SystemTimeZones::SystemTimeZones() {
    try {
        date::get_tzdb();
    } catch (const std::exception&) {
        // The call that asks for a zone reports it.
    }
}

Result<domain::ZoneOffsets> SystemTimeZones::offsets(std::string_view zone, Instant from, Instant to) {
    try {
        const auto& zones = date::get_tzdb().zones;
        const auto found = std::ranges::find(zones, zone, &date::time_zone::name);
        if (found != zones.end()) return offsets_of(*found, from, to);
        if (zones.empty()) return without_data("the list is empty");
    } catch (const std::exception& error) {
        return without_data(error.what());
    }
    return fail(ErrorCode::not_found,
                fmt::format("no time zone is named \"{}\": use a name of the IANA database, such as \"Europe/Berlin\"",
                            shortened(zone, shown_name_bytes_max)));
}

}  // namespace calldocker::adapters
