#pragma once
#include <chrono>
#include <cstdint>

#include "base/instant.hpp"

/// What an estimate of a wait needs, and what it is kept within.
namespace calldocker::domain {

/// What is older is forgotten, minute by minute; so a queue keeps 120 small records at most.
inline constexpr std::chrono::minutes recent_work_span{120};
/// Handled calls in recent_work_span; below it there is no estimate.
inline constexpr std::int64_t handled_calls_min = 20;
/// Fewer agents than this share of one are none.
inline constexpr double effective_agents_min = 0.01;
/// Means below it are taken as this much.
inline constexpr Milliseconds handle_mean_min = 1s;
inline constexpr Milliseconds patience_mean_min = 1s;
/// The longest wait that is shown, in minutes.
inline constexpr int wait_minutes_max = 24 * 60;

}  // namespace calldocker::domain
