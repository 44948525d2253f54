#pragma once
#include <cstddef>

#include "base/instant.hpp"

/// Bounds of one company's facts. One more contact: `overloaded`. The oldest of what is only remembered goes.
namespace calldocker::domain {

inline constexpr std::size_t live_contacts_max = 10'000;
inline constexpr std::size_t live_contacts_per_user_max = 256;
/// Calls that have ended, for a late accept to be told `gone`.
inline constexpr std::size_t ended_calls_remembered = 4'096;
/// Visitors whose last agent is known, for queues that prefer that agent.
inline constexpr std::size_t last_agents_remembered = 10'000;
/// Users whom an admin has signed out. Only admins make them more; beyond, the sign-out of longest ago is forgotten, and tokens
/// of before it count again.
inline constexpr std::size_t sign_outs_remembered = 10'000;
/// A deadline is acted on when it is due; what stands so much longer is stuck.
inline constexpr Milliseconds overdue_after = 5s;
/// Commands that have had an effect, for one that is sent again after a restart.
inline constexpr std::size_t commands_remembered = 10'000;

}  // namespace calldocker::domain
