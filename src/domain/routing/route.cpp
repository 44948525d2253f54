#include "domain/routing/route.hpp"

#include <algorithm>
#include <limits>
#include <queue>

#include "domain/company/follow_up.hpp"
#include "domain/contacts/limits.hpp"
#include "domain/routing/eligibility.hpp"

namespace calldocker::domain {
namespace {

/// Free agents who were passed over, and agents who had no page that could ring, as the record of a decision names them. Why all
/// others were no candidates, and how the candidates ranked, follows from the log.
constexpr std::size_t excluded_recorded_max = 32;

/// An agent without work, for the time of one pass.
struct Free {
    UserId user;
    const Agent* agent;
    bool is_original{};
    bool is_taken{};
};

/// One queue in a pass: its contacts from the first on, and how the free agents fit it. Contacts that were handed to an agent have
/// a lane of their own: they go there whatever queues the agent serves.
struct Lane {
    const Queue* queue;
    const State::Line* line;
    bool is_of_chosen{};
    State::Line::const_iterator next;
    std::vector<Fit> fits;   // of each free agent, in the same order
    Milliseconds soonest{};  // nobody who is free may have a contact of it that has waited less
};
struct Later {
    bool operator()(const Lane* a, const Lane* b) const { return *b->next < *a->next; }
};

struct Candidate {
    std::size_t index;
    int tier;
    std::int64_t rank;  // by the queue's metric; lower is better
    std::int64_t tie;   // by longest idle, where the metric leaves equals
};

class Pass {
public:
    Pass(const State& state, const Presence& presence, Instant now) : state_(state), now_(now) {
        for (const UserId& user : state.available()) {
            const bool is_original = is_original_and_free(state, presence, user);
            if (is_original || is_routable(state, presence, user)) {
                free_.push_back({user, &state.agent(user), is_original, false});
            } else {
                unreachable_.push_back({user, why_unreachable(presence, user), {}});
            }
        }
        left_ = free_.size();
    }

    Routing run() {
        std::vector<Lane> lanes;
        lanes.reserve(state_.lines().size() + state_.handed_over().size());
        const auto add = [&](const QueueId& id, const State::Line& line, bool is_of_chosen) {
            Lane lane{&state_.configuration().queue_or_default(id), &line, is_of_chosen, line.begin(), {}, {}};
            if (fits(lane) || is_of_chosen) lanes.push_back(std::move(lane));
        };
        for (const auto& [id, line] : state_.lines()) add(id, line, false);
        for (const auto& [id, line] : state_.handed_over()) add(id, line, true);
        std::priority_queue<Lane*, std::vector<Lane*>, Later> order;
        for (Lane& lane : lanes)
            if (skip_to_next(lane)) order.push(&lane);
        while (!order.empty() && left_ > 0) {
            Lane* lane = order.top();
            order.pop();
            look_at(*lane, *lane->next->contact);
            ++lane->next;
            if (skip_to_next(*lane)) order.push(lane);
        }
        return std::move(routing_);
    }

    std::optional<UserId> best_for(const Queue& queue, const Contact& contact) {
        Lane lane{&queue, nullptr, false, {}, {}, {}};
        if (!fits(lane)) return std::nullopt;
        std::vector<Candidate> candidates = candidates_for(lane, contact);
        if (candidates.empty()) return std::nullopt;
        return free_[std::min_element(candidates.begin(), candidates.end(), precedes)->index].user;
    }

private:
    /// @return whether any free agent can have contacts of it, now or once they have waited longer
    bool fits(Lane& lane) const {
        std::optional<Milliseconds> soonest;
        lane.fits.reserve(free_.size());
        for (const Free& one : free_) {
            const Fit& fit = lane.fits.emplace_back(fit_of(state_.configuration(), *lane.queue, one.user));
            if (fit.is_able && (!soonest || fit.soonest < *soonest)) soonest = fit.soonest;
        }
        lane.soonest = soonest.value_or(Milliseconds{0});
        return soonest.has_value();
    }
    /// Passes over those who have not waited long enough for anybody. Within a class they come in the order of their age with head
    /// starts, which is never less than their age: behind the first who is too young with them, all are.
    /// @return whether there is anybody left to be looked at
    bool skip_to_next(Lane& lane) {
        if (lane.is_of_chosen) return lane.next != lane.line->end();
        const std::int64_t latest = to_unix_ms(now_ - lane.soonest);
        while (lane.next != lane.line->end()) {
            const Turn& turn = *lane.next;
            if (turn.as_if_enqueued_ms > latest) {
                again_at(from_unix_ms(turn.as_if_enqueued_ms) + lane.soonest);
                lane.next = lane.line->lower_bound({turn.emergency_class - 1, std::numeric_limits<std::int64_t>::min(), {}, nullptr});
            } else if (turn.contact->chosen.empty()) {
                return true;
            } else {
                ++lane.next;
            }
        }
        return false;
    }

