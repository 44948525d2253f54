#include "domain/contacts/contact_rules.hpp"

#include "domain/contacts/limits.hpp"

namespace calldocker::domain {
namespace {

/// Appends the fact that media is up both ways, when `facts` make it so.
ContactFacts with_connection(const Contact& contact, ContactFacts facts) {
    Contact then = contact;
    for (const ContactFact& fact : facts) apply(then, fact, contact.number, contact.state_since);
    const bool both_up = then.visitor_side.media_up && then.agent_side.media_up;
    if (then.state == ContactState::connecting && both_up) facts.emplace_back(fact::ContactConnected{contact.call});
    return facts;
}

fact::ContactEnded lost(const Contact& contact, Party party) {
    const bool is_visitor = party == Party::visitor;
    return {contact.call, is_visitor ? EndReason::lost_visitor : EndReason::lost_agent, Party::system,
            is_visitor ? contact.visitor : contact.agent, "connection_lost"};
}

/// A version 1 page cannot be asked for a new offer, and its first one has gone to the agent who accepted.
bool can_be_requeued(const Contact& contact) { return !contact.visitor_side.is_original(); }

ContactFacts expire_connecting(const Contact& contact) {
    const bool somebody_is_away = contact.visitor_side.lost_at || contact.agent_side.lost_at;
    if (somebody_is_away) {
        const Party away = contact.visitor_side.lost_at ? Party::visitor : Party::agent;
        if (!can_be_requeued(contact)) return {lost(contact, away)};
        return {fact::ContactRequeued{contact.call, away == Party::visitor ? "visitor_lost" : "agent_lost"}};
    }
    if (can_be_requeued(contact) && contact.media_failures + 1 < media_failures_max)
        return {fact::ContactRequeued{contact.call, "no_media"}};
    return {fact::ContactEnded{contact.call, EndReason::media_failed, Party::system, contact.agent, "no_media"}};
}

ContactFacts expire_connected(const Contact& contact, Instant now) {
    const auto visitor_due = loss_deadline_of(contact, Party::visitor);
    if (visitor_due && *visitor_due <= now) return {lost(contact, Party::visitor)};
    if (can_be_requeued(contact)) return {fact::ContactRequeued{contact.call, "agent_lost"}};
    return {lost(contact, Party::agent)};
}

}  // namespace

Result<ContactFacts> accept(const Contact& contact, const Accepting& by) {
    if (contact.agent == by.agent && contact.agent_side.endpoint == by.endpoint) return ContactFacts{};
    if (contact.has_agent()) return fail(ErrorCode::reservation_lost, "another accept won");
    if (!contact.is_offered_to(by.agent)) return fail(ErrorCode::reservation_lost, "the contact is not offered to this agent");
    return answer(contact, by);
}

Result<ContactFacts> answer(const Contact& contact, const Accepting& by) {
    if (contact.visitor == by.agent) return fail(ErrorCode::forbidden, "nobody answers his own call");
    if (contact.agent == by.agent) return ContactFacts{};
    if (contact.has_agent()) return fail(ErrorCode::reservation_lost, "somebody else has answered this call");
    return with_connection(contact, {fact::ContactAccepted{contact.call, by.agent, by.name, by.endpoint}});
}

Result<ContactFacts> decline(const Contact& contact, const UserId& agent, std::string reason) {
    if (contact.is_offered_to(agent)) return ContactFacts{fact::ContactDeclined{contact.call, agent, std::move(reason)}};
    if (contact.declined.contains(agent)) return ContactFacts{};
    return fail(ErrorCode::reservation_lost, "the contact is not offered to this agent");
}

Result<ContactFacts> end(const Contact& contact, const Ending& by, bool staff_may) {
    const auto party = contact.party_of(by.user);
    if (party == Party::visitor) {
        const EndReason reason = contact.has_agent()                       ? EndReason::completed_visitor
                                 : contact.state == ContactState::offering ? EndReason::abandoned_ringing
                                                                           : EndReason::abandoned_queue;
        return ContactFacts{fact::ContactEnded{contact.call, reason, Party::visitor, by.user, by.cause}};
    }
    if (party == Party::agent)
        return ContactFacts{fact::ContactEnded{contact.call, EndReason::completed_agent, Party::agent, by.user, by.cause}};
    if (!staff_may || contact.has_agent() || !is_staff(by.role)) return fail(ErrorCode::forbidden, "only a party ends a call");
    const EndReason reason = by.role == Role::agent ? EndReason::completed_agent : EndReason::supervisor_ended;
    return ContactFacts{fact::ContactEnded{contact.call, reason, Party::agent, by.user, by.cause}};
}

Result<ContactFacts> report_media(const Contact& contact, const UserId& user, const SessionId& session, bool up) {
    const auto party = contact.party_of(user);
    if (!party || !contact.has_agent()) return fail(ErrorCode::forbidden, "only the parties of an accepted contact have media");
    const Side& side = contact.side(*party);
    if (side.endpoint.session != session) return fail(ErrorCode::forbidden, "another session carries the media");
    if (side.media_up == up) return ContactFacts{};
    return with_connection(contact, {fact::MediaChanged{contact.call, *party, up}});
}

Result<ContactFacts> claim_media(const Contact& contact, const UserId& user, const Endpoint& endpoint) {
    const auto party = contact.party_of(user);
    if (!party) return fail(ErrorCode::forbidden, "only a party carries the media");
    if (contact.side(*party).endpoint == endpoint) return ContactFacts{};
    return ContactFacts{fact::MediaClaimed{contact.call, *party, endpoint}};
}

ContactFacts expire(const Contact& contact, Instant now) {
    const auto due = deadline_of(contact);
    if (!due || *due > now) return {};
    if (contact.is_waiting()) return {lost(contact, Party::visitor)};
    return contact.state == ContactState::connecting ? expire_connecting(contact) : expire_connected(contact, now);
}

}  // namespace calldocker::domain
