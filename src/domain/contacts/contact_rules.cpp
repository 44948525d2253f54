#include "domain/contacts/contact_rules.hpp"

#include "domain/contacts/limits.hpp"

namespace calldocker::domain {
namespace {

tl::unexpected<Error> over() { return fail(ErrorCode::gone, "the contact has ended"); }

/// Appends the fact that media is up both ways, when `facts` make it so.
ContactFacts with_connection(const Contact& contact, ContactFacts facts) {
    Contact then = contact;
    for (const ContactFact& fact : facts) apply(then, fact, contact.number, contact.state_since);
    const bool awaits_media = then.state == ContactState::connecting || then.state == ContactState::callback_dialing;
    const bool both_up = then.visitor_side.media_up && then.agent_side.media_up;
    if (awaits_media && (both_up || then.is_voicemail())) facts.emplace_back(fact::ContactConnected{contact.call});
    return facts;
}

fact::ContactEnded lost(const Contact& contact, Party party, Milliseconds wrap_up) {
    const bool is_visitor = party == Party::visitor;
    return {contact.call,      is_visitor ? EndReason::lost_visitor : EndReason::lost_agent,
            Party::system,     is_visitor ? contact.visitor : contact.agent,
            "connection_lost", wrap_up};
}

ContactFacts expire_prequeue(const Contact& contact) {
    return {fact::ContactEnded{contact.call, EndReason::abandoned_prequeue, Party::system, contact.visitor, "connection_lost", {}}};
}

ContactFacts expire_connecting(const Contact& contact) {
    const bool somebody_is_away = contact.visitor_side.lost_at || contact.agent_side.lost_at;
    if (somebody_is_away) {
        const Party away = contact.visitor_side.lost_at ? Party::visitor : Party::agent;
        if (!can_be_requeued(contact)) return {lost(contact, away, {})};
        return {fact::ContactRequeued{contact.call, away == Party::visitor ? "visitor_lost" : "agent_lost", {}}};
    }
    if (can_be_requeued(contact) && contact.media_failures + 1 < media_failures_max) return requeue(contact, "no_media", {});
    return {fact::ContactEnded{contact.call, EndReason::media_failed, Party::system, contact.agent, "no_media", {}}};
}

ContactFacts expire_call(const Contact& contact, const Queue& queue, Instant now) {
    const auto is_due = [&](std::optional<Instant> due) { return due && *due <= now; };
    if (is_due(loss_deadline_of(contact, Party::visitor))) return {lost(contact, Party::visitor, wrap_up_after(contact, queue))};
    if (is_due(loss_deadline_of(contact, Party::agent))) return give_up_agent(contact);
    if (is_due(media_deadline_of(contact))) return expire_connecting(contact);
    ContactFacts facts;
    for (const Joined& one : contact.others)
        if (is_due(one.rings_until)) facts.emplace_back(fact::ConsultEnded{contact.call, one.who.user, ConsultEnd::missed});
    return facts;
}

ContactFacts expire_waiting(const Contact& contact, Instant now) {
    const auto place = place_deadline_of(contact);
    if (place && *place <= now) return {lost(contact, Party::visitor, {})};
    fact::ContactMissed missed{contact.call, {}};
    for (const auto& [agent, ends] : contact.offer_ends)
        if (ends <= now) missed.agents.push_back(agent);
    if (missed.agents.empty()) return {};
    return {std::move(missed)};
}

ContactFacts expire_dialing(const Contact& contact, const Queue& queue, std::string cause) {
    const int attempts = contact.callback ? contact.callback->attempts + 1 : 1;
    if (contact.callback && attempts < contact.callback->attempts_max) {
        return {fact::CallbackFailed{contact.call, std::move(cause), std::chrono::seconds(queue.callback_retry_seconds)}};
    }
    return {fact::ContactEnded{contact.call, EndReason::callback_failed, Party::system, contact.visitor, std::move(cause), {}}};
}

EndReason reason_of_leaving(const Contact& contact) {
    switch (contact.state) {
        case ContactState::prequeue: return EndReason::abandoned_prequeue;
        // Answered means that media is up, not the click; but who is handed on has been answered.
        case ContactState::connecting: return contact.answered_at ? EndReason::completed_visitor : EndReason::abandoned_ringing;
        case ContactState::offering:
        case ContactState::transferring: return EndReason::abandoned_ringing;
        case ContactState::held: return EndReason::abandoned_hold;
        default: return contact.has_agent() ? EndReason::completed_visitor : EndReason::abandoned_queue;
    }
}

}  // namespace

bool can_be_requeued(const Contact& contact) { return !contact.visitor_side.is_original(); }

Milliseconds wrap_up_after(const Contact& contact, const Queue& queue) {
    if (!contact.is_in_call() || contact.agent_side.is_original()) return {};
    return std::chrono::seconds(queue.wrap_up_seconds);
}

ContactFacts requeue(const Contact& contact, std::string cause, Milliseconds wrap_up) {
    if (can_be_requeued(contact)) return {fact::ContactRequeued{contact.call, std::move(cause), wrap_up}};
    return {fact::ContactEnded{contact.call, EndReason::lost_agent, Party::system, contact.agent, std::move(cause), wrap_up}};
}

ContactFacts give_up_agent(const Contact& contact) {
    const Joined* colleague = contact.colleague();
    if (colleague != nullptr && !colleague->is_ringing())
        return {fact::ContactHandedOver{contact.call, colleague->who.user, colleague->who.name, colleague->endpoint, {}, "agent_lost"}};
    if (can_be_requeued(contact)) return {fact::ContactRequeued{contact.call, "agent_lost", {}}};
    return {lost(contact, Party::agent, {})};
}

Result<ContactFacts> accept(const Contact& contact, const Queue& queue, const Accepting& by) {
    if (contact.is_over()) return over();
    if (contact.has_agent() && contact.agent == by.agent && contact.agent_side.endpoint == by.endpoint) return ContactFacts{};
    if (const Joined* asked = contact.other(by.agent); asked != nullptr && asked->kind != LegKind::supervision) {
        if (!asked->is_ringing()) return ContactFacts{};
        return ContactFacts{fact::ConsultJoined{contact.call, by.agent, by.name, by.endpoint}};
    }
    if (contact.has_agent()) return fail(ErrorCode::reservation_lost, "another accept won");
    if (!contact.is_offered_to(by.agent)) return fail(ErrorCode::reservation_lost, "the contact is not offered to this agent");
    const Milliseconds dial = contact.awaits_callback() ? std::chrono::seconds(queue.callback_ring_seconds) : Milliseconds{0};
    return with_connection(contact, {fact::ContactAccepted{contact.call, by.agent, by.name, by.endpoint, dial}});
}

Result<ContactFacts> answer(const Contact& contact, const Accepting& by) {
    if (contact.is_over()) return over();
    if (contact.visitor == by.agent) return fail(ErrorCode::forbidden, "nobody answers his own call");
    if (contact.has_agent() && contact.agent == by.agent) return ContactFacts{};
    if (!contact.is_waiting() || contact.is_voicemail()) return fail(ErrorCode::reservation_lost, "somebody else has answered this call");
    return with_connection(contact, {fact::ContactAccepted{contact.call, by.agent, by.name, by.endpoint, {}}});
}

Result<ContactFacts> decline(const Contact& contact, const UserId& agent, std::string reason) {
    if (contact.is_offered_to(agent)) return ContactFacts{fact::ContactDeclined{contact.call, agent, std::move(reason)}};
    if (const Joined* asked = contact.other(agent); asked != nullptr && asked->is_ringing())
        return ContactFacts{fact::ConsultEnded{contact.call, agent, ConsultEnd::declined}};
    if (contact.declined.contains(agent)) return ContactFacts{};
    return fail(ErrorCode::reservation_lost, "the contact is not offered to this agent");
}

Result<ContactFacts> end(const Contact& contact, const Queue& queue, const Ending& by) {
    if (contact.is_over()) return over();
    const Milliseconds wrap_up = wrap_up_after(contact, queue);
    const auto party = contact.party_of(by.user);
    if (party == Party::visitor)
        return ContactFacts{fact::ContactEnded{contact.call, reason_of_leaving(contact), Party::visitor, by.user, by.cause, wrap_up}};
    if (party == Party::agent) {
        if (contact.state == ContactState::callback_dialing && by.cause == no_answer) return expire_dialing(contact, queue, by.cause);
        return ContactFacts{fact::ContactEnded{contact.call, EndReason::completed_agent, Party::agent, by.user, by.cause, wrap_up}};
    }
    if (const Joined* other = contact.other(by.user)) {
        if (other->kind == LegKind::supervision) return ContactFacts{fact::SupervisorLeft{contact.call, by.user}};
        return ContactFacts{fact::ConsultEnded{contact.call, by.user, ConsultEnd::left}};
    }
    if (contact.has_agent()) return fail(ErrorCode::conflict, "somebody has it");
    const EndReason reason = by.role == Role::agent ? EndReason::completed_agent : EndReason::supervisor_ended;
    return ContactFacts{fact::ContactEnded{contact.call, reason, Party::agent, by.user, by.cause, {}}};
}

Result<ContactFacts> report_media(const Contact& contact, const UserId& user, const SessionId& session, bool up) {
    const auto party = contact.party_of(user);
    if (!party || !contact.has_agent()) return fail(ErrorCode::conflict, "nobody has accepted it");
    const Side& side = contact.side(*party);
    if (side.endpoint.session != session) return fail(ErrorCode::conflict, "another session carries the media");
    if (side.media_up == up) return ContactFacts{};
    return with_connection(contact, {fact::MediaChanged{contact.call, *party, up}});
}

ContactFacts revoke_offers(const Contact& contact, RevokeReason reason) {
    if (contact.offered.empty()) return {};
    fact::ContactRevoked revoked{contact.call, {}, reason};
    for (const auto& [agent, since] : contact.offered) revoked.agents.push_back(agent);
    return {std::move(revoked)};
}

Result<ContactFacts> reached(const Contact& contact) {
    if (contact.is_over()) return over();
    if (!contact.has_agent()) return fail(ErrorCode::conflict, "nobody has it");
    if (!contact.is_by_telephone()) return fail(ErrorCode::conflict, "it is not called back by telephone");
    if (contact.is_in_call()) return ContactFacts{};
    return ContactFacts{fact::ContactConnected{contact.call}};
}

Result<ContactFacts> claim_media(const Contact& contact, const UserId& user, const Endpoint& endpoint) {
    if (contact.is_over()) return over();
    if (const auto party = contact.party_of(user)) {
        const bool returns_to_place = party == Party::visitor && contact.place_kept_at;
        if (contact.side(*party).endpoint == endpoint && !returns_to_place) return ContactFacts{};
        return ContactFacts{fact::MediaClaimed{contact.call, *party, endpoint}};
    }
    const Joined* other = contact.other(user);
    if (other == nullptr || other->is_ringing()) return fail(ErrorCode::conflict, "this person takes no part yet");
    if (other->endpoint == endpoint) return ContactFacts{};
    if (other->kind == LegKind::supervision)
        return ContactFacts{fact::SupervisorJoined{contact.call, user, other->who.name, endpoint, other->mode.value_or(SupervisionMode{})}};
    return ContactFacts{fact::ConsultJoined{contact.call, user, other->who.name, endpoint}};
}

ContactFacts expire(const Contact& contact, const Queue& queue, Instant now) {
    ContactFacts facts;
    for (const auto& [agent, wrap_up] : contact.wrap_ups)
        if (wrap_up.until <= now) facts.emplace_back(fact::WrapUpEnded{contact.call, agent});
    if (!facts.empty()) return facts;
    const auto due = deadline_of(contact);
    if (!due || *due > now) return {};
    if (contact.is_in_queue()) return expire_waiting(contact, now);
    if (contact.is_in_call()) return expire_call(contact, queue, now);
    switch (contact.state) {
        case ContactState::prequeue: return expire_prequeue(contact);
        case ContactState::connecting: return expire_connecting(contact);
        case ContactState::callback_dialing: return expire_dialing(contact, queue, std::string(no_answer));
        default: return {};
    }
}

}  // namespace calldocker::domain
