#include "domain/budgets/budget.hpp"

#include <fmt/format.h>

namespace calldocker::domain {
namespace {

constexpr std::int64_t kib = 1024, mib = 1024 * 1024;

std::string_view words_of(Budget budget) {
    switch (budget) {
        case Budget::contacts: return "too many new contacts";
        case Budget::live_contacts: return "too many contacts at once";
        case Budget::direct_calls: return "too many calls at once";
        case Budget::log_bytes: return "too much to write down";
        case Budget::relayed_bytes: return "too much sent";
        case Budget::sessions: return "too many sessions at once";
        case Budget::detached_sessions: return "too many lost sessions at once";
        case Budget::tokens: return "too many tokens";
        case Budget::turn_credentials: return "too many relay credentials";
        case Budget::uploads: return "too many recordings";
        case Budget::upload_bytes: return "too much recorded";
        case Budget::count_: break;
    }
    return "too much";
}

std::string_view words_of(BudgetScope scope) {
    switch (scope) {
        case BudgetScope::visitor: return "by you";
        case BudgetScope::address: return "from your network";
        case BudgetScope::company: return "for this company";
        case BudgetScope::count_: break;
    }
    return "";
}

}  // namespace

std::string_view name_of(Budget budget) {
    switch (budget) {
        case Budget::contacts: return "contacts";
        case Budget::live_contacts: return "live_contacts";
        case Budget::direct_calls: return "direct_calls";
        case Budget::log_bytes: return "log_bytes";
        case Budget::relayed_bytes: return "relayed_bytes";
        case Budget::sessions: return "sessions";
        case Budget::detached_sessions: return "detached_sessions";
        case Budget::tokens: return "tokens";
        case Budget::turn_credentials: return "turn_credentials";
        case Budget::uploads: return "uploads";
        case Budget::upload_bytes: return "upload_bytes";
        case Budget::count_: break;
    }
    return "none";
}

std::string_view name_of(BudgetScope scope) {
    switch (scope) {
        case BudgetScope::visitor: return "visitor";
        case BudgetScope::address: return "address";
        case BudgetScope::company: return "company";
        case BudgetScope::count_: break;
    }
    return "none";
}

void BudgetTable::scale(std::int64_t percent) {
    for (auto& scopes : allowances_)
        for (Allowance& one : scopes) {
            if (one.is_off()) continue;
            // What is scaled down is not scaled away: 0 would be no limit.
            one.burst = percent == 0 ? 0 : std::max<std::int64_t>(1, one.burst * percent / 100);
            if (one.per > Milliseconds{}) one.refill = std::max<std::int64_t>(1, one.refill * percent / 100);
        }
}

// An office of 300 people behind one address can call within a minute, each with a token, a contact, credentials and some 12 KB of
// offers and candidates, and be connected again when their network was lost.
BudgetTable default_budgets() {
    BudgetTable table;
    const auto set = [&table](Budget budget, const Allowance& visitor, const Allowance& address, const Allowance& company) {
        table.of(budget, BudgetScope::visitor) = visitor;
        table.of(budget, BudgetScope::address) = address;
        table.of(budget, BudgetScope::company) = company;
    };
    const auto at_once = [](std::int64_t count) { return Allowance{count, 0, {}}; };
    set(Budget::contacts, {120, 60, 1min}, {2'400, 1'200, 1min}, {12'000, 6'000, 1min});
    set(Budget::live_contacts, at_once(3), at_once(1'000), at_once(10'000));
    set(Budget::direct_calls, at_once(100), at_once(1'000), at_once(10'000));
    set(Budget::log_bytes, {mib, 4 * kib, 1s}, {16 * mib, 32 * kib, 1s}, {64 * mib, 256 * kib, 1s});
    set(Budget::relayed_bytes, {4 * mib, 64 * kib, 1s}, {64 * mib, mib, 1s}, {256 * mib, 16 * mib, 1s});
    set(Budget::sessions, at_once(64), Allowance{}, at_once(50'000));
    set(Budget::detached_sessions, at_once(4), at_once(1'000), at_once(10'000));
    set(Budget::tokens, {60, 6, 1min}, {1'200, 600, 1min}, {6'000, 3'000, 1min});
    set(Budget::turn_credentials, {60, 6, 1min}, {1'200, 600, 1min}, {6'000, 3'000, 1min});
    set(Budget::uploads, {10, 1, 1h}, {100, 100, 1h}, {400, 400, 1h});
    set(Budget::upload_bytes, {20 * mib, 2 * mib, 1h}, {100 * mib, 100 * mib, 1h}, {400 * mib, 400 * mib, 1h});
    return table;
}

std::string too_much(Budget budget, BudgetScope scope, Milliseconds retry_after) {
    return fmt::format("{} {}: try again in {} s", words_of(budget), words_of(scope), (retry_after + 999ms) / 1s);
}

}  // namespace calldocker::domain
