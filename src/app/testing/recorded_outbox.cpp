#include "app/testing/recorded_outbox.hpp"

#include <fmt/format.h>

#include "domain/messages/names.hpp"

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

std::string words(const ParticipantView& participant) {
    std::string text = fmt::format(" with={}:{}", participant.who.user.str(), name_of(participant.kind));
    if (participant.mode) text += fmt::format(":{}", name_of(*participant.mode));
    return participant.connected ? text : text + ":asked";
}

std::string words(const LegView& leg) {
    std::string text = fmt::format(" leg={}:{}", leg.user.str(), name_of(leg.kind));
    if (leg.mode) text += fmt::format(":{}", name_of(*leg.mode));
    if (leg.offers) text += ":offers";
    if (leg.mix) text += ":mix";
    return text;
}

std::string words(const OfferView& offer) {
    std::string text = fmt::format(" offer={}", name_of(offer.kind));
    if (offer.from) text += fmt::format(" from={}", offer.from->user.str());
    if (offer.expires_at) text += fmt::format(" expires={}ms", (*offer.expires_at - offer.since).count());
    return text;
}

/// What is as usual goes without saying: the default queue, the offer of a waiting contact, the leg between visitor and agent.
std::string words(const ContactView& view) {
    std::string text = fmt::format("{} {}", view.call, name_of(view.state));
    if (view.agent) text += fmt::format(" agent={}", view.agent->user.str());
    if (view.media_owner) text += " owner";
    if (view.needs_offer) text += " needs_offer";
    if (view.visitor_lost) text += " lost=visitor";
    if (view.agent_lost) text += " lost=agent";
    if (view.media_lost) text += " lost=media";
    if (view.end_reason) text += fmt::format(" {}", name_of(*view.end_reason));
    if (view.queue && view.queue->queue != QueueId("default")) text += fmt::format(" queue={}", view.queue->queue);
    if (view.offer && view.offer->kind != OfferKind::contact) text += words(*view.offer);
    for (const LegView& leg : view.legs) text += leg.kind == LegKind::main ? "" : words(leg);
    if (view.visitor_muted) text += " muted=visitor";
    if (view.agent_muted) text += " muted=agent";
    if (view.held_by) text += fmt::format(" held_by={}", view.held_by->user.str());
    for (const ParticipantView& participant : view.participants) text += words(participant);
    if (view.wrap_up_until) text += " wrapup";
    if (view.callback) text += fmt::format(" callback={}/{}", view.callback->attempt, view.callback->attempts_max);
    return text;
}

std::string words(const NextIntent& next) {
    return fmt::format("{}{}{}", name_of(next.intent), next.reason.empty() ? "" : ":", next.reason);
}

std::string words(const AgentView& view) {
    std::string text = fmt::format("{} {}", view.user.str(), name_of(view.label));
    if (view.reason.starts_with("SYS_")) text += " " + view.reason;
    if (view.next) text += " next=" + words(*view.next);
    if (view.forced_by) text += fmt::format(" forced_by={}", view.forced_by->user.str());
    return text;
}

std::string minutes(const std::optional<int>& min, const std::optional<int>& max) {
    return min && max ? fmt::format(" {}-{}min", *min, *max) : std::string();
}

std::string words(const ChatMessage& said) { return fmt::format("#{} {} {}", said.number, said.from.user.str(), said.text); }

