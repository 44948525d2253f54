#pragma once
#include <string>

#include "domain/company/state.hpp"

namespace calldocker::main {

/// One decision in words: why these agents were offered the contact, and why everybody else who was signed in was not. Reasons that the log
/// has no record of, such as whose page was there, are given as unknown.
/// @param before  the state that the decision was made on
/// @param event   the offer that came of it, of a contact that is live in `before`
[[nodiscard]] std::string explain(const domain::State& before, const domain::Event& event, const domain::fact::ContactOffered& offered);

}  // namespace calldocker::main
