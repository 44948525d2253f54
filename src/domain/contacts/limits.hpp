#pragma once
#include "base/instant.hpp"

/// The times of docs/protocol.md, "Disconnects", and of the offers of a contact.
namespace calldocker::domain {

/// A form that nobody sends is given up.
inline constexpr Milliseconds prequeue_time_max = 30min;
/// How long a lost visitor keeps the place while waiting; and how long a visitor who asked to keep it.
inline constexpr Milliseconds waiting_visitor_grace = 60s;
inline constexpr Milliseconds kept_place_time_max = 2h;
/// The deadline of a callback.
inline constexpr Milliseconds callback_time_max = 24h;
/// The deadline of a message that nobody has taken.
inline constexpr Milliseconds voicemail_time_max = 7 * 24h;
/// The time until media is up, from the accept, or from a party's loss before that.
inline constexpr Milliseconds connecting_time_max = 10s;
/// How long a connected contact waits for a lost party if the media is down, too.
inline constexpr Milliseconds connected_visitor_grace = 45s;
inline constexpr Milliseconds connected_agent_grace = 15s;
/// How long a contact lasts whose parties are both there and have no media: their pages restart ICE three times in this time.
inline constexpr Milliseconds media_repair_time_max = 30s;
/// A version 1 page that vanished: its timers cannot be longer, since the other page learns of it by call_ended alone.
inline constexpr Milliseconds original_party_grace = 5s;
/// Times that a contact may fail to get media; the last one ends it.
inline constexpr int media_failures_max = 2;
/// An agent who declined, or did not answer, is not rung again for this contact...
inline constexpr Milliseconds decline_exclusion = 60s;
/// ...unless nobody else is there: then after a pause, so that declining does not ring again in the same moment.
inline constexpr Milliseconds decline_pause = 5s;
/// The head start of a contact that comes back to the front of its class.
inline constexpr Milliseconds requeue_bonus = 24h;
/// Lines of chat that a live contact keeps. Beyond: the oldest go; the log has them.
inline constexpr std::size_t chat_kept = 200;
/// And how many bytes of text. Far more than people write in a call, and little enough for thousands of contacts at once.
inline constexpr std::size_t chat_bytes_kept = std::size_t{64} * 1024;
/// Agents whose notes a live contact keeps. Beyond: the notes that were begun first go; the log has them.
inline constexpr std::size_t writings_kept = 16;
/// One-time codes of a contact that are still valid: beyond, the oldest goes. And all that it may ever have: beyond, `overloaded`.
inline constexpr std::size_t return_codes_kept = 3;
inline constexpr int return_codes_max = 50;
/// How long such a code is valid, while the contact lives: longer than a place is kept, and than a page stays open over a shift.
inline constexpr Milliseconds return_code_time_max = 12h;
/// How long after the end a visitor may rate the contact.
inline constexpr Milliseconds rating_time_max = 1h;
/// How long after an agent's part in a contact, wrap-up included, their own notes and outcome are still taken.
inline constexpr Milliseconds late_writing_time_max = 60s;
/// People besides the visitor and the agent. One more: `overloaded`.
inline constexpr std::size_t others_max = 8;

}  // namespace calldocker::domain
