#pragma once
#include <chrono>
#include <cstddef>

/// The gateway's bounds, and what happens at each.
namespace calldocker::server::limits {

inline constexpr std::size_t replay_messages_max = 256;        ///< then the oldest go, and a late resume gets `overrun`
inline constexpr std::size_t replay_bytes_max = 256u * 1024u;  ///< likewise
inline constexpr std::size_t held_bytes_max = 1024u * 1024u;   ///< waiting for the log; then the session ends with 1013
inline constexpr std::size_t answers_max = 256;                ///< remembered commands; then the oldest is forgotten
inline constexpr std::size_t early_messages_max = 64;          ///< before the company is loaded; then the link ends with 1013
inline constexpr std::size_t early_bytes_max = 1024u * 1024u;  ///< likewise
inline constexpr std::size_t tasks_waiting_max = 64;           ///< HTTP requests waiting for one company to load; then 503
inline constexpr std::size_t visits_waiting_max = 10'000;      ///< links waiting for one company to load; then 1013
inline constexpr std::size_t goodbyes_remembered = 1024;       ///< sessions that left for good; then the oldest is forgotten
inline constexpr std::size_t resume_token_bytes_max = 2048;    ///< longer ones are not looked at

inline constexpr std::size_t codes_per_user_max = 4;                         ///< sign-ins that wait for their code; then the oldest goes
inline constexpr std::size_t codes_per_company_max = 1000;                   ///< likewise; then `overloaded`
inline constexpr std::size_t detached_per_user_max = 8;                      ///< sessions without a connection; then the oldest ends
inline constexpr std::size_t replay_messages_max_unacknowledged = 64;        ///< of a session that has never acknowledged anything
inline constexpr std::size_t replay_bytes_max_unacknowledged = 32u * 1024u;  ///< likewise

inline constexpr std::chrono::seconds sign_in_code_time{120};  ///< from one page to the next, by hand
/// A resume token is renewed with each resume. One that was not used for longer than a shift or an evening is worth more to a
/// thief than to its owner, who signs in again.
inline constexpr std::chrono::hours resume_token_time_max{12};
inline constexpr std::chrono::seconds session_grace{60};    ///< a detached session is forgotten
inline constexpr std::chrono::seconds company_idle{60};     ///< an island without sessions and live contacts is unloaded
inline constexpr std::chrono::seconds token_warning{60};    ///< `token_expiring` before the expiry
inline constexpr std::chrono::seconds audit_every{1};       ///< of a company with live state
inline constexpr std::chrono::seconds rest_first{1};        ///< a company that failed, or cannot be read, is loaded again
inline constexpr std::chrono::seconds rest_longest{60};     ///< the pause doubles up to this; links that come in it get 1013
inline constexpr std::chrono::seconds rest_said_every{60};  ///< of a company that cannot be read: one line
inline constexpr int ticks_at_once_max = 4;                 ///< of an island at one moment; one that still has something due has failed
/// Clients that get the time in one round of the loop, after the clock was corrected: 2 ms of it at most.
inline constexpr std::size_t told_the_time_in_a_turn = 500;

}  // namespace calldocker::server::limits
