#pragma once
#include <map>
#include <optional>
#include <string>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/contacts/contact_fact.hpp"

namespace calldocker::domain {

/// One side of a contact: the visitor, or the agent who accepted.
struct Side {
    Endpoint endpoint;
    std::optional<Instant> lost_at;  ///< its endpoint has no connection since then
    bool media_up{};                 ///< as it says itself; of version 1, from the answer on
    Instant media_since{};           ///< of the last change of media_up

    [[nodiscard]] bool is_original() const { return endpoint.version == 1; }
    /// Proof of life while the other side is silent: it reports media, and can still be heard.
    [[nodiscard]] bool vouches_for_media() const { return !is_original() && media_up && !lost_at; }
    friend bool operator==(const Side&, const Side&) = default;
};

/// One attempt of a visitor to be served, while it lives. A fold of its facts.
/// Invariants: `agent` is set exactly in connecting and connected; `offered` is empty in these, and the state is
/// offering exactly when it is not empty.
struct Contact {
    ContactId call;
    Sequence number{};  ///< of its first fact; the order of the queue
    RoomId room;        ///< the room that the visitor called
    ContactState state{};
    UserId visitor;
    ContactDetails details;
    Side visitor_side;
    UserId agent;
    std::string agent_name;
    Side agent_side;
    std::map<UserId, Instant> offered;   ///< who is being rung, since when
    std::map<UserId, Instant> declined;  ///< who said no, when; gone after decline_exclusion
    Instant created_at{};
    Instant state_since{};
    std::optional<Instant> accepted_at, connected_at, ended_at;
    std::optional<EndReason> end_reason;
    std::optional<Party> ended_by;
    int media_failures{};
    bool requeued{};

    [[nodiscard]] bool is_waiting() const { return state == ContactState::queued || state == ContactState::offering; }
    [[nodiscard]] bool has_agent() const { return !agent.empty(); }
    [[nodiscard]] bool is_offered_to(const UserId& user) const { return offered.contains(user); }
    /// @return visitor or agent; nothing for anybody else
    [[nodiscard]] std::optional<Party> party_of(const UserId& user) const;
    [[nodiscard]] const Side& side(Party party) const { return party == Party::visitor ? visitor_side : agent_side; }
    friend bool operator==(const Contact&, const Contact&) = default;
};

/// Applies one fact. Total: a fact that does not fit (which no version of this program writes) changes what it can.
/// @param number  the fact's position in the log
void apply(Contact& contact, const ContactFact& fact, Sequence number, Instant at);

/// @return when a lost party of a connected contact is given up; nothing while the other one reports that media is up
[[nodiscard]] std::optional<Instant> loss_deadline_of(const Contact& contact, Party party);

/// @return when the contact's time is up unless something happens before; a function of its facts alone
[[nodiscard]] std::optional<Instant> deadline_of(const Contact& contact);

}  // namespace calldocker::domain
