#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "domain/company/state.hpp"

namespace calldocker::domain {

/// Entries of each kind that are looked at in one go.
inline constexpr std::size_t audited_at_once = 250;

/// Checks a company's facts for contradictions: the times of an agent add up; an agent has work exactly when a live contact names the
/// agent; nothing is left after its time. It rebuilds everything that follows from the contacts (indices, labels, times) at once; unstick()
/// ends contacts that are left after their time. A look costs the same however big the company is: it goes on from the end of the last
/// look, and gets through a company of the largest size within a minute.
class Auditor {
public:
    /// @return the contradictions, in words; empty if there are none
    std::vector<std::string> look_at(State& state, Instant now);
    /// @return how many have been found so far; expected to stay 0
    [[nodiscard]] std::uint64_t violations() const { return violations_; }

private:
    std::uint64_t violations_ = 0;
    State::Looked looked_;
    UserId agent_;  // the agents up to this one have been looked at
};

}  // namespace calldocker::domain
