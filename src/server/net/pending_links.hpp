#pragma once
#include <cstddef>
#include <unordered_map>

#include "server/net/address.hpp"
#include "server/net/limits.hpp"

namespace calldocker::server {

/// The links of one shard that have not said who they are, all and by address (IPv6: by /64). Bounded: they cost a
/// buffer each, and anybody can open them.
class PendingLinks {
public:
    [[nodiscard]] bool have_room_for(const Address& address) const {
        if (all_ >= limits::pending_links_max) return false;
        const auto found = by_network_.find(address.network());
        return found == by_network_.end() || found->second < limits::pending_links_per_address_max;
    }
    void add(const Address& address) {
        ++all_;
        ++by_network_[address.network()];
    }
    void remove(const Address& address) {
        --all_;
        const auto found = by_network_.find(address.network());
        if (--found->second == 0) by_network_.erase(found);
    }

private:
    std::size_t all_ = 0;
    std::unordered_map<Address, std::size_t, AddressHash> by_network_;
};

}  // namespace calldocker::server
