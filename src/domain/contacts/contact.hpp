#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/contacts/contact_fact.hpp"

namespace calldocker::domain {

/// One side of a contact: the visitor, or the agent who has it.
struct Side {
    Endpoint endpoint;
    std::optional<Instant> lost_at;  ///< its endpoint has no connection since then
    bool media_up{};                 ///< as the endpoint itself reports; of version 1, from the answer on
    Instant media_since{};           ///< of the last change of media_up
    bool muted{};

    [[nodiscard]] bool is_original() const { return endpoint.version == 1; }
    /// The party is alive although the other side is silent: it reports media, and can still be reached.
    [[nodiscard]] bool vouches_for_media() const { return !is_original() && media_up && !lost_at; }
    friend bool operator==(const Side&, const Side&) = default;
};

/// A person besides the visitor and the agent: a colleague who is asked, has joined, or supervises.
struct Joined {
    Person who;
    LegKind kind{};  ///< consult, conference or supervision
    std::optional<SupervisionMode> mode;
    Endpoint endpoint;                   ///< unset while it rings
    std::optional<Instant> rings_until;  ///< not accepted yet
    Instant since{};
    std::string note;

    [[nodiscard]] bool is_ringing() const { return rings_until.has_value(); }
    friend bool operator==(const Joined&, const Joined&) = default;
};

/// An agent's work after a contact.
struct WrapUp {
    Instant until{};
    int extensions{};
    Instant began{};  ///< when the agent accepted the contact
    QueueId queue;    ///< for which
    friend bool operator==(const WrapUp&, const WrapUp&) = default;
};

struct Callback {
    std::string phone, note;
    int attempts{}, attempts_max{};
    Instant due_at{};  ///< not offered before
    bool reached{};    ///< the visitor is on the page again: from then on it is a call like any other
    friend bool operator==(const Callback&, const Callback&) = default;
};

/// The notes and outcome of one agent for a contact.
struct Writing {
    Person by;
    std::string notes, disposition;
    Sequence noted_at{};  ///< the fact that has the notes
    friend bool operator==(const Writing&, const Writing&) = default;
};

/// The sessions that may come back to a contact with an access token that has expired.
struct WayBack {
    std::map<SessionId, Instant> resumes_from;  ///< of sessions that it names: earlier resume tokens are void
    std::vector<ReturnCode> codes;              ///< the last return_codes_kept that have not been used
    int codes_made{};
    friend bool operator==(const WayBack&, const WayBack&) = default;
};

/// One attempt of a visitor to be served, while it lives. A fold of its facts.
/// Invariants: `agent` is set exactly while somebody has the contact (has_agent()), and kept in wrapup for the record;
/// `offered` is not empty exactly in offering, transferring and callback_offering; in wrapup `wrap_ups` is not empty.
struct Contact {
    ContactId call;
    Sequence number{};  ///< of its first fact; the last tie-break of the queue's order
    std::string trace;  ///< of the click that it began with
    RoomId room;        ///< the room that the visitor called
    ContactState state{};
    UserId visitor;
    ContactDetails details;
    Side visitor_side;
    UserId agent;
    std::string agent_name;
    Side agent_side;
    std::map<UserId, Instant> offered;     ///< the users it rings, since when
    std::map<UserId, Instant> offer_ends;  ///< of the users who have a limited time to answer
    OfferKind offer_kind{};
    std::optional<RoutingWhy> why;       ///< of the last offer
    std::map<UserId, Instant> declined;  ///< the users who said no, or did not answer, when; gone after decline_exclusion
    Instant created_at{};
    Instant state_since{};
    std::optional<Instant> accepted_at, connected_at, ended_at;
    std::optional<EndReason> end_reason;
    std::optional<Party> ended_by;
    int media_failures{};
    bool requeued{};  ///< at the front of its class

    // The queue.
    Entry entry;
    int segment = 1;                     ///< number of the segment: one for each queue or agent
    Instant enqueued_at{};               ///< when it first entered a queue; survives everything that brings it back
    Instant entered_at{};                ///< when it entered its present queue
    std::optional<Instant> answered_at;  ///< for the first time since then
    UserId chosen;                       ///< the agent who got it by a hand-over and has not said no
    Person handed_over_by;               ///< the person who handed it over
    std::string handed_over_note;
    std::optional<Instant> place_kept_at;
    std::optional<ToldWait> estimate;  ///< as the visitor saw it at the present entry
    std::optional<Callback> callback;
    std::optional<Instant> dial_until;
    std::string recording;
    std::optional<Instant> first_connected_at;

