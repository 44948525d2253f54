#pragma once
#include <cstddef>

#include "base/instant.hpp"

/// Bounds of one company's facts. One more contact: `overloaded`. Of things that are only remembered, the oldest is forgotten.
namespace calldocker::domain {

inline constexpr std::size_t live_contacts_max = 10'000;
inline constexpr std::size_t live_contacts_per_user_max = 256;
/// Calls that have ended, so that a late accept gets `gone`.
inline constexpr std::size_t ended_calls_remembered = 4'096;
/// Visitors whose last agent is known, for queues that prefer that agent.
inline constexpr std::size_t last_agents_remembered = 10'000;
/// Users that an admin has signed out. Only admins add to them. Beyond the bound the oldest sign-out is forgotten, and tokens from before
/// it count again.
inline constexpr std::size_t sign_outs_remembered = 10'000;
/// A deadline is handled when it is due; a contact that is left this much longer is stuck.
inline constexpr Milliseconds overdue_after = 5s;
/// Commands that have had an effect, so that a command that is sent again after a restart changes nothing.
inline constexpr std::size_t commands_remembered = 10'000;

}  // namespace calldocker::domain
