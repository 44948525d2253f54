#pragma once
#include <array>
#include <optional>
#include <string_view>

#include "domain/figures/queue_counts.hpp"

namespace calldocker::domain {

/// The ways in which service levels are computed. Every figure names its way and its target time.
enum class ServiceLevel { strict, plain, standard, abandons_met, late_abandons, both_in, answered_only };

inline constexpr std::array every_service_level{ServiceLevel::strict,       ServiceLevel::plain,         ServiceLevel::standard,
                                                ServiceLevel::abandons_met, ServiceLevel::late_abandons, ServiceLevel::both_in,
                                                ServiceLevel::answered_only};

/// @return "strict", "default" for standard, "abandons_met"…
[[nodiscard]] std::string_view name_of(ServiceLevel variant);
[[nodiscard]] std::optional<ServiceLevel> service_level_named(std::string_view name);
/// @return such as "answered≤T / offered"
[[nodiscard]] std::string_view formula_of(ServiceLevel variant);

[[nodiscard]] Ratio service_level(const QueueCounts& counts, ServiceLevel variant = ServiceLevel::standard);

}  // namespace calldocker::domain
