#pragma once
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/budgets/payer.hpp"
#include "domain/messages/identity.hpp"
#include "domain/presence/limits.hpp"
#include "domain/presence/room.hpp"

namespace calldocker::domain {

/// The room that only staff may join; the wire's name of the company's agents.
inline constexpr std::string_view agent_room = "agent-room";
/// The wire's name of the company's default queue.
inline constexpr std::string_view public_calls_room = "public-calls";
/// @return whether an offer to it is one to the company's default queue, whoever is in it
[[nodiscard]] inline bool is_queue(std::string_view target) { return target == agent_room || target == public_calls_room; }
/// As a target: the caller of the named call (docs/protocol.md, version 1).
inline constexpr std::string_view anonymous_target = "anonymous";

/// One tab or device of one user.
struct Session {
    SessionKey key{};
    SessionId id;
    Identity identity;
    int version{};                       ///< 1 or 2
    AddressKey address{};                ///< of its connection
    std::optional<Instant> detached_at;  ///< version 2 without a connection since then; unset while connected
    bool has_expired{};  ///< version 1: its token is past its expiry; it goes on with its live contact, and nothing rings it
    bool media_ready{};
    Instant media_since{};      ///< of the last change of media_ready, or of the session's beginning
    std::vector<RoomId> rooms;  ///< in order of joining

    [[nodiscard]] const UserId& user() const { return identity.user; }
    [[nodiscard]] bool is_staff() const { return domain::is_staff(identity.role); }
    /// An original page that an offer may ring.
    [[nodiscard]] bool is_original_that_rings() const { return version == 1 && !has_expired; }
    [[nodiscard]] bool is_attached() const { return !detached_at; }
    [[nodiscard]] bool is_in(const RoomId& room) const;
};

/// The sessions of one company that are here, and their rooms. Dies with the process and is never logged: clients that come back rebuild
/// it. Announces nothing. References stay valid until the session or room they name is removed.
class Presence {
public:
    explicit Presence(std::size_t rooms_of_session_max = rooms_per_session_max) : rooms_of_session_max_(rooms_of_session_max) {}

    /// The key must be new, and the user of the role's class.
    void add(Session session);
    /// The session must have left its rooms. Ignores unknown keys.
    void remove(SessionKey key);

    [[nodiscard]] const Session* find(SessionKey key) const;
    [[nodiscard]] Session* find(SessionKey key);
    /// Every session, in the order of their keys.
    [[nodiscard]] const std::map<SessionKey, Session>& sessions() const { return sessions_; }
    /// The sessions of one user, oldest first; empty when the user is not here.
    [[nodiscard]] std::span<const SessionKey> sessions_of(const UserId& user) const;
    [[nodiscard]] bool is_here(const UserId& user) const { return !sessions_of(user).empty(); }
    /// @return whether somebody with this id is here, staff or visitor
    [[nodiscard]] bool is_anybody_here(const std::string& id) const { return is_here(UserId{id}) || is_here(UserId::visitor(id)); }
    /// @return whether one of the user's sessions is `wanted`
    template <class Wanted>
    [[nodiscard]] bool has_session(const UserId& user, Wanted wanted) const {
        const auto own = sessions_of(user);
        return std::any_of(own.begin(), own.end(), [&](SessionKey key) { return wanted(*find(key)); });
    }
    /// The staff that is here.
    [[nodiscard]] const std::set<UserId>& staff() const { return staff_; }
    [[nodiscard]] bool is_staff(const UserId& user) const { return staff_.contains(user); }
    [[nodiscard]] std::string_view name_of(const UserId& user) const;
    /// The sessions that watch live figures.
    [[nodiscard]] const std::set<SessionKey>& watchers() const { return watchers_; }
    void watch(SessionKey session) { watchers_.insert(session); }
    void stop_watching(SessionKey session) { watchers_.erase(session); }

    /// Since when none of the user's sessions is connected, without a goodbye: the last connection was lost, or a restart cut it. Holds
    /// until the user is connected again, or forgotten.
    void miss(const UserId& user, Instant since) { missed_since_.try_emplace(user, since); }
    void forget(const UserId& user) { missed_since_.erase(user); }
    [[nodiscard]] std::optional<Instant> missed_since(const UserId& user) const;

    /// @errors overloaded (too many rooms of one session)
    Result<> join(Session& session, const RoomId& room);
    /// @return whether the user has left the room with this session, its last one there
    bool leave(Session& session, const RoomId& room);
    /// @return null when nobody is in it
    [[nodiscard]] const Room* room(const RoomId& room) const;
    [[nodiscard]] std::size_t room_count() const { return rooms_.size(); }

    /// Customers do not meet: a customer sees only themselves and staff.
    [[nodiscard]] bool sees(const Session& viewer, const UserId& subject) const;
    /// A customer can address staff only.
    [[nodiscard]] bool may_address(const Session& sender, const UserId& target) const;
    /// @return the only anonymous customer that is here, if there is exactly one
    [[nodiscard]] const UserId* only_anonymous_customer() const;

private:
    std::size_t rooms_of_session_max_;
    std::map<SessionKey, Session> sessions_;
    std::unordered_map<UserId, std::vector<SessionKey>> by_user_;  // looked up, never walked
    std::set<UserId> staff_;
    std::set<SessionKey> watchers_;
    std::set<UserId> anonymous_customers_;
    std::map<RoomId, Room> rooms_;
    std::map<UserId, Instant> missed_since_;
};

}  // namespace calldocker::domain
