#pragma once
#include <cstddef>

#include "base/instant.hpp"

/// Bounds of the memory that clients can make an island use, and what happens at each.
namespace calldocker::domain {

/// Rooms of one session, unless the operator says otherwise. One more: `overloaded`.
inline constexpr std::size_t rooms_per_session_max = 64;
/// Calls between users that are not contacts, named by one user and not ended. One more: `overloaded`.
inline constexpr std::size_t direct_calls_per_user_max = 256;
/// The same for a whole company.
inline constexpr std::size_t direct_calls_max = 10'000;
/// Bytes of first offers that an island holds for version 2 agents. Beyond it the island holds no further offers, and asks the visitor for
/// a new one when an agent accepts (`needsOffer`).
inline constexpr std::size_t held_offer_bytes_max = 64u << 20u;

/// How long the other party of a version 1 page that vanished waits for its return.
inline constexpr Milliseconds original_page_grace = 5s;
/// How long an agent's offer outlives the connection that showed it.
inline constexpr Milliseconds offer_grace = 2s;
/// How long a lost consultant, guest or supervisor stays in the call.
inline constexpr Milliseconds joined_grace = 60s;
/// How long after losing the connection an agent without work is set not ready, and how long after it signed out.
inline constexpr Milliseconds lost_agent_grace = 30s;
inline constexpr Milliseconds signed_out_after = 5min;
/// How long an available agent may have pages here, none of them with a microphone and sound, before being set not ready. A reload of a
/// page is quicker.
inline constexpr Milliseconds media_missing_grace = 5s;
/// An agent who is back within this time after the loss gets the earlier intent back.
inline constexpr Milliseconds intent_restored_within = 60s;

}  // namespace calldocker::domain
