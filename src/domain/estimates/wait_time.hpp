#pragma once
#include <chrono>
#include <optional>

namespace calldocker::domain {

using RealSeconds = std::chrono::duration<double>;

/// How fast a queue moves. Calls take an exponential time, and so does the patience of waiting visitors.
struct QueuePace {
    double agents{};                      ///< above 0; each counts its share of recent time for this queue, busy or routable
    RealSeconds handle{};                 ///< mean, above 0
    std::optional<RealSeconds> patience;  ///< mean, above 0; none: nobody gives up
};

/// How long a contact with `ahead` others before it waits, at a pace that does not change. With i of them left, the contact gains the next
/// place at the rate agents/handle + i/patience: an agent comes free, or one of the i gives up. So the wait is the sum of ahead + 1
/// independent exponential times.
class WaitTime {
public:
    /// Costs some nanoseconds for each contact ahead (wait_time_bench.cpp).
    WaitTime(const QueuePace& pace, int ahead);

    [[nodiscard]] RealSeconds mean() const { return unit_ * mean_; }

    /// The bound that the wait stays below with a probability above 0 and below 1. Exact except for rounding; no approximation.
    [[nodiscard]] RealSeconds quantile(double probability) const;

private:
    struct Point {
        double probability;  ///< that the wait is not longer
        double density;
    };
    [[nodiscard]] Point at(double t) const;

    RealSeconds unit_;  // the mean time between two agents who come free; t and mean_ are multiples of it
    double places_;     // to be gained: n
    double inverse_c_;  // unit / patience
    double mean_ = 0;
    double log_weight_ = 0;  // ln of c^-n / (n B(n, c))
};

}  // namespace calldocker::domain
