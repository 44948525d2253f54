#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include "base/id.hpp"
#include "domain/budgets/payer.hpp"

namespace calldocker::server {

/// The sessions of one company that have no connection, in the order in which they lost it, by user and by address.
class Detached {
public:
    void add(SessionKey session, const UserId& user, domain::AddressKey address);
    void remove(SessionKey session);

    [[nodiscard]] std::size_t size() const { return by_age_.size(); }
    [[nodiscard]] std::size_t of(const UserId& user) const;
    [[nodiscard]] std::size_t of(domain::AddressKey address) const;
    /// @return nothing when there is none
    [[nodiscard]] std::optional<SessionKey> oldest_of(const UserId& user) const;
    [[nodiscard]] std::optional<SessionKey> oldest_of(domain::AddressKey address) const;

private:
    using Age = std::uint64_t;
    struct Entry {
        SessionKey session;
        UserId user;
        domain::AddressKey address;
    };
    std::map<Age, Entry> by_age_;
    std::map<SessionKey, Age> ages_;
    std::map<UserId, std::set<Age>> of_user_;
    std::map<domain::AddressKey, std::set<Age>> of_address_;
    Age last_ = 0;
};

}  // namespace calldocker::server
