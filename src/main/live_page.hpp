#pragma once
#include <string>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "domain/company/state.hpp"

namespace calldocker::main {

/// "0:07", "12:05", "3:00:00"; never negative.
[[nodiscard]] std::string in_clock(Milliseconds duration);

/// The waiting contacts of each queue, the work of each of the staff, and the live contacts, as tables for people.
/// @param now  what "waited" and "since" count up to
[[nodiscard]] std::string live_page(const CompanyId& company, const domain::State& state, Instant now);

}  // namespace calldocker::main
