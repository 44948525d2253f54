#pragma once
#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "server/net/address.hpp"
#include "server/net/counters.hpp"
#include "server/net/rate.hpp"

namespace calldocker::server {

/// Counts what each address (IPv4, IPv6 /64) does, and says when it is too much. One per shard: an address belongs to
/// one shard, so nothing is shared. Bounded by limits::addresses_max.
class AddressGuard {
public:
    struct Limits {
        std::size_t connections_max{};  ///< at once; 0: no limit
        Rate connections;               ///< new ones
        Rate requests;                  ///< of HTTP, upgrades included
    };
    enum class Verdict { welcome, too_many, too_fast };

    explicit AddressGuard(Limits limits) : limits_(limits) {}

    /// A connection wants in. When welcome, it counts until leave().
    [[nodiscard]] Verdict enter(const Address& address, SteadyTime now);
    void leave(const Address& address, SteadyTime now);
    /// A request of HTTP. @return whether it is within the rate
    [[nodiscard]] bool request(const Address& address, SteadyTime now);

    [[nodiscard]] bool is_off() const {
        return limits_.connections_max == 0 && limits_.connections.per_second == 0 && limits_.requests.per_second == 0;
    }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        std::size_t connections{0};
        Bucket opened, requested;
    };
    [[nodiscard]] Entry* entry(const Address& address, SteadyTime now);
    void sweep(SteadyTime now);

    Limits limits_;
    std::unordered_map<Address, Entry, AddressHash> entries_;
    SteadyTime swept_at_{};
};

/// @param verdict  not welcome
[[nodiscard]] constexpr Refusal refusal_of(AddressGuard::Verdict verdict) {
    return verdict == AddressGuard::Verdict::too_many ? Refusal::address_has_too_many : Refusal::address_is_too_fast;
}

}  // namespace calldocker::server
