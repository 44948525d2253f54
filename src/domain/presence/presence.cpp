#include "domain/presence/presence.hpp"

#include <algorithm>

#include "base/require.hpp"
#include "domain/presence/limits.hpp"

namespace calldocker::domain {
namespace {

bool is_anonymous_customer(const Session& session) { return session.identity.anonymous && !session.is_staff(); }

}  // namespace

bool Session::is_in(const RoomId& room) const { return std::find(rooms.begin(), rooms.end(), room) != rooms.end(); }

void Presence::add(Session session) {
    require(session.user().role_class() == class_of(session.identity.role), "a user is of the role's class");
    const SessionKey key = session.key;
    const auto [place, is_new] = sessions_.try_emplace(key, std::move(session));
    require(is_new, "a session key is used once");
    const Session& added = place->second;
    missed_since_.erase(added.user());
    by_user_[added.user()].push_back(key);
    if (added.is_staff()) staff_.insert(added.user());
    if (is_anonymous_customer(added)) anonymous_customers_.insert(added.user());
}

void Presence::remove(SessionKey key) {
    const auto found = sessions_.find(key);
    if (found == sessions_.end()) return;
    require(found->second.rooms.empty(), "a session leaves its rooms before it goes");
    const UserId user = found->second.user();
    sessions_.erase(found);
    watchers_.erase(key);
    const auto own = by_user_.find(user);
    std::erase(own->second, key);
    if (own->second.empty()) by_user_.erase(own);
    if (!has_session(user, [](const Session& session) { return session.is_staff(); })) staff_.erase(user);
    if (!has_session(user, is_anonymous_customer)) anonymous_customers_.erase(user);
}

const Session* Presence::find(SessionKey key) const {
    const auto found = sessions_.find(key);
    return found == sessions_.end() ? nullptr : &found->second;
}

Session* Presence::find(SessionKey key) {
    const auto found = sessions_.find(key);
    return found == sessions_.end() ? nullptr : &found->second;
}

std::span<const SessionKey> Presence::sessions_of(const UserId& user) const {
    const auto found = by_user_.find(user);
    return found == by_user_.end() ? std::span<const SessionKey>{} : std::span<const SessionKey>{found->second};
}

std::string_view Presence::name_of(const UserId& user) const {
    const auto sessions = sessions_of(user);
    return sessions.empty() ? std::string_view{} : find(sessions.front())->identity.name;
}

std::optional<Instant> Presence::missed_since(const UserId& user) const {
    const auto found = missed_since_.find(user);
    return found == missed_since_.end() ? std::nullopt : std::optional{found->second};
}

Result<> Presence::join(Session& session, const RoomId& room) {
    if (!session.is_in(room)) {
        if (session.rooms.size() >= rooms_of_session_max_) return fail(ErrorCode::overloaded, "too many rooms");
        session.rooms.push_back(room);
    }
    rooms_[room].add(session.user(), session.key);
    return {};
}

bool Presence::leave(Session& session, const RoomId& room) {
    if (std::erase(session.rooms, room) == 0) return false;
    const auto found = rooms_.find(room);
    const bool has_left = found->second.remove(session.user(), session.key);
    if (found->second.empty()) rooms_.erase(found);
    return has_left;
}

const Room* Presence::room(const RoomId& room) const {
    const auto found = rooms_.find(room);
    return found == rooms_.end() ? nullptr : &found->second;
}

bool Presence::sees(const Session& viewer, const UserId& subject) const {
    return viewer.is_staff() || viewer.user() == subject || is_staff(subject);
}

bool Presence::may_address(const Session& sender, const UserId& target) const { return sender.is_staff() || is_staff(target); }

const UserId* Presence::only_anonymous_customer() const {
    return anonymous_customers_.size() == 1 ? &*anonymous_customers_.begin() : nullptr;
}

}  // namespace calldocker::domain
