#include "domain/company/follow_up.hpp"

#include <algorithm>

#include "domain/company/entering.hpp"
#include "domain/contacts/contact_rules.hpp"
#include "domain/presence/limits.hpp"

namespace calldocker::domain {
namespace {

bool has_original_page(const Presence& presence, const UserId& user) {
    return presence.has_session(user, [](const Session& session) { return session.is_original_that_rings(); });
}

/// An original page of an agent who wants work; it rings when an offer comes.
bool is_original_at_work(const Session& session) {
    return session.is_original_that_rings() && session.is_staff() && session.is_in(RoomId{agent_room});
}

/// A session on which a contact can be shown and taken; one whose connection is just lost may come back to its offer.
bool can_take_calls(const Session& session, Instant now, Milliseconds patience) {
    if (session.version != 2 || !session.is_staff() || !session.media_ready) return false;
    return session.is_attached() || now < *session.detached_at + patience;
}

bool can_take_calls(const Presence& presence, const UserId& agent, Instant now, Milliseconds patience) {
    return presence.has_session(agent, [&](const Session& session) { return can_take_calls(session, now, patience); });
}

bool is_connected(const Presence& presence, const UserId& user) {
    return presence.has_session(user, [](const Session& session) { return session.is_staff() && session.is_attached(); });
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
        // Who waits to be called back is away by definition, and who has left a message may be anywhere.
        if (party == Party::visitor && !contact.awaits_callback() && !contact.is_voicemail())
            for (ContactFact& fact : revoke_offers(contact, RevokeReason::visitor_left)) facts.emplace_back(std::move(fact));
    }
}

/// Who advises, has joined or supervises takes part as long as the session is there, or may come back to it.
void check_joined(Facts& facts, const Presence& presence, const Contact& contact, const UserId& user, Instant now) {
    const Joined* joined = contact.other(user);
    if (joined == nullptr || joined->is_ringing() || session_of(presence, user, joined->endpoint) != nullptr) return;
    if (const auto since = presence.missed_since(user); since && now < *since + joined_grace) return;
    if (joined->kind == LegKind::supervision) {
        facts.emplace_back(ContactFact{fact::SupervisorLeft{contact.call, user}});
    } else {
        facts.emplace_back(ContactFact{fact::ConsultEnded{contact.call, user, ConsultEnd::left}});
    }
}

void check_offers(Facts& facts, const State& state, const Presence& presence, const UserId& user, Instant now) {
    if (state.offers_to(user).empty() || offer_holds(state, presence, user, now)) return;
    for (const ContactId& call : state.offers_to(user)) {
        if (state.contact(call)->is_offered_to(user)) {
            facts.emplace_back(ContactFact{fact::ContactRevoked{call, {user}, RevokeReason::not_routable}});
        } else {
            facts.emplace_back(ContactFact{fact::ConsultEnded{call, user, ConsultEnd::not_routable}});
        }
    }
}

fact::IntentChanged set_intent(const UserId& user, const NextIntent& to) { return {user, to.intent, to.reason, {}, {}}; }

/// Who wants work, and whose pages are here, but none with a microphone and sound, is not ready until one has them.
void check_media(Facts& facts, const State& state, const Presence& presence, const UserId& user, Instant now) {
    const Agent& agent = state.agent(user);
    const bool wants_work = agent.intent == Intent::available && !agent.next && !state.is_working(user);
    const bool is_blocked = agent.intent == Intent::not_ready && agent.reason == sys_media;
    if (!wants_work && !is_blocked) return;
    // An original page at work counts as one that can ring.
    const bool has_original_at_work = presence.has_session(user, is_original_at_work);
    const auto has_media_since = [&](Instant then) {
        return presence.has_session(user, [&](const Session& session) { return session.media_ready && session.media_since >= then; });
    };
    const auto has_changed_since = [&](Instant then) {
        return presence.has_session(user, [&](const Session& session) { return session.is_attached() && session.media_since > then; });
    };
    if (is_blocked) {
        if (has_original_at_work || has_media_since(agent.intent_since))
            facts.emplace_back(AgentFact{fact::IntentChanged{user, Intent::available, {}, {}, {}}});
        return;
    }
    const Instant grace_began = now - media_missing_grace;
    if (has_original_at_work || has_media_since({}) || agent.intent_since > grace_began || has_changed_since(grace_began)) return;
    facts.emplace_back(AgentFact{fact::IntentChanged{user, Intent::not_ready, std::string(sys_media), {}, {}}});
}

/// Who is connected, and was lost, is again what he was, if it was not for long.
void check_staff_here(Facts& facts, const State& state, const Presence& presence, const UserId& user, Instant now) {
    const Agent& agent = state.agent(user);
    if (!agent.is_signed_in()) {
        facts.emplace_back(AgentFact{fact::SignedIn{user, std::string(presence.name_of(user))}});
        return;
    }
    const bool was_lost = agent.reason == sys_lost && agent.before_lost;
    if (was_lost && now - agent.intent_since <= intent_restored_within - lost_agent_grace) {
        facts.emplace_back(AgentFact{set_intent(user, *agent.before_lost)});
        return;
    }
    check_media(facts, state, presence, user, now);
}

void check_staff_away(Facts& facts, const State& state, const Presence& presence, const UserId& user, Instant now) {
    const auto found = state.agents().find(user);
    if (found == state.agents().end()) return;
    const Agent& agent = found->second;
    const auto since = presence.missed_since(user);
    if (state.is_working(user)) return;  // whoever works is part of a contact, and what becomes of that is its own matter
    if (!since || now >= *since + signed_out_after) {
        facts.emplace_back(AgentFact{fact::SignedOut{user}});
        return;
    }
    const bool chose = agent.intent != Intent::offline && !(agent.intent == Intent::not_ready && is_system_reason(agent.reason));
    if (chose && now >= *since + lost_agent_grace)
        facts.emplace_back(AgentFact{fact::IntentChanged{user, Intent::not_ready, std::string(sys_lost), {}, {}}});
}

void check_next_intent(Facts& facts, const State& state, const UserId& user) {
    const Agent& agent = state.agent(user);
    if (agent.next && !state.is_working(user)) facts.emplace_back(AgentFact{set_intent(user, *agent.next)});
}

/// What a call that was not answered, or could not be heard, means for the agents. An original page could not show it.
void add_blame(Facts& facts, const State& state, const Presence& presence, const Contact& contact, const ContactFact& fact) {
    const auto not_ready = [&](const UserId& user, std::string_view reason) {
        const Agent& agent = state.agent(user);
        if (agent.intent == Intent::available && !agent.next)
            facts.emplace_back(AgentFact{fact::IntentChanged{user, Intent::not_ready, std::string(reason), {}, {}}});
    };
    if (const auto* missed = std::get_if<fact::ContactMissed>(&fact)) {
        const int limit = state.queue_of(contact).misses_max;
        for (const UserId& user : missed->agents)
            if (limit > 0 && !has_original_page(presence, user) && state.agent(user).misses + 1 >= limit) not_ready(user, sys_rona);
        return;
    }
    const auto* requeued = std::get_if<fact::ContactRequeued>(&fact);
    const auto* ended = std::get_if<fact::ContactEnded>(&fact);
    const bool had_no_media = (requeued != nullptr && requeued->cause == "no_media") || (ended != nullptr && ended->cause == "no_media");
    const bool agents_fault = contact.visitor_side.media_up && !contact.agent_side.media_up;
    if (had_no_media && contact.state == ContactState::connecting && agents_fault) not_ready(contact.agent, sys_media);
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
    return state.available().contains(agent) && can_take_calls(presence, agent, Instant::max(), Milliseconds{0});
}

bool is_original_and_free(const State& state, const Presence& presence, const UserId& agent) {
    return state.available().contains(agent) && presence.has_session(agent, is_original_at_work) &&
           !can_take_calls(presence, agent, Instant::max(), Milliseconds{0});
}

Facts consequences_for(const State& state, const Presence& presence, const UserId& user, Instant now) {
    Facts facts;
    for (const ContactId& call : state.contacts_of(user)) {
        const Contact& contact = *state.contact(call);
        if (contact.is_over()) continue;
        if (const auto party = contact.party_of(user)) {
            check_party(facts, presence, contact, *party);
        } else {
            check_joined(facts, presence, contact, user, now);
        }
    }
    check_offers(facts, state, presence, user, now);
    if (is_connected(presence, user)) {
        check_staff_here(facts, state, presence, user, now);
    } else {
        check_staff_away(facts, state, presence, user, now);
    }
    if (facts.empty()) check_next_intent(facts, state, user);
    return facts;
}

std::vector<Instant> reviews_after_loss(Instant since) {
    return {since + offer_grace, since + lost_agent_grace, since + joined_grace, since + signed_out_after};
}

Facts expired(const State& state, const Presence& presence, Instant now) {
    Facts facts;
    for (const auto& [due, call] : state.deadlines()) {
        if (due > now) break;
        const Contact& contact = *state.contact(call);
        ContactFacts own = expire(contact, state.queue_of(contact), now);
        if (own.empty()) own = at_the_limit(state, contact, now);
        for (ContactFact& fact : own) {
            add_blame(facts, state, presence, contact, fact);
            facts.emplace_back(std::move(fact));
        }
        if (!facts.empty()) return facts;
    }
    return facts;
}

Facts shut_out(const State& state, const ContactId& call) {
    const Contact* contact = state.contact(call);
    if (contact == nullptr) return {};
    ContactFacts facts = in_a_closed_queue(state, *contact);
    return {std::make_move_iterator(facts.begin()), std::make_move_iterator(facts.end())};
}

Facts unstick(const State& state, Instant now) {
    Facts facts;
    for (const auto& [due, call] : state.deadlines()) {
        if (due + overdue_after >= now) break;
        const Contact& contact = *state.contact(call);
        for (const auto& [agent, wrap_up] : contact.wrap_ups)
            if (wrap_up.until <= now) facts.emplace_back(ContactFact{fact::WrapUpEnded{call, agent}});
        if (!contact.is_over())
            facts.emplace_back(
                ContactFact{fact::ContactEnded{call, EndReason::completed_system, Party::system, contact.visitor, "overdue", {}}});
    }
    return facts;
}

}  // namespace calldocker::domain
