#include "domain/estimates/wait_time.hpp"

#include <algorithm>
#include <cmath>

#include "base/require.hpp"

namespace calldocker::domain {
namespace {

/// 1 + r(1) + r(1)r(2) + …, of positive terms whose ratio r falls below 1 for good.
double series(const auto& ratio) {
    double sum = 1;
    double term = 1;
    for (double k = 1; term > sum * 1e-13; ++k) {
        term *= ratio(k);
        sum += term;
    }
    return sum;
}

/// Of ln(density): there the probability is 0 or 1 in every digit of a double.
constexpr double log_negligible = -600;

}  // namespace

WaitTime::WaitTime(const QueuePace& pace, int ahead)
    : unit_(pace.handle / pace.agents), places_(ahead + 1), inverse_c_(pace.patience ? unit_ / *pace.patience : 0) {
    for (double i = 0; i < places_; ++i) {
        mean_ += 1 / (1 + i * inverse_c_);
        log_weight_ += std::log((1 + i * inverse_c_) / (i + 1));
    }
}

// A sum of exponential times with the rates c, c + 1, …, c + n − 1 is distributed as −ln B with B ~ Beta(c, n), since both
// have the moment generating function Π (c + i) / (c + i − s). Ours, measured in mean patiences, is such a sum, with
// c = patience/unit. So P(wait ≤ t·unit) is the regularised incomplete beta function I_y(n, c) at y = 1 − e^(−t/c) (DLMF 8.17).
// It is written in 1/c here, to hold for unlimited patience too, where it is Gamma's P(n, t).
WaitTime::Point WaitTime::at(double t) const {
    const double n = places_;
    const double y = -std::expm1(-t * inverse_c_);
    const double cy = inverse_c_ > 0 ? y / inverse_c_ : t;
    const double log_term = n * std::log(cy) - t + log_weight_;  // of y^n (1 − y)^c / (n B(n, c))
    if (log_term < log_negligible) return {t < mean_ ? 0.0 : 1.0, 0};
    const double term = std::exp(log_term);
    const double density = term * n / cy;
    // DLMF 8.17.8, for that tail whose terms come to fall at least as fast as 2^-k. None is negative, so nothing cancels.
    if (y <= 0.5) return {term * series([&](double k) { return (1 + (n + k - 1) * inverse_c_) * cy / (n + k); }), density};
    const double c = 1 / inverse_c_;
    return {1 - term * n / c * series([&](double k) { return (c + n + k - 1) * (1 - y) / (c + k); }), density};
}

RealSeconds WaitTime::quantile(double probability) const {
    require(probability > 0 && probability < 1, "a probability between 0 and 1");
    double low = 0;
    double high = mean_;
    for (; at(high).probability < probability; high *= 2) low = high;
    double t = high;
    for (double step = high; step > t * 1e-9;) {
        const Point here = at(t);
        (here.probability < probability ? low : high) = t;
        double next = t + (probability - here.probability) / here.density;  // Newton
        if (!(low < next && next < high)) next = (low + high) / 2;
        step = std::abs(next - t);
        t = next;
    }
    return unit_ * t;
}

}  // namespace calldocker::domain
