#pragma once
#include "domain/company/state.hpp"
#include "domain/presence/presence.hpp"

/// What must follow from facts, presence and time without anybody asking for it. Pure. Each returns facts; none when
/// all is as it should be.
namespace calldocker::domain {

/// @return the session of the endpoint if it is here, whether or not it has a connection; else null. A version 1 party
///         is found in whatever version 1 session its user has.
[[nodiscard]] const Session* session_of(const Presence& presence, const UserId& user, const Endpoint& endpoint);

/// May be rung: available, a session with its media ready, no contact, no live offer.
[[nodiscard]] bool is_routable(const State& state, const Presence& presence, const UserId& agent);

/// The user's sessions, or the user's work, have changed: parties lost and back, offers that no longer hold, the intent
/// of an agent who has gone.
[[nodiscard]] Facts consequences_for(const State& state, const Presence& presence, const UserId& user, Instant now);

/// Contacts whose deadline is due.
[[nodiscard]] Facts expired(const State& state, Instant now);

struct Routing {
    Facts facts;
    std::optional<Instant> look_again;  ///< when an exclusion ends that kept an agent from being rung
};
/// The pass of `ring_all`: every waiting contact in turn is offered to all free agents at once; an agent has one offer
/// at a time. An agent who declined is passed over for decline_exclusion, or, when nobody else is there, decline_pause.
[[nodiscard]] Routing route(const State& state, const Presence& presence, Instant now);

}  // namespace calldocker::domain
