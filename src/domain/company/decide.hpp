#pragma once
#include <variant>

#include "domain/company/state.hpp"
#include "domain/contacts/call_control.hpp"
#include "domain/contacts/contact_rules.hpp"

/// The rules of a company: the facts that a command brings. Pure functions of facts and command; the command carries everything that
/// depends on presence (who is free, who has joined a room). The sender is allowed to give the command: the island has asked the table in
/// domain/permissions. These rules can still refuse it because of the state of the contact.
namespace calldocker::domain {

/// A command of one user. The verified connection says which user.
namespace command {

/// A visitor begins: the form is open.
struct Open {
    ContactId call;
    UserId visitor;
    Endpoint endpoint;
    QueueId queue;
    ContactDetails details;
};
/// A customer's first offer to a queue's room. `rung`: the version 1 staff that the offer reaches at once.
struct EnterQueue {
    ContactId call;
    UserId visitor;
    Endpoint endpoint;
    RoomId room;
    QueueId queue;
    ContactDetails details;
    std::vector<UserId> rung;
};
/// The visitor's offer again, while nobody has answered.
struct RingAgain {
    ContactId call;
    std::vector<UserId> rung;
};
/// The estimate that a visitor sees who has just entered.
struct TellWait {
    ContactId call;
    Milliseconds half{}, most{};
};
struct KeepPlace {
    ContactId call;
};
/// For a contact that waits, or for a new one.
struct RequestCallback {
    ContactId call;
    UserId visitor;
    Endpoint endpoint;
    QueueId queue;
    std::string phone, note;
};
struct LeaveVoicemail {
    ContactId call;
    UserId visitor;
    Endpoint endpoint;
    QueueId queue;
    ContactDetails details;
    std::string recording;
    Milliseconds duration{};
};
struct Rate {
    ContactId call;
    UserId by;
    int rating{};
    std::string comment;
    Instant at{};
};

struct Accept {
    ContactId call;
    Accepting by;
};
/// The same as Accept, by the answer of a page that knows no reservations.
struct Answer {
    ContactId call;
    Accepting by;
};
struct Decline {
    ContactId call;
    UserId agent;
    std::string reason;
};
struct End {
    ContactId call;
    Ending by;
};
struct ReportMedia {
    ContactId call;
    UserId user;
    SessionId session;
    bool up{};
};
/// The agent of a callback reports that the visitor is on the telephone.
struct Reached {
    ContactId call;
};
struct ClaimMedia {
    ContactId call;
    UserId user;
    Endpoint endpoint;
};

struct Hold {
    ContactId call;
    UserId by;
};
struct Resume {
    ContactId call;
};
struct SetMuted {
    ContactId call;
    UserId by;
    bool muted{};
};
struct Say {
    ContactId call;
    Person by;
    std::string text;
};
struct SetNotes {
    ContactId call;
    Person by;
    std::string notes;
    Instant at{};
};
struct SetDisposition {
    ContactId call;
    Person by;
    std::string disposition;
    Instant at{};
};
/// Handed over unasked, by its agent or a supervisor: to an agent, who is free, or to a queue; neither: to its own queue.
struct Transfer {
    ContactId call;
    UserId by;
    Destination to;
    std::string note;
};
/// Back to the front of its own queue, in which it keeps its agent's wrap-up.
struct Requeue {
    ContactId call;
};
struct Consult {
    ContactId call;
    UserId by;
    UserId whom;
    std::string note;
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
struct Supervise {
    ContactId call;
    Accepting by;
    std::optional<SupervisionMode> mode;
};
struct TakeOver {
    ContactId call;
    Accepting by;
};
struct ExtendWrapUp {
    ContactId call;
    UserId agent;
};
struct EndWrapUp {
    ContactId call;
    UserId agent;
};

/// `by` a supervisor, for the agent, with a note; else by the agent. Original pages use words of their own as the reason.
struct SetIntent {
    UserId agent;
    Intent intent{};
    std::string reason{};
    Person by{};
    std::string note{};
    bool is_original{};
};
struct CancelNextIntent {
    UserId agent;
};
/// All settings; unchanged ones bring no fact.
struct Configure {
    Configuration to;
};

}  // namespace command

using Command =
    std::variant<command::Open, command::EnterQueue, command::RingAgain, command::TellWait, command::KeepPlace, command::RequestCallback,
                 command::LeaveVoicemail, command::Rate, command::Accept, command::Answer, command::Decline, command::End,
                 command::ReportMedia, command::Reached, command::ClaimMedia, command::Hold, command::Resume, command::SetMuted,
                 command::Say, command::SetNotes, command::SetDisposition, command::Transfer, command::Requeue, command::Consult,
                 command::CancelConsult, command::CompleteTransfer, command::StartConference, command::Supervise, command::TakeOver,
                 command::ExtendWrapUp, command::EndWrapUp, command::SetIntent, command::CancelNextIntent, command::Configure>;

/// @return the facts to append, in order; none when the command changes nothing
/// @errors not_found, gone (the contact has ended), reservation_lost, forbidden (the queue does not do this), conflict (the name is another
/// visitor's,
///         or not now), invalid (of a configuration), overloaded (live_contacts_max, live_contacts_per_user_max)
[[nodiscard]] Result<Facts> decide(const State& state, const Command& command);

}  // namespace calldocker::domain
