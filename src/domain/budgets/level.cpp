#include "domain/budgets/level.hpp"

#include <algorithm>
#include <limits>

namespace calldocker::domain {
namespace {

std::int64_t us_of(Milliseconds time) { return std::chrono::microseconds(time).count(); }

/// What it takes to refill so much, rounded up.
std::int64_t cost_us(const Allowance& allowance, std::int64_t amount) {
    const std::int64_t per = std::max<std::int64_t>(1, us_of(allowance.per)), refill = std::max<std::int64_t>(1, allowance.refill);
    const std::int64_t bounded = std::clamp<std::int64_t>(amount, 0, (std::numeric_limits<std::int64_t>::max() - refill) / per);
    return (bounded * per + refill - 1) / refill;
}

}  // namespace

Milliseconds Level::wait(const Allowance& allowance, std::int64_t amount, std::int64_t percent, Instant now) const {
    if (allowance.is_off()) return {};
    const std::int64_t at = us_of(now.time_since_epoch()), whole = cost_us(allowance, allowance.burst);
    const std::int64_t usable = cost_us(allowance, std::max<std::int64_t>(1, allowance.burst * percent / 100));
    // A clock that was set back must not refuse for longer than a debt can last.
    const std::int64_t used = std::clamp<std::int64_t>(empty_at_us_ - at, 0, 2 * whole);
    const std::int64_t over = used + std::min(cost_us(allowance, amount), usable) - usable;
    return over <= 0 ? Milliseconds{} : std::chrono::ceil<Milliseconds>(std::chrono::microseconds(over));
}

void Level::take(const Allowance& allowance, std::int64_t amount, Instant now) {
    if (allowance.is_off()) return;
    const std::int64_t at = us_of(now.time_since_epoch()), whole = cost_us(allowance, allowance.burst);
    const std::int64_t used = std::clamp<std::int64_t>(empty_at_us_ - at, 0, 2 * whole);
    empty_at_us_ = at + std::min(used + std::min(cost_us(allowance, amount), 2 * whole), 2 * whole);
}

}  // namespace calldocker::domain
