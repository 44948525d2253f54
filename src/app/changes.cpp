#include "app/changes.hpp"

namespace calldocker::app {
namespace {

using namespace domain;

struct Note {
    Changes& changes;
    const Contact& contact;
    const Event& event;

    void operator()(const fact::ContactOffered& offered) {
        for (const UserId& agent : offered.agents) {
            changes.offered.push_back({agent, contact.call});
            changes.agents.insert(agent);
        }
    }
    void operator()(const fact::ContactRevoked& revoked) {
        for (const UserId& agent : revoked.agents) revoke(agent, revoked.reason);
    }
    void operator()(const fact::ContactDeclined& declined) { revoke(declined.agent, RevokeReason::declined); }
    void operator()(const fact::ContactAccepted& accepted) {
        for (const auto& [agent, since] : contact.offered)
            if (agent != accepted.agent) revoke(agent, RevokeReason::answered_elsewhere);
        changes.agents.insert(accepted.agent);
    }
    void operator()(const fact::ContactRequeued&) {
        revoke(contact.agent, RevokeReason::not_routable);
        changes.requeued.insert(contact.call);
    }
    void operator()(const fact::ContactEnded& ended) {
        const bool visitor_left = ended.by == Party::visitor || ended.reason == EndReason::lost_visitor;
        for (const auto& [agent, since] : contact.offered) revoke(agent, visitor_left ? RevokeReason::visitor_left : RevokeReason::ended);
        if (contact.has_agent()) changes.agents.insert(contact.agent);
        Changes::Ended& last = changes.ended[contact.call];
        last = {contact, ended};
        apply(last.contact, ContactFact{ended}, event.sequence, event.at);
    }
    template <class Other>
    void operator()(const Other&) {}

private:
    void revoke(const UserId& agent, RevokeReason reason) {
        changes.revoked.push_back({agent, contact.call, reason});
        changes.agents.insert(agent);
    }
};

}  // namespace

void Changes::note(const State& before, const Event& event) {
    const auto* contact_fact = std::get_if<ContactFact>(&event.fact);
    if (contact_fact == nullptr) {
        agents.insert(std::get<fact::IntentChanged>(std::get<AgentFact>(event.fact)).agent);
        return;
    }
    const ContactId& call = call_of(*contact_fact);
    if (std::holds_alternative<fact::ContactEnded>(*contact_fact)) {
        contacts.erase(call);
    } else {
        contacts.insert(call);
    }
    if (const Contact* contact = before.contact(call)) std::visit(Note{*this, *contact, event}, *contact_fact);
}

}  // namespace calldocker::app
