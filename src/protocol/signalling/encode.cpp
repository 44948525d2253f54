#include "protocol/signalling/encode.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <variant>
#include <vector>

#include "base/require.hpp"
#include "protocol/json/writer.hpp"

namespace calldocker::protocol {
namespace {

using namespace domain;
using json::Writer;

std::string_view name_of(Intent intent) {
    switch (intent) {
        case Intent::offline: return "offline";
        case Intent::available: return "available";
        case Intent::not_ready: return "not_ready";
    }
    return {};
}

std::string_view name_of(Channel channel) { return channel == Channel::video ? "video" : "voice"; }

std::string_view name_of(ContactState state) {
    switch (state) {
        case ContactState::queued: return "queued";
        case ContactState::offering: return "offering";
        case ContactState::connecting: return "connecting";
        case ContactState::connected: return "connected";
        case ContactState::closed: return "closed";
    }
    return {};
}

std::string_view name_of(Party party) {
    switch (party) {
        case Party::visitor: return "visitor";
        case Party::agent: return "agent";
        case Party::system: return "system";
    }
    return {};
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
    return {};
}

std::string_view name_of(RevokeReason reason) {
    switch (reason) {
        case RevokeReason::answered_elsewhere: return "answered_elsewhere";
        case RevokeReason::visitor_left: return "visitor_left";
        case RevokeReason::declined: return "declined";
        case RevokeReason::not_routable: return "not_routable";
        case RevokeReason::ended: return "ended";
    }
    return {};
}

std::string_view name_of(AgentLabel label) {
    switch (label) {
        case AgentLabel::reserved: return "reserved";
        case AgentLabel::on_call: return "on_call";
        case AgentLabel::not_ready: return "not_ready";
        case AgentLabel::available: return "available";
        case AgentLabel::offline: return "offline";
    }
    return {};
}

std::string_view name_of(ContactView::You you) {
    switch (you) {
        case ContactView::You::visitor: return "visitor";
        case ContactView::You::agent: return "agent";
        case ContactView::You::offered: return "offered";
    }
    return {};
}

/// Members as docs/protocol.md has them: what is not there is left out.
class Message {
public:
    explicit Message(std::string& out) : write_(out) {}