    void again_at(std::optional<Instant> when) {
        if (when && *when > now_ && (!routing_.look_again || *when < *routing_.look_again)) routing_.look_again = when;
    }

    void look_at(Lane& lane, const Contact& contact) {
        excluded_.clear();
        const bool rings_all = lane.queue->metric == Metric::ring_all;
        if (!contact.offered.empty() && (!rings_all || !contact.chosen.empty())) return;
        if (contact.awaits_callback()) {
            if (contact.callback && contact.callback->due_at > now_) return again_at(contact.callback->due_at);
        } else if (contact.visitor_is_away()) {
            return;
        }
        if (!contact.chosen.empty()) {
            if (const auto index = free_index(contact.chosen)) return offer(contact, *lane.queue, {*index}, DecidedBy::chosen, 1);
        }
        std::vector<Candidate> candidates = candidates_for(lane, contact);
        const UserId& preferred = contact.entry.preferred;
        if (!preferred.empty()) {
            const auto wanted = std::find_if(candidates.begin(), candidates.end(),
                                             [&](const Candidate& one) { return free_[one.index].user == preferred; });
            if (wanted != candidates.end())
                return offer(contact, *lane.queue, {wanted->index}, DecidedBy::sticky, static_cast<int>(candidates.size()));
            if (const auto until = held_until(*lane.queue, contact); until && *until > now_) return again_at(until);
        }
        if (candidates.empty()) return;
        const int count = static_cast<int>(candidates.size());
        if (rings_all) {
            std::vector<std::size_t> everybody;
            for (const Candidate& one : candidates) everybody.push_back(one.index);
            return offer(contact, *lane.queue, everybody, DecidedBy::ring_all, count);
        }
        std::partial_sort(candidates.begin(), candidates.begin() + std::min<std::ptrdiff_t>(2, std::ssize(candidates)), candidates.end(),
                          precedes);
        offer(contact, *lane.queue, {candidates.front().index}, settled_by(*lane.queue, candidates), count);
    }

    [[nodiscard]] std::optional<std::size_t> free_index(const UserId& user) const {
        for (std::size_t i = 0; i < free_.size(); ++i)
            if (!free_[i].is_taken && !free_[i].is_original && free_[i].user == user) return i;
        return std::nullopt;
    }

    /// The free agents who are eligible; who has just refused it only where nobody else is there.
    std::vector<Candidate> candidates_for(const Lane& lane, const Contact& contact) {
        std::vector<Candidate> candidates, refused;
        for (std::size_t i = 0; i < free_.size(); ++i) {
            if (free_[i].is_taken || contact.is_offered_to(free_[i].user)) continue;
            if (free_[i].is_original && lane.queue->metric == Metric::ring_all) continue;  // the offer itself rings it
            const Eligibility eligibility = eligibility_of(state_.configuration(), *lane.queue, lane.fits[i], contact, free_[i].user, now_);
            if (eligibility.excluded) {
                again_at(eligibility.changes);
                exclude(free_[i].user, *eligibility.excluded, eligibility.detail);
                continue;
            }
            (contact.declined.contains(free_[i].user) ? refused : candidates).push_back(candidate(lane, i));
        }
        const bool nobody_else = candidates.empty() && contact.offered.empty();
        for (const Candidate& one : refused) {
            const UserId& user = free_[one.index].user;
            const Instant ends = contact.declined.at(user) + (nobody_else ? decline_pause : decline_exclusion);
            if (ends <= now_) {
                candidates.push_back(one);
            } else {
                again_at(ends);
                exclude(user, ExclusionReason::cooling_off, {});
            }
        }
        return candidates;
    }

    [[nodiscard]] Candidate candidate(const Lane& lane, std::size_t index) const {
        const Agent& agent = *free_[index].agent;
        const Fit& fit = lane.fits[index];
        const std::int64_t idle_since = to_unix_ms(agent.idle_since);
        switch (lane.queue->metric) {
            case Metric::ring_all:
            case Metric::longest_idle: return {index, fit.tier, idle_since, 0};
            case Metric::least_occupied: return {index, fit.tier, agent.occupied(now_).count(), idle_since};
            case Metric::best_skill: return {index, fit.tier, -fit.skill_score, idle_since};
            case Metric::fewest_calls: return {index, fit.tier, agent.taken, idle_since};
            case Metric::round_robin: return {index, fit.tier, static_cast<std::int64_t>(value_of(agent.offered_last)), 0};
        }
        return {index, fit.tier, 0, 0};
    }

