#pragma once
#include <cstddef>
#include <map>

#include "domain/budgets/payer.hpp"

namespace calldocker::domain {

/// Remembers the address of each thing, and how many things each address has. It has as many entries as there are things.
template <class Thing>
class Holdings {
public:
    /// A known thing keeps its address.
    void add(const Thing& thing, AddressKey address) {
        if (address == no_address || !from_.try_emplace(thing, address).second) return;
        ++of_[address];
    }
    void remove(const Thing& thing) {
        const auto found = from_.find(thing);
        if (found == from_.end()) return;
        const auto count = of_.find(found->second);
        if (--count->second == 0) of_.erase(count);
        from_.erase(found);
    }
    [[nodiscard]] std::size_t of(AddressKey address) const {
        const auto found = of_.find(address);
        return found == of_.end() ? 0 : found->second;
    }
    [[nodiscard]] std::size_t size() const { return from_.size(); }
    template <class IsWanted>
    void retain(IsWanted is_wanted) {
        for (auto each = from_.begin(); each != from_.end();) {
            const Thing thing = (each++)->first;
            if (!is_wanted(thing)) remove(thing);
        }
    }

private:
    std::map<Thing, AddressKey> from_;
    std::map<AddressKey, std::size_t> of_;
};

}  // namespace calldocker::domain
