#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/one_of.hpp"
#include "domain/messages/client_message.hpp"
#include "domain/messages/notice.hpp"

namespace calldocker::domain {

/// Where a party's media is: one session, and its protocol version. Version 1 sessions do not survive a connection, so a version 1 party is
/// found again by the user id.
struct Endpoint {
    SessionId session;
    int version{};
    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// The terms on which a contact enters a queue, as they were then: later settings of the queue change nothing for contacts that wait.
struct Entry {
    QueueId queue;
    int emergency_class{};
    int priority_seconds{};
    Milliseconds wait_max{};  ///< zero: no limit
    UserId preferred;         ///< the agent who gets it, if possible; empty: any
    friend bool operator==(const Entry&, const Entry&) = default;
};

/// The estimate that a visitor saw at the entry.
struct ToldWait {
    Milliseconds half{}, most{};
    friend bool operator==(const ToldWait&, const ToldWait&) = default;
};

/// A one-time code by which a visitor takes the place to another page. The code itself is nowhere but in its link.
struct ReturnCode {
    std::string hash;   ///< of the code
    SessionId session;  ///< which it opens
    std::string role_name, name;
    std::optional<Instant> token_expires_at;  ///< of the access token that asked for it: the new token does not outlive it
    Instant until{};
    friend bool operator==(const ReturnCode&, const ReturnCode&) = default;
};

/// Why an agent was passed over in a routing decision.
enum class ExclusionReason {
    not_available,
    no_session,
    no_media,
    busy,
    ringing,
    not_a_member,
    delayed,
    skill,
    language,
    cooling_off,
    held_for_another,
    own_contact
};
[[nodiscard]] constexpr std::string_view name_of(ExclusionReason reason) {
    switch (reason) {
        case ExclusionReason::not_available: return "not_available";
        case ExclusionReason::no_session: return "no_session";
        case ExclusionReason::no_media: return "no_media";
        case ExclusionReason::busy: return "busy";
        case ExclusionReason::ringing: return "ringing";
        case ExclusionReason::not_a_member: return "not_a_member";
        case ExclusionReason::delayed: return "delayed";
        case ExclusionReason::skill: return "skill";
        case ExclusionReason::language: return "language";
        case ExclusionReason::cooling_off: return "cooling_off";
        case ExclusionReason::held_for_another: return "held_for_another";
        case ExclusionReason::own_contact: return "own_contact";
    }
    return {};
}
struct Excluded {
    UserId agent;
    ExclusionReason reason{};
    std::string detail;  ///< of skill: which
    friend bool operator==(const Excluded&, const Excluded&) = default;
};

/// The events of one contact. Facts are written once and keep their meaning for ever: members are added, never changed or removed, and a
/// reader of an older fact finds the default.
namespace fact {

/// Enters its queue, or, with `prequeue`, is about to: the visitor fills in the form. With `recording` it is a voicemail.
struct ContactCreated {
    ContactId call;
    UserId visitor{};
    Endpoint endpoint{};
    RoomId room{};
    ContactDetails details{};
    Entry entry{};
    bool prequeue{};
    std::string recording{};
    Milliseconds duration{};
    std::string trace{};  ///< of the click that it began with; log lines about the contact carry it
};
/// From the form into a queue, or from one queue into another: a new segment. `cause`: "entered", "overflow".
struct ContactEnqueued {
    ContactId call;
    Entry entry{};
    RoomId room{};  ///< empty: as before
    std::string cause{};
};
/// The estimated wait of a visitor who enters now: half, and four of five, are answered by then.
struct WaitEstimated {
    ContactId call;
    Milliseconds half{}, most{};
};
/// `ring`: how long it is offered; zero: as long as the contact waits, for pages that know no reservations.
struct ContactOffered {
    ContactId call;
    std::vector<UserId> agents{};
    Milliseconds ring{};
    OfferKind kind{};
    std::optional<RoutingWhy> why{};
    std::vector<Excluded> excluded{};
};
struct ContactRevoked {
    ContactId call;
    std::vector<UserId> agents{};
    RevokeReason reason{};
};
struct ContactDeclined {
    ContactId call;
    UserId agent{};
    std::string reason{};
};
/// It rang at these agents for the whole time, and they did not answer.
struct ContactMissed {
    ContactId call;
    std::vector<UserId> agents{};
};
/// `dial`: of a callback, how long the visitor is rung.
struct ContactAccepted {
    ContactId call;
    UserId agent{};
    std::string name{};
    Endpoint endpoint{};
    Milliseconds dial{};
};
/// Media is up both ways: this is what "answered" means.
struct ContactConnected {
    ContactId call;
};
struct MediaChanged {
    ContactId call;
    Party party{};
    bool up{};
};
struct MediaClaimed {
    ContactId call;
    Party party{};
    Endpoint endpoint{};
};
struct PartyLost {
    ContactId call;
    Party party{};
};
struct PartyBack {
    ContactId call;
    Party party{};
    Endpoint endpoint{};
};
/// Back to the front of its queue, without an agent. `cause`: "agent_lost", "visitor_lost", "no_media", "requeued".
struct ContactRequeued {
    ContactId call;
    std::string cause{};
    Milliseconds wrap_up{};  ///< of the agent who had it; zero: none
};
/// `by` is who ended it, `cause` the reason, in words: what the party said, or "connection_lost", "no_media".
struct ContactEnded {
    ContactId call;
    EndReason reason{};
    Party by{};
    UserId by_user{};
    std::string cause{};
    Milliseconds wrap_up{};  ///< of the agent who had it; zero: none
};

// After the call.
struct WrapUpExtended {
    ContactId call;
    UserId agent{};
    Milliseconds by{};
};
struct WrapUpEnded {
    ContactId call;
    UserId agent{};
};

// Call control.
struct ContactHeld {
    ContactId call;
    UserId by{};
};
struct ContactResumed {
    ContactId call;
};
struct MuteChanged {
    ContactId call;
    Party party{};
    bool muted{};
};
struct ChatSaid {
    ContactId call;
    Person from{};
    Party party{};
    std::string text{};
};
struct NotesSet {
    ContactId call;
    std::string notes{};
    Person by{};
};
struct DispositionSet {
    ContactId call;
    std::string disposition{};
    Person by{};
};

// Other people.
/// Handed over without asking, to a queue or to an agent; an agent is rung first.
struct ContactTransferred {
    ContactId call;
    UserId by{};
    Entry entry{};
    UserId to{};  ///< empty: to the queue
    std::string note{};
    Milliseconds wrap_up{};
    std::string by_name{};
};
/// It rings a colleague, who is to advise; the visitor is on hold.
struct ConsultStarted {
    ContactId call;
    UserId by{};
    UserId agent{};
    Milliseconds ring{};
    std::string note{};
    std::string name{};  ///< of `agent`
};
struct ConsultJoined {
    ContactId call;
    UserId agent{};
    std::string name{};
    Endpoint endpoint{};
};
struct ConsultEnded {
    ContactId call;
    UserId agent{};
    ConsultEnd cause{};
};
struct ConferenceStarted {
    ContactId call;
};
/// To somebody who takes part already, or to a supervisor who takes it over.
struct ContactHandedOver {
    ContactId call;
    UserId to{};
    std::string name{};
    Endpoint endpoint{};
    Milliseconds wrap_up{};
    std::string cause{};  ///< "transfer", "take_over", "agent_lost"
};
/// Also when the mode changes.
struct SupervisorJoined {
    ContactId call;
    UserId user{};
    std::string name{};
    Endpoint endpoint{};
    SupervisionMode mode{};
};
struct SupervisorLeft {
    ContactId call;
    UserId user{};
};

// Leaving and coming back.
/// The visitor has left the page on purpose and wants to keep the place.
struct PlaceKept {
    ContactId call;
};
/// `cause`: "visitor", "limit".
struct CallbackRequested {
    ContactId call;
    std::string phone{}, note{};
    std::string cause{};
    int attempts_max{};
};
/// The visitor could not be reached; the next attempt not before `again`.
struct CallbackFailed {
    ContactId call;
    std::string cause{};
    Milliseconds again{};
};
struct ContactRated {
    ContactId call;
    int rating{};
    std::string comment{};
    UserId by{};
};

// Who may come back to it.
/// A session that it names has said goodbye, or goes on with a newer resume token: earlier ones are void.
struct ResumeTokensVoided {
    ContactId call;
    SessionId session{};
    Instant before{};
};
struct ReturnCodeMade {
    ContactId call;
    ReturnCode code{};
};
struct ReturnCodeUsed {
    ContactId call;
    std::string hash{};
};

}  // namespace fact

using ContactFact =
    std::variant<fact::ContactCreated, fact::ContactEnqueued, fact::WaitEstimated, fact::ContactOffered, fact::ContactRevoked,
                 fact::ContactDeclined, fact::ContactMissed, fact::ContactAccepted, fact::ContactConnected, fact::MediaChanged,
                 fact::MediaClaimed, fact::PartyLost, fact::PartyBack, fact::ContactRequeued, fact::ContactEnded, fact::WrapUpExtended,
                 fact::WrapUpEnded, fact::ContactHeld, fact::ContactResumed, fact::MuteChanged, fact::ChatSaid, fact::NotesSet,
                 fact::DispositionSet, fact::ContactTransferred, fact::ConsultStarted, fact::ConsultJoined, fact::ConsultEnded,
                 fact::ConferenceStarted, fact::ContactHandedOver, fact::SupervisorJoined, fact::SupervisorLeft, fact::PlaceKept,
                 fact::CallbackRequested, fact::CallbackFailed, fact::ContactRated, fact::ResumeTokensVoided, fact::ReturnCodeMade,
                 fact::ReturnCodeUsed>;
using ContactFacts = std::vector<ContactFact>;

/// The kinds that change their contact and nothing besides: no count, no line of the log, nobody's phone. Every visitor of facts passes
/// over these and names what else it passes over, so that a new kind does not compile until it is among them or has its case.
template <class Kind>
concept QuietFact = OneOf<Kind, fact::WaitEstimated, fact::MediaChanged, fact::MediaClaimed, fact::PartyLost, fact::PartyBack,
                          fact::WrapUpExtended, fact::MuteChanged, fact::NotesSet, fact::DispositionSet, fact::PlaceKept,
                          fact::ContactRated, fact::ResumeTokensVoided, fact::ReturnCodeMade, fact::ReturnCodeUsed>;

[[nodiscard]] inline const ContactId& call_of(const ContactFact& fact) {
    return std::visit([](const auto& content) -> const ContactId& { return content.call; }, fact);
}

}  // namespace calldocker::domain
