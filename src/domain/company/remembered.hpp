#pragma once
#include <cstddef>
#include <deque>
#include <string>
#include <unordered_set>

namespace calldocker::domain {

/// The last `limit` names; the oldest goes first. A name that is added again keeps its position.
class Remembered {
public:
    explicit Remembered(std::size_t limit) : limit_(limit) {}

    void add(const std::string& name) {
        if (!names_.insert(name).second) return;
        order_.push_back(name);
        if (order_.size() <= limit_) return;
        names_.erase(order_.front());
        order_.pop_front();
    }
    [[nodiscard]] bool contains(const std::string& name) const { return names_.contains(name); }
    [[nodiscard]] const std::deque<std::string>& in_order() const { return order_; }
    friend bool operator==(const Remembered& a, const Remembered& b) { return a.order_ == b.order_; }

private:
    std::size_t limit_;
    std::deque<std::string> order_;
    std::unordered_set<std::string> names_;  // looked up, never walked
};

}  // namespace calldocker::domain
