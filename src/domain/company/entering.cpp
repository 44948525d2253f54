#include "domain/company/entering.hpp"

#include "domain/contacts/call_control.hpp"
#include "domain/contacts/contact_rules.hpp"

namespace calldocker::domain {
namespace {

/// Overflow may go in a circle.
constexpr int overflow_hops_max = 8;

bool is_full(const State& state, const Queue& queue) {
    const auto most = static_cast<std::size_t>(queue.max_length);
    return state.callers_in(queue.id, most) >= most;
}

std::optional<EndReason> why_not(const State& state, const Queue& queue) {
    if (!state.is_open(queue.id)) return EndReason::rejected_closed;
    if (queue.max_length > 0 && is_full(state, queue)) return EndReason::rejected_full;
    return std::nullopt;
}

const Queue* overflow_of(const State& state, const Queue& queue) {
    const Queue* next = state.configuration().queue(queue.overflow_to);
    for (int hops = 0; next != nullptr && hops < overflow_hops_max; ++hops) {
        if (next->id != queue.id && !why_not(state, *next)) return next;
        next = state.configuration().queue(next->overflow_to);
    }
    return nullptr;
}

ContactFacts move_on(const State& state, const Contact& contact, EndReason otherwise) {
    const Queue& queue = state.queue_of(contact);
    ContactFacts facts = revoke_offers(contact, RevokeReason::withdrawn);
    if (const Queue* next = overflow_of(state, queue)) {
        facts.emplace_back(fact::ContactEnqueued{contact.call, entry_of(*next, contact.entry.preferred), {}, "overflow"});
        return facts;
    }
    if (auto requested = request_callback(contact, queue, {}, {}, true); requested && !requested->empty()) {
        facts.insert(facts.end(), std::make_move_iterator(requested->begin()), std::make_move_iterator(requested->end()));
        return facts;
    }
    facts.emplace_back(fact::ContactEnded{contact.call, otherwise, Party::system, contact.visitor, "limit", {}});
    return facts;
}

}  // namespace

Entry entry_of(const Queue& queue, const UserId& preferred) {
    return {queue.id, queue.emergency_class, queue.priority_seconds, std::chrono::seconds(queue.max_wait_seconds), preferred};
}

std::variant<const Queue*, EndReason> queue_for(const State& state, const Queue& wanted) {
    const auto refused = why_not(state, wanted);
    if (!refused) return &wanted;
    if (const Queue* next = overflow_of(state, wanted)) return next;
    return *refused;
}

ContactFacts at_the_limit(const State& state, const Contact& contact, Instant now) {
    const auto due = wait_deadline_of(contact);
    if (!due || *due > now) return {};
    if (contact.is_voicemail())
        return {fact::ContactEnded{contact.call, EndReason::flowout_voicemail, Party::system, contact.visitor, "limit", {}}};
    if (contact.awaits_callback())
        return {fact::ContactEnded{contact.call, EndReason::callback_failed, Party::system, contact.visitor, "limit", {}}};
    return move_on(state, contact, EndReason::flowout_overflow);
}

ContactFacts in_a_closed_queue(const State& state, const Contact& contact) {
    const bool may_wait = state.is_open(state.queue_of(contact).id) || state.agent(contact.chosen).is_signed_in();
    if (may_wait || !contact.is_waiting() || contact.is_voicemail()) return {};
    return move_on(state, contact, EndReason::rejected_closed);
}

}  // namespace calldocker::domain
