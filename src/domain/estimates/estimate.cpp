#include "domain/estimates/estimate.hpp"

#include <algorithm>
#include <cmath>

#include "base/instant.hpp"
#include "domain/estimates/limits.hpp"

namespace calldocker::domain {

WaitEstimate estimate(const QueuePace& pace, int ahead) {
    const WaitTime wait(pace, ahead);
    return {.mean = wait.mean(), .p50 = wait.quantile(0.5), .p80 = wait.quantile(0.8), .p90 = wait.quantile(0.9)};
}

WaitMinutes in_minutes(const WaitEstimate& estimate) {
    const auto shown = [](double minutes) { return static_cast<int>(std::clamp<double>(minutes, 1, wait_minutes_max)); };
    return {.min = shown(std::floor(estimate.p50 / 1min)), .max = shown(std::ceil(estimate.p80 / 1min))};
}

ShownWait shown(const ShownWait& before, const std::optional<WaitMinutes>& estimated, bool staff_or_order_changed) {
    const auto bound = staff_or_order_changed ? std::nullopt : before.bound;
    if (!estimated) return {.minutes = std::nullopt, .bound = bound};
    const WaitMinutes most = bound.value_or(*estimated);
    const WaitMinutes minutes{.min = std::min(estimated->min, most.min), .max = std::min(estimated->max, most.max)};
    return {.minutes = minutes, .bound = minutes};
}

}  // namespace calldocker::domain
