#include "app/live_island.hpp"

namespace calldocker::app {

using namespace domain;

LiveIsland::Handled LiveIsland::on(Session& sender, const CallStarted& message) {
    if (!sender.is_in(message.room)) return Sequence{};
    if (auto named = direct_calls_.name(message.call, sender.user()); !named) return fail(named.error());

    courier_.to_room(message.room, notice::CallStarted{message.call, sender.user(), message.call_type}, {},
                     [&](const Session& other) { return presence_.sees(other, sender.user()); });
    return Sequence{};
}

LiveIsland::Handled LiveIsland::on(Session& sender, const CallEnded& message) {
    if (!sender.is_in(message.room)) return Sequence{};
    const DirectCall* known = direct_calls_.find(message.call);
    // A call that nobody has named has one party that we know of: who speaks of it.
    const DirectCall parties = known == nullptr ? DirectCall{sender.user(), {}} : *known;
    const bool may_end = parties.has_party(sender.user()) || (!parties.is_answered() && sender.is_staff());
    if (!may_end) return fail(ErrorCode::forbidden, "only a party ends a call");

    direct_calls_.end(message.call);
    announce_end(message.call, parties, sender.user(), message.reason, &message.room);
    return Sequence{};
}

LiveIsland::Handled LiveIsland::on(Session&, const CallRejected&) { return Sequence{}; }

void LiveIsland::announce_end(const ContactId& call, const DirectCall& parties, const UserId& ended_by, const std::optional<std::string>& reason,
                              const RoomId* room) {
    courier_.begin();
    courier_.add_user(parties.owner, every_session);
    if (parties.is_answered()) courier_.add_user(parties.partner, every_session);
    if (room != nullptr) {
        courier_.add_room(*room, [&](const Session& other) { return other.is_staff() && !direct_calls_.is_busy(other.user(), call); });
    }
    courier_.send(notice::CallEnded{call, ended_by, reason}, {});
}

}  // namespace calldocker::app
