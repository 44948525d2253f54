#include "app/views.hpp"

#include <algorithm>

namespace calldocker::app {

using namespace domain;

namespace {

bool needs_offer(const Contact& contact, const HeldOffers& offers) {
    if (contact.is_waiting()) return offers.held(contact.call).empty();
    return contact.state == ContactState::connecting && !offers.is_delivered(contact.call) && offers.held(contact.call).empty();
}

/// Work of an agent, and since when.
Instant label_since(const Agent& agent, Work work, const UserId& user, const State& state) {
    if (work.is_reserved) return state.contact(*state.offers_to(user).begin())->offered.at(user);
    if (work.is_on_call) {
        for (const ContactId& call : state.contacts_of(user))
            if (const Contact* contact = state.contact(call); contact->agent == user)
                return contact->accepted_at.value_or(contact->state_since);
    }
    return std::max(agent.intent_since, agent.work_ended_at);
}

}  // namespace

ContactView view_of(const Contact& contact, const Session& viewer, const HeldOffers& offers) {
    ContactView view;
    view.call = contact.call;
    view.state = contact.state;
    view.channel = contact.details.channel.value_or(Channel::voice);
    view.visitor = {contact.visitor, contact.details.name, contact.details.topic, contact.details.page};
    if (contact.has_agent()) view.agent = ContactView::Agent{contact.agent, contact.agent_name};
    const auto party = contact.party_of(viewer.user());
    view.you = !party ? ContactView::You::offered : *party == Party::visitor ? ContactView::You::visitor : ContactView::You::agent;
    view.media_owner = party && contact.side(*party).endpoint.session == viewer.id;
    view.needs_offer = needs_offer(contact, offers);
    view.created_at = contact.created_at;
    view.accepted_at = contact.accepted_at;
    view.connected_at = contact.connected_at;
    view.ended_at = contact.ended_at;
    view.end_reason = contact.end_reason;
    view.ended_by = contact.ended_by;
    view.visitor_lost = contact.visitor_side.lost_at.has_value();
    view.agent_lost = contact.has_agent() && contact.agent_side.lost_at.has_value();
    view.media_lost = contact.state == ContactState::connected && !(contact.visitor_side.media_up && contact.agent_side.media_up);
    return view;
}

AgentView view_of_agent(const UserId& user, const State& state, const Presence& presence) {
    const Agent agent = state.agent(user);
    const Work work{!state.offers_to(user).empty(), state.is_working(user)};
    const auto sessions = presence.sessions_of(user);
    AgentView view;
    view.user = user;
    view.name = std::string(presence.name_of(user));
    view.intent = agent.intent;
    view.reason = agent.reason;
    view.label = label_of(agent, work);
    view.since = label_since(agent, work, user, state);
    view.media_ready = std::any_of(sessions.begin(), sessions.end(), [&](SessionKey key) { return presence.find(key)->media_ready; });
    return view;
}

Snapshot snapshot_of(const Session& viewer, const State& state, const Presence& presence, const HeldOffers& offers) {
    Snapshot snapshot;
    for (const RoomId& room : viewer.rooms) snapshot.rooms.push_back({room, users_seen_by(viewer, *presence.room(room), presence)});
    for (const ContactId& call : state.contacts_of(viewer.user()))
        snapshot.contacts.push_back(view_of(*state.contact(call), viewer, offers));
    if (!viewer.is_staff()) return snapshot;
    for (const ContactId& call : state.offers_to(viewer.user())) snapshot.contacts.push_back(view_of(*state.contact(call), viewer, offers));
    snapshot.agent = view_of_agent(viewer.user(), state, presence);
    return snapshot;
}

std::vector<UserId> users_seen_by(const Session& viewer, const Room& room, const Presence& presence) {
    std::vector<UserId> users;
    for (const auto& [number, member] : room.members())
        if (presence.sees(viewer, member.user)) users.push_back(member.user);
    return users;
}

}  // namespace calldocker::app
