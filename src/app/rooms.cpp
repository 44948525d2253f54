#include "app/live_island.hpp"
#include "app/views.hpp"

namespace calldocker::app {
using namespace domain;

LiveIsland::Handled LiveIsland::on(Session& sender, const JoinRoom& message) {
    if (auto joined = presence_.join(sender, message.room); !joined) return fail(joined.error());

    courier_.to(sender.key, notice::RoomJoined{message.room, users_seen_by(sender, *presence_.room(message.room), presence_)});
    courier_.to_room(message.room, notice::UserJoined{sender.user(), message.room}, {},
                     [&](const Session& other) { return other.user() != sender.user() && presence_.sees(other, sender.user()); });
    // Of a broken log, catch_up() makes up for it.
    if (sender.version != 1 || message.room.view() != agent_room || journal_.is_broken()) return Sequence{};
    if (state_.agent(sender.user()).intent != Intent::offline) {
        presence_changed(sender.user());
        return Sequence{};
    }
    // An original page has no other way to say that its agent is there.
    return perform(UserId{system_actor}, command::SetIntent{sender.user(), Intent::available, {}, {}, {}});
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
    has_news_ = has_news_ || session.is_staff();  // original pages at work are those in the agents' room
    courier_.to_room(room, notice::UserLeft{session.user(), room}, {},
                     [&](const Session& other) { return presence_.sees(other, session.user()); });
}

LiveIsland::Handled LiveIsland::on(Session& sender, const AgentStatus& message) {
    courier_.begin();
    courier_.add_all([&](const Session& other) { return other.key != sender.key; });
    courier_.send(notice::AgentStatusChanged{sender.user(), message.status, message.availability}, {});
    if (sender.version != 1) return Sequence{};
    const Intent intent = intent_of_status(message.status, message.availability.value_or(""));
    return perform(sender.user(),
                   command::SetIntent{sender.user(), intent, intent == Intent::not_ready ? message.status : "", {}, {}, true});
}

}  // namespace calldocker::app
