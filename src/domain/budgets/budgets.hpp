#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/budgets/bounded.hpp"
#include "domain/budgets/level.hpp"
#include "domain/budgets/payer.hpp"

namespace calldocker::domain {

/// How many visitors and addresses a shard's budgets remember; beyond it they forget the one that was quiet longest, which begins anew.
inline constexpr std::size_t budget_visitors_max = 65'536;
inline constexpr std::size_t budget_addresses_max = 65'536;
inline constexpr std::size_t budget_companies_max = 16'384;
/// When to come back if nobody knows when one of the existing things will end.
inline constexpr Milliseconds retry_of_things_at_once = 30s;

/// How often each budget has refused, by budget and scope.
using BudgetRefusals = std::array<std::array<std::uint64_t, budget_scopes_count>, budgets_count>;

/// The budgets of all companies of one shard. A company lives on one shard, so the table bounds exactly what the company suffers. An
/// address that talks to companies of several shards has one budget on each, however many companies there are. Pure: time is a parameter;
/// one thread.
class Budgets {
public:
    struct Refused {
        const CompanyId& company;
        Budget budget;
        BudgetScope scope;
        bool is_ipv4{};
    };
    /// @param told  called at each refusal; may be empty
    explicit Budgets(BudgetTable table = default_budgets(), std::function<void(const Refused&)> told = {})
        : table_(table), told_(std::move(told)) {}

    /// Takes `amount` from the address's, the visitor's and the company's budget, or from none.
    /// @errors overloaded, with when to come back
    Result<> ask(const Payer& payer, Budget budget, std::int64_t amount, Instant now);
    /// The same for something that has happened already: an excess becomes a debt.
    void charge(const Payer& payer, Budget budget, std::int64_t amount, Instant now);

    /// How many of the things that exist at once there are already.
    struct Held {
        std::size_t of_visitor{}, of_address{}, of_company{};
    };
    /// @return whether there may be one more. @errors overloaded
    Result<> ask(const Payer& payer, Budget budget, const Held& held);

    [[nodiscard]] const BudgetTable& table() const { return table_; }
    [[nodiscard]] const BudgetRefusals& refusals() const { return refusals_; }

private:
    using Levels = std::array<Level, budgets_count>;
    template <class Each>
    void for_each_level(const Payer& payer, Budget budget, Each each);
    [[nodiscard]] tl::unexpected<Error> refuse(const Payer& payer, Budget budget, BudgetScope scope, Milliseconds retry_after);

    BudgetTable table_;
    std::function<void(const Refused&)> told_;
    BudgetRefusals refusals_{};
    Bounded<AddressKey, Levels> addresses_{budget_addresses_max};
    Bounded<std::string, Levels> visitors_{budget_visitors_max};  // by company and user
    Bounded<CompanyId, Levels> companies_{budget_companies_max};
    std::string key_;  // kept for its memory
};

}  // namespace calldocker::domain
