#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"

namespace calldocker::server {

/// Everything that the gateway has to do later, in order. One entry per kind and session: setting it again moves it.
class Agenda {
public:
    enum class Kind : std::uint8_t { company_idle, company_retry, company_audit, session_grace, token_warning, token_expiry, token_end };
    struct Item {
        Kind kind{};
        SessionKey session{};  ///< none for an entry of the whole company
        friend auto operator<=>(const Item&, const Item&) = default;
    };

    void set(Item item, Instant at) {
        cancel(item);
        at_.emplace(item, at);
        order_.emplace(at, item);
    }
    void cancel(Item item) {
        const auto found = at_.find(item);
        if (found == at_.end()) return;
        order_.erase({found->second, item});
        at_.erase(found);
    }
    /// When it is due; nothing: cancels it.
    [[nodiscard]] std::optional<Instant> at(Item item) const {
        const auto found = at_.find(item);
        return found == at_.end() ? std::nullopt : std::optional<Instant>(found->second);
    }
    [[nodiscard]] std::optional<Instant> next() const {
        if (order_.empty()) return std::nullopt;
        return order_.begin()->first;
    }
    /// Takes out the entries that are due, in order of time.
    [[nodiscard]] std::vector<Item> take_due(Instant now) {
        std::vector<Item> due;
        while (!order_.empty() && order_.begin()->first <= now) {
            due.push_back(order_.begin()->second);
            at_.erase(due.back());
            order_.erase(order_.begin());
        }
        return due;
    }

private:
    std::map<Item, Instant> at_;
    std::set<std::pair<Instant, Item>> order_;
};

}  // namespace calldocker::server
