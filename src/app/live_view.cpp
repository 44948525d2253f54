#include "app/live_view.hpp"

#include <algorithm>
#include <iterator>

#include "app/staffing.hpp"
#include "app/views.hpp"
#include "domain/company/follow_up.hpp"
#include "domain/figures/service_level.hpp"
#include "domain/routing/eligibility.hpp"

namespace calldocker::app {

using namespace domain;

namespace {

std::map<QueueId, int> talking_by_queue(const State& state) {
    std::map<QueueId, int> talking;
    for (const auto& [call, contact] : state.contacts())
        if (contact.has_agent()) ++talking[state.queue_of(contact).id];
    return talking;
}

LiveQueue live_queue(const State& state, const Staff& staff, const Queue& queue, int talking) {
    LiveQueue live;
    live.queue = queue_ref(queue);
    live.open = state.is_open(queue.id);
    live.talking = talking;
    for (const Turn& turn : state.line(queue.id)) {
        const Contact& contact = *turn.contact;
        if (contact.awaits_callback()) {
            ++live.callbacks;
            continue;
        }
        ++live.waiting;
        if (!contact.offered.empty()) ++live.offering;
        if (!live.longest_waiting_since || contact.enqueued_at < *live.longest_waiting_since)
            live.longest_waiting_since = contact.enqueued_at;
    }
    live.staffed = staff.staffed;
    live.free = staff.free;
    const QueueCounts& today = state.records().of(queue.id).today;
    live.offered = offered(today);
    live.answered = today.answered;
    live.abandoned = today.abandoned;
    live.flowed_out = today.flowed_out;
    live.answered_in_target = today.answered_in_target;
    live.short_abandoned = today.short_abandoned;
    live.target_seconds = queue.target_seconds;
    live.service_level_percent = percent(service_level(today));
    return live;
}

/// The contact that the agent works on; of several the one that is a call.
ContactId work_at_hand(const State& state, const UserId& user) {
    ContactId call;
    for (const ContactId& own : state.contacts_of(user)) {
        const Contact& contact = *state.contact(own);
        if (!contact.employs(user)) continue;
        if (call.empty() || contact.has_agent()) call = own;
    }
    return call;
}

LiveAgent live_agent(const State& state, const Presence& presence, const UserId& user, Instant now) {
    const Agent& agent = state.agent(user);
    const auto sessions = presence.sessions_of(user);
    LiveAgent live;
    live.who = {user, agent.name};
    live.label = agent.label;
    live.intent = agent.intent;
    live.reason = agent.reason;
    live.since = agent.label_since;
    live.next = agent.next;
    live.sessions = static_cast<int>(sessions.size());
    live.media_ready = std::any_of(sessions.begin(), sessions.end(), [&](SessionKey key) { return presence.find(key)->media_ready; });
    live.call = work_at_hand(state, user);
    live.handled = agent.handled;
    const Reason* reason = agent.intent == Intent::not_ready ? state.configuration().reason(agent.reason) : nullptr;
    live.overdue = reason != nullptr && reason->minutes_max > 0 && now - agent.intent_since > std::chrono::minutes(reason->minutes_max);
    return live;
}

LiveContact live_contact(const State& state, const Contact& contact) {
    LiveContact live;
    live.call = contact.call;
    live.state = contact.state;
    live.channel = contact.details.channel.value_or(Channel::voice);
    live.queue = queue_ref(state.queue_of(contact));
    live.visitor = {contact.visitor, contact.details.name, contact.details.topic, contact.details.page};
    if (!contact.agent.empty()) live.agent = Person{contact.agent, contact.agent_name};
    live.since = contact.state_since;
    live.waiting_since = contact.enqueued_at;
    live.visitor_lost = contact.visitor_is_away();
    live.agent_lost = contact.has_agent() && contact.agent_side.lost_at.has_value();
    live.media_lost = contact.is_in_call() && !contact.is_voicemail() && !(contact.visitor_side.media_up && contact.agent_side.media_up);
    for (const Joined& one : contact.others)
        if (one.kind == LegKind::supervision) live.supervisors.push_back(participant_view(one));
    return live;
}

}  // namespace

LiveFigures::LiveFigures(const State& state, const Presence& presence, Instant now) : state_(state) {
    everything_.at = now;
    everything_.may_act = true;
    const Staffing staffing(state, presence);
    const auto talking = talking_by_queue(state);
    for (const auto& [user, agent] : state.agents()) everything_.agents.push_back(live_agent(state, presence, user, now));
    for (const auto& [id, queue] : state.configuration().queues) {
        const auto found = talking.find(id);
        everything_.queues.push_back(live_queue(state, staffing.of(queue), queue, found == talking.end() ? 0 : found->second));
        add_queue_to_its_agents(queue);
    }
    by_age_.reserve(state.contacts().size());
    for (const auto& [call, contact] : state.contacts())
        if (!contact.is_over()) by_age_.push_back({contact.enqueued_at, contact.number, &contact});
    std::sort(by_age_.begin(), by_age_.end(),
              [](const Aged& a, const Aged& b) { return std::tie(a.since, a.number) < std::tie(b.since, b.number); });
}

void LiveFigures::add_queue_to_its_agents(const Queue& queue) {
    if (queue.everyone) {
        for (LiveAgent& agent : everything_.agents) agent.queues.push_back(queue.id);
        return;
    }
    // Both are in the order of the ids.
    auto agent = everything_.agents.begin();
    for (const Member& member : queue.members) {
        agent = std::lower_bound(agent, everything_.agents.end(), member.agent,
                                 [](const LiveAgent& one, const UserId& wanted) { return one.who.user < wanted; });
        if (agent == everything_.agents.end()) return;
        if (agent->who.user == member.agent) agent->queues.push_back(queue.id);
    }
}

LiveView LiveFigures::shown_to(const Supervision& mine) const {
    LiveView view;
    view.at = everything_.at;
    view.may_act = everything_.may_act;
    view.queues = everything_.queues;
    std::copy_if(everything_.agents.begin(), everything_.agents.end(), std::back_inserter(view.agents),
                 [&](const LiveAgent& agent) { return mine.covers(agent.who.user); });
    for (const Aged& aged : by_age_) {
        if (!mine.covers(*aged.contact)) continue;
        ++view.contacts_total;
        if (view.contacts.size() < live_contacts_shown_max) view.contacts.push_back(live_contact(state_, *aged.contact));
    }
    return view;
}

Directory directory_of(const State& state, const Presence& presence) {
    Directory directory;
    const Staffing staffing(state, presence);
    for (const auto& [id, queue] : state.configuration().queues) {
        int waiting = 0;
        for (const Turn& turn : state.line(id)) waiting += !turn.contact->awaits_callback();
        directory.queues.push_back({queue_ref(queue), state.is_open(id), waiting, staffing.of(queue).free});
    }
    for (const auto& [user, agent] : state.agents())
        directory.agents.push_back({{user, agent.name}, agent.label, is_routable(state, presence, user)});
    for (const Reason& reason : state.configuration().company.reasons)
        directory.reasons.push_back({reason.reason, reason.name, reason.paid, reason.productive,
                                     reason.minutes_max > 0 ? std::optional{reason.minutes_max} : std::nullopt});
    directory.dispositions = state.configuration().company.dispositions;
    return directory;
}

}  // namespace calldocker::app
