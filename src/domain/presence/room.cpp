#include "domain/presence/room.hpp"

#include <algorithm>

namespace calldocker::domain {

void Room::add(const UserId& user, SessionKey session) {
    const auto [known, is_new] = joined_as_.try_emplace(user, joins_);
    if (is_new) ++joins_;
    Member& member = members_[known->second];
    member.user = user;
    if (std::find(member.sessions.begin(), member.sessions.end(), session) == member.sessions.end()) member.sessions.push_back(session);
}

bool Room::remove(const UserId& user, SessionKey session) {
    const auto known = joined_as_.find(user);
    if (known == joined_as_.end()) return false;
    const auto member = members_.find(known->second);
    std::erase(member->second.sessions, session);
    if (!member->second.sessions.empty()) return false;
    members_.erase(member);
    joined_as_.erase(known);
    return true;
}

}  // namespace calldocker::domain
