#include "domain/estimates/recent_work.hpp"

#include <algorithm>

#include "domain/estimates/limits.hpp"

namespace calldocker::domain {
namespace {

using std::chrono::minutes;

std::int64_t minute_of(Instant at) { return std::chrono::floor<minutes>(at).time_since_epoch().count(); }

bool is_recent(std::int64_t minute, std::int64_t newest) { return minute > newest - recent_work_span.count(); }

void add(RecentWork& work, const MinuteOfWork& added) {
    const auto newest = work.minutes.empty() ? added.minute : std::max(added.minute, work.minutes.back().minute);
    if (!is_recent(added.minute, newest)) return;
    std::erase_if(work.minutes, [newest](const MinuteOfWork& kept) { return !is_recent(kept.minute, newest); });
    auto place = std::ranges::lower_bound(work.minutes, added.minute, {}, &MinuteOfWork::minute);
    if (place == work.minutes.end() || place->minute != added.minute) place = work.minutes.insert(place, {.minute = added.minute});
    place->handled += added.handled;
    place->handle_ms += added.handle_ms;
    place->abandoned += added.abandoned;
    place->waited_ms += added.waited_ms;
}

std::int64_t counted(Milliseconds time) { return std::max<std::int64_t>(time.count(), 0); }

RealSeconds mean(std::int64_t total_ms, std::int64_t count, Milliseconds least) {
    return std::max<RealSeconds>(least, RealSeconds{static_cast<double>(total_ms) / 1000 / static_cast<double>(count)});
}

}  // namespace

void answered(RecentWork& work, Instant at, Milliseconds waited) { add(work, {.minute = minute_of(at), .waited_ms = counted(waited)}); }

void abandoned(RecentWork& work, Instant at, Milliseconds waited) {
    add(work, {.minute = minute_of(at), .abandoned = 1, .waited_ms = counted(waited)});
}

void handled(RecentWork& work, Instant at, Milliseconds handle) {
    add(work, {.minute = minute_of(at), .handled = 1, .handle_ms = counted(handle)});
}

Milliseconds handle_time(const RecentWork& work, Instant now) {
    Milliseconds sum{};
    for (const MinuteOfWork& each : work.minutes)
        if (is_recent(each.minute, minute_of(now))) sum += Milliseconds{each.handle_ms};
    return sum;
}

std::optional<QueuePace> pace_of(const RecentWork& work, Instant now, double agents) {
    MinuteOfWork sum;
    for (const MinuteOfWork& each : work.minutes) {
        if (!is_recent(each.minute, minute_of(now))) continue;
        sum.handled += each.handled;
        sum.handle_ms += each.handle_ms;
        sum.abandoned += each.abandoned;
        sum.waited_ms += each.waited_ms;
    }
    if (!(agents >= effective_agents_min) || sum.handled < handled_calls_min) return std::nullopt;
    QueuePace pace{.agents = agents, .handle = mean(sum.handle_ms, sum.handled, handle_mean_min), .patience = {}};
    if (sum.abandoned > 0) pace.patience = mean(sum.waited_ms, sum.abandoned, patience_mean_min);
    return pace;
}

}  // namespace calldocker::domain
