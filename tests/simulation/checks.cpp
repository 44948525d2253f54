#include <fmt/format.h>

#include "app/codec/codec.hpp"
#include "domain/presence/limits.hpp"
#include "domain/routing/eligibility.hpp"
#include "domain/routing/route.hpp"
#include "simulation/office.hpp"

/// What must be true.
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

/// Nobody is left in a queue that is closed, or longer than the queue allows, however the contact came there.
void Office::check_limits(const State& state) {
    std::map<QueueId, int> entered;  // of those who have not been moved to it
    for (const auto& [call, contact] : state.contacts()) {
        if (!contact.is_waiting() || contact.is_voicemail()) continue;
        const Queue& queue = state.queue_of(contact);
        if (!state.is_open(queue.id) && !state.agent(contact.chosen).is_signed_in()) blame(fmt::format("{} waits in a closed queue", call));
        if (contact.segment == 1 && queue.max_length > 0) ++entered[queue.id];
        if (const auto due = wait_deadline_of(contact); due && *due <= node_.now) blame(fmt::format("{} has waited too long", call));
    }
    for (const auto& [queue, callers] : entered)
        if (callers > state.configuration().queue_or_default(queue).max_length) blame(fmt::format("{} is longer than it may be", queue));
}

/// Nobody who is shown as available for longer than a moment is without a page that could ring.
void Office::check_media(const app::LiveIsland& live) {
    const State& state = live.state();
    for (const UserId& user : state.available()) {
        bool is_connected = false;  // whose connection is lost has half a minute
        bool may_ring = node_.now - state.agent(user).intent_since < media_missing_grace;
        for (const SessionKey key : live.presence().sessions_of(user)) {
            const Session& session = *live.presence().find(key);
            is_connected = is_connected || session.is_attached();
            may_ring = may_ring || session.version == 1 || session.media_ready || node_.now - session.media_since < media_missing_grace;
        }
        if (is_connected && !may_ring) blame(fmt::format("{} is available and cannot be rung", user));
    }
}

/// An agent is rung by one contact at a time, a contact rings one agent unless its queue rings all; and routing has left nothing to do.
void Office::check_offers(const app::LiveIsland& live) {
    const State& state = live.state();
    for (const auto& [call, contact] : state.contacts()) {
        const bool rings_all = state.queue_of(contact).metric == Metric::ring_all && contact.offer_kind != OfferKind::transfer;
        if (contact.offered.size() > 1 && !rings_all) blame(fmt::format("{} rings more than one agent", call));
    }
    for (const UserId& colleague : colleagues_)
        if (state.offers_to(colleague).size() > 1) blame(fmt::format("{} is rung by more than one contact", colleague));
    if (!route(state, live.presence(), node_.now).facts.empty()) blame("somebody free and somebody waiting were left apart");
}

/// As far as the server can know.
bool Office::is_here(const UserId& user, const Endpoint& endpoint) const {
    return std::any_of(clients_.begin(), clients_.end(), [&](const auto& client) {
        const bool is_theirs = client->line && client->line->greeted && client->user == user && client->version == endpoint.version;
        return is_theirs && (endpoint.version == 1 || client->session == endpoint.session);
    });
}

