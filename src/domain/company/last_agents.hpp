#pragma once
#include <deque>
#include <map>

#include "base/id.hpp"

namespace calldocker::domain {

/// Who served each visitor last. Bounded: the visitors that were served first are forgotten first.
class LastAgents {
public:
    explicit LastAgents(std::size_t limit) : limit_(limit) {}

    void set(const UserId& visitor, const UserId& agent) {
        const auto [place, is_new] = agents_.insert_or_assign(visitor, agent);
        if (!is_new) return;
        order_.push_back(visitor);
        if (order_.size() <= limit_) return;
        agents_.erase(order_.front());
        order_.pop_front();
    }
    /// @return null for who is not known
    [[nodiscard]] const UserId* find(const UserId& visitor) const {
        const auto found = agents_.find(visitor);
        return found == agents_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] std::vector<std::pair<UserId, UserId>> in_order() const {
        std::vector<std::pair<UserId, UserId>> pairs;
        for (const UserId& visitor : order_) pairs.emplace_back(visitor, agents_.at(visitor));
        return pairs;
    }
    friend bool operator==(const LastAgents& a, const LastAgents& b) { return a.order_ == b.order_ && a.agents_ == b.agents_; }

private:
    std::size_t limit_;
    std::deque<UserId> order_;
    std::map<UserId, UserId> agents_;
};

}  // namespace calldocker::domain
