#include "app/places.hpp"

#include "app/staffing.hpp"
#include "app/views.hpp"
#include "domain/company/entering.hpp"
#include "domain/routing/eligibility.hpp"

namespace calldocker::app {

using namespace domain;

namespace {

/// Places so far back get no estimate: too much will have changed until then.
constexpr int estimated_places_max = 500;
/// From here on estimates are made for every tenth place; minutes do not tell neighbours apart any more.
constexpr int single_places_max = 50;

/// The estimates of one queue at one moment.
class Estimates {
public:
    Estimates(const State& state, Staffing& staffing, const Queue& queue, const RecentTimes& work, Instant now)
        : pace_(pace_of(state.records().of(queue.id).work, now, staffing.effective_agents(queue, work))) {}

    [[nodiscard]] std::optional<WaitEstimate> after(int ahead) {
        if (!pace_ || ahead >= estimated_places_max) return std::nullopt;
        const int about = ahead < single_places_max ? ahead : (ahead + 9) / 10 * 10;
        const auto known = made_.find(about);
        if (known != made_.end()) return known->second;
        return made_.emplace(about, estimate(*pace_, about)).first->second;
    }

private:
    std::optional<QueuePace> pace_;
    std::map<int, WaitEstimate> made_;
};

Milliseconds in_ms(RealSeconds time) { return std::chrono::duration_cast<Milliseconds>(time); }

}  // namespace

QueueStatus queue_status_of(const State& state, const Presence& presence, const Queue& queue, std::optional<Instant> opens_at,
                            Instant now) {
    QueueStatus status;
    status.queue = queue_ref(queue);
    status.open = state.is_open(queue.id);
    status.opens_at = opens_at;
    Staffing staffing(state, presence);
    status.staffed = staffing.of(queue).staffed > 0;
    const auto refused = queue_for(state, queue);
    status.full = std::holds_alternative<EndReason>(refused) && std::get<EndReason>(refused) == EndReason::rejected_full;
    status.callback = queue.callback;
    status.voicemail = queue.voicemail;
    Estimates estimates(state, staffing, queue, recent_times(state, now), now);
    if (const auto wait = estimates.after(static_cast<int>(state.line(queue.id).size()))) {
        const WaitMinutes minutes = in_minutes(*wait);
        status.minutes_min = minutes.min;
        status.minutes_max = minutes.max;
    }
    return status;
}

std::vector<Places::Told> Places::take(const State& state, const Presence& presence, Instant now) {
    due_.reset();
    told_at_ = now;
    std::vector<Told> news;
    ++round_;
    const RecentTimes work = recent_times(state, now);
    Staffing staffing(state, presence);
    for (const auto& [id, line] : state.lines()) {
        const Queue& queue = state.configuration().queue_or_default(id);
        const int staffed = staffing.of(queue).staffed;
        Estimates estimates(state, staffing, queue, work, now);
        int place = 0;
        for (const Turn& turn : line) {
            const Contact& contact = *turn.contact;
            ++place;
            if (contact.is_voicemail() || contact.visitor_side.is_original()) continue;
            const auto [place_told, is_first] = told_.try_emplace(contact.call);
            Known& known = place_told->second;
            // A contact that has been moved to another queue, or comes back to one, gets a new estimate.
            const bool is_new = is_first || known.entered_at != contact.entered_at;
            if (is_new) known = {};
            const bool changed = is_new || staffed != known.staffed || place > known.place.place;
            const auto estimated = estimates.after(place - 1);
            const ShownWait wait = shown(known.wait, estimated ? std::optional{in_minutes(*estimated)} : std::nullopt, changed);
            Known now_known{{place, {}, {}, contact.place_kept_at.has_value()}, wait, staffed, contact.entered_at, round_};
            if (wait.minutes) {
                now_known.place.minutes_min = wait.minutes->min;
                now_known.place.minutes_max = wait.minutes->max;
            }
            const bool first_estimate = estimated && !contact.estimate;
            if (is_new || first_estimate || now_known.place != known.place) {
                std::optional<ToldWait> first;
                if (first_estimate) first = ToldWait{in_ms(estimated->p50), in_ms(estimated->p80)};
                news.push_back({contact.call, contact.visitor, now_known.place, first});
            }
            known = std::move(now_known);
        }
    }
    std::erase_if(told_, [&](const auto& told) { return told.second.round != round_; });
    return news;
}

const PlaceView* Places::of(const ContactId& call) const {
    const auto found = told_.find(call);
    return found == told_.end() ? nullptr : &found->second.place;
}

}  // namespace calldocker::app
