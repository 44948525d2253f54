#pragma once
#include "base/instant.hpp"

/// The times of docs/protocol.md, "Disconnects", and of the offers of a contact.
namespace calldocker::domain {

/// A visitor who is lost while waiting keeps the place for so long.
inline constexpr Milliseconds waiting_visitor_grace = 60s;
/// From the accept, or from the last party's loss before media was up, to media.
inline constexpr Milliseconds connecting_time_max = 10s;
/// In a connected contact, with the media down too.
inline constexpr Milliseconds connected_visitor_grace = 45s;
inline constexpr Milliseconds connected_agent_grace = 15s;
/// A version 1 page that vanished: its timers cannot be longer, since the other page learns of it by call_ended alone.
inline constexpr Milliseconds original_party_grace = 5s;
/// Times that a contact may fail to get media; the last one ends it.
inline constexpr int media_failures_max = 2;
/// An agent who declined is not rung again for this contact...
inline constexpr Milliseconds decline_exclusion = 60s;
/// ...unless nobody else is there: then after a pause, so that declining does not ring again in the same moment.
inline constexpr Milliseconds decline_pause = 5s;

}  // namespace calldocker::domain
