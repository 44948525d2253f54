#pragma once
#include <cstdint>

#include "base/instant.hpp"
#include "domain/budgets/budget.hpp"

namespace calldocker::domain {

/// How much of an allowance is used, in one word: the generic cell rate algorithm (ITU-T I.371). Refills without a timer.
class Level {
public:
    /// @param amount   0 or more; an amount beyond the whole allowance fits while nothing of it is used
    /// @param percent  of the allowance that may be used; 1 to 100
    /// @return how long until `amount` fits; 0: now
    [[nodiscard]] Milliseconds wait(const Allowance& allowance, std::int64_t amount, std::int64_t percent, Instant now) const;
    /// Uses the amount up, whether or not it fits. A debt is never more than the allowance, so it is paid as soon as the allowance has
    /// refilled.
    void take(const Allowance& allowance, std::int64_t amount, Instant now);

private:
    std::int64_t empty_at_us_{};  // since 1970: when all that was used has refilled
};

}  // namespace calldocker::domain
