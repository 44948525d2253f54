#include "server/net/address_guard.hpp"

#include "server/net/limits.hpp"

namespace calldocker::server {

AddressGuard::Entry* AddressGuard::entry(const Address& address, SteadyTime now) {
    const Address network = address.network();
    const auto found = entries_.find(network);
    if (found != entries_.end()) return &found->second;
    if (entries_.size() >= limits::addresses_max) sweep(now);
    if (entries_.size() >= limits::addresses_max) return nullptr;
    return &entries_[network];
}

// At most once a second: a table that stays full must not cost a scan per connection.
void AddressGuard::sweep(SteadyTime now) {
    if (now - swept_at_ < std::chrono::seconds{1}) return;
    swept_at_ = now;
    std::erase_if(entries_, [now](const auto& item) {
        const Entry& entry = item.second;
        return entry.connections == 0 && entry.opened.is_full(now) && entry.requested.is_full(now);
    });
}

AddressGuard::Verdict AddressGuard::enter(const Address& address, SteadyTime now) {
    if (is_off()) return Verdict::welcome;
    Entry* const known = entry(address, now);
    if (known == nullptr) return Verdict::welcome;
    if (limits_.connections_max != 0 && known->connections >= limits_.connections_max) return Verdict::too_many;
    if (!known->opened.take(limits_.connections, now)) return Verdict::too_fast;
    ++known->connections;
    return Verdict::welcome;
}

void AddressGuard::leave(const Address& address, SteadyTime now) {
    const auto found = entries_.find(address.network());
    if (found == entries_.end()) return;
    Entry& known = found->second;
    if (known.connections > 0) --known.connections;
    if (known.connections == 0 && known.opened.is_full(now) && known.requested.is_full(now)) entries_.erase(found);
}

bool AddressGuard::request(const Address& address, SteadyTime now) {
    if (limits_.requests.per_second == 0) return true;
    Entry* const known = entry(address, now);
    return known == nullptr || known->requested.take(limits_.requests, now);
}

}  // namespace calldocker::server
