#pragma once
#include "domain/company/state.hpp"
#include "domain/presence/presence.hpp"

/// Which contact goes to which agent. The pass runs whenever something has changed that it depends on: a contact or an
/// agent that is there, the end of an offer, a time that it has named, the configuration. It ends when no match is left.
/// Integers only; the same facts, presence and time give the same decisions.
namespace calldocker::domain {

struct Routing {
    Facts facts;
    std::optional<Instant> look_again;  ///< when time alone may make a match of those that were looked at
};

/// Every waiting contact in the order of its turn, whatever queue it is in: a chosen or preferred agent first, then, of the
/// eligible ones, the lowest tier, then the queue's metric, then the agent's id; with ring_all all of them. An agent has one
/// offer at a time, and a contact one too, but for ring_all. Who declined or missed it is passed over for
/// decline_exclusion, or, when nobody else is there, decline_pause.
[[nodiscard]] Routing route(const State& state, const Presence& presence, Instant now);

/// @return who of a queue would be next for somebody who asks now; none: nobody is free
[[nodiscard]] std::optional<UserId> next_agent(const State& state, const Presence& presence, const Queue& queue, const Contact& contact,
                                               Instant now);

}  // namespace calldocker::domain
