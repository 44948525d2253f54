#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/messages/client_message.hpp"

/// What the server says (docs/protocol.md), as values; `protocol/signalling` puts them on the wire, where every message
/// also gets `timestamp`, and in version 2 `seq`. Members that are not set are left out on the wire.
/// Opaque parts are views of validated JSON that live until the call that delivers the notice returns.
namespace calldocker::domain {

enum class ContactState { queued, offering, connecting, connected, closed };
enum class Party { visitor, agent, system };
enum class EndReason {
    completed_visitor,
    completed_agent,
    completed_system,
    abandoned_queue,
    abandoned_ringing,
    lost_visitor,
    lost_agent,
    media_failed,
    supervisor_ended
};
enum class RevokeReason { answered_elsewhere, visitor_left, declined, not_routable, ended };
enum class AgentLabel { reserved, on_call, not_ready, available, offline };

/// A contact as one session sees it.
struct ContactView {
    enum class You { visitor, agent, offered };
    struct Visitor {
        UserId user;
        std::string name, topic, page;
    };  // empty text: not given
    struct Agent {
        UserId user;
        std::string name;
    };

    ContactId call;
    ContactState state{};
    Channel channel{};
    Visitor visitor;
    std::optional<Agent> agent;
    You you{};
    bool media_owner{};
    bool needs_offer{};
    Instant created_at{};
    std::optional<Instant> accepted_at, connected_at, ended_at;
    std::optional<EndReason> end_reason;
    std::optional<Party> ended_by;
    bool visitor_lost{}, agent_lost{}, media_lost{};
};

struct AgentView {
    UserId user;
    std::string name;
    Intent intent{};
    std::string reason;
    AgentLabel label{};
    Instant since{};
    bool media_ready{};
};

struct RoomView {
    RoomId room;
    std::vector<UserId> users;
};

struct Snapshot {
    std::vector<RoomView> rooms;
    std::vector<ContactView> contacts;
    std::optional<AgentView> agent;
};

namespace notice {

// Version 1. What is empty in `target` never happens; optional parts repeat what the client sent.
struct RoomJoined {
    RoomId room;
    std::vector<UserId> users;
};
struct UserJoined {
    UserId user;
    RoomId room;
};
struct UserLeft {
    UserId user;
    RoomId room;
};
struct Offer {
    UserId from;
    std::string_view offer;
    std::optional<ContactId> call;
};
struct OfferSent {
    std::string_view target;
    std::optional<ContactId> call;
};
struct Answer {
    UserId from;
    std::string_view answer;
    std::optional<ContactId> call;
};
struct AnswerSent {
    std::string_view target;
    std::optional<ContactId> call;
};
struct Candidate {
    UserId from;
    std::string_view candidate;
    std::optional<ContactId> call;
};
struct CallStarted {
    ContactId call;
    UserId initiated_by;
    std::optional<std::string> call_type;
};
struct CallEnded {
    ContactId call;
    UserId ended_by;
    std::optional<std::string> reason;
};
struct AgentStatusChanged {
    UserId user;
    std::string status;
    std::optional<std::string> availability;
};
struct Pong {};
/// `message` is version 1's text. In version 2 `code` and the failed command's `id` go with it.
struct Failed {
    std::string message;
    std::string detail;
    ErrorCode code;
    std::optional<CommandId> id;
};

// Version 2 only; never delivered to a version 1 session.
struct Acknowledged {
    CommandId id;
};
struct SessionReset {
    std::string_view reason;
    Snapshot snapshot;
};
struct TokenExpiring {
    Instant expires_at;
};
struct IceServer {
    std::vector<std::string> urls;
    std::string username, credential;
};  // empty: none
struct IceServers {
    std::optional<ContactId> call;
    std::vector<IceServer> servers;
    std::int64_t ttl_seconds;
};
struct ContactOffered {
    ContactView contact;
};
struct ContactRevoked {
    ContactId call;
    RevokeReason reason;
};
struct ContactChanged {
    ContactView contact;
};  ///< `contact_state` on the wire
struct AgentChanged {
    AgentView agent;
};  ///< `agent_state` on the wire

}  // namespace notice

using Notice =
    std::variant<notice::RoomJoined, notice::UserJoined, notice::UserLeft, notice::Offer, notice::OfferSent, notice::Answer,
                 notice::AnswerSent, notice::Candidate, notice::CallStarted, notice::CallEnded, notice::AgentStatusChanged, notice::Pong,
                 notice::Failed, notice::Acknowledged, notice::SessionReset, notice::TokenExpiring, notice::IceServers,
                 notice::ContactOffered, notice::ContactRevoked, notice::ContactChanged, notice::AgentChanged>;

}  // namespace calldocker::domain
