#pragma once
#include <array>
#include <cstdint>
#include <functional>

#include "base/instant.hpp"
#include "domain/budgets/budgets.hpp"

namespace calldocker::server {

/// Logs which budgets refuse: one line for each in a while, with the number of refusals since the last one. No user, no address.
class RefusalLog {
public:
    static constexpr Milliseconds pause = 10s;

    explicit RefusalLog(std::function<Instant()> clock) : clock_(std::move(clock)) {}
    void operator()(const domain::Budgets::Refused& refused);

private:
    struct Line {
        Instant said_at{};
        std::uint64_t unsaid{};
    };
    std::function<Instant()> clock_;
    std::array<Line, domain::budgets_count * domain::budget_scopes_count> lines_{};
};

}  // namespace calldocker::server
