#pragma once
#include "domain/company/state.hpp"
#include "domain/presence/presence.hpp"

/// What must follow from facts, presence and time without anybody asking for it. Pure. Each returns facts; none when
/// all is as it should be.
namespace calldocker::domain {

/// @return the session of the endpoint if it is here, whether or not it has a connection; else null. A version 1 party
///         is found in whatever version 1 session its user has.
[[nodiscard]] const Session* session_of(const Presence& presence, const UserId& user, const Endpoint& endpoint);

/// May be given a contact: available, without work or an offer, and connected with media ready.
[[nodiscard]] bool is_routable(const State& state, const Presence& presence, const UserId& agent);

/// The same for who has original pages alone. In a queue of ring_all these are rung by the visitor's offer itself.
[[nodiscard]] bool is_original_and_free(const State& state, const Presence& presence, const UserId& agent);

/// The user's sessions, or the user's work, have changed: parties lost and back, offers that no longer hold, staff who
/// come and go, intents that waited for the end of work.
[[nodiscard]] Facts consequences_for(const State& state, const Presence& presence, const UserId& user, Instant now);
/// When consequences_for() may say something else by the passing of time, after a connection was lost at `since`.
[[nodiscard]] std::vector<Instant> reviews_after_loss(Instant since);

/// What becomes of the first of the contacts whose deadline is due, and of its agents; empty: none is due. To be asked again once
/// it has been applied, since where one goes depends on where the others have gone.
[[nodiscard]] Facts expired(const State& state, const Presence& presence, Instant now);

/// What becomes of a contact that has come to wait in a queue that is closed, or whose queue has closed; empty: it may wait.
[[nodiscard]] Facts shut_out(const State& state, const ContactId& call);

/// Ends what is left standing long after its time, which no rule does: it would be a mistake in the rules. For the auditor.
[[nodiscard]] Facts unstick(const State& state, Instant now);

}  // namespace calldocker::domain