    Message& text(std::string_view key, std::string_view value) {
        write_.key(key).text(value);
        return *this;
    }
    Message& text_unless_empty(std::string_view key, std::string_view value) { return value.empty() ? *this : text(key, value); }
    Message& maybe(std::string_view key, const std::optional<std::string>& value) { return value ? text(key, *value) : *this; }
    template <class Tag>
    Message& name(std::string_view key, const Id<Tag>& id) {
        return text(key, id.view());
    }
    template <class Tag>
    Message& maybe(std::string_view key, const std::optional<Id<Tag>>& id) {
        return id ? text(key, id->view()) : *this;
    }
    Message& time(std::string_view key, Instant at) { return text(key, to_iso8601(at)); }
    Message& maybe(std::string_view key, const std::optional<Instant>& at) { return at ? time(key, *at) : *this; }
    Message& flag(std::string_view key, bool value) {
        write_.key(key).boolean(value);
        return *this;
    }
    Message& number(std::string_view key, std::int64_t value) {
        write_.key(key).number(value);
        return *this;
    }
    Message& splice(std::string_view key, std::string_view json) {
        write_.key(key).raw(json);
        return *this;
    }
    template <class Range, class WriteOne>
    Message& list(std::string_view key, const Range& range, WriteOne write_one) {
        write_.key(key).begin_array();
        for (const auto& item : range) write_one(item);
        write_.end_array();
        return *this;
    }
    Message& users(std::string_view key, const std::vector<UserId>& ids) {
        return list(key, ids, [this](const UserId& id) { write_.text(id.view()); });
    }
    Message& texts(std::string_view key, const std::vector<std::string>& items) {
        return list(key, items, [this](const std::string& item) { write_.text(item); });
    }
    /// An object as a member, or as an element when `key` is empty.
    template <class WriteMembers>
    Message& object(std::string_view key, WriteMembers write_members) {
        if (!key.empty()) write_.key(key);
        write_.begin_object();
        write_members();
        write_.end_object();
        return *this;
    }

private:
    Writer write_;
};

void write_person(Message& message, const UserId& user, std::string_view name) {
    message.name("userId", user).text_unless_empty("name", name);
}

void write_lost(Message& message, const ContactView& view) {
    std::vector<std::string> lost;
    if (view.visitor_lost) lost.emplace_back("visitor");
    if (view.agent_lost) lost.emplace_back("agent");
    if (view.media_lost) lost.emplace_back("media");
    message.texts("lost", lost);
}

void write_contact(Message& message, std::string_view key, const ContactView& view) {
    message.object(key, [&] {
        message.name("callId", view.call).text("state", name_of(view.state)).text("channel", name_of(view.channel));
        message.object("visitor", [&] {
            write_person(message, view.visitor.user, view.visitor.name);
            message.text_unless_empty("topic", view.visitor.topic).text_unless_empty("page", view.visitor.page);
        });
        if (view.agent) message.object("agent", [&] { write_person(message, view.agent->user, view.agent->name); });
        message.text("you", name_of(view.you)).flag("mediaOwner", view.media_owner).flag("needsOffer", view.needs_offer);
        message.time("createdAt", view.created_at).maybe("acceptedAt", view.accepted_at);
        message.maybe("connectedAt", view.connected_at).maybe("endedAt", view.ended_at);
        if (view.end_reason) message.text("endReason", name_of(*view.end_reason));
        if (view.ended_by) message.text("endedBy", name_of(*view.ended_by));
        write_lost(message, view);
    });
}

void write_agent(Message& message, std::string_view key, const AgentView& view) {
    message.object(key, [&] {
        write_person(message, view.user, view.name);
        message.text("intent", name_of(view.intent)).text_unless_empty("reason", view.reason);
        message.text("label", name_of(view.label)).time("since", view.since).flag("mediaReady", view.media_ready);
    });
}

void write_snapshot(Message& message, const Snapshot& snapshot) {
    message.object("snapshot", [&] {
        message.list("rooms", snapshot.rooms, [&](const RoomView& room) {
            message.object({}, [&] { message.name("roomId", room.room).users("users", room.users); });
        });
        message.list("contacts", snapshot.contacts, [&](const ContactView& contact) { write_contact(message, {}, contact); });
        if (snapshot.agent) write_agent(message, "agent", *snapshot.agent);
    });
}

void write_ice_server(Message& message, const notice::IceServer& server) {
    message.object({}, [&] {
        message.texts("urls", server.urls)
            .text_unless_empty("username", server.username)
            .text_unless_empty("credential", server.credential);
    });
}

struct NoticeWriter {
    Message& message;
    int version;

    Message& type(std::string_view name) const { return message.text("type", name); }

