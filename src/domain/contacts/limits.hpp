#pragma once
#include "base/instant.hpp"

/// The times of docs/protocol.md, "Disconnects", and of the offers of a contact.
namespace calldocker::domain {

/// A form that nobody sends is given up.
inline constexpr Milliseconds prequeue_time_max = 30min;
/// A visitor who is lost while waiting keeps the place for so long; one who said so, for longer.
inline constexpr Milliseconds waiting_visitor_grace = 60s;
inline constexpr Milliseconds kept_place_time_max = 2h;
/// A callback that could not be made by then is given up.
inline constexpr Milliseconds callback_time_max = 24h;
/// A message that nobody has taken by then is given up.
inline constexpr Milliseconds voicemail_time_max = 7 * 24h;
/// From the accept, or from the last party's loss before media was up, to media.
inline constexpr Milliseconds connecting_time_max = 10s;
/// In a connected contact, with the media down too.
inline constexpr Milliseconds connected_visitor_grace = 45s;
inline constexpr Milliseconds connected_agent_grace = 15s;
/// Both parties are there and have no media: their pages restart ICE three times in this time.
inline constexpr Milliseconds media_repair_time_max = 30s;
/// A version 1 page that vanished: its timers cannot be longer, since the other page learns of it by call_ended alone.
inline constexpr Milliseconds original_party_grace = 5s;
/// Times that a contact may fail to get media; the last one ends it.
inline constexpr int media_failures_max = 2;
/// An agent who declined, or did not answer, is not rung again for this contact...
inline constexpr Milliseconds decline_exclusion = 60s;
/// ...unless nobody else is there: then after a pause, so that declining does not ring again in the same moment.
inline constexpr Milliseconds decline_pause = 5s;
/// What a contact that comes back to the front of its class is ahead of all others.
inline constexpr Milliseconds requeue_bonus = 24h;
/// Lines of the conversation that a live contact keeps. Beyond: the oldest go; the log has them.
inline constexpr std::size_t chat_kept = 200;
/// And of how much text. Far more than people write in a call, and little enough for thousands of contacts at once.
inline constexpr std::size_t chat_bytes_kept = std::size_t{64} * 1024;
/// Agents whose notes a live contact keeps. Beyond: those of who began first go; the log has them.
inline constexpr std::size_t writings_kept = 16;
/// One-time codes of a contact that are still good: beyond, the oldest goes. And all that it may ever have: beyond, `overloaded`.
inline constexpr std::size_t return_codes_kept = 3;
inline constexpr int return_codes_max = 50;
/// How long such a code is good, while the contact lives: longer than a place is kept, and a page left open over a shift.
inline constexpr Milliseconds return_code_time_max = 12h;
/// How long after the end a visitor may say how it was.
inline constexpr Milliseconds rating_time_max = 1h;
/// People beside the visitor and the agent. One more: `overloaded`.
inline constexpr std::size_t others_max = 8;

}  // namespace calldocker::domain
