#include "app/live_view.hpp"

#include <algorithm>

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

LiveQueue live_queue(const State& state, const Presence& presence, const Queue& queue, int talking) {
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
    const Staff staff = staff_of(state, presence, queue);
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
    for (const auto& [id, queue] : state.configuration().queues)
        if (queue.everyone || queue.member(user) != nullptr) live.queues.push_back(id);
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

LiveView live_view_of(const State& state, const Presence& presence, const Supervision& mine, Instant now) {
    LiveView view;
    view.at = now;
    view.may_act = true;
    const auto talking = talking_by_queue(state);
    for (const auto& [id, queue] : state.configuration().queues) {
        const auto found = talking.find(id);
        view.queues.push_back(live_queue(state, presence, queue, found == talking.end() ? 0 : found->second));
    }
    for (const auto& [user, agent] : state.agents())
        if (mine.covers(user)) view.agents.push_back(live_agent(state, presence, user, now));
    std::vector<const Contact*> contacts;
    for (const auto& [call, contact] : state.contacts())
        if (!contact.is_over() && mine.covers(contact)) contacts.push_back(&contact);
    view.contacts_total = static_cast<int>(contacts.size());
    std::sort(contacts.begin(), contacts.end(),
              [](const Contact* a, const Contact* b) { return std::tie(a->enqueued_at, a->number) < std::tie(b->enqueued_at, b->number); });
    if (contacts.size() > live_contacts_shown_max) contacts.resize(live_contacts_shown_max);
    for (const Contact* contact : contacts) view.contacts.push_back(live_contact(state, *contact));
    return view;
}

Directory directory_of(const State& state, const Presence& presence) {
    Directory directory;
    for (const auto& [id, queue] : state.configuration().queues) {
        int waiting = 0;
        for (const Turn& turn : state.line(id)) waiting += !turn.contact->awaits_callback();
        directory.queues.push_back({queue_ref(queue), state.is_open(id), waiting, staff_of(state, presence, queue).free});
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
