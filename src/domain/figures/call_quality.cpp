#include "domain/figures/call_quality.hpp"

#include <algorithm>

namespace calldocker::domain {

double rating(const MediaQuality& quality) {
    const auto delay_ms = static_cast<double>(quality.delay.count());
    const double delay_impairment = 0.024 * delay_ms + 0.11 * std::max(delay_ms - 177.3, 0.0);
    const double codec = quality.equipment_impairment;
    const double loss_impairment = codec + (95 - codec) * quality.loss_percent / (quality.loss_percent + quality.loss_robustness);
    return 93.2 - delay_impairment - loss_impairment;
}

double mean_opinion_score(double rating) {
    const double r = std::clamp(rating, 0.0, 100.0);
    return std::max(1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r), 1.0);
}

}  // namespace calldocker::domain
