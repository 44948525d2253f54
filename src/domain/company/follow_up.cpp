#include "domain/company/follow_up.hpp"

#include <algorithm>

#include "domain/contacts/contact_rules.hpp"
#include "domain/contacts/limits.hpp"
#include "domain/presence/limits.hpp"

namespace calldocker::domain {
namespace {

bool has_original_page(const Presence& presence, const UserId& user) {
    return presence.has_session(user, [](const Session& session) { return session.version == 1; });
}

/// A session on which a contact can be shown and taken; one whose connection is just lost may come back to its offer.
bool can_take_calls(const Session& session, Instant now, Milliseconds patience) {
    if (session.version != 2 || !session.is_staff() || !session.media_ready) return false;
    return session.is_attached() || now < *session.detached_at + patience;
}

bool can_take_calls(const Presence& presence, const UserId& agent, Instant now, Milliseconds patience) {
    return presence.has_session(agent, [&](const Session& session) { return can_take_calls(session, now, patience); });
}

/// Offers hold as long as their agent could still accept. A version 1 agent can as long as the page is there.
bool offer_holds(const State& state, const Presence& presence, const UserId& agent, Instant now) {
    if (state.is_working(agent)) return false;
    if (has_original_page(presence, agent)) return true;
    return state.agent(agent).intent == Intent::available && can_take_calls(presence, agent, now, offer_grace);
}

void check_party(Facts& facts, const Presence& presence, const Contact& contact, Party party) {
    const Side& side = contact.side(party);
    const UserId& user = party == Party::visitor ? contact.visitor : contact.agent;
    const Session* session = session_of(presence, user, side.endpoint);
    const bool is_here = session != nullptr && session->is_attached();
    if (is_here && side.lost_at) {
        facts.emplace_back(ContactFact{fact::PartyBack{contact.call, party, {session->id, session->version}}});
    } else if (!is_here && !side.lost_at) {
        facts.emplace_back(ContactFact{fact::PartyLost{contact.call, party}});
        if (party == Party::visitor && !contact.offered.empty()) {
            fact::ContactRevoked revoked{contact.call, {}, RevokeReason::visitor_left};
            for (const auto& [agent, since] : contact.offered) revoked.agents.push_back(agent);
            facts.emplace_back(ContactFact{std::move(revoked)});
        }
    }
}

/// Whether somebody is passed over for this contact, and when to look again: who said no for a time, the caller for ever.
struct Exclusion {
    bool holds{};
    std::optional<Instant> ends;
};
Exclusion exclusion_of(const Contact& contact, const UserId& agent, bool nobody_else, Instant now) {
    if (agent == contact.visitor) return {true, {}};
    const auto declined = contact.declined.find(agent);
    if (declined == contact.declined.end()) return {};
    const Instant ends = declined->second + (nobody_else ? decline_pause : decline_exclusion);
    if (ends <= now) return {};
    return {true, ends};
}

}  // namespace

const Session* session_of(const Presence& presence, const UserId& user, const Endpoint& endpoint) {
    const Session* any_original = nullptr;
    for (const SessionKey key : presence.sessions_of(user)) {
        const Session* session = presence.find(key);
        if (session->id == endpoint.session) return session;
        if (session->version == 1) any_original = session;
    }
    return endpoint.version == 1 ? any_original : nullptr;
}

bool is_routable(const State& state, const Presence& presence, const UserId& agent) {
    return state.agent(agent).intent == Intent::available && can_take_calls(presence, agent, Instant::max(), Milliseconds{0}) &&
           !state.is_working(agent) && state.offers_to(agent).empty();
}

Facts consequences_for(const State& state, const Presence& presence, const UserId& user, Instant now) {
    Facts facts;
    for (const ContactId& call : state.contacts_of(user)) {
        const Contact& contact = *state.contact(call);
        if (const auto party = contact.party_of(user)) check_party(facts, presence, contact, *party);
    }
    if (!state.offers_to(user).empty() && !offer_holds(state, presence, user, now)) {
        for (const ContactId& call : state.offers_to(user))
            facts.emplace_back(ContactFact{fact::ContactRevoked{call, {user}, RevokeReason::not_routable}});
    }
    if (state.agents().contains(user) && !presence.is_here(user) && !presence.is_expected(user, now))
        facts.emplace_back(AgentFact{fact::IntentChanged{user, Intent::offline, {}}});
    return facts;
}

Facts expired(const State& state, Instant now) {
    Facts facts;
    for (const auto& [due, call] : state.deadlines()) {
        if (due > now) break;
        for (ContactFact& fact : expire(*state.contact(call), now)) facts.emplace_back(std::move(fact));
    }
    return facts;
}

Routing route(const State& state, const Presence& presence, Instant now) {
    Routing routing;
    if (state.waiting().empty()) return routing;
    std::vector<UserId> free;
    for (const UserId& user : presence.staff())
        if (is_routable(state, presence, user)) free.push_back(user);

    for (const auto& [turn, call] : state.waiting()) {
        if (free.empty()) break;
        const Contact& contact = *state.contact(call);
        if (contact.visitor_side.lost_at) continue;
        const bool somebody_else_is_there = !contact.offered.empty() || std::any_of(free.begin(), free.end(), [&](const UserId& agent) {
            return agent != contact.visitor && !contact.declined.contains(agent);
        });
        fact::ContactOffered offered{call, {}};
        std::vector<UserId> excluded;
        for (UserId& agent : free) {
            const Exclusion exclusion = exclusion_of(contact, agent, !somebody_else_is_there, now);
            if (exclusion.ends && (!routing.look_again || *exclusion.ends < *routing.look_again)) routing.look_again = exclusion.ends;
            (exclusion.holds ? excluded : offered.agents).push_back(std::move(agent));
        }
        free = std::move(excluded);
        if (!offered.agents.empty()) routing.facts.emplace_back(ContactFact{std::move(offered)});
    }
    return routing;
}

}  // namespace calldocker::domain
