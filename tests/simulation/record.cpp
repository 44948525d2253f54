#include "app/codec/codec.hpp"
#include "domain/routing/eligibility.hpp"
#include "simulation/office.hpp"

/// The company's log, read a second time, fact by fact.
namespace calldocker::simulation {

using namespace domain;

void Office::read_log() {
    while (value_of(shadow_.sequence()) < log().events.size()) {
        const auto event = app::codec::from_stored(log().events[value_of(shadow_.sequence())]);
        if (!event) return blame(event.error().detail);
        read_fact(*event);
        apply(shadow_, *event);
    }
}

void Office::read_fact(const Event& event) {
    if (event.at < newest_) blame(fmt::format("event {} happened before the one before it", value_of(event.sequence)));
    newest_ = std::max(newest_, event.at);
    if (!event.command_key.empty() && !commands_in_log_.insert(event.command_key).second)
        blame(fmt::format("the command {} is in the log twice", event.command_key));
    const auto* fact = std::get_if<ContactFact>(&event.fact);
    if (fact == nullptr) return;
    const ContactId& call = call_of(*fact);
    const bool is_creation = std::holds_alternative<fact::ContactCreated>(*fact);
    const bool comes_after = std::holds_alternative<fact::WrapUpEnded>(*fact) || std::holds_alternative<fact::WrapUpExtended>(*fact) ||
                             std::holds_alternative<fact::NotesSet>(*fact) || std::holds_alternative<fact::ContactRated>(*fact);
    if (!comes_after && is_creation == live_in_log_.contains(call))
        blame(fmt::format("event {} is out of place", value_of(event.sequence)));
    if (is_creation) {
        live_in_log_.insert(call);
        created_in_log_.insert(call);
        ++tally.created;
    }
    if (const auto* offered = std::get_if<fact::ContactOffered>(fact)) check_order(event, *offered);
    if (const auto* accepted = std::get_if<fact::ContactAccepted>(fact)) accepted_in_log_.emplace(call, accepted->agent);
    if (const auto* handed = std::get_if<fact::ContactHandedOver>(fact)) accepted_in_log_.emplace(call, handed->to);
    if (std::holds_alternative<fact::ContactConnected>(*fact)) ++tally.connected;
    if (std::holds_alternative<fact::ContactRequeued>(*fact)) ++tally.requeued;
    if (const auto* ended = std::get_if<fact::ContactEnded>(fact)) {
        live_in_log_.erase(call);
        ended_in_log_.insert(call);
        ++tally.ended;
        tally.reasons.insert(ended->reason);
    }
}

/// No call is offered to an agent while a better-ranked one waits that the same agent might have had. Told from the facts before
/// the offer alone, without the routing that made it.
void Office::check_order(const Event& event, const fact::ContactOffered& offered) {
    const Contact* contact = shadow_.contact(offered.call);
    if (contact == nullptr || !offered.why || offered.why->decided_by == DecidedBy::chosen) return;
    const auto may_have = [&](const Contact& other, const UserId& agent) {
        const bool waits = other.offered.empty() && other.chosen.empty() && !other.visitor_is_away();
        const bool is_not_due = other.awaits_callback() && other.callback->due_at > event.at;
        const bool is_held = !other.entry.preferred.empty() && other.entry.preferred != agent;
        if (!waits || is_not_due || is_held || other.declined.contains(agent)) return false;
        const Queue& queue = shadow_.queue_of(other);
        const Fit fit = fit_of(shadow_.configuration(), queue, agent);
        return !eligibility_of(shadow_.configuration(), queue, fit, other, agent, event.at).excluded;
    };
    for (const auto& [queue, line] : shadow_.lines()) {
        for (const Turn& turn : line) {
            if (!(turn < turn_of(*contact))) break;
            ++tally.ranked;
            for (const UserId& agent : offered.agents)
                if (may_have(*turn.contact, agent))
                    blame(fmt::format("{} was offered to {} though {} was ahead", offered.call, agent, turn.contact->call));
        }
    }
}

}  // namespace calldocker::simulation
