#include "domain/company/decide.hpp"

namespace calldocker::domain {
namespace {

Result<Facts> as_facts(Result<ContactFacts> decided) {
    if (!decided) return fail(std::move(decided.error()));
    return Facts(std::make_move_iterator(decided->begin()), std::make_move_iterator(decided->end()));
}

struct Decide {
    const State& state;

    Result<Facts> operator()(const command::EnterQueue& enter) const {
        if (state.contact(enter.call) != nullptr) return fail(ErrorCode::conflict, "a live contact has this name");
        if (state.contacts().size() >= live_contacts_max) return fail(ErrorCode::overloaded, "too many contacts");
        if (state.contacts_of(enter.visitor).size() >= live_contacts_per_user_max)
            return fail(ErrorCode::overloaded, "too many contacts of one user");
        Facts facts{ContactFact{fact::ContactCreated{enter.call, enter.visitor, enter.endpoint, enter.room, enter.details}}};
        if (auto rung = idle(enter.rung, enter.visitor); !rung.empty())
            facts.emplace_back(ContactFact{fact::ContactOffered{enter.call, std::move(rung)}});
        return facts;
    }
    Result<Facts> operator()(const command::RingAgain& again) const {
        const auto contact = live(again.call);
        if (!contact) return fail(contact.error());
        std::vector<UserId> rung;
        for (const UserId& agent : idle(again.rung, (*contact)->visitor))
            if (!(*contact)->is_offered_to(agent)) rung.push_back(agent);
        if (rung.empty() || !(*contact)->is_waiting()) return Facts{};
        return Facts{ContactFact{fact::ContactOffered{again.call, std::move(rung)}}};
    }
    Result<Facts> operator()(const command::Accept& accepting) const {
        const auto contact = live(accepting.call);
        if (!contact) return fail(contact.error());
        return as_facts(accept(**contact, accepting.by));
    }
    Result<Facts> operator()(const command::Answer& answering) const {
        const auto contact = live(answering.call);
        if (!contact) return fail(contact.error());
        return as_facts(answer(**contact, answering.by));
    }
    Result<Facts> operator()(const command::Decline& declining) const {
        const auto contact = live(declining.call);
        if (!contact) return fail(contact.error());
        return as_facts(decline(**contact, declining.agent, declining.reason));
    }
    Result<Facts> operator()(const command::End& ending) const {
        const auto contact = live(ending.call);
        if (!contact) return fail(contact.error());
        return as_facts(end(**contact, ending.by, ending.staff_may));
    }
    Result<Facts> operator()(const command::ReportMedia& report) const {
        const auto contact = live(report.call);
        if (!contact) return fail(contact.error());
        return as_facts(report_media(**contact, report.user, report.session, report.up));
    }
    Result<Facts> operator()(const command::ClaimMedia& claim) const {
        const auto contact = live(claim.call);
        if (!contact) return fail(contact.error());
        return as_facts(claim_media(**contact, claim.user, claim.endpoint));
    }
    Result<Facts> operator()(const command::SetIntent& set) const {
        if (!is_staff(set.role)) return fail(ErrorCode::forbidden, "only staff have an intent");
        const Agent agent = state.agent(set.agent);
        if (agent.intent == set.intent && agent.reason == set.reason) return Facts{};
        return Facts{AgentFact{fact::IntentChanged{set.agent, set.intent, set.reason}}};
    }

private:
    /// Who of `agents` can be rung by `visitor`.
    [[nodiscard]] std::vector<UserId> idle(std::vector<UserId> agents, const UserId& visitor) const {
        std::erase_if(agents, [&](const UserId& agent) { return agent == visitor || state.is_working(agent); });
        return agents;
    }
    [[nodiscard]] Result<const Contact*> live(const ContactId& call) const {
        if (const Contact* contact = state.contact(call)) return contact;
        if (state.has_ended(call)) return fail(ErrorCode::gone, "the contact has ended");
        return fail(ErrorCode::not_found, "no such contact");
    }
};

}  // namespace

Result<Facts> decide(const State& state, const Command& command) { return std::visit(Decide{state}, command); }

}  // namespace calldocker::domain
