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

enum class ContactState {
    prequeue,
    queued,
    offering,
    connecting,
    connected,
    held,
    consulting,
    transferring,
    wrapup,
    callback_waiting,
    callback_offering,
    callback_dialing,
    closed
};
enum class Party { visitor, agent, system };
enum class EndReason {
    completed_visitor,
    completed_agent,
    completed_system,
    abandoned_prequeue,
    abandoned_queue,
    abandoned_ringing,
    abandoned_hold,
    lost_visitor,
    lost_agent,
    media_failed,
    flowout_voicemail,
    flowout_overflow,
    flowout_callback,
    rejected_closed,
    rejected_full,
    rejected_abuse,
    callback_failed,
    supervisor_ended
};
enum class RevokeReason { answered_elsewhere, visitor_left, declined, not_routable, ended, timeout, withdrawn };
/// Why a colleague who was consulted, or had joined, is no longer asked or there. Only `cancelled` is an action of the agent who has the
/// contact.
enum class ConsultEnd { cancelled, declined, missed, not_routable, left };
enum class AgentLabel { system, reserved, on_call, on_hold, wrapup, not_ready, available, offline };
enum class OfferKind { contact, transfer, consult, callback };
enum class LegKind { main, consult, conference, supervision };
/// The comparison that settled the order of the agents in a routing decision.
enum class DecidedBy {
    sticky,
    tier,
    longest_idle,
    least_occupied,
    best_skill,
    fewest_calls,
    round_robin,
    agent_id,
    only_candidate,
    ring_all,
    chosen
};

/// Somebody of the company; `name` is for people and may be empty.
struct Person {
    UserId user;
    std::string name;
    friend bool operator==(const Person&, const Person&) = default;
};
struct QueueRef {
    QueueId queue;
    std::string name;
};
/// The reasons for choosing this agent, from the record of the decision.
struct RoutingWhy {
    std::string rule;  ///< the log position of the configuration that was in force
    DecidedBy decided_by{};
    int candidates{};
    Milliseconds waited{};
    friend bool operator==(const RoutingWhy&, const RoutingWhy&) = default;
};
struct OfferView {
    OfferKind kind{};
    Instant since{};
    std::optional<Instant> expires_at;
    std::optional<Person> from;
    std::string note;
    std::optional<RoutingWhy> why;
};
/// A media connection that the receiving session should have; at most one with each person in a contact.
struct LegView {
    UserId user;
    std::string name;
    LegKind kind{};
    bool offers{};  ///< the receiver makes the first offer
    std::optional<SupervisionMode> mode;
    bool mix{};  ///< the receiver sends the visitor's sound on it, mixed with its own microphone
};
struct PlaceView {
    int place{};
    std::optional<int> minutes_min, minutes_max;  ///< P50 and P80; none: no estimate
    bool away{};
    friend bool operator==(const PlaceView&, const PlaceView&) = default;
};
struct CallbackView {
    int attempt{}, attempts_max{};
    std::optional<Instant> due_at;
    std::string phone, note;
};
struct ParticipantView {
    Person who;
    LegKind kind{};
    std::optional<SupervisionMode> mode;
    bool connected{};
};
struct NextIntent {
    Intent intent{};
    std::string reason;
    friend bool operator==(const NextIntent&, const NextIntent&) = default;
};
struct ChatMessage {
    int number{};  ///< from 1 in each contact
    Person from;
    Party party{};
    std::string text;
    Instant at{};
    friend bool operator==(const ChatMessage&, const ChatMessage&) = default;
};

/// Another agent's notes and outcome of a contact.
struct NotesView {
    Person by;
    std::string notes, disposition;
};

/// A contact as one session sees it.
struct ContactView {
    enum class You { visitor, agent, offered, consulted, conference, supervisor };
    struct Visitor {
        UserId user;
        std::string name, topic, page;
    };  // empty text: not given

    ContactId call;
    ContactState state{};
    Channel channel{};
    Visitor visitor;
    std::optional<Person> agent;
    You you{};
    bool media_owner{};
    bool needs_offer{};
    Instant created_at{};
    std::optional<Instant> accepted_at, connected_at, ended_at;
    std::optional<EndReason> end_reason;
    std::optional<Party> ended_by;
    bool visitor_lost{}, agent_lost{}, media_lost{};

    std::optional<QueueRef> queue;
    std::optional<Instant> waiting_since;
    std::optional<OfferView> offer;
    std::vector<LegView> legs;
    bool visitor_muted{}, agent_muted{};
    std::optional<Person> held_by;
    std::vector<ParticipantView> participants;
    std::optional<Instant> wrap_up_until;
    std::optional<int> wrap_up_extensions;
    std::string notes, disposition;  ///< the viewer's own
    std::vector<NotesView> earlier_notes;
    std::optional<PlaceView> place;
    std::optional<CallbackView> callback;
    std::string recording;
    std::string trace;
    std::optional<int> segments;
};