struct Line {
    std::string operator()(const notice::RoomJoined& n) const { return fmt::format("room_joined {} {}", n.room, names(n.users)); }
    std::string operator()(const notice::UserJoined& n) const { return fmt::format("user_joined {} {}", n.user.str(), n.room); }
    std::string operator()(const notice::UserLeft& n) const { return fmt::format("user_left {} {}", n.user.str(), n.room); }
    std::string operator()(const notice::Offer& n) const { return fmt::format("webrtc_offer {} {}{}", n.from.str(), n.offer, opt(n.call)); }
    std::string operator()(const notice::OfferSent& n) const { return fmt::format("offer_sent {}{}", n.target, opt(n.call)); }
    std::string operator()(const notice::Answer& n) const {
        return fmt::format("webrtc_answer {} {}{}", n.from.str(), n.answer, opt(n.call));
    }
    std::string operator()(const notice::AnswerSent& n) const { return fmt::format("answer_sent {}{}", n.target, opt(n.call)); }
    std::string operator()(const notice::Candidate& n) const {
        return fmt::format("ice_candidate {} {}{}", n.from.str(), n.candidate, opt(n.call));
    }
    std::string operator()(const notice::CallStarted& n) const {
        return fmt::format("call_started {} {}{}", n.call, n.initiated_by.str(), opt(n.call_type));
    }
    std::string operator()(const notice::CallEnded& n) const {
        return fmt::format("call_ended {} {}{}", n.call, n.ended_by.str(), opt(n.reason));
    }
    std::string operator()(const notice::AgentStatusChanged& n) const {
        return fmt::format("agent_status_changed {} {}{}", n.user.str(), n.status, opt(n.availability));
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
    std::string operator()(const notice::ConsultEnded& n) const {
        return fmt::format("consult_ended {} {} {}", n.call, n.colleague.user.str(), name_of(n.reason));
    }
    std::string operator()(const notice::ContactChanged& n) const { return fmt::format("contact_state {}", words(n.contact)); }
    std::string operator()(const notice::AgentChanged& n) const { return fmt::format("agent_state {}", words(n.agent)); }
    std::string operator()(const notice::QueuePlace& n) const {
        return fmt::format("queue_place {} {}{}{}", n.call, n.place.place, minutes(n.place.minutes_min, n.place.minutes_max),
                           n.place.away ? " away" : "");
    }
    std::string operator()(const notice::QueueStatusTold& n) const {
        const QueueStatus& status = n.status;
        return fmt::format("queue_status {} {}{}{}{}{}{}", status.queue.queue, status.open ? "open" : "closed",
                           status.staffed ? " staffed" : "", status.full ? " full" : "", status.callback ? " callback" : "",
                           status.voicemail ? " voicemail" : "", minutes(status.minutes_min, status.minutes_max));
    }
    std::string operator()(const notice::ChatSaid& n) const { return fmt::format("chat_message {} {}", n.call, words(n.message)); }
    std::string operator()(const notice::ChatHistory& n) const {
        std::string text = fmt::format("chat_history {}", n.call);
        for (const ChatMessage& said : n.messages) text += " " + words(said);
        return text;
    }
    std::string operator()(const notice::Keypad& n) const { return fmt::format("keypad {} {} {}", n.call, name_of(n.party), n.digits); }
    std::string operator()(const notice::DirectoryTold& n) const {
        std::string text = "directory";
        for (const DirectoryQueue& queue : n.directory.queues)
            text += fmt::format(" {}:{}:waiting={}:free={}", queue.queue.queue, queue.open ? "open" : "closed", queue.waiting, queue.free);
        for (const DirectoryAgent& agent : n.directory.agents)
            text += fmt::format(" {}:{}{}", agent.who.user.str(), name_of(agent.label), agent.free ? ":free" : "");
        for (const ReasonView& reason : n.directory.reasons) text += " " + reason.reason;
        for (const std::string& disposition : n.directory.dispositions) text += " " + disposition;
        return text;
    }
    std::string operator()(const notice::LiveState& n) const {
        std::string text = "live_state";
        for (const LiveQueue& queue : n.live.queues)
            text += fmt::format(" {}:waiting={}:talking={}:free={}", queue.queue.queue, queue.waiting, queue.talking, queue.free);
        for (const LiveAgent& agent : n.live.agents) text += fmt::format(" {}:{}", agent.who.user.str(), name_of(agent.label));
        for (const LiveContact& contact : n.live.contacts) text += fmt::format(" {}:{}", contact.call, name_of(contact.state));
        return text;
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
