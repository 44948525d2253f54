#pragma once
#include "base/instant.hpp"
#include "domain/figures/ratio.hpp"

namespace calldocker::domain {

/// What an agent, or several, spent the time of an interval on. The rest of the logged-in time was not ready.
struct AgentTimes {
    Milliseconds connecting{}, talk{}, hold{}, consult{}, wrapup{};  ///< working
    Milliseconds routable_idle{};
    Milliseconds logged_in{};
    friend bool operator==(const AgentTimes&, const AgentTimes&) = default;
};

[[nodiscard]] Ratio occupancy(const AgentTimes& times);    ///< working / (working + routable idle)
[[nodiscard]] Ratio utilisation(const AgentTimes& times);  ///< working / logged in

}  // namespace calldocker::domain
