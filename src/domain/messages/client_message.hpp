#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/id.hpp"

/// What a client can say (docs/protocol.md), as values. Names are validated before these exist: 1 to 128 bytes, no
/// control characters. Opaque parts are views of validated JSON inside the received message; they live as long as it.
namespace calldocker::domain {

enum class Channel { voice, video };
enum class Intent { offline, available, not_ready };

struct JoinRoom {
    RoomId room;
};
struct LeaveRoom {
    std::optional<RoomId> room;
};  ///< none: all rooms

/// What a version 2 visitor may tell about a new contact, in its first offer. Empty where not given.
struct ContactDetails {
    std::optional<Channel> channel;
    std::string name;   ///< at most 128 bytes
    std::string topic;  ///< at most 256 bytes
    std::string page;   ///< at most 1024 bytes
    friend bool operator==(const ContactDetails&, const ContactDetails&) = default;
};
struct WebrtcOffer {
    std::string target;
    std::string_view offer;
    std::optional<ContactId> call;
    ContactDetails details;
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

using ClientMessage = std::variant<JoinRoom, LeaveRoom, WebrtcOffer, WebrtcAnswer, IceCandidate, CallStarted, CallEnded, CallRejected,
                                   AgentStatus, Ping, RefreshToken, GetIceServers, SetAgentIntent, SetMediaReady, AcceptContact,
                                   DeclineContact, MediaState, ClaimMedia, EndContact>;

/// One message with what version 2 puts around any message.
struct ClientEnvelope {
    ClientMessage message;
    std::optional<CommandId> id;                ///< asks for an answer
    std::optional<std::uint64_t> acknowledged;  ///< the last `seq` the client has seen
};

}  // namespace calldocker::domain