    /// Free agents are in the order of their ids, which is the last tie-break.
    static bool precedes(const Candidate& a, const Candidate& b) {
        return std::tie(a.tier, a.rank, a.tie, a.index) < std::tie(b.tier, b.rank, b.tie, b.index);
    }

    static DecidedBy settled_by(const Queue& queue, const std::vector<Candidate>& candidates) {
        if (candidates.size() < 2) return DecidedBy::only_candidate;
        const Candidate &first = candidates[0], &second = candidates[1];
        if (first.tier != second.tier) return DecidedBy::tier;
        if (first.rank != second.rank) {
            switch (queue.metric) {
                case Metric::least_occupied: return DecidedBy::least_occupied;
                case Metric::best_skill: return DecidedBy::best_skill;
                case Metric::fewest_calls: return DecidedBy::fewest_calls;
                case Metric::round_robin: return DecidedBy::round_robin;
                default: return DecidedBy::longest_idle;
            }
        }
        return first.tie != second.tie ? DecidedBy::longest_idle : DecidedBy::agent_id;
    }

    /// Until when a contact waits for its preferred agent, who is staffed but busy.
    [[nodiscard]] std::optional<Instant> held_until(const Queue& queue, const Contact& contact) const {
        const UserId& preferred = contact.entry.preferred;
        if (queue.sticky_seconds == 0 || contact.declined.contains(preferred)) return std::nullopt;
        const Agent& agent = state_.agent(preferred);
        const bool is_busy = agent.intent == Intent::available && !state_.work_of(preferred).is_idle();
        if (!is_busy || !fit_of(state_.configuration(), queue, preferred).is_member) return std::nullopt;
        return contact.entered_at + std::chrono::seconds(std::min(queue.sticky_seconds, queue.target_seconds));
    }

    /// Wants work and has none: what the log does not tell is that no page of the agent's could ring.
    static ExclusionReason why_unreachable(const Presence& presence, const UserId& user) {
        const bool has_page =
            presence.has_session(user, [](const Session& session) { return session.is_staff() && session.is_attached(); });
        return has_page ? ExclusionReason::no_media : ExclusionReason::no_session;
    }
    void exclude_unreachable(const Queue& queue) {
        for (const Excluded& one : unreachable_)
            if (queue.everyone || queue.member(one.agent) != nullptr) exclude(one.agent, one.reason, {});
    }

    void exclude(const UserId& user, ExclusionReason reason, const std::string& detail) {
        if (excluded_.size() < excluded_recorded_max) excluded_.push_back({user, reason, detail});
    }

    void offer(const Contact& contact, const Queue& queue, const std::vector<std::size_t>& to, DecidedBy decided_by, int candidates) {
        fact::ContactOffered offered{contact.call, {}, std::chrono::seconds(queue.ring_seconds), kind_of(contact, decided_by), {}, {}};
        for (const std::size_t index : to) {
            free_[index].is_taken = true;
            --left_;
            offered.agents.push_back(free_[index].user);
        }
        offered.why = RoutingWhy{std::to_string(value_of(state_.configured_at())), decided_by, candidates, now_ - contact.enqueued_at};
        exclude_unreachable(queue);
        offered.excluded = excluded_;
        routing_.facts.emplace_back(ContactFact{std::move(offered)});
    }

    static OfferKind kind_of(const Contact& contact, DecidedBy decided_by) {
        if (contact.awaits_callback()) return OfferKind::callback;
        return decided_by == DecidedBy::chosen ? OfferKind::transfer : OfferKind::contact;
    }

    const State& state_;
    Instant now_;
    std::vector<Free> free_;
    std::size_t left_ = 0;
    std::vector<Excluded> unreachable_;  // of those who want work
    std::vector<Excluded> excluded_;     // of the contact that is being looked at
    Routing routing_;
};

}  // namespace

Routing route(const State& state, const Presence& presence, Instant now) {
    if (state.lines().empty() || state.available().empty()) return {};
    return Pass(state, presence, now).run();
}

std::optional<UserId> next_agent(const State& state, const Presence& presence, const Queue& queue, const Contact& contact, Instant now) {
    return Pass(state, presence, now).best_for(queue, contact);
}

}  // namespace calldocker::domain
