#include "domain/hours/zone_offsets.hpp"

#include <algorithm>
#include <span>

namespace calldocker::domain {
namespace {

/// Never empty.
std::span<const ZoneOffsets::Change> changes_of(const ZoneOffsets& zone) {
    static constexpr ZoneOffsets::Change utc{};
    return zone.changes.empty() ? std::span(&utc, 1) : std::span(zone.changes);
}

Instant with_offset(LocalTime time, const ZoneOffsets::Change& change) { return Instant{time.time_since_epoch() - change.offset}; }

}  // namespace

LocalTime to_local(const ZoneOffsets& zone, Instant at) {
    const auto changes = changes_of(zone);
    const auto later = std::ranges::upper_bound(changes.subspan(1), at, {}, &ZoneOffsets::Change::from);
    return LocalTime{at.time_since_epoch() + std::prev(later)->offset};
}

LocalDate local_date(const ZoneOffsets& zone, Instant at) { return std::chrono::floor<std::chrono::days>(to_local(zone, at)); }

Instant first_instant_at(const ZoneOffsets& zone, LocalTime time) {
    const auto changes = changes_of(zone);
    Instant reached = with_offset(time, changes.front());
    for (std::size_t i = 1; i < changes.size() && reached >= changes[i].from; ++i)
        reached = std::max(with_offset(time, changes[i]), changes[i].from);
    return reached;
}

Instant last_instant_at(const ZoneOffsets& zone, LocalTime time) {
    const auto changes = changes_of(zone);
    Instant left = with_offset(time, changes.back());
    for (std::size_t i = changes.size() - 1; i > 0 && left < changes[i].from; --i)
        left = std::min(with_offset(time, changes[i - 1]), changes[i].from);
    return left;
}

Instant start_of_day(const ZoneOffsets& zone, Instant at) {
    const LocalDate today = local_date(zone, at);
    const Instant tomorrow = first_instant_at(zone, today + std::chrono::days{1});
    return tomorrow <= at ? tomorrow : first_instant_at(zone, today);
}

}  // namespace calldocker::domain
