#pragma once
#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>
#include <utility>
#include <vector>

namespace calldocker::domain {

/// The values of the last `limit` keys. The oldest key goes first; a key that is set again keeps its position.
template <class Key, class Value>
class Lately {
public:
    explicit Lately(std::size_t limit) : limit_(limit) {}

    void set(const Key& key, const Value& value) {
        const auto [place, is_new] = known_.insert_or_assign(key, value);
        if (!is_new) return;
        order_.push_back(key);
        if (order_.size() <= limit_) return;
        known_.erase(order_.front());
        order_.pop_front();
    }
    void erase(const Key& key) {
        if (known_.erase(key) > 0) order_.erase(std::find(order_.begin(), order_.end(), key));
    }
    /// @return null for an unknown key
    [[nodiscard]] const Value* find(const Key& key) const {
        const auto found = known_.find(key);
        return found == known_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] std::vector<std::pair<Key, Value>> in_order() const {
        std::vector<std::pair<Key, Value>> pairs;
        for (const Key& key : order_) pairs.emplace_back(key, known_.at(key));
        return pairs;
    }
    friend bool operator==(const Lately& a, const Lately& b) { return a.order_ == b.order_ && a.known_ == b.known_; }

private:
    std::size_t limit_;
    std::deque<Key> order_;
    std::map<Key, Value> known_;
};

}  // namespace calldocker::domain