void Office::check_contact(const app::LiveIsland& live, const Contact& contact) {
    const auto fault = [&](std::string_view what) { blame(fmt::format("{}: {}", contact.call, what)); };
    const bool is_with_agent =
        contact.is_in_call() || contact.state == ContactState::connecting || contact.state == ContactState::callback_dialing;
    const bool rings = contact.state == ContactState::offering || contact.state == ContactState::transferring ||
                       contact.state == ContactState::callback_offering;
    const bool somebody_is_lost = contact.visitor_side.lost_at || contact.agent_side.lost_at;
    if (contact.state == ContactState::closed) fault("closed, and still live");
    if (contact.has_agent() != is_with_agent) fault("the agent does not fit the state");
    if (rings == contact.offered.empty()) fault("the offers do not fit the state");
    if ((contact.state == ContactState::wrapup) != contact.is_over()) fault("over, and not in wrap-up");
    if (contact.state == ContactState::wrapup && contact.wrap_ups.empty()) fault("in wrap-up without anybody");
    const bool must_end = contact.state == ContactState::connecting || contact.state == ContactState::callback_dialing ||
                          contact.state == ContactState::prequeue || contact.is_over() || contact.awaits_callback();
    if (must_end && !deadline_of(contact)) fault("without a deadline");
    if (contact.is_waiting() && !contact.is_voicemail() && contact.visitor_side.lost_at && !deadline_of(contact))
        fault("stranded in the queue");
    const bool has_media = !contact.is_by_telephone() && !contact.is_voicemail();
    const bool somebody_vouches = has_media && (contact.visitor_side.vouches_for_media() || contact.agent_side.vouches_for_media());
    const bool is_missed = has_media ? somebody_is_lost : contact.agent_side.lost_at.has_value();
    if (contact.is_in_call() && is_missed && !somebody_vouches && !deadline_of(contact)) fault("stranded");
    for (const auto& [agent, since] : contact.offered)
        if (live.state().is_working(agent)) fault("rings somebody who is in a contact");
    if (!live.can_write() || contact.is_over()) return;
    if (is_here(contact.visitor, contact.visitor_side.endpoint) == contact.visitor_side.lost_at.has_value())
        fault("whether the visitor is lost is not known");
    if (is_with_agent && is_here(contact.agent, contact.agent_side.endpoint) == contact.agent_side.lost_at.has_value())
        fault("whether the agent is lost is not known");
}

/// Staff are shown as working exactly when there is work.
void Office::check_sessions(const app::LiveIsland& live) {
    for (const auto& [key, session] : live.presence().sessions()) {
        if (!session.is_staff()) continue;
        const auto agent = live.view(key).snapshot.agent;
        const bool shows_work = agent && (agent->label == AgentLabel::on_call || agent->label == AgentLabel::on_hold ||
                                          agent->label == AgentLabel::wrapup || agent->label == AgentLabel::reserved);
        const bool has_work = live.state().is_working(session.user()) || !live.state().offers_to(session.user()).empty();
        const bool is_set_aside = agent && agent->label == AgentLabel::system;
        if (shows_work != has_work && !is_set_aside)
            blame(fmt::format("{} is shown with work that is not there, or without", session.user()));
    }
}

void Office::check_live(const app::LiveIsland& live) {
    const State& state = live.state();
    tally.most_live = std::max(tally.most_live, state.contacts().size());
    for (const auto& [call, contact] : state.contacts()) check_contact(live, contact);
    if (live.figures().violations != 0) blame("the auditor has found something");
    if (const auto next = live.next_deadline(); next && log().is_settled()) {
        if (*next <= node_.now) blame("a tick does not do what is due");
        if (!node_.wake_at || *node_.wake_at > *next) blame("the gateway does not ask to be woken for it");
    }
    if (live.can_write() && log().is_settled()) {
        check_limits(state);
        check_offers(live);
        check_media(live);
    }
    if (state.sequence() == shadow_.sequence()) {
        ++tally.comparisons;
        if (!(state == shadow_)) blame("the live state is not what its log says");
    }
    check_sessions(live);
}

std::vector<std::string> Office::check() {
    gone_.clear();
    read_log();
    const auto* live = island();
    if (std::exchange(was_turned_away_, false) && !may_be_turned_away_ && live != nullptr)
        blame("its clients are turned away, and it has not failed");
    may_be_turned_away_ = live == nullptr || log().unreadable;
    if (live != nullptr) check_live(*live);
    return std::exchange(faults_, {});
}

std::vector<std::string> Office::check_the_end() {
    read_log();
    if (!shadow_.contacts().empty()) blame("contacts are left");
    if (!live_in_log_.empty()) blame("the log leaves contacts open");
    if (!shadow_.agents().empty()) blame("agents are left");
    if (tally.created != tally.ended) blame("not every contact has ended once");
    const auto replayed = app::codec::replay(log().history());
    if (!replayed || !(*replayed == shadow_)) blame("a replay is not the same");
    return std::exchange(faults_, {});
}

}  // namespace calldocker::simulation
