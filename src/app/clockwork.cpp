#include "app/clockwork.hpp"

#include <algorithm>
#include <set>

#include "domain/hours/limits.hpp"

namespace calldocker::app {

using namespace domain;

namespace {

/// Zone rules change by decree a few times a year; after this time the clockwork asks for a zone's offsets again.
constexpr std::chrono::days zone_kept{1};

bool has_hours(const Queue& queue) { return !queue.hours.weekly.empty() || !queue.hours.holidays.empty(); }

}  // namespace

const ZoneOffsets& Clockwork::offsets(const std::string& zone, Instant now) {
    Known& known = known_[zone];
    if (now < known.good_until) return known.offsets;
    known.good_until = now + zone_kept;
    if (zones_ == nullptr) return known.offsets;
    auto found = zones_->offsets(zone, now - hours_zone_margin, now + zone_kept + hours_look_ahead + hours_zone_margin);
    if (found) known.offsets = std::move(*found);
    return known.offsets;
}

Facts Clockwork::due(const State& state, Instant now) {
    Facts facts;
    find_day(state.configuration().company.zone, now);
    next_ = day_ends_;
    for (const auto& [id, queue] : state.configuration().queues) {
        const bool open = !has_hours(queue) || is_open(queue.hours, offsets(queue.hours.zone, now), now);
        if (has_hours(queue)) {
            const auto change = next_change(queue.hours, offsets(queue.hours.zone, now), now);
            const Instant again = change.value_or(now + hours_look_ahead / 2);
            next_ = std::min(*next_, again);
        }
        if (open == state.is_open(id)) continue;
        if (open) {
            facts.emplace_back(ConfigurationFact{fact::QueueOpened{id}});
        } else {
            facts.emplace_back(ConfigurationFact{fact::QueueClosed{id}});
        }
    }
    return facts;
}

std::optional<Instant> Clockwork::opens_at(const Queue& queue, Instant now) {
    if (!has_hours(queue)) return std::nullopt;
    const ZoneOffsets& zone = offsets(queue.hours.zone, now);
    if (is_open(queue.hours, zone, now)) return std::nullopt;
    return next_change(queue.hours, zone, now);
}

Result<> Clockwork::knows_zones_of(const Configuration& configuration, Instant now) const {
    if (zones_ == nullptr) return {};
    std::set<std::string> named{configuration.company.zone};
    for (const auto& [id, queue] : configuration.queues)
        if (has_hours(queue)) named.insert(queue.hours.zone);
    for (const std::string& zone : named)
        if (auto found = zones_->offsets(zone, now, now); !found) return fail(ErrorCode::invalid, found.error().detail);
    return {};
}

bool Clockwork::is_new_day(const State& state, Instant now) {
    find_day(state.configuration().company.zone, now);
    return day_began_ > state.records().day_began_at();
}

void Clockwork::find_day(const std::string& zone, Instant now) {
    if (zone == day_zone_ && now < day_ends_) return;
    day_zone_ = zone;
    const ZoneOffsets& local = offsets(zone, now);
    day_began_ = start_of_day(local, now);
    // Days have 23 to 25 hours.
    day_ends_ = std::max(now + 1min, start_of_day(local, day_began_ + 30h));
}

}  // namespace calldocker::app
