#pragma once
#include "domain/company/state.hpp"
#include "domain/presence/presence.hpp"

/// Facts that follow from facts, presence and time without anybody's command. Pure. Each function returns facts; none when nothing follows.
namespace calldocker::domain {

/// @return the session of the endpoint if it is here, whether or not it has a connection; else null. A version 1 party
///         is found in whatever version 1 session its user has.
[[nodiscard]] const Session* session_of(const Presence& presence, const UserId& user, const Endpoint& endpoint);

/// Whether the agent may be given a contact: available, without work or an offer, and connected with media ready.
[[nodiscard]] bool is_routable(const State& state, const Presence& presence, const UserId& agent);

/// The same for an agent who has original pages alone. In a queue of ring_all the visitor's offer itself rings these pages.
[[nodiscard]] bool is_original_and_free(const State& state, const Presence& presence, const UserId& agent);

/// The facts that follow when the user's sessions, or the user's work, have changed: parties lost and back, offers that no longer hold,
/// staff who come and go, intents that waited for the end of work.
[[nodiscard]] Facts consequences_for(const State& state, const Presence& presence, const UserId& user, Instant now);
/// When consequences_for() may change by the passing of time, after a connection was lost at `since`.
[[nodiscard]] std::vector<Instant> reviews_after_loss(Instant since);

/// What becomes of the first contact whose deadline is due, and of its agents; empty: none is due. Ask again once it has been applied,
/// since the destination of one contact depends on the others'.
[[nodiscard]] Facts expired(const State& state, const Presence& presence, Instant now);

/// What becomes of a contact that waits in a closed queue: it has just come there, or the queue has closed. Empty: it may wait.
[[nodiscard]] Facts shut_out(const State& state, const ContactId& call);

/// Ends contacts that are left long after their time. Only a mistake in the rules can leave one. For the auditor.
[[nodiscard]] Facts unstick(const State& state, Instant now);

}  // namespace calldocker::domain
