#pragma once
#include <cstdint>

#include "domain/company/records.hpp"

namespace calldocker::app {

/// Counts events of all companies of a shard since the server started, as they happen. It belongs to the shard and not to a company, so
/// that it never falls when a company is unloaded, and does not rise when one is loaded.
struct Tally {
    domain::EstimateAccuracy estimates;
    domain::MediaStarts media_starts;
    std::uint64_t violations{};  ///< that the auditors have found; expected to stay 0
};

/// Adds the counts that the records of a company gained between two moments.
inline void add(Tally& tally, const domain::EstimateAccuracy& from, const domain::EstimateAccuracy& to) {
    tally.estimates.told += to.told - from.told;
    tally.estimates.within += to.within - from.within;
    tally.estimates.error_ms_sum += to.error_ms_sum - from.error_ms_sum;
}
inline void add(Tally& tally, const domain::MediaStarts& from, const domain::MediaStarts& to) {
    tally.media_starts.answers += to.answers - from.answers;
    tally.media_starts.prompt += to.prompt - from.prompt;
    tally.media_starts.ms_sum += to.ms_sum - from.ms_sum;
}

}  // namespace calldocker::app
