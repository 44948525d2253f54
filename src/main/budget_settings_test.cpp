#include "main/budget_settings.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "main/settings_table.hpp"

namespace calldocker::main {
namespace {

using enum domain::BudgetScope;
using domain::Allowance;
using domain::Budget;
using domain::BudgetScope;

std::string number(std::int64_t value, bool is_bytes) {
    constexpr std::int64_t kib = 1024, mib = kib * kib;
    if (is_bytes && value % mib == 0) return fmt::format("{} MiB", value / mib);
    if (is_bytes && value % kib == 0) return fmt::format("{} KiB", value / kib);
    return fmt::format("{}", value);
}

std::string cell(const Allowance& allowance, bool is_bytes, std::string_view setting) {
    std::string text = number(allowance.burst, is_bytes);
    if (allowance.per != Milliseconds{}) {
        const char* unit = allowance.per == 1s ? "s" : allowance.per == 1min ? "min" : "h";
        text += fmt::format(", then {}/{}", number(allowance.refill, is_bytes), unit);
    }
    if (allowance.is_off()) text = "-";
    return setting.empty() ? text : fmt::format("{} (`{}`)", text, setting);
}

std::string table_of_the_docs() {
    const auto table = domain::default_budgets();
    std::string text = "| budget | of a visitor | of an address | of a company |\n|---|---|---|---|\n";
    for (std::size_t i = 0; i < domain::budgets_count; ++i) {
        const auto budget = static_cast<Budget>(i);
        const bool is_bytes = domain::name_of(budget).ends_with("_bytes");
        text += fmt::format("| `{}` |", domain::name_of(budget));
        for (const BudgetScope scope : {visitor, address, company})
            text += fmt::format(" {} |", cell(table.of(budget, scope), is_bytes, setting_of(budget, scope)));
        text += "\n";
    }
    return text;
}

Settings settings_of_the_table() {
    Settings settings;
    for (const Setting& setting : settings_table())
        if (!setting.default_value.empty() && !setting.read(settings, setting.default_value)) ADD_FAILURE() << setting.name;
    return settings;
}

TEST(BudgetSettings, TheTableOfTheLimitsPageIsWhatHolds) {
    std::ifstream in(std::string(CALLDOCKER_SOURCE_DIR) + "/docs/limits.md", std::ios::binary);
    const std::string page{std::istreambuf_iterator<char>(in), {}};

    EXPECT_THAT(page, ::testing::HasSubstr(table_of_the_docs())) << "docs/limits.md is to hold:\n" << table_of_the_docs();
}

TEST(BudgetSettings, TheDefaultsAreThoseOfTheTable) {
    const auto table = budgets_of(settings_of_the_table()), expected = domain::default_budgets();
    for (std::size_t i = 0; i < domain::budgets_count; ++i)
        for (const BudgetScope scope : {visitor, address, company})
            EXPECT_EQ(table.of(static_cast<Budget>(i), scope), expected.of(static_cast<Budget>(i), scope))
                << domain::name_of(static_cast<Budget>(i)) << " " << domain::name_of(scope);
}

TEST(BudgetSettings, EachChangesItsBudgetAndThePercentageChangesAll) {
    Settings settings = settings_of_the_table();
    settings.contacts_per_address_per_minute = 30;
    settings.live_contacts_per_visitor_max = 0;
    settings.budgets_percent = 200;
    const auto table = budgets_of(settings);

    EXPECT_EQ(table.of(Budget::contacts, address), (Allowance{120, 60, 1min}));
    EXPECT_TRUE(table.of(Budget::live_contacts, visitor).is_off());
    EXPECT_EQ(table.of(Budget::uploads, company).burst, 800);
    settings.budgets_percent = 0;
    EXPECT_TRUE(budgets_of(settings).of(Budget::uploads, company).is_off());
}

}  // namespace
}  // namespace calldocker::main
