#include <boost/json/parse.hpp>

#include "app/codec/codec.hpp"
#include "domain/contacts/contact_rules.hpp"
#include "domain/presence/limits.hpp"
#include "domain/routing/route.hpp"
#include "protocol/signalling/encode.hpp"
#include "server/gateway/limits.hpp"
#include "simulation/office.hpp"
#include "simulation/screen.hpp"

/// What must be true.
namespace calldocker::simulation {

using namespace domain;

/// Nobody is left in a queue that is closed, or longer than the queue allows, however the contact came there.
void Office::check_limits(const State& state) {
    std::map<QueueId, int> entered;  // of those who have not been moved to it
    for (const auto& [call, contact] : state.contacts()) {
        if (!contact.is_waiting() || contact.is_voicemail()) continue;
        const Queue& queue = state.queue_of(contact);
        if (!state.is_open(queue.id) && !state.agent(contact.chosen).is_signed_in()) blame(fmt::format("{} waits in a closed queue", call));
        if (contact.segment == 1 && queue.max_length > 0) ++entered[queue.id];
        if (const auto due = wait_deadline_of(contact); due && *due <= node_.now()) blame(fmt::format("{} has waited too long", call));
    }
    for (const auto& [queue, callers] : entered)
        if (callers > state.configuration().queue_or_default(queue).max_length) blame(fmt::format("{} is longer than it may be", queue));
}

/// Nobody who is shown as available for longer than a moment is without a page that could ring.
void Office::check_media(const app::LiveIsland& live) {
    const State& state = live.state();
    for (const UserId& user : state.available()) {
        bool is_connected = false;  // whose connection is lost has half a minute
        bool may_ring = node_.now() - state.agent(user).intent_since < media_missing_grace;
        for (const SessionKey key : live.presence().sessions_of(user)) {
            const Session& session = *live.presence().find(key);
            is_connected = is_connected || session.is_attached();
            may_ring = may_ring || session.version == 1 || session.media_ready || node_.now() - session.media_since < media_missing_grace;
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
    if (!route(state, live.presence(), node_.now()).facts.empty()) blame("somebody free and somebody waiting were left apart");
}

/// As far as the server can know.
bool Office::is_here(const UserId& user, const Endpoint& endpoint) const {
    return std::any_of(clients_.begin(), clients_.end(), [&](const auto& client) {
        const bool is_theirs = client->line && client->line->greeted && client->user == user && client->version == endpoint.version;
        return is_theirs && (endpoint.version == 1 || client->line->session == endpoint.session);
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
void Office::check_work(const app::LiveIsland& live) {
    for (const auto& [key, session] : live.presence().sessions()) {
        if (!session.is_staff()) continue;
        const auto label = label_of(live.state().agent(session.user()), live.state().work_of(session.user()));
        const bool shows_work =
            label == AgentLabel::on_call || label == AgentLabel::on_hold || label == AgentLabel::wrapup || label == AgentLabel::reserved;
        const bool has_work = live.state().is_working(session.user()) || !live.state().offers_to(session.user()).empty();
        if (shows_work != has_work && label != AgentLabel::system)
            blame(fmt::format("{} is shown with work that is not there, or without", session.user()));
    }
}

/// Every connection that the server has greeted has a session that is here, and the other way round.
void Office::check_presence(const app::LiveIsland& live) {
    std::map<SessionId, app::SessionKey> attached;
    std::size_t originals = 0;
    for (const auto& [key, session] : live.presence().sessions()) {
        if (session.version == 1) ++originals;
        if (session.version == 2 && session.is_attached()) attached.emplace(session.id, key);
    }
    std::size_t lines_1 = 0, lines_2 = 0;
    const bool is_quiet = log().is_settled() && live.can_write();
    for (const auto& client : clients_) {
        if (!client->line || !client->line->greeted) continue;
        ++(client->version == 1 ? lines_1 : lines_2);
        if (client->version == 1 || !client->is_connected()) continue;
        const auto found = attached.find(client->line->session);
        if (found == attached.end()) {
            blame(fmt::format("{} is connected, and has no session", client->user));
        } else if (is_quiet && !client->memory.awaits_reset && (haste_ == 1 || random_.below(50) == 0)) {
            check_shown(live, *client, found->second);
        }
    }
    if (originals != lines_1 || attached.size() != lines_2)
        blame(fmt::format("{} and {} sessions are here, and {} and {} connections", originals, attached.size(), lines_1, lines_2));
}

/// What a page shows, of all that it was told, is what a page would be shown that comes now.
void Office::check_shown(const app::LiveIsland& live, const Client& client, app::SessionKey key) {
    ++tally.comparisons;
    Screen fresh;
    const auto view = protocol::encode(notice::SessionReset{"new", live.view(key).snapshot}, node_.now(), 2);
    show(fresh, "session_reset", boost::json::parse(view).as_object());
    if (client.screen != fresh) blame(fmt::format("{} shows [{}], which is [{}]", client.user, in_words(client.screen), in_words(fresh)));
}

void Office::check_live(const app::LiveIsland& live) {
    const State& state = live.state();
    tally.most_live = std::max(tally.most_live, state.contacts().size());
    for (const auto& [call, contact] : state.contacts()) check_contact(live, contact);
    const bool is_quiet = log().is_settled() && live.can_write();
    if (const auto next = live.next_deadline(); next && log().is_settled()) {
        if (*next <= node_.now()) blame("a tick does not do what is due");
        if (!node_.wake_at || *node_.wake_at > *next) blame("the gateway does not ask to be woken for it");
    }
    if (is_quiet) {
        check_limits(state);
        check_offers(live);
        check_media(live);
        if (state.sequence() != shadow_.sequence()) blame("the live state is ahead of its log, which has nothing to do");
    }
    if (state.sequence() == shadow_.sequence()) {
        ++tally.comparisons;
        if (!(state == shadow_)) blame("the live state is not what its log says");
        if (is_quiet)
            for (const std::string& violation : auditor_.look_at(shadow_, node_.now())) blame("the auditor: " + violation);
    }
    check_work(live);
    check_presence(live);
}

/// A company with live contacts is loaded, or will be within its pause, unless its log cannot be read.
void Office::check_away() {
    if (island() != nullptr || live_in_log_.empty()) return back_by_.reset();
    if (!back_by_ || log().unreadable || !log().is_settled() || has_just_failed()) back_by_ = node_.now() + server::limits::rest_longest;
    if (node_.now() > *back_by_) blame("it has live contacts, and is not loaded");
}

std::vector<std::string> Office::check() {
    gone_.clear();
    read_log();
    if (has_just_failed()) {
        ++lives_;
        ++tally.throws;
        for (const auto& client : clients_)
            if (client->line && client->line->greeted && island() == nullptr)
                blame(fmt::format("{} is still connected to a company that has failed", client->user));
    }
    check_away();
    if (const auto* live = island()) check_live(*live);
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
