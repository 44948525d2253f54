#pragma once
#include "base/instant.hpp"

namespace calldocker::domain {

/// The quality of one direction of a call over some seconds.
struct MediaQuality {
    Milliseconds delay{};           ///< from mouth to ear
    double loss_percent{};          ///< of packets, not below 0
    double equipment_impairment{};  ///< Ie of the codec (ITU-T G.113)
    double loss_robustness = 10;    ///< Bpl of the codec, above 0
};

/// The transmission rating R of the E-model (ITU-T G.107), simplified: delay and loss alone impair it.
[[nodiscard]] double rating(const MediaQuality& quality);

/// The average judgement of listeners, 1 (bad) to 4.5, for a rating R (ITU-T G.107, annex B).
[[nodiscard]] double mean_opinion_score(double rating);

}  // namespace calldocker::domain
