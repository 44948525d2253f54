#pragma once
#include <cstddef>

/// Bounds of a company's configuration. Beyond one the whole change is refused as `invalid`, which names the bound.
namespace calldocker::domain {

inline constexpr std::size_t queues_max = 200;
inline constexpr std::size_t members_per_queue_max = 5'000;
inline constexpr std::size_t requirements_per_queue_max = 16;
inline constexpr std::size_t relaxations_per_requirement_max = 8;
inline constexpr std::size_t agent_profiles_max = 5'000;
inline constexpr std::size_t skills_per_agent_max = 64;
inline constexpr std::size_t words_per_list_max =
    64;  ///< languages and teams of an agent, reasons, dispositions and page parameters of a company

}  // namespace calldocker::domain
