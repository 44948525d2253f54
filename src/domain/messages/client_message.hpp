#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/id.hpp"
#include "base/instant.hpp"

/// What a client can say (docs/protocol.md), as values. Names are validated before these exist: 1 to 128 bytes, no
/// control characters. Opaque parts are views of validated JSON inside the received message; they live as long as it.
namespace calldocker::domain {

enum class Channel { voice, video, voicemail };
enum class Intent { offline, available, not_ready };
/// monitor: the supervisor hears both; whisper: the agent hears the supervisor, too; barge: so does the visitor.
enum class SupervisionMode { monitor, whisper, barge };

struct JoinRoom {
    RoomId room;
};
struct LeaveRoom {
    std::optional<RoomId> room;
};  ///< none: all rooms

/// What a version 2 visitor may say of a new contact, in its first offer. Empty members were not given.
struct ContactDetails {
    std::optional<Channel> channel;
    std::string name;        ///< at most 128 bytes
    std::string topic;       ///< at most 256 bytes
    std::string page;        ///< at most 1024 bytes
    std::string language{};  ///< a language tag; the agent must speak it, where the queue asks for that
    friend bool operator==(const ContactDetails&, const ContactDetails&) = default;
};
struct WebrtcOffer {
    std::string target;
    std::string_view offer;
    std::optional<ContactId> call;
    ContactDetails details;
    std::optional<QueueId> queue{};  ///< version 2, of a new contact; none: the default queue
};
struct WebrtcAnswer {
    std::string target;
    std::string_view answer;
    std::optional<ContactId> call;
};
struct IceCandidate {
    std::string target;
    std::string_view candidate;
    std::optional<ContactId> call;
};
struct CallStarted {
    ContactId call;
    RoomId room;
    std::optional<std::string> call_type;
};
struct CallEnded {
    ContactId call;
    RoomId room;
    std::optional<std::string> reason;
};
struct CallRejected {
    ContactId call;
};
struct AgentStatus {
    std::string status;
    std::optional<std::string> availability;
};
struct Ping {};

// Version 2 only.
struct RefreshToken {
    std::string token;
};
struct GetIceServers {
    std::optional<ContactId> call;
};
struct SetAgentIntent {
    Intent intent;
    std::optional<std::string> reason;
};
struct SetMediaReady {
    bool ready;
};
struct AcceptContact {
    ContactId call;
};
struct DeclineContact {
    ContactId call;
    std::optional<std::string> reason;
};
struct MediaState {
    ContactId call;
    bool up;
};
struct ClaimMedia {
    ContactId call;
};
struct EndContact {
    ContactId call;
    std::optional<std::string> reason;
};
// Of visitors.
struct OpenContact {
    ContactId call;
    std::optional<QueueId> queue;
    ContactDetails details;
};
struct GetQueueStatus {
    std::optional<QueueId> queue;
};
struct KeepPlace {
    ContactId call;
};
struct RequestCallback {
    ContactId call;
    std::string phone;             ///< at most 64 bytes; empty: none
    std::string note;              ///< at most 500 bytes
    std::optional<QueueId> queue;  ///< of a new contact; none: the default queue
};
struct LeaveVoicemail {
    ContactId call;
    std::string recording;
    Milliseconds duration;
    std::optional<QueueId> queue;
    ContactDetails details;
};
struct RateContact {
    ContactId call;
    int rating;           ///< 1 to 5
    std::string comment;  ///< at most 1000 bytes
};
// Of staff, about themselves.
struct CancelNextIntent {};
struct GetDirectory {};
// Call control. Free text may hold line breaks.
struct HoldContact {
    ContactId call;
};
struct ResumeContact {
    ContactId call;
};
struct SetMuted {
    ContactId call;
    bool muted;
};
struct SendKeypad {
    ContactId call;
    std::string digits;  ///< 1 to 32 of 0-9, A-D, *, #
};
struct SendChat {
    ContactId call;
    std::string text;  ///< 1 to 2000 bytes
};
struct GetChat {
    ContactId call;
};
/// The queue or agent that a contact is handed to, or that is asked. Exactly one is set.
struct Destination {
    std::optional<QueueId> queue;
    std::optional<UserId> agent;
    friend bool operator==(const Destination&, const Destination&) = default;
};
/// The visitor of a callback is on the telephone.
struct CallbackReached {
    ContactId call;
};
struct TransferContact {
    ContactId call;
    Destination to;
    std::string note;  ///< at most 500 bytes
};
struct Consult {
    ContactId call;
    Destination whom;
    std::string note;  ///< at most 500 bytes
};
struct CancelConsult {
    ContactId call;
};
struct CompleteTransfer {
    ContactId call;
};
struct StartConference {
    ContactId call;
};
struct RequeueContact {
    ContactId call;
    std::optional<QueueId> queue;  ///< none: its own
};
struct SetNotes {
    ContactId call;
    std::string notes;  ///< at most 4000 bytes
};
struct SetDisposition {
    ContactId call;
    std::string disposition;
};
struct ExtendWrapUp {
    ContactId call;
};
struct EndWrapUp {
    ContactId call;
    std::optional<UserId> agent;  ///< of a supervisor: whose
};
// Of supervisors.
struct ReassignContact {
    ContactId call;
    UserId agent;
};
struct SuperviseContact {
    ContactId call;
    std::optional<SupervisionMode> mode;  ///< none: leaves
};
struct TakeOverContact {
    ContactId call;
};
struct ForceIntent {
    UserId agent;
    Intent intent;
    std::optional<std::string> reason;
    std::string note;  ///< 1 to 500 bytes
};
struct WatchLive {
    bool watch;
};

using ClientMessage =
    std::variant<JoinRoom, LeaveRoom, WebrtcOffer, WebrtcAnswer, IceCandidate, CallStarted, CallEnded, CallRejected, AgentStatus, Ping,
                 RefreshToken, GetIceServers, SetAgentIntent, SetMediaReady, AcceptContact, DeclineContact, MediaState, ClaimMedia,
                 EndContact, OpenContact, GetQueueStatus, KeepPlace, RequestCallback, LeaveVoicemail, RateContact, CancelNextIntent,
                 GetDirectory, HoldContact, ResumeContact, CallbackReached, SetMuted, SendKeypad, SendChat, GetChat, TransferContact,
                 Consult, CancelConsult, CompleteTransfer, StartConference, RequeueContact, SetNotes, SetDisposition, ExtendWrapUp,
                 EndWrapUp, ReassignContact, SuperviseContact, TakeOverContact, ForceIntent, WatchLive>;

/// One message with what version 2 puts around any message.
struct ClientEnvelope {
    ClientMessage message;
    std::optional<CommandId> id;                ///< asks for an answer
    std::optional<std::uint64_t> acknowledged;  ///< the last `seq` the client has seen
    std::string trace{};                        ///< names a person's action, in every line about it; empty: not given
};

}  // namespace calldocker::domain
