#pragma once
#include <span>
#include <vector>

#include "app/outbox.hpp"
#include "domain/presence/presence.hpp"

namespace calldocker::app {

/// Addresses notices: picks the sessions that a notice is for, and hands it to the outbox once for all of them.
class Courier {
public:
    Courier(Outbox& outbox, const domain::Presence& presence) : outbox_(outbox), presence_(presence) {}

    void to(SessionKey session, const domain::Notice& notice, Sequence after = {});
    void to(std::span<const SessionKey> sessions, const domain::Notice& notice, Sequence after = {});
    /// Every tab of the user that `wanted` takes.
    template <class Wanted>
    void to_user(const UserId& user, const domain::Notice& notice, Sequence after, Wanted wanted) {
        begin();
        add_user(user, wanted);
        send(notice, after);
    }
    /// Every session in the room that `wanted` takes; for each session once.
    template <class Wanted>
    void to_room(const RoomId& room, const domain::Notice& notice, Sequence after, Wanted wanted) {
        begin();
        add_room(room, wanted);
        send(notice, after);
    }

    /// For notices to several groups: begin, add, send. A session added twice gets the notice once.
    void begin() { recipients_.clear(); }
    template <class Wanted>
    void add_user(const UserId& user, Wanted wanted) {
        for (const SessionKey key : presence_.sessions_of(user))
            if (wanted(*presence_.find(key))) recipients_.push_back(key);
    }
    template <class Wanted>
    void add_room(const RoomId& room, Wanted wanted) {
        const domain::Room* found = presence_.room(room);
        if (found == nullptr) return;
        for (const auto& [number, member] : found->members())
            for (const SessionKey key : member.sessions)
                if (wanted(*presence_.find(key))) recipients_.push_back(key);
    }
    template <class Wanted>
    void add_all(Wanted wanted) {
        for (const auto& [key, session] : presence_.sessions())
            if (wanted(session)) recipients_.push_back(key);
    }
    void add(SessionKey session) { recipients_.push_back(session); }
    void send(const domain::Notice& notice, Sequence after);
    /// The same, but to none whose reader is slow. @return whether all have got it
    [[nodiscard]] bool send_if_room(std::size_t bytes, const domain::Notice& notice, Sequence after);

private:
    Outbox& outbox_;
    const domain::Presence& presence_;
    std::vector<SessionKey> recipients_;  // kept between calls for its memory
};

inline constexpr auto every_session = [](const domain::Session&) { return true; };

}  // namespace calldocker::app
