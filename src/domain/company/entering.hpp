#pragma once
#include <variant>

#include "domain/company/state.hpp"

/// Where contacts that come to a queue go: into it, into the one that it overflows into, or away.
namespace calldocker::domain {

/// How a contact enters this queue now. `preferred`: who is to have it, if possible.
[[nodiscard]] Entry entry_of(const Queue& queue, const UserId& preferred);

/// The queue that takes a new contact: the requested one, or, if that is closed or full, the one that it overflows into, and so on.
/// Otherwise the reason of the requested one: rejected_closed, rejected_full.
[[nodiscard]] std::variant<const Queue*, EndReason> queue_for(const State& state, const Queue& wanted);

/// What becomes of a waiting contact whose time in its queue is over, or whose queue is closed: another queue takes it, or it becomes a
/// callback, or it ends. Also of a callback that could not be made in time. Empty when no limit is reached. A contact that was handed to an
/// agent by name may wait for that agent in a closed queue, as long as the agent is signed in; callbacks and messages may wait there, too.
[[nodiscard]] ContactFacts at_the_limit(const State& state, const Contact& contact, Instant now);
[[nodiscard]] ContactFacts in_a_closed_queue(const State& state, const Contact& contact);

}  // namespace calldocker::domain
