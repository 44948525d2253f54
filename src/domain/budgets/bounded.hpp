#pragma once
#include <cstddef>
#include <list>
#include <unordered_map>
#include <utility>

namespace calldocker::domain {

/// A map of at most `limit` keys. A new key replaces the one that was asked for longest ago. So somebody who comes with many names replaces
/// their own, and gains only what a new name would have given them anyway.
template <class Key, class Value>
class Bounded {
public:
    /// @param limit  at least 1
    explicit Bounded(std::size_t limit) : limit_(limit) {}

    /// The value of a key; a new one for an unknown key. Valid until the next call.
    Value& at(const Key& key) {
        if (const auto found = places_.find(key); found != places_.end()) {
            order_.splice(order_.begin(), order_, found->second);
            return found->second->second;
        }
        if (places_.size() >= limit_) {
            places_.erase(order_.back().first);
            order_.pop_back();
        }
        order_.emplace_front(key, Value{});
        places_.emplace(key, order_.begin());
        return order_.front().second;
    }
    [[nodiscard]] std::size_t size() const { return places_.size(); }

private:
    using Order = std::list<std::pair<Key, Value>>;  // the last asked for first
    std::size_t limit_;
    Order order_;
    std::unordered_map<Key, typename Order::iterator> places_;  // looked up, never walked
};

}  // namespace calldocker::domain
