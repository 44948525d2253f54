#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/instant.hpp"
#include "domain/estimates/wait_time.hpp"

namespace calldocker::domain {

struct MinuteOfWork {
    std::int64_t minute{};  ///< since 1970, UTC
    std::int64_t handled{}, handle_ms{};
    std::int64_t abandoned{}, waited_ms{};  ///< waited: by visitors who gave up and visitors who were answered
    friend bool operator==(const MinuteOfWork&, const MinuteOfWork&) = default;
};

/// The work of one queue in recent_work_span, as far as estimates need it. A fold of its events: the same events give the same value. It
/// leaves out everything that is older than the span before the newest event.
struct RecentWork {
    std::vector<MinuteOfWork> minutes;  ///< ascending, only those with events, recent_work_span / 1min at most
    friend bool operator==(const RecentWork&, const RecentWork&) = default;
};

/// A contact left the queue for an agent. Times below 0 count as 0, here and below.
void answered(RecentWork& work, Instant at, Milliseconds waited);
/// A contact gave up.
void abandoned(RecentWork& work, Instant at, Milliseconds waited);
/// An agent was done with a contact, wrap-up included.
void handled(RecentWork& work, Instant at, Milliseconds handle);

/// @return the time that agents have spent on contacts of the queue in recent_work_span
[[nodiscard]] Milliseconds handle_time(const RecentWork& work, Instant now);

/// Mean patience is the maximum likelihood estimate for exponential patience that is seen to end only for visitors who give up: the time
/// that all have waited, divided by the number of those who gave up.
/// @return nothing with fewer agents than effective_agents_min, or with fewer than handled_calls_min handled calls: then there is no
///     estimate
[[nodiscard]] std::optional<QueuePace> pace_of(const RecentWork& work, Instant now, double agents);

}  // namespace calldocker::domain
