#include "app/changes.hpp"

#include "base/one_of.hpp"

namespace calldocker::app {
namespace {

using namespace domain;

RevokeReason revoke_reason(ConsultEnd end) {
    switch (end) {
        case ConsultEnd::declined: return RevokeReason::declined;
        case ConsultEnd::missed: return RevokeReason::timeout;
        case ConsultEnd::not_routable: return RevokeReason::not_routable;
        case ConsultEnd::cancelled:
        case ConsultEnd::left: return RevokeReason::withdrawn;
    }
    return RevokeReason::withdrawn;
}

struct Note {
    Changes& changes;
    const Contact& contact;  // before the fact
    const Event& event;

    void operator()(const fact::ContactOffered& offered) {
        for (const UserId& agent : offered.agents) ring(agent);
    }
    void operator()(const fact::ContactRevoked& revoked) {
        for (const UserId& agent : revoked.agents) revoke(agent, revoked.reason);
    }
    void operator()(const fact::ContactDeclined& declined) { revoke(declined.agent, RevokeReason::declined); }
    void operator()(const fact::ContactMissed& missed) {
        for (const UserId& agent : missed.agents) revoke(agent, RevokeReason::timeout);
    }
    void operator()(const fact::ContactAccepted& accepted) {
        for (const auto& [agent, since] : contact.offered)
            if (agent != accepted.agent) revoke(agent, RevokeReason::answered_elsewhere);
        changes.agents.insert(accepted.agent);
    }
    void operator()(const fact::ContactEnqueued&) { revoke_offers(RevokeReason::withdrawn); }
    void operator()(const fact::CallbackRequested&) {
        revoke_offers(RevokeReason::withdrawn);
        changes.parted.insert(contact.call);
    }
    void operator()(const fact::CallbackFailed&) { let_go_of_agent({}); }
    void operator()(const fact::ContactRequeued& requeued) { let_go_of_agent(requeued.wrap_up); }
    void operator()(const fact::ContactTransferred& transferred) {
        revoke_offers(RevokeReason::withdrawn);
        let_go_of_agent(transferred.wrap_up);
    }
    void operator()(const fact::ContactHandedOver& handed) {
        revoke_offers(RevokeReason::answered_elsewhere);
        for (const Joined& one : contact.others)
            if (one.kind == LegKind::supervision && one.who.user != handed.to) revoke(one.who.user, RevokeReason::withdrawn);
        if (contact.has_agent()) release(contact.agent, handed.wrap_up);
        changes.agents.insert(handed.to);
        changes.parted.insert(contact.call);
    }
    void operator()(const fact::ContactEnded& ended) {
        const bool visitor_left = ended.by == Party::visitor || ended.reason == EndReason::lost_visitor;
        revoke_offers(visitor_left ? RevokeReason::visitor_left : RevokeReason::ended);
        for (const Joined& one : contact.others) revoke(one.who.user, RevokeReason::ended);
        if (contact.has_agent()) changes.agents.insert(contact.agent);
        Changes::Ended& last = changes.ended[contact.call];
        last = {contact, ended};
        apply(last.contact, ContactFact{ended}, event.sequence, event.at);
    }
    void operator()(const fact::WrapUpEnded& ended) {
        const bool has_it = contact.has_agent() && contact.agent == ended.agent;
        if (has_it) {
            changes.agents.insert(ended.agent);
        } else {
            revoke(ended.agent, RevokeReason::ended);
        }
    }
    void operator()(const fact::ContactHeld&) { changes.agents.insert(contact.agent); }
    void operator()(const fact::ContactResumed&) { changes.agents.insert(contact.agent); }
    void operator()(const fact::ConsultStarted& started) {
        ring(started.agent);
        changes.agents.insert(contact.agent);
    }
    void operator()(const fact::ConsultJoined& joined) { changes.agents.insert(joined.agent); }
    void operator()(const fact::ConsultEnded& ended) {
        revoke(ended.agent, revoke_reason(ended.cause));
        changes.agents.insert(contact.agent);
        const Joined* colleague = contact.other(ended.agent);
        if (colleague != nullptr && ended.cause != ConsultEnd::cancelled)
            changes.consulted.push_back({contact.call, contact.agent, colleague->who, ended.cause});
    }
    void operator()(const fact::ConferenceStarted&) { changes.agents.insert(contact.agent); }
    void operator()(const fact::SupervisorJoined& joined) { changes.agents.insert(joined.user); }
    void operator()(const fact::SupervisorLeft& left) { revoke(left.user, RevokeReason::withdrawn); }
    void operator()(const fact::ChatSaid& said) { changes.said.push_back({contact.call, said.from}); }
    /// Changes of the contact alone: all who take part hear of it anyway.
    template <OneOf<fact::ContactCreated, fact::ContactConnected> OfTheContact>
    void operator()(const OfTheContact&) {}
    template <QuietFact Quiet>
    void operator()(const Quiet&) {}

private:
    void ring(const UserId& agent) {
        changes.offered.push_back({agent, contact.call});
        changes.agents.insert(agent);
    }
    void revoke(const UserId& agent, RevokeReason reason) {
        changes.revoked.push_back({agent, contact.call, reason});
        changes.agents.insert(agent);
    }
    void revoke_offers(RevokeReason reason) {
        for (const auto& [agent, since] : contact.offered) revoke(agent, reason);
    }
    /// Who wraps up still sees it.
    void release(const UserId& agent, Milliseconds wrap_up) {
        if (wrap_up == Milliseconds{0}) return revoke(agent, RevokeReason::not_routable);
        changes.agents.insert(agent);
    }
    void let_go_of_agent(Milliseconds wrap_up) {
        for (const Joined& one : contact.others) revoke(one.who.user, RevokeReason::withdrawn);
        if (contact.has_agent()) release(contact.agent, wrap_up);
        changes.parted.insert(contact.call);
    }
};

/// Facts that nobody's view of the contact shows.
bool is_silent(const ContactFact& fact) {
    return std::holds_alternative<fact::ChatSaid>(fact) || std::holds_alternative<fact::WaitEstimated>(fact) ||
           std::holds_alternative<fact::ContactRated>(fact) || std::holds_alternative<fact::ResumeTokensVoided>(fact) ||
           std::holds_alternative<fact::ReturnCodeMade>(fact) || std::holds_alternative<fact::ReturnCodeUsed>(fact);
}

}  // namespace

void Changes::note(const State& before, const Event& event) {
    if (const auto* agent_fact = std::get_if<AgentFact>(&event.fact)) {
        agents.insert(agent_of(*agent_fact));
        return;
    }
    const auto* contact_fact = std::get_if<ContactFact>(&event.fact);
    if (contact_fact == nullptr) {
        configuration = true;
        return;
    }
    const ContactId& call = call_of(*contact_fact);
    if (std::holds_alternative<fact::ContactEnded>(*contact_fact)) {
        contacts.erase(call);
    } else if (!is_silent(*contact_fact)) {
        contacts.insert(call);
    }
    if (const Contact* contact = before.contact(call)) std::visit(Note{*this, *contact, event}, *contact_fact);
}

}  // namespace calldocker::app
