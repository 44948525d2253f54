#include "main/budget_settings.hpp"

#include <array>

namespace calldocker::main {
namespace {

using domain::Budget;
using domain::BudgetScope;

struct BudgetRow {
    Budget budget;
    domain::BudgetScope scope;
    std::uint32_t Settings::*value;
    std::string_view name;
};
constexpr std::array<BudgetRow, 9> budget_rows{{
    {Budget::live_contacts, BudgetScope::visitor, &Settings::live_contacts_per_visitor_max, "LIVE_CONTACTS_PER_VISITOR_MAX"},
    {Budget::live_contacts, BudgetScope::address, &Settings::live_contacts_per_address_max, "LIVE_CONTACTS_PER_ADDRESS_MAX"},
    {Budget::contacts, BudgetScope::address, &Settings::contacts_per_address_per_minute, "CONTACTS_PER_ADDRESS_PER_MINUTE"},
    {Budget::log_bytes, BudgetScope::address, &Settings::log_bytes_per_address_per_second, "LOG_BYTES_PER_ADDRESS_PER_SECOND"},
    {Budget::log_bytes, BudgetScope::company, &Settings::log_bytes_per_company_per_second, "LOG_BYTES_PER_COMPANY_PER_SECOND"},
    {Budget::relayed_bytes, BudgetScope::visitor, &Settings::relayed_bytes_per_visitor_per_second, "RELAYED_BYTES_PER_VISITOR_PER_SECOND"},
    {Budget::tokens, BudgetScope::address, &Settings::visitor_tokens_per_address_per_minute, "VISITOR_TOKENS_PER_ADDRESS_PER_MINUTE"},
    {Budget::uploads, BudgetScope::address, &Settings::recordings_per_address_per_hour, "RECORDINGS_PER_ADDRESS_PER_HOUR"},
    {Budget::uploads, BudgetScope::company, &Settings::recordings_per_company_per_hour, "RECORDINGS_PER_COMPANY_PER_HOUR"},
}};

}  // namespace

domain::BudgetTable budgets_of(const Settings& settings) {
    domain::BudgetTable table = domain::default_budgets();
    for (const BudgetRow& row : budget_rows) {
        domain::Allowance& allowance = table.of(row.budget, row.scope);
        const std::int64_t value = settings.*row.value;
        if (allowance.per == Milliseconds{}) {
            allowance.burst = value;
        } else {
            allowance.burst = value * (allowance.burst / allowance.refill);
            allowance.refill = value;
        }
    }
    table.scale(settings.budgets_percent);
    return table;
}

std::string_view setting_of(Budget budget, domain::BudgetScope scope) {
    for (const BudgetRow& row : budget_rows)
        if (row.budget == budget && row.scope == scope) return row.name;
    return {};
}

}  // namespace calldocker::main
