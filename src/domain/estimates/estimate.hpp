#pragma once
#include <optional>

#include "domain/estimates/wait_time.hpp"

namespace calldocker::domain {

/// To be kept with the contact, and logged with its real wait.
struct WaitEstimate {
    RealSeconds mean{}, p50{}, p80{}, p90{};
    friend bool operator==(const WaitEstimate&, const WaitEstimate&) = default;
};

/// For a contact with `ahead` others before it, at the pace of pace_of().
[[nodiscard]] WaitEstimate estimate(const QueuePace& pace, int ahead);

/// What a visitor is shown: "3 to 5 minutes". 1 <= min <= max <= wait_minutes_max.
struct WaitMinutes {
    int min{}, max{};
    friend bool operator==(const WaitMinutes&, const WaitMinutes&) = default;
};

/// @return P50 rounded down to P80 rounded up, so that what is shown is never narrower than what is known
[[nodiscard]] WaitMinutes in_minutes(const WaitEstimate& estimate);

/// What a waiting visitor is shown, and what that may not rise above.
struct ShownWait {
    std::optional<WaitMinutes> minutes;  ///< none: no estimate
    std::optional<WaitMinutes> bound;    ///< the least that was shown since staff or order last changed
    friend bool operator==(const ShownWait&, const ShownWait&) = default;
};

/// What is shown after `before` (at first: ShownWait{}) with a new estimate. Only a change of the staff or of the order
/// of the queue may let it rise. Without an estimate none is shown, but what was shown before still bounds the next.
[[nodiscard]] ShownWait shown(const ShownWait& before, const std::optional<WaitMinutes>& estimated, bool staff_or_order_changed);

}  // namespace calldocker::domain
