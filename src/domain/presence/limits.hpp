#pragma once
#include <cstddef>

#include "base/instant.hpp"

/// Bounds of what clients can make an island keep in memory, and what happens there.
namespace calldocker::domain {

/// Rooms of one session, unless the operator says otherwise. One more: `overloaded`.
inline constexpr std::size_t rooms_per_session_max = 64;
/// Calls between users that are not contacts, named by one user and not ended. One more: `overloaded`.
inline constexpr std::size_t direct_calls_per_user_max = 256;
/// The same of a whole company.
inline constexpr std::size_t direct_calls_max = 10'000;
/// Bytes of first offers that an island holds for version 2 agents. Beyond it offers are not held, and the visitor is
/// asked for a new one when an agent accepts (`needsOffer`).
inline constexpr std::size_t held_offer_bytes_max = 64u << 20u;

/// How long the other party of a version 1 page that vanished waits for its return.
inline constexpr Milliseconds original_page_grace = 5s;
/// How long an agent's offer outlives the connection it was shown on.
inline constexpr Milliseconds offer_grace = 2s;
/// Who advises, has joined or supervises, and whose connection is lost, takes part no longer after so long.
inline constexpr Milliseconds joined_grace = 60s;
/// An agent without work whose connection is lost: not ready after so long, signed out after so long.
inline constexpr Milliseconds lost_agent_grace = 30s;
inline constexpr Milliseconds signed_out_after = 5min;
/// An available agent whose pages are here, none of them with a microphone and sound: not ready after so long, which a page that is
/// loaded again does not take.
inline constexpr Milliseconds media_missing_grace = 5s;
/// Back so soon after the loss, the agent is again what he was.
inline constexpr Milliseconds intent_restored_within = 60s;

}  // namespace calldocker::domain
