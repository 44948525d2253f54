#include "server/gateway/detached.hpp"

namespace calldocker::server {
namespace {

template <class Map, class Key>
std::size_t count(const Map& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? 0 : found->second.size();
}

template <class Map, class Key, class Age>
void erase(Map& map, const Key& key, Age age) {
    const auto found = map.find(key);
    found->second.erase(age);
    if (found->second.empty()) map.erase(found);
}

}  // namespace

void Detached::add(SessionKey session, const UserId& user, domain::AddressKey address) {
    remove(session);
    const Age age = ++last_;
    by_age_.emplace(age, Entry{session, user, address});
    ages_.emplace(session, age);
    of_user_[user].insert(age);
    of_address_[address].insert(age);
}

void Detached::remove(SessionKey session) {
    const auto known = ages_.find(session);
    if (known == ages_.end()) return;
    const Age age = known->second;
    const auto entry = by_age_.find(age);
    erase(of_user_, entry->second.user, age);
    erase(of_address_, entry->second.address, age);
    by_age_.erase(entry);
    ages_.erase(known);
}

std::size_t Detached::of(const UserId& user) const { return count(of_user_, user); }
std::size_t Detached::of(domain::AddressKey address) const { return count(of_address_, address); }

std::optional<SessionKey> Detached::oldest_of(const UserId& user) const {
    const auto found = of_user_.find(user);
    if (found == of_user_.end()) return std::nullopt;
    return by_age_.at(*found->second.begin()).session;
}

std::optional<SessionKey> Detached::oldest_of(domain::AddressKey address) const {
    const auto found = of_address_.find(address);
    if (found == of_address_.end()) return std::nullopt;
    return by_age_.at(*found->second.begin()).session;
}

}  // namespace calldocker::server
