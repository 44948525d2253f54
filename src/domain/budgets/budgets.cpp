#include "domain/budgets/budgets.hpp"

#include <optional>

namespace calldocker::domain {
namespace {

/// IPv4 networks have a mark above their 32 bits (server/net/address.cpp).
bool is_ipv4(AddressKey address) { return (static_cast<std::uint64_t>(address) >> 32u) == 0xffffu; }

std::int64_t usable_percent(const Payer& payer, BudgetScope scope) {
    return scope == BudgetScope::company && payer.standing == Standing::stranger ? 100 - reserve_percent : 100;
}

Allowance for_payer(Allowance allowance, const Payer& payer) {
    if (payer.standing != Standing::staff) return allowance;
    allowance.burst *= staff_factor;
    allowance.refill *= staff_factor;
    return allowance;
}

}  // namespace

/// The address first, then the visitor, then the company: nobody can use up what belongs to more people before their own.
template <class Each>
void Budgets::for_each_level(const Payer& payer, Budget budget, Each each) {
    const auto index = static_cast<std::size_t>(budget);
    const bool is_staff = payer.standing == Standing::staff;
    const auto is_limited = [&](BudgetScope scope) { return !table_.of(budget, scope).is_off(); };
    if (!is_staff && payer.address != no_address && is_limited(BudgetScope::address))
        each(BudgetScope::address, addresses_.at(payer.address).at(index));
    if (!payer.visitor.empty() && is_limited(BudgetScope::visitor)) {
        key_.assign(payer.company.view()).push_back('\0');
        key_.push_back(payer.visitor.is_staff() ? 's' : 'v');
        key_.append(payer.visitor.view());
        each(BudgetScope::visitor, visitors_.at(key_).at(index));
    }
    if (!is_staff && is_limited(BudgetScope::company)) each(BudgetScope::company, companies_.at(payer.company).at(index));
}

tl::unexpected<Error> Budgets::refuse(const Payer& payer, Budget budget, BudgetScope scope, Milliseconds retry_after) {
    ++refusals_.at(static_cast<std::size_t>(budget)).at(static_cast<std::size_t>(scope));
    if (told_) told_({payer.company, budget, scope, is_ipv4(payer.address)});
    return tl::unexpected<Error>(Error{ErrorCode::overloaded, too_much(budget, scope, retry_after), retry_after});
}

Result<> Budgets::ask(const Payer& payer, Budget budget, std::int64_t amount, Instant now) {
    std::optional<BudgetScope> refusing;
    Milliseconds retry_after{};
    for_each_level(payer, budget, [&](BudgetScope scope, const Level& level) {
        const Milliseconds wait = level.wait(for_payer(table_.of(budget, scope), payer), amount, usable_percent(payer, scope), now);
        if (wait > Milliseconds{} && !refusing) refusing = scope;
        retry_after = std::max(retry_after, wait);
    });
    if (refusing) return refuse(payer, budget, *refusing, retry_after);
    charge(payer, budget, amount, now);
    return {};
}

void Budgets::charge(const Payer& payer, Budget budget, std::int64_t amount, Instant now) {
    for_each_level(payer, budget,
                   [&](BudgetScope scope, Level& level) { level.take(for_payer(table_.of(budget, scope), payer), amount, now); });
}

Result<> Budgets::ask(const Payer& payer, Budget budget, const Held& held) {
    const bool is_staff = payer.standing == Standing::staff;
    const auto is_full = [&](BudgetScope scope, std::size_t count) {
        const Allowance& allowance = table_.of(budget, scope);
        const std::int64_t most = is_staff && scope == BudgetScope::visitor ? allowance.burst * staff_factor
                                                                            : allowance.burst * usable_percent(payer, scope) / 100;
        return !allowance.is_off() && static_cast<std::int64_t>(count) >= most;
    };
    if (!is_staff && payer.address != no_address && is_full(BudgetScope::address, held.of_address))
        return refuse(payer, budget, BudgetScope::address, retry_of_things_at_once);
    if (is_full(BudgetScope::visitor, held.of_visitor)) return refuse(payer, budget, BudgetScope::visitor, retry_of_things_at_once);
    if (is_full(BudgetScope::company, held.of_company)) return refuse(payer, budget, BudgetScope::company, retry_of_things_at_once);
    return {};
}

}  // namespace calldocker::domain
