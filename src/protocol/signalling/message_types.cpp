#include "protocol/signalling/message_types.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "protocol/signalling/limits.hpp"

namespace calldocker::protocol {
namespace {

using namespace domain;

/// Screens show the page as a link, so it must not be one that runs a script.
std::string page_url(Fields& f) {
    std::string url = f.has("page") && !f.is("page", "") ? f.name("page", limits::page_bytes_max) : std::string();
    if (!url.empty() && !url.starts_with("https://") && !url.starts_with("http://")) f.refuse("page", "must be an http or https URL");
    return url;
}

ContactDetails who_and_what(Fields& f) {
    ContactDetails details;
    details.name = f.optional_line("name", line_characters_max);
    details.topic = f.optional_line("topic", limits::topic_characters_max);
    details.page = page_url(f);
    return details;
}

/// A voicemail is left, not called.
Channel call_type(Fields& f) {
    const auto channel = f.value<Channel>("callType");
    if (channel == Channel::voicemail) f.refuse("callType", "must be voice or video");
    return channel;
}

ContactDetails contact_details(Fields& f) {
    ContactDetails details = who_and_what(f);
    if (f.has("callType")) details.channel = call_type(f);
    details.language = f.optional_name("language").value_or("");
    return details;
}

Destination destination(Fields& f) {
    Destination to{f.optional_id<QueueId>("queueId"), f.optional_id<UserId>("agentId")};
    if (to.queue.has_value() == to.agent.has_value()) f.refuse("either queueId or agentId is required");
    return to;
}

std::string digits(Fields& f) {
    std::string keys = f.name("digits", limits::digits_max);
    if (keys.find_first_not_of("0123456789ABCD*#") != std::string::npos) f.refuse("digits", "must be of 0-9, A-D, * and #");
    return keys;
}

bool is_up(Fields& f) {
    const bool up = f.is("state", "up");
    if (!up && !f.is("state", "down")) f.refuse("state", "must be one of the documented values");
    return up;
}

std::optional<SupervisionMode> supervision_mode(Fields& f) {
    if (f.is("mode", "none")) return std::nullopt;
    return f.value<SupervisionMode>("mode");
}

/// Messages that say nothing but which contact they are about.
template <class Message>
ClientMessage about_call(Fields& f) {
    return Message{f.call()};
}

constexpr MessageType version_1[] = {
    {"join_room", [](Fields& f) -> ClientMessage { return JoinRoom{f.id<RoomId>("roomId")}; }},
    {"leave_room", [](Fields& f) -> ClientMessage { return LeaveRoom{f.optional_id<RoomId>("roomId")}; }},
    {"webrtc_offer",
     [](Fields& f) -> ClientMessage {
         WebrtcOffer offer{f.name("targetUserId"), f.opaque("offer"), f.optional_id<ContactId>("callId"), {}, {}};
         if (!f.is_version_2()) return offer;
         offer.details = contact_details(f);
         offer.queue = f.optional_id<QueueId>("queueId");
         return offer;
     }},
    {"webrtc_answer",
     [](Fields& f) -> ClientMessage {
         return WebrtcAnswer{f.name("targetUserId"), f.opaque("answer"), f.optional_id<ContactId>("callId")};
     }},
    {"ice_candidate",
     [](Fields& f) -> ClientMessage {
         return IceCandidate{f.name("targetUserId"), f.opaque_or_null("candidate"), f.optional_id<ContactId>("callId")};
     }},
    {"call_started",
     [](Fields& f) -> ClientMessage {
         return CallStarted{f.call(), f.id<RoomId>("roomId"), f.optional_name("callType")};
     }},
    {"call_ended",
     [](Fields& f) -> ClientMessage {
         return CallEnded{f.call(), f.id<RoomId>("roomId"), f.optional_name("reason")};
     }},
    {"call_rejected",
     [](Fields& f) -> ClientMessage {
         f.optional_name("reason");  // checked, then of no use to anyone
         return CallRejected{f.call()};
     }},
    {"agent_status",
     [](Fields& f) -> ClientMessage {
         return AgentStatus{f.name("status"), f.optional_name("availability")};
     }},
    {"ping", [](Fields&) -> ClientMessage { return Ping{}; }},
};

constexpr MessageType version_2[] = {
    // Of everyone.
    {"refresh_token", [](Fields& f) -> ClientMessage { return RefreshToken{f.name("token", limits::token_bytes_max)}; }},
    {"get_ice_servers", [](Fields& f) -> ClientMessage { return GetIceServers{f.optional_id<ContactId>("callId")}; }},
    // Of staff, about themselves.
    {"set_agent_intent",
     [](Fields& f) -> ClientMessage {
         return SetAgentIntent{f.value<Intent>("intent"), f.optional_name("reason")};
     }},
    {"cancel_next_intent", [](Fields&) -> ClientMessage { return CancelNextIntent{}; }},
    {"set_media_ready", [](Fields& f) -> ClientMessage { return SetMediaReady{f.boolean("ready")}; }},
    {"accept_contact", about_call<AcceptContact>},
    {"decline_contact",
     [](Fields& f) -> ClientMessage {
         return DeclineContact{f.call(), f.optional_name("reason")};
     }},
    {"get_directory", [](Fields&) -> ClientMessage { return GetDirectory{}; }},
    // Of visitors.
    {"open_contact",
     [](Fields& f) -> ClientMessage {
         return OpenContact{f.call(), f.optional_id<QueueId>("queueId"), contact_details(f)};
     }},
    {"get_queue_status", [](Fields& f) -> ClientMessage { return GetQueueStatus{f.optional_id<QueueId>("queueId")}; }},
    {"keep_place", about_call<KeepPlace>},
    {"request_callback",
     [](Fields& f) -> ClientMessage {
         return RequestCallback{f.call(), f.optional_line("phone", limits::phone_characters_max),
                                f.optional_text("note", limits::note_characters_max), f.optional_id<QueueId>("queueId")};
     }},
    {"leave_voicemail",
     [](Fields& f) -> ClientMessage {
         return LeaveVoicemail{f.call(), f.name("recordingId"), Milliseconds(f.integer("durationMs", 0, limits::recording_ms_max)),
                               f.optional_id<QueueId>("queueId"), who_and_what(f)};
     }},
    {"rate_contact",
     [](Fields& f) -> ClientMessage {
         return RateContact{f.call(), static_cast<int>(f.integer("rating", 1, limits::rating_max)),
                            f.optional_text("comment", limits::comment_characters_max)};
     }},
    // Of the parties of a contact.
    {"media_state",
     [](Fields& f) -> ClientMessage {
         return MediaState{f.call(), is_up(f)};
     }},
    {"claim_media", about_call<ClaimMedia>},
    {"end_contact",
     [](Fields& f) -> ClientMessage {
         return EndContact{f.call(), f.optional_name("reason")};
     }},
    {"set_muted",
     [](Fields& f) -> ClientMessage {
         return SetMuted{f.call(), f.boolean("muted")};
     }},
    {"send_keypad",
     [](Fields& f) -> ClientMessage {
         return SendKeypad{f.call(), digits(f)};
     }},
    {"send_chat",
     [](Fields& f) -> ClientMessage {
         return SendChat{f.call(), f.text("text", limits::chat_characters_max)};
     }},
    {"get_chat", about_call<GetChat>},
    // Of the agent of a contact.
    {"hold_contact", about_call<HoldContact>},
    {"resume_contact", about_call<ResumeContact>},
    {"callback_reached", about_call<CallbackReached>},
    {"transfer_contact",
     [](Fields& f) -> ClientMessage {
         return TransferContact{f.call(), destination(f), f.optional_text("note", limits::note_characters_max)};
     }},
    {"consult",
     [](Fields& f) -> ClientMessage {
         return Consult{f.call(), destination(f), f.optional_text("note", limits::note_characters_max)};
     }},
    {"cancel_consult", about_call<CancelConsult>},
    {"complete_transfer", about_call<CompleteTransfer>},
    {"start_conference", about_call<StartConference>},
    {"requeue_contact",
     [](Fields& f) -> ClientMessage {
         return RequeueContact{f.call(), f.optional_id<QueueId>("queueId")};
     }},
    {"set_notes",
     [](Fields& f) -> ClientMessage {
         return SetNotes{f.call(), f.text_or_empty("notes", limits::notes_characters_max)};
     }},
    {"set_disposition",
     [](Fields& f) -> ClientMessage {
         return SetDisposition{f.call(), f.line("disposition", line_characters_max)};
     }},
    {"extend_wrap_up", about_call<ExtendWrapUp>},
    {"end_wrap_up",
     [](Fields& f) -> ClientMessage {
         return EndWrapUp{f.call(), f.optional_id<UserId>("agentId")};
     }},
    // Of supervisors.
    {"reassign_contact",
     [](Fields& f) -> ClientMessage {
         return ReassignContact{f.call(), f.id<UserId>("agentId")};
     }},
    {"supervise_contact",
     [](Fields& f) -> ClientMessage {
         return SuperviseContact{f.call(), supervision_mode(f)};
     }},
    {"take_over_contact", about_call<TakeOverContact>},
    {"force_intent",
     [](Fields& f) -> ClientMessage {
         return ForceIntent{f.id<UserId>("agentId"), f.value<Intent>("intent"), f.optional_name("reason"),
                            f.text("note", limits::note_characters_max)};
     }},
    {"watch_live", [](Fields& f) -> ClientMessage { return WatchLive{f.boolean("watch")}; }},
};

const MessageType* find(std::span<const MessageType> types, std::string_view name) {
    const auto found = std::find_if(types.begin(), types.end(), [name](const MessageType& type) { return type.name == name; });
    return found == types.end() ? nullptr : &*found;
}

}  // namespace

const MessageType* find_message_type(std::string_view name, int version) {
    const MessageType* found = find(version_1, name);
    return found != nullptr || version == 1 ? found : find(version_2, name);
}

}  // namespace calldocker::protocol
