#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/instant.hpp"

/// Budgets for the cost of strangers (docs/limits.md). Identities are free, so each budget exists three times: for a visitor, for an
/// address and for a company.
namespace calldocker::domain {

enum class Budget : std::uint8_t {
    contacts,           ///< opened: calls, callbacks and messages
    live_contacts,      ///< at once
    direct_calls,       ///< that are no contacts; at once
    log_bytes,          ///< bytes that visitors' commands bring into the log
    relayed_bytes,      ///< offers, answers, candidates and lines of the chat, as they are sent
    sessions,           ///< tabs and devices; at once
    detached_sessions,  ///< without a connection; at once
    tokens,             ///< of POST /api/visitor-token
    turn_credentials,
    uploads,  ///< recordings
    upload_bytes,
    count_
};
enum class BudgetScope : std::uint8_t { visitor, address, company, count_ };

inline constexpr std::size_t budgets_count = static_cast<std::size_t>(Budget::count_);
inline constexpr std::size_t budget_scopes_count = static_cast<std::size_t>(BudgetScope::count_);

/// The label values of the metrics.
[[nodiscard]] std::string_view name_of(Budget budget);
[[nodiscard]] std::string_view name_of(BudgetScope scope);

/// `burst` at once, and `refill` of it again in every `per`. With `per` 0 it is a number of things that exist at once.
/// With `burst` 0 there is no limit.
struct Allowance {
    std::int64_t burst{};
    std::int64_t refill{};
    Milliseconds per{};

    [[nodiscard]] bool is_off() const { return burst <= 0; }
    friend bool operator==(const Allowance&, const Allowance&) = default;
};

/// By budget, then by scope.
class BudgetTable {
public:
    [[nodiscard]] Allowance& of(Budget budget, BudgetScope scope) {
        return allowances_.at(static_cast<std::size_t>(budget)).at(static_cast<std::size_t>(scope));
    }
    [[nodiscard]] const Allowance& of(Budget budget, BudgetScope scope) const {
        return allowances_.at(static_cast<std::size_t>(budget)).at(static_cast<std::size_t>(scope));
    }
    /// All of them, scaled by this many percent. 0: no limits.
    void scale(std::int64_t percent);

private:
    std::array<std::array<Allowance, budget_scopes_count>, budgets_count> allowances_{};
};
[[nodiscard]] BudgetTable default_budgets();

/// The part of a company's budget that is reserved for known visitors: strangers may use only the rest.
inline constexpr std::int64_t reserve_percent = 25;
/// A member of staff may cost this many times as much as a visitor, from any address; the company's budget does not count it.
inline constexpr std::int64_t staff_factor = 16;

/// @return the text for the sender who was refused
[[nodiscard]] std::string too_much(Budget budget, BudgetScope scope, Milliseconds retry_after);

}  // namespace calldocker::domain
