#include "app/testing/recorded_outbox.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace calldocker::app::testing {
namespace {

using namespace domain;

std::string names(const std::vector<UserId>& users) {
    std::string text;
    for (const UserId& user : users) text += (text.empty() ? "" : ",") + user.str();
    return text;
}

std::string opt(const std::optional<ContactId>& call) { return call ? " " + call->str() : ""; }
std::string opt(const std::optional<std::string>& text) { return text ? " " + *text : ""; }

std::string_view name_of(ContactState state) {
    switch (state) {
        case ContactState::queued: return "queued";
        case ContactState::offering: return "offering";
        case ContactState::connecting: return "connecting";
        case ContactState::connected: return "connected";
        case ContactState::closed: return "closed";
    }
    return "?";
}

std::string_view name_of(EndReason reason) {
    switch (reason) {
        case EndReason::completed_visitor: return "completed_visitor";
        case EndReason::completed_agent: return "completed_agent";
        case EndReason::completed_system: return "completed_system";
        case EndReason::abandoned_queue: return "abandoned_queue";
        case EndReason::abandoned_ringing: return "abandoned_ringing";
        case EndReason::lost_visitor: return "lost_visitor";
        case EndReason::lost_agent: return "lost_agent";
        case EndReason::media_failed: return "media_failed";
        case EndReason::supervisor_ended: return "supervisor_ended";
    }
    return "?";
}

std::string_view name_of(RevokeReason reason) {
    switch (reason) {
        case RevokeReason::answered_elsewhere: return "answered_elsewhere";
        case RevokeReason::visitor_left: return "visitor_left";
        case RevokeReason::declined: return "declined";
        case RevokeReason::not_routable: return "not_routable";
        case RevokeReason::ended: return "ended";
    }
    return "?";
}

std::string_view name_of(AgentLabel label) {
    switch (label) {
        case AgentLabel::reserved: return "reserved";
        case AgentLabel::on_call: return "on_call";
        case AgentLabel::not_ready: return "not_ready";
        case AgentLabel::available: return "available";
        case AgentLabel::offline: return "offline";
    }
    return "?";
}

std::string words(const ContactView& view) {
    std::string text = fmt::format("{} {}", view.call, name_of(view.state));
    if (view.agent) text += fmt::format(" agent={}", view.agent->user);
    if (view.media_owner) text += " owner";
    if (view.needs_offer) text += " needs_offer";
    if (view.visitor_lost) text += " lost=visitor";
    if (view.agent_lost) text += " lost=agent";
    if (view.media_lost) text += " lost=media";
    if (view.end_reason) text += fmt::format(" {}", name_of(*view.end_reason));
    return text;
}

struct Line {
    std::string operator()(const notice::RoomJoined& n) const { return fmt::format("room_joined {} {}", n.room, names(n.users)); }
    std::string operator()(const notice::UserJoined& n) const { return fmt::format("user_joined {} {}", n.user, n.room); }
    std::string operator()(const notice::UserLeft& n) const { return fmt::format("user_left {} {}", n.user, n.room); }
    std::string operator()(const notice::Offer& n) const { return fmt::format("webrtc_offer {} {}{}", n.from, n.offer, opt(n.call)); }
    std::string operator()(const notice::OfferSent& n) const { return fmt::format("offer_sent {}{}", n.target, opt(n.call)); }
    std::string operator()(const notice::Answer& n) const { return fmt::format("webrtc_answer {} {}{}", n.from, n.answer, opt(n.call)); }
    std::string operator()(const notice::AnswerSent& n) const { return fmt::format("answer_sent {}{}", n.target, opt(n.call)); }
    std::string operator()(const notice::Candidate& n) const {
        return fmt::format("ice_candidate {} {}{}", n.from, n.candidate, opt(n.call));
    }
    std::string operator()(const notice::CallStarted& n) const {
        return fmt::format("call_started {} {}{}", n.call, n.initiated_by, opt(n.call_type));
    }
    std::string operator()(const notice::CallEnded& n) const {
        return fmt::format("call_ended {} {}{}", n.call, n.ended_by, opt(n.reason));
    }
    std::string operator()(const notice::AgentStatusChanged& n) const {
        return fmt::format("agent_status_changed {} {}{}", n.user, n.status, opt(n.availability));
    }
    std::string operator()(const notice::Pong&) const { return "pong"; }
    std::string operator()(const notice::Failed& n) const {
        return fmt::format("error {}{}", calldocker::name_of(n.code), n.id ? " " + n.id->str() : "");
    }
    std::string operator()(const notice::Acknowledged& n) const { return fmt::format("ack {}", n.id); }
    std::string operator()(const notice::SessionReset& n) const { return fmt::format("session_reset {}", n.reason); }
    std::string operator()(const notice::TokenExpiring&) const { return "token_expiring"; }
    std::string operator()(const notice::IceServers&) const { return "ice_servers"; }
    std::string operator()(const notice::ContactOffered& n) const { return fmt::format("contact_offered {}", words(n.contact)); }
    std::string operator()(const notice::ContactRevoked& n) const {
        return fmt::format("contact_revoked {} {}", n.call, name_of(n.reason));
    }
    std::string operator()(const notice::ContactChanged& n) const { return fmt::format("contact_state {}", words(n.contact)); }
    std::string operator()(const notice::AgentChanged& n) const {
        return fmt::format("agent_state {} {}", n.agent.user, name_of(n.agent.label));
    }
};

}  // namespace

std::string line_of(const Notice& notice) { return std::visit(Line{}, notice); }

void RecordedOutbox::deliver(std::span<const SessionKey> recipients, const Notice& notice, Sequence after) {
    for (const SessionKey key : recipients) {
        Inbox& inbox = inboxes_[key];
        inbox.waiting.push_back({line_of(notice), after});
        flush(inbox);
    }
}

void RecordedOutbox::flush(Inbox& inbox) const {
    while (!inbox.waiting.empty() && inbox.waiting.front().after <= durable_) {
        inbox.told.push_back(std::move(inbox.waiting.front().line));
        inbox.waiting.pop_front();
    }
}

void RecordedOutbox::release(Sequence durable) {
    durable_ = durable;
    for (auto& [key, inbox] : inboxes_) flush(inbox);
}

void RecordedOutbox::fall_back(Sequence durable) {
    ++fall_backs_;
    durable_ = durable;
    for (auto& [key, inbox] : inboxes_) {
        std::erase_if(inbox.waiting, [&](const Waiting& waiting) { return waiting.after > durable; });
        flush(inbox);
    }
}

void RecordedOutbox::close(std::span<const SessionKey> sessions, std::uint16_t code, std::string_view) {
    for (const SessionKey key : sessions) inboxes_[key].told.push_back(fmt::format("closed {}", code));
}

std::vector<std::string> RecordedOutbox::take(SessionKey session) { return std::exchange(inboxes_[session].told, {}); }

}  // namespace calldocker::app::testing
