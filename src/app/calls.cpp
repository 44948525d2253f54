#include "app/live_island.hpp"

namespace calldocker::app {

using namespace domain;

LiveIsland::Handled LiveIsland::on(Session& sender, const CallStarted& message) {
    if (!sender.is_in(message.room)) return Sequence{};
    if (const Contact* contact = state_.contact(message.call)) {
        if (contact->visitor == sender.user()) named_in_[message.call] = message.room;
    } else {
        if (auto named = name_direct_call(sender, message.call, message.room, {}); !named) return fail(named.error());
    }
    courier_.to_room(message.room, notice::CallStarted{message.call, sender.user(), message.call_type}, {},
                     [&](const Session& other) { return presence_.sees(other, sender.user()); });
    return Sequence{};
}

LiveIsland::Handled LiveIsland::on(Session& sender, const CallEnded& message) {
    if (!sender.is_in(message.room)) return Sequence{};
    if (state_.contact(message.call) != nullptr) return end_contact(sender, message.call, message.reason, message.room);
    const DirectCall* known = direct_calls_.find(message.call);
    // Pages that say goodbye to a goodbye must not set off another one.
    if (known == nullptr && state_.has_ended(message.call)) return Sequence{};
    // A call that nobody has named has one party that we know of: who speaks of it.
    const DirectCall parties = known == nullptr ? DirectCall{sender.user(), {}, {}, {}} : *known;
    direct_calls_.end(message.call);
    announce_end(message.call, parties, sender.user(), message.reason, &message.room);
    return Sequence{};
}

LiveIsland::Handled LiveIsland::on(Session&, const CallRejected&) { return Sequence{}; }

LiveIsland::Handled LiveIsland::end_contact(Session& sender, const ContactId& call, const std::optional<std::string>& reason,
                                            const std::optional<RoomId>& room) {
    changes_.ended_in = room;
    return perform(sender.user(), command::End{call, {sender.user(), sender.identity.role, reason.value_or("")}});
}

void LiveIsland::announce_end(const ContactId& call, const DirectCall& parties, const UserId& ended_by,
                              const std::optional<std::string>& reason, const RoomId* room) {
    courier_.begin();
    courier_.add_user(parties.owner, every_session);
    if (parties.is_answered()) courier_.add_user(parties.partner, every_session);
    if (room != nullptr) add_idle_staff(*room, call);
    courier_.send(notice::CallEnded{call, ended_by, reason}, {});
}

/// The original pages hang up on any `call_ended`, so that staff in another call must not hear of this one.
void LiveIsland::add_idle_staff(const RoomId& room, const ContactId& call) {
    courier_.add_room(room, [&](const Session& other) {
        return other.is_staff() && !direct_calls_.is_busy(other.user(), call) && !state_.is_working(other.user(), &call);
    });
}

void LiveIsland::end_lost_calls() {
    for (const auto& lost : direct_calls_.expire(now_)) announce_end(lost.call, lost.parties, lost.who, "connection_lost", nullptr);
}

}  // namespace calldocker::app
