#pragma once
#include <chrono>
#include <cstddef>

/// Bounds of a queue's opening hours. More: `invalid`.
namespace calldocker::domain {

inline constexpr std::size_t intervals_per_day_max = 8;
inline constexpr std::size_t holidays_max = 400;
/// How far ahead next_change() looks.
inline constexpr std::chrono::days hours_look_ahead{400};
/// What is_open() and next_change() need to know of the zone before now, and beyond hours_look_ahead.
inline constexpr std::chrono::days hours_zone_margin{3};

}  // namespace calldocker::domain