    void operator()(const notice::RoomJoined& n) const { type("room_joined").name("roomId", n.room).users("users", n.users); }
    void operator()(const notice::UserJoined& n) const { type("user_joined").name("userId", n.user).name("roomId", n.room); }
    void operator()(const notice::UserLeft& n) const { type("user_left").name("userId", n.user).name("roomId", n.room); }
    void operator()(const notice::Offer& n) const {
        type("webrtc_offer").name("fromUserId", n.from).splice("offer", n.offer).maybe("callId", n.call);
    }
    void operator()(const notice::OfferSent& n) const { type("offer_sent").text("targetUserId", n.target).maybe("callId", n.call); }
    void operator()(const notice::Answer& n) const {
        type("webrtc_answer").name("fromUserId", n.from).splice("answer", n.answer).maybe("callId", n.call);
    }
    void operator()(const notice::AnswerSent& n) const { type("answer_sent").text("targetUserId", n.target).maybe("callId", n.call); }
    void operator()(const notice::Candidate& n) const {
        type("ice_candidate").name("fromUserId", n.from).splice("candidate", n.candidate).maybe("callId", n.call);
    }
    void operator()(const notice::CallStarted& n) const {
        type("call_started").name("callId", n.call).name("initiatedBy", n.initiated_by).maybe("callType", n.call_type);
    }
    void operator()(const notice::CallEnded& n) const {
        type("call_ended").name("callId", n.call).name("endedBy", n.ended_by).maybe("reason", n.reason);
    }
    void operator()(const notice::AgentStatusChanged& n) const {
        type("agent_status_changed").name("userId", n.user).text("status", n.status).maybe("availability", n.availability);
    }
    void operator()(const notice::Pong&) const { type("pong"); }
    void operator()(const notice::Failed& n) const {
        type("error").text("message", n.message).text_unless_empty("detail", n.detail);
        if (version == 2) message.text("code", calldocker::name_of(n.code)).maybe("id", n.id);
    }
    void operator()(const notice::Acknowledged& n) const { type("ack").name("id", n.id); }
    void operator()(const notice::SessionReset& n) const {
        type("session_reset").text("reason", n.reason);
        write_snapshot(message, n.snapshot);
    }
    void operator()(const notice::TokenExpiring& n) const { type("token_expiring").time("expiresAt", n.expires_at); }
    void operator()(const notice::IceServers& n) const {
        type("ice_servers").maybe("callId", n.call);
        message.list("iceServers", n.servers, [this](const notice::IceServer& server) { write_ice_server(message, server); });
        message.number("ttlSeconds", n.ttl_seconds);
    }
    void operator()(const notice::ContactOffered& n) const {
        type("contact_offered");
        write_contact(message, "contact", n.contact);
    }
    void operator()(const notice::ContactRevoked& n) const {
        type("contact_revoked").name("callId", n.call).text("reason", name_of(n.reason));
    }
    void operator()(const notice::ContactChanged& n) const {
        type("contact_state");
        write_contact(message, "contact", n.contact);
    }
    void operator()(const notice::AgentChanged& n) const {
        type("agent_state");
        write_agent(message, "agent", n.agent);
    }
};

/// What most messages have beside an opaque part. A guess that is too low costs a second allocation, nothing else.
constexpr std::size_t usual_bytes = 240;

std::size_t opaque_bytes(const Notice& notice) {
    if (const auto* offer = std::get_if<notice::Offer>(&notice)) return offer->offer.size();
    if (const auto* answer = std::get_if<notice::Answer>(&notice)) return answer->answer.size();
    if (const auto* candidate = std::get_if<notice::Candidate>(&notice)) return candidate->candidate.size();
    return 0;
}

void write_established(Message& message, const Identity& identity) {
    message.text("type", "connection_established").name("userId", identity.user).text("role", identity.role_name);
    message.name("companyId", identity.company);
}

}  // namespace

std::string encode(const Notice& notice, Instant now, int version) {
    std::string out;
    out.reserve(usual_bytes + opaque_bytes(notice));
    Message message(out);
    message.object({}, [&] {
        std::visit(NoticeWriter{message, version}, notice);
        message.time("timestamp", now);
    });
    return out;
}

void append_seq(std::string& message, std::uint64_t seq) {
    require(message.size() > 2 && message.back() == '}', "seq is appended to a whole message");
    message.pop_back();
    message += ",\"seq\":";
    message += fmt::format_int(seq).c_str();
    message += '}';
}

std::string encode_established(const Identity& identity, Instant now) {
    std::string out;
    Message message(out);
    message.object({}, [&] {
        write_established(message, identity);
        message.time("timestamp", now);
    });
    return out;
}

std::string encode_established(const Identity& identity, const SessionWelcome& welcome, Instant now) {
    std::string out;
    Message message(out);
    message.object({}, [&] {
        write_established(message, identity);
        message.text_unless_empty("name", identity.name).name("sessionId", welcome.session).text("resumeToken", welcome.resume_token);
        message.text("epoch", welcome.epoch).flag("resumed", welcome.resumed).number("heartbeatMs", welcome.heartbeat.count());
        message.time("serverTime", now).time("timestamp", now);
    });
    append_seq(out, welcome.seq);
    return out;
}

}  // namespace calldocker::protocol
