#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "domain/company/state.hpp"

namespace calldocker::domain {

/// Entries of each kind that are looked at in one go.
inline constexpr std::size_t audited_at_once = 250;

/// Holds a company's facts to what must always be true of them: that the times of an agent add up, that an agent has work
/// exactly when a live contact names him, that nothing is left standing after its time. What follows from the contacts (indices, labels,
/// times) is made anew at once; for what is left standing see unstick().
/// A look costs the same however big the company is: it goes on where the last one ended, and is through with a company of the
/// largest size within a minute.
class Auditor {
public:
    /// @return what is wrong, in words; empty when nothing is
    std::vector<std::string> look_at(State& state, Instant now);
    /// @return how many have been found so far; expected to stay 0
    [[nodiscard]] std::uint64_t violations() const { return violations_; }

private:
    std::uint64_t violations_ = 0;
    State::Looked looked_;
    UserId agent_;  // up to whom the agents have been looked at
};

}  // namespace calldocker::domain
