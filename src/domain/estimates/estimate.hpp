#pragma once
#include <optional>

#include "domain/estimates/wait_time.hpp"

namespace calldocker::domain {

/// Kept with the contact, and logged with its real wait.
struct WaitEstimate {
    RealSeconds mean{}, p50{}, p80{}, p90{};
    friend bool operator==(const WaitEstimate&, const WaitEstimate&) = default;
};

/// For a contact with `ahead` others before it, at the pace of pace_of().
[[nodiscard]] WaitEstimate estimate(const QueuePace& pace, int ahead);

/// The estimate as a visitor sees it: "3 to 5 minutes". 1 <= min <= max <= wait_minutes_max.
struct WaitMinutes {
    int min{}, max{};
    friend bool operator==(const WaitMinutes&, const WaitMinutes&) = default;
};

/// @return P50 rounded down to P80 rounded up, so that the shown range is never narrower than the estimate
[[nodiscard]] WaitMinutes in_minutes(const WaitEstimate& estimate);

/// The estimate that a waiting visitor sees, and its upper bound.
struct ShownWait {
    std::optional<WaitMinutes> minutes;  ///< none: no estimate
    std::optional<WaitMinutes> bound;    ///< the least shown since staff or order last changed
    friend bool operator==(const ShownWait&, const ShownWait&) = default;
};

/// The next value to show after `before` (at first: ShownWait{}) with a new estimate. Only a change of the staff or of the order of the
/// queue may let it rise. Without an estimate none is shown, but the earlier shown value still bounds the next.
[[nodiscard]] ShownWait shown(const ShownWait& before, const std::optional<WaitMinutes>& estimated, bool staff_or_order_changed);

}  // namespace calldocker::domain
