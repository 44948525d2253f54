#include "app/live_island.hpp"

namespace calldocker::app {
namespace {

using namespace domain;

std::vector<UserId> users_seen_by(const Session& viewer, const Room& room, const Presence& presence) {
    std::vector<UserId> users;
    for (const auto& [number, member] : room.members())
        if (presence.sees(viewer, member.user)) users.push_back(member.user);
    return users;
}

}  // namespace

LiveIsland::Handled LiveIsland::on(Session& sender, const JoinRoom& message) {
    if (auto joined = presence_.join(sender, message.room); !joined) return fail(joined.error());

    courier_.to(sender.key, notice::RoomJoined{message.room, users_seen_by(sender, *presence_.room(message.room), presence_)});
    courier_.to_room(message.room, notice::UserJoined{sender.user(), message.room}, {}, [&](const Session& other) {
        return other.user() != sender.user() && presence_.sees(other, sender.user());
    });
    return Sequence{};
}

LiveIsland::Handled LiveIsland::on(Session& sender, const LeaveRoom& message) {
    if (message.room) {
        leave_room(sender, *message.room);
        return Sequence{};
    }
    const std::vector<RoomId> rooms = sender.rooms;
    for (const RoomId& room : rooms) leave_room(sender, room);
    return Sequence{};
}

void LiveIsland::leave_room(Session& session, const RoomId& room) {
    if (!presence_.leave(session, room)) return;
    courier_.to_room(room, notice::UserLeft{session.user(), room}, {}, [&](const Session& other) { return presence_.sees(other, session.user()); });
}

LiveIsland::Handled LiveIsland::on(Session& sender, const AgentStatus& message) {
    if (!sender.is_staff()) return fail(ErrorCode::forbidden, "only staff have a status");

    courier_.begin();
    courier_.add_all([&](const Session& other) { return other.key != sender.key; });
    courier_.send(notice::AgentStatusChanged{sender.user(), message.status, message.availability}, {});
    return Sequence{};
}

}  // namespace calldocker::app