struct AgentView {
    UserId user;
    std::string name;
    Intent intent{};
    std::string reason;
    AgentLabel label{};
    Instant since{};
    bool media_ready{};
    std::optional<NextIntent> next;
    std::optional<Person> forced_by;
    std::string note;
    int misses{};
    std::optional<Instant> signed_in_at;
    int handled{};
    Milliseconds talked{};
    std::vector<QueueRef> queues;
};

struct DirectoryQueue {
    QueueRef queue;
    bool open{};
    int waiting{}, free{};
};
struct DirectoryAgent {
    Person who;
    AgentLabel label{};
    bool free{};
};
/// A reason for not being ready. The reasons that every company has have an empty `name`: screens translate them.
struct ReasonView {
    std::string reason, name;
    bool paid{}, productive{};
    std::optional<int> minutes_max;
};
struct Directory {
    std::vector<DirectoryQueue> queues;
    std::vector<DirectoryAgent> agents;
    std::vector<ReasonView> reasons;
    std::vector<std::string> dispositions;
};

/// The state of a queue, for somebody who is about to call.
struct QueueStatus {
    QueueRef queue;
    bool open{};
    std::optional<Instant> opens_at;
    bool staffed{}, full{}, callback{}, voicemail{};
    std::optional<int> minutes_min, minutes_max;
};

// A supervisor's live view. Every figure is a fold of the log.
struct LiveQueue {
    QueueRef queue;
    bool open{};
    int waiting{}, offering{}, talking{}, callbacks{}, staffed{}, free{};
    std::optional<Instant> longest_waiting_since;
    int offered{}, answered{}, abandoned{}, flowed_out{}, answered_in_target{}, short_abandoned{};
    int target_seconds{};
    std::optional<int> service_level_percent;
};
struct LiveAgent {
    Person who;
    AgentLabel label{};
    Intent intent{};
    std::string reason;
    Instant since{};
    std::optional<NextIntent> next;
    int sessions{};
    bool media_ready{};
    ContactId call;  ///< empty: none
    std::vector<QueueId> queues;
    int handled{};
    bool overdue{};
};
struct LiveContact {
    ContactId call;
    ContactState state{};
    Channel channel{};
    QueueRef queue;
    ContactView::Visitor visitor;
    std::optional<Person> agent;
    Instant since{}, waiting_since{};
    bool visitor_lost{}, agent_lost{}, media_lost{};
    std::vector<ParticipantView> supervisors;
};
struct LiveView {
    Instant at{};
    std::vector<LiveQueue> queues;
    std::vector<LiveAgent> agents;
    std::vector<LiveContact> contacts;
    int contacts_total{};
    bool may_act{};
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

// Version 1. An empty `target` never occurs; optional parts repeat what the client sent.
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
    Milliseconds retry_after{};  ///< of `overloaded`: when to come back; 0: not known
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
struct ConsultEnded {
    ContactId call;
    Person colleague;
    ConsultEnd reason{};
};
struct ContactChanged {
    ContactView contact;
};  ///< `contact_state` on the wire
struct AgentChanged {
    AgentView agent;
};  ///< `agent_state` on the wire
struct QueuePlace {
    ContactId call;
    PlaceView place;
};
struct QueueStatusTold {
    QueueStatus status;
};  ///< `queue_status` on the wire
struct ChatSaid {
    ContactId call;
    ChatMessage message;
};  ///< `chat_message` on the wire
struct ChatHistory {
    ContactId call;
    std::vector<ChatMessage> messages;
};
struct Keypad {
    ContactId call;
    Party party{};
    std::string digits;
};
struct DirectoryTold {
    Directory directory;
};  ///< `directory` on the wire
struct LiveState {
    LiveView live;
};

}  // namespace notice

using Notice = std::variant<notice::RoomJoined, notice::UserJoined, notice::UserLeft, notice::Offer, notice::OfferSent, notice::Answer,
                            notice::AnswerSent, notice::Candidate, notice::CallStarted, notice::CallEnded, notice::AgentStatusChanged,
                            notice::Pong, notice::Failed, notice::Acknowledged, notice::SessionReset, notice::TokenExpiring,
                            notice::IceServers, notice::ContactOffered, notice::ContactRevoked, notice::ConsultEnded,
                            notice::ContactChanged, notice::AgentChanged, notice::QueuePlace, notice::QueueStatusTold, notice::ChatSaid,
                            notice::ChatHistory, notice::Keypad, notice::DirectoryTold, notice::LiveState>;

}  // namespace calldocker::domain