    // The call.
    UserId held_by;  ///< empty: not on hold
    std::vector<Joined> others;
    std::map<UserId, WrapUp> wrap_ups;
    std::vector<Writing> writings;  ///< the last writings_kept, ordered by when their agents began
    bool rated{};
    std::vector<ChatMessage> chat;  ///< the last chat_kept
    std::vector<Sequence> chat_at;  ///< the facts that have them
    int chat_count{};

    WayBack way_back;

    [[nodiscard]] bool is_waiting() const {
        return state == ContactState::queued || state == ContactState::offering || state == ContactState::transferring;
    }
    [[nodiscard]] bool awaits_callback() const {
        return state == ContactState::callback_waiting || state == ContactState::callback_offering;
    }
    /// Has a place in a queue: waits for an agent, or for an agent who calls back.
    [[nodiscard]] bool is_in_queue() const { return is_waiting() || awaits_callback(); }
    /// Media was up both ways, and somebody has it.
    [[nodiscard]] bool is_in_call() const {
        return state == ContactState::connected || state == ContactState::held || state == ContactState::consulting;
    }
    [[nodiscard]] bool has_agent() const {
        return !agent.empty() && (is_in_call() || state == ContactState::connecting || state == ContactState::callback_dialing);
    }
    /// The visitor's part is over; somebody may still wrap up.
    [[nodiscard]] bool is_over() const { return ended_at.has_value(); }
    /// Has it, or wraps it up: notes and outcome are theirs to write.
    [[nodiscard]] bool writes(const UserId& user) const { return (has_agent() && agent == user) || wrap_ups.contains(user); }
    [[nodiscard]] bool is_offered_to(const UserId& user) const { return offered.contains(user); }
    [[nodiscard]] bool is_voicemail() const { return !recording.empty(); }
    /// The agent calls back with a telephone of his own: no media of it comes through a browser.
    [[nodiscard]] bool is_by_telephone() const { return callback && !callback->phone.empty(); }
    /// A party that must be here and is not: its connection is lost, or the place is kept until a click brings the visitor back. A visitor
    /// who gets a callback, or has left a message, may be anywhere.
    [[nodiscard]] bool visitor_is_away() const { return (visitor_side.lost_at || place_kept_at) && !awaits_callback() && !is_voicemail(); }
    [[nodiscard]] const Joined* other(const UserId& user) const;
    /// @return the colleague who is asked, or has joined; null: none
    [[nodiscard]] const Joined* colleague() const;
    /// @return whether the user has work with it: has it, advises, or wraps up. Ringing and supervising do not count.
    [[nodiscard]] bool employs(const UserId& user) const;
    /// @return whether this version 2 session carries the user's media, or holds the place: the session may come back to it
    [[nodiscard]] bool names(const UserId& user, const SessionId& session) const;
    /// @return visitor or agent; nothing for anybody else
    [[nodiscard]] std::optional<Party> party_of(const UserId& user) const;
    /// @return the user's notes and outcome; empty if there are none
    [[nodiscard]] const Writing& writing_of(const UserId& user) const;
    [[nodiscard]] const Side& side(Party party) const { return party == Party::visitor ? visitor_side : agent_side; }
    friend bool operator==(const Contact&, const Contact&) = default;
};

/// Applies one fact. Total: a fact that does not fit (which no version of this program writes) changes what it can.
/// @param number  the fact's position in the log
void apply(Contact& contact, const ContactFact& fact, Sequence number, Instant at);

/// @return when a contact in a call gives up a lost party; nothing while the other one reports that media is up
[[nodiscard]] std::optional<Instant> loss_deadline_of(const Contact& contact, Party party);
/// @return when a contact gives up a call whose both parties are there without media
[[nodiscard]] std::optional<Instant> media_deadline_of(const Contact& contact);
/// @return when an absent visitor loses the place
[[nodiscard]] std::optional<Instant> place_deadline_of(const Contact& contact);
/// @return when the first of the limits of waiting is reached
[[nodiscard]] std::optional<Instant> wait_deadline_of(const Contact& contact);

/// @return when the contact's time is up unless something happens before; a function of its facts alone
[[nodiscard]] std::optional<Instant> deadline_of(const Contact& contact);

}  // namespace calldocker::domain
