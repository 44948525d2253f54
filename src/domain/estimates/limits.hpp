#pragma once
#include <chrono>
#include <cstdint>

#include "base/instant.hpp"

/// What an estimate of a wait needs, and its bounds.
namespace calldocker::domain {

/// Older work is forgotten, minute by minute; so a queue keeps 120 small records at most.
inline constexpr std::chrono::minutes recent_work_span{120};
/// The least number of handled calls in recent_work_span; below it there is no estimate.
inline constexpr std::int64_t handled_calls_min = 20;
/// Below this share of one agent a queue counts as having none.
inline constexpr double effective_agents_min = 0.01;
/// Means below this count as this.
inline constexpr Milliseconds handle_mean_min = 1s;
inline constexpr Milliseconds patience_mean_min = 1s;
/// The longest wait that is shown, in minutes.
inline constexpr int wait_minutes_max = 24 * 60;

}  // namespace calldocker::domain
