#include "domain/figures/service_level.hpp"

#include <algorithm>

namespace calldocker::domain {

std::string_view name_of(ServiceLevel variant) {
    switch (variant) {
        case ServiceLevel::strict: return "strict";
        case ServiceLevel::plain: return "plain";
        case ServiceLevel::standard: return "default";
        case ServiceLevel::abandons_met: return "abandons_met";
        case ServiceLevel::late_abandons: return "late_abandons";
        case ServiceLevel::both_in: return "both_in";
        case ServiceLevel::answered_only: return "answered_only";
    }
    return "default";
}

std::optional<ServiceLevel> service_level_named(std::string_view name) {
    const auto* found = std::ranges::find(every_service_level, name, name_of);
    return found != every_service_level.end() ? std::optional(*found) : std::nullopt;
}

std::string_view formula_of(ServiceLevel variant) {
    switch (variant) {
        case ServiceLevel::strict: return "answered≤T / offered";
        case ServiceLevel::plain: return "answered≤T / (answered + abandoned)";
        case ServiceLevel::standard: return "answered≤T / (answered + abandoned − short)";
        case ServiceLevel::abandons_met: return "(answered≤T + abandoned≤T) / offered";
        case ServiceLevel::late_abandons: return "answered≤T / (answered + abandoned>T)";
        case ServiceLevel::both_in: return "(answered≤T + abandoned≤T) / (answered + abandoned)";
        case ServiceLevel::answered_only: return "answered≤T / answered";
    }
    return "";
}

Ratio service_level(const QueueCounts& counts, ServiceLevel variant) {
    const int in_target = counts.answered_in_target;
    const int left_in_target = counts.abandoned_in_target;
    const int ended_here = counts.answered + counts.abandoned;
    switch (variant) {
        case ServiceLevel::strict: return {in_target, offered(counts)};
        case ServiceLevel::plain: return {in_target, ended_here};
        case ServiceLevel::standard: return {in_target, ended_here - counts.short_abandoned};
        case ServiceLevel::abandons_met: return {in_target + left_in_target, offered(counts)};
        case ServiceLevel::late_abandons: return {in_target, ended_here - left_in_target};
        case ServiceLevel::both_in: return {in_target + left_in_target, ended_here};
        case ServiceLevel::answered_only: return {in_target, counts.answered};
    }
    return {};
}

}  // namespace calldocker::domain
