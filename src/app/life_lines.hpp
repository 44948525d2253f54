#pragma once
#include "domain/company/state.hpp"

namespace calldocker::app {

/// The log lines of a contact's life: created, queued, answered, ended. Each names the contact, its number and its trace.
/// @param before  the state that the event has not been applied to yet
void log_life(const CompanyId& company, const domain::State& before, const domain::Event& event);

}  // namespace calldocker::app
