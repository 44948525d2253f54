#include "protocol/signalling/encode.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <variant>

#include "base/require.hpp"
#include "protocol/signalling/message.hpp"
#include "protocol/signalling/views.hpp"

namespace calldocker::protocol {
namespace {

using namespace domain;

struct NoticeWriter {
    Message& message;
    int version;

    Message& type(std::string_view name) const { return message.text("type", name); }

    void operator()(const notice::RoomJoined& n) const { type("room_joined").id("roomId", n.room).ids("users", n.users); }
    void operator()(const notice::UserJoined& n) const { type("user_joined").id("userId", n.user).id("roomId", n.room); }
    void operator()(const notice::UserLeft& n) const { type("user_left").id("userId", n.user).id("roomId", n.room); }
    void operator()(const notice::Offer& n) const {
        type("webrtc_offer").id("fromUserId", n.from).splice("offer", n.offer).maybe("callId", n.call);
    }
    void operator()(const notice::OfferSent& n) const { type("offer_sent").text("targetUserId", n.target).maybe("callId", n.call); }
    void operator()(const notice::Answer& n) const {
        type("webrtc_answer").id("fromUserId", n.from).splice("answer", n.answer).maybe("callId", n.call);
    }
    void operator()(const notice::AnswerSent& n) const { type("answer_sent").text("targetUserId", n.target).maybe("callId", n.call); }
    void operator()(const notice::Candidate& n) const {
        type("ice_candidate").id("fromUserId", n.from).splice("candidate", n.candidate).maybe("callId", n.call);
    }
    void operator()(const notice::CallStarted& n) const {
        type("call_started").id("callId", n.call).id("initiatedBy", n.initiated_by).maybe("callType", n.call_type);
    }
    void operator()(const notice::CallEnded& n) const {
        type("call_ended").id("callId", n.call).id("endedBy", n.ended_by).maybe("reason", n.reason);
    }
    void operator()(const notice::AgentStatusChanged& n) const {
        type("agent_status_changed").id("userId", n.user).text("status", n.status).maybe("availability", n.availability);
    }
    void operator()(const notice::Pong&) const { type("pong"); }
    void operator()(const notice::Failed& n) const {
        type("error").text("message", n.message).text_unless_empty("detail", n.detail);
        if (n.retry_after > Milliseconds{}) message.number("retryAfterMs", n.retry_after.count());
        if (version == 2) message.text("code", calldocker::name_of(n.code)).maybe("id", n.id);
    }
    void operator()(const notice::Acknowledged& n) const { type("ack").id("id", n.id); }
    void operator()(const notice::SessionReset& n) const { type("session_reset").text("reason", n.reason).value("snapshot", n.snapshot); }
    void operator()(const notice::TokenExpiring& n) const { type("token_expiring").time("expiresAt", n.expires_at); }
    void operator()(const notice::IceServers& n) const {
        type("ice_servers").maybe("callId", n.call).values("iceServers", n.servers).number("ttlSeconds", n.ttl_seconds);
    }
    void operator()(const notice::ContactOffered& n) const { type("contact_offered").value("contact", n.contact); }
    void operator()(const notice::ContactRevoked& n) const { type("contact_revoked").id("callId", n.call).value("reason", n.reason); }
    void operator()(const notice::ConsultEnded& n) const {
        type("consult_ended").id("callId", n.call).value("colleague", n.colleague).value("reason", n.reason);
    }
    void operator()(const notice::ContactChanged& n) const { type("contact_state").value("contact", n.contact); }
    void operator()(const notice::AgentChanged& n) const { type("agent_state").value("agent", n.agent); }
    void operator()(const notice::QueuePlace& n) const { type("queue_place").id("callId", n.call).value("place", n.place); }
    void operator()(const notice::QueueStatusTold& n) const {
        type("queue_status");
        write_members(message, n.status);
    }
    void operator()(const notice::ChatSaid& n) const { type("chat_message").id("callId", n.call).value("message", n.message); }
    void operator()(const notice::ChatHistory& n) const { type("chat_history").id("callId", n.call).values("messages", n.messages); }
    void operator()(const notice::Keypad& n) const { type("keypad").id("callId", n.call).value("party", n.party).text("digits", n.digits); }
    void operator()(const notice::DirectoryTold& n) const {
        type("directory");
        write_members(message, n.directory);
    }
    void operator()(const notice::LiveState& n) const { type("live_state").value("live", n.live); }
};

/// What most messages have beside an opaque part. A guess that is too low costs a second allocation, nothing else.
constexpr std::size_t usual_bytes = 240;

std::size_t opaque_bytes(const Notice& notice) {
    if (const auto* offer = std::get_if<notice::Offer>(&notice)) return offer->offer.size();
    if (const auto* answer = std::get_if<notice::Answer>(&notice)) return answer->answer.size();
    if (const auto* candidate = std::get_if<notice::Candidate>(&notice)) return candidate->candidate.size();
    return 0;
}

Message& write_established(Message& message, const Identity& identity) {
    message.text("type", "connection_established").id("userId", identity.user).text("role", identity.role_name);
    return message.id("companyId", identity.company);
}

}  // namespace

std::string encode(const Notice& notice, Instant now, int version) {
    std::string out;
    out.reserve(usual_bytes + opaque_bytes(notice));
    Message message(out);
    message.begin();
    std::visit(NoticeWriter{message, version}, notice);
    message.time("timestamp", now).end();
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
    write_established(message.begin(), identity).time("timestamp", now).end();
    return out;
}

std::string encode_established(const Identity& identity, const SessionWelcome& welcome, Instant now) {
    std::string out;
    Message message(out);
    write_established(message.begin(), identity).text_unless_empty("name", identity.name);
    message.id("sessionId", welcome.session).text("resumeToken", welcome.resume_token).text("epoch", welcome.epoch);
    message.flag("resumed", welcome.resumed).number("heartbeatMs", welcome.heartbeat.count());
    message.time("serverTime", now).time("timestamp", now).end();
    append_seq(out, welcome.seq);
    return out;
}

std::string encode_clock(std::uint64_t seq, Instant now) {
    std::string out;
    Message message(out);
    message.begin().text("type", "clock").time("serverTime", now).time("timestamp", now).end();
    append_seq(out, seq);
    return out;
}

}  // namespace calldocker::protocol
