#pragma once
#include "domain/company/state.hpp"
#include "domain/presence/presence.hpp"

/// Which contact goes to which agent. The pass runs whenever something has changed that it depends on: a contact or an agent has come, an
/// offer has ended, a moment that it has named is here, the configuration is new. It ends when no match is left.
/// Integers only; the same facts, presence and time give the same decisions.
namespace calldocker::domain {

struct Routing {
    Facts facts;
    std::optional<Instant> look_again;  ///< when time alone may make a match of those that were looked at
};

/// Takes every waiting contact in the order of its turn, whatever its queue, and chooses its agent: a chosen or preferred agent first;
/// then, of the eligible ones, the lowest tier, then the queue's metric, then the agent's id; with ring_all all of them. An agent has one
/// offer at a time, and so has a contact, except with ring_all. An agent who declined or missed the contact is skipped for
/// decline_exclusion, or, if nobody else is there, for decline_pause.
[[nodiscard]] Routing route(const State& state, const Presence& presence, Instant now);

/// @return the agent of a queue who would be next for somebody who asks now; none: nobody is free
[[nodiscard]] std::optional<UserId> next_agent(const State& state, const Presence& presence, const Queue& queue, const Contact& contact,
                                               Instant now);

}  // namespace calldocker::domain
