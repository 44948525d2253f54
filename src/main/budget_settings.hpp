#pragma once
#include <string_view>

#include "domain/budgets/budget.hpp"
#include "main/settings.hpp"

namespace calldocker::main {

/// The budgets of docs/limits.md, as the settings change them.
[[nodiscard]] domain::BudgetTable budgets_of(const Settings& settings);

/// @return the setting of that budget alone; empty: only BUDGETS_PERCENT changes it
[[nodiscard]] std::string_view setting_of(domain::Budget budget, domain::BudgetScope scope);

}  // namespace calldocker::main
