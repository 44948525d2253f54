#include "app/views.hpp"

#include <algorithm>

#include "domain/contacts/legs.hpp"

namespace calldocker::app {

using namespace domain;

namespace {

bool needs_offer(const Contact& contact, const HeldOffers& offers) {
    if (contact.is_waiting()) return !contact.is_voicemail() && offers.held(contact.call).empty();
    const bool awaits_media = contact.state == ContactState::connecting || contact.state == ContactState::callback_dialing;
    return awaits_media && !contact.is_voicemail() && !contact.is_by_telephone() && !offers.is_delivered(contact.call) &&
           offers.held(contact.call).empty();
}

/// Who wraps up is done with the contact, whoever has it now; for all others it is over when the call is.
ContactState state_for(const Contact& contact, const UserId& user) {
    const bool has_it = contact.has_agent() && contact.agent == user;
    if (!has_it && contact.wrap_ups.contains(user)) return ContactState::wrapup;
    return contact.is_over() ? ContactState::closed : contact.state;
}

ContactView::You you_of(const Contact& contact, const UserId& user) {
    if (user == contact.visitor) return ContactView::You::visitor;
    if (user == contact.agent || contact.wrap_ups.contains(user)) return ContactView::You::agent;
    const Joined* joined = contact.other(user);
    if (joined == nullptr || joined->is_ringing()) return ContactView::You::offered;
    switch (joined->kind) {
        case LegKind::consult: return ContactView::You::consulted;
        case LegKind::conference: return ContactView::You::conference;
        default: return ContactView::You::supervisor;
    }
}

CallbackView callback_view(const Callback& callback) {
    return {callback.attempts, callback.attempts_max, callback.due_at, callback.phone, callback.note};
}

std::string name_in(const Contact& contact, const UserId& user) {
    if (user == contact.agent) return contact.agent_name;
    if (user == contact.visitor) return contact.details.name;
    const Joined* joined = contact.other(user);
    return joined == nullptr ? std::string{} : joined->who.name;
}

void add_legs(ContactView& view, const Contact& contact, const UserId& user) {
    for (const Leg& leg : legs_of(contact)) {
        if (leg.offers != user && leg.answers != user) continue;
        const bool offers = leg.offers == user;
        const UserId& other = offers ? leg.answers : leg.offers;
        view.legs.push_back({other, name_in(contact, other), leg.kind, offers, leg.mode, leg.kind == LegKind::supervision && offers});
    }
}

OfferView offer_view(const Contact& contact, const UserId& user) {
    OfferView offer;
    if (const Joined* asked = contact.other(user)) {
        offer.kind = OfferKind::consult;
        offer.since = asked->since;
        offer.expires_at = asked->rings_until;
        offer.from = Person{contact.agent, contact.agent_name};
        offer.note = asked->note;
        return offer;
    }
    offer.kind = contact.offer_kind;
    if (const auto since = contact.offered.find(user); since != contact.offered.end()) offer.since = since->second;
    if (const auto ends = contact.offer_ends.find(user); ends != contact.offer_ends.end()) offer.expires_at = ends->second;
    if (contact.offer_kind == OfferKind::transfer) {
        offer.from = contact.handed_over_by;
        offer.note = contact.handed_over_note;
    }
    offer.why = contact.why;
    return offer;
}

void add_for_staff(ContactView& view, const Contact& contact, const UserId& user, const Queue& queue) {
    if (view.you == ContactView::You::offered) view.offer = offer_view(contact, user);
    for (const Joined& one : contact.others) view.participants.push_back(participant_view(one));
    if (const auto own = contact.wrap_ups.find(user); own != contact.wrap_ups.end()) {
        view.wrap_up_until = own->second.until;
        view.wrap_up_extensions = std::max(0, queue.wrap_up_extensions_max - own->second.extensions);
    }
    const Writing& own = contact.writing_of(user);
    view.notes = own.notes;
    view.disposition = own.disposition;
    for (const Writing& one : contact.writings)
        if (one.by.user != user) view.earlier_notes.push_back({one.by, one.notes, one.disposition});
    view.recording = contact.recording;
    view.trace = contact.trace;
}

}  // namespace

QueueRef queue_ref(const Queue& queue) { return {queue.id, queue.name.empty() ? queue.id.str() : queue.name}; }

ParticipantView participant_view(const Joined& joined) { return {joined.who, joined.kind, joined.mode, !joined.is_ringing()}; }

ContactView view_of(const Contact& contact, const Session& viewer, const State& state, const HeldOffers& offers) {
    const UserId& user = viewer.user();
    ContactView view;
    view.call = contact.call;
    view.state = state_for(contact, user);
    view.channel = contact.details.channel.value_or(Channel::voice);
    view.visitor = {contact.visitor, contact.details.name, contact.details.topic, contact.details.page};
    if (!contact.agent.empty()) view.agent = Person{contact.agent, contact.agent_name};
    view.you = you_of(contact, user);
    const Endpoint* endpoint = endpoint_of(contact, user);
    view.media_owner = endpoint != nullptr && endpoint->session == viewer.id;
    view.needs_offer = needs_offer(contact, offers);
    view.created_at = contact.created_at;
    view.accepted_at = contact.accepted_at;
    view.connected_at = contact.connected_at;
    view.ended_at = contact.ended_at;
    view.end_reason = contact.end_reason;
    view.ended_by = contact.ended_by;
    view.visitor_lost = contact.visitor_side.lost_at.has_value();
    view.agent_lost = contact.has_agent() && contact.agent_side.lost_at.has_value();
    view.media_lost = contact.is_in_call() && !contact.is_voicemail() && !(contact.visitor_side.media_up && contact.agent_side.media_up);
    view.queue = queue_ref(state.queue_of(contact));
    view.waiting_since = contact.enqueued_at;
    view.visitor_muted = contact.visitor_side.muted;
    view.agent_muted = contact.has_agent() && contact.agent_side.muted;
    if (!contact.held_by.empty()) view.held_by = Person{contact.held_by, contact.agent == contact.held_by ? contact.agent_name : ""};
    if (contact.callback) view.callback = callback_view(*contact.callback);
    if (contact.segment > 1) view.segments = contact.segment;
    if (view.media_owner && viewer.version == 2) add_legs(view, contact, user);
    if (viewer.is_staff()) add_for_staff(view, contact, user, state.queue_of(contact));
    return view;
}

AgentView view_of_agent(const UserId& user, const State& state, const Presence& presence) {
    const Agent& agent = state.agent(user);
    const auto sessions = presence.sessions_of(user);
    AgentView view;
    view.user = user;
    view.name = std::string(presence.name_of(user));
    view.intent = agent.intent;
    view.reason = agent.reason;
    view.label = label_of(agent, state.work_of(user));
    view.since = agent.label_since;
    view.media_ready = std::any_of(sessions.begin(), sessions.end(), [&](SessionKey key) { return presence.find(key)->media_ready; });
    view.next = agent.next;
    if (!agent.forced_by.user.empty()) view.forced_by = agent.forced_by;
    view.note = agent.note;
    view.misses = agent.misses;
    view.signed_in_at = agent.signed_in_at;
    view.handled = agent.handled;
    view.talked = agent.talked;
    for (const auto& [id, queue] : state.configuration().queues)
        if (queue.everyone || queue.member(user) != nullptr) view.queues.push_back(queue_ref(queue));
    return view;
}

Snapshot snapshot_of(const Session& viewer, const State& state, const Presence& presence, const HeldOffers& offers) {
    Snapshot snapshot;
    for (const RoomId& room : viewer.rooms) snapshot.rooms.push_back({room, users_seen_by(viewer, *presence.room(room), presence)});
    for (const ContactId& call : state.contacts_of(viewer.user()))
        snapshot.contacts.push_back(view_of(*state.contact(call), viewer, state, offers));
    if (!viewer.is_staff()) return snapshot;
    for (const ContactId& call : state.offers_to(viewer.user()))
        snapshot.contacts.push_back(view_of(*state.contact(call), viewer, state, offers));
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
