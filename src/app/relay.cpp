#include "app/live_island.hpp"

namespace calldocker::app {

using namespace domain;

namespace {

/// Rooms are told from users by their name, as the original pages expect (docs/protocol.md, version 1).
bool names_room(const std::string& target, const Presence& presence) {
    if (target == agent_room || target == public_calls_room) return true;
    return target.find("room") != std::string::npos && !presence.is_here(UserId{target});
}

}  // namespace

std::optional<UserId> LiveIsland::addressee(const std::string& target, const std::optional<ContactId>& call) const {
    if (target != anonymous_target) return UserId{target};
    if (call) {
        const DirectCall* named = direct_calls_.find(*call);
        return named == nullptr ? std::nullopt : std::optional{named->owner};
    }
    const UserId* only = presence_.only_anonymous_customer();
    return only == nullptr ? std::nullopt : std::optional{*only};
}

void LiveIsland::relay(const Session& sender, const std::optional<UserId>& target, const std::optional<ContactId>&, const Notice& notice) {
    if (!target || !presence_.may_address(sender, *target)) return;
    courier_.to(presence_.sessions_of(*target), notice);
}

LiveIsland::Handled LiveIsland::on(Session& sender, const WebrtcOffer& message) {
    if (message.call) {
        if (auto named = direct_calls_.name(*message.call, sender.user()); !named) return fail(named.error());
    }
    const Notice offer = notice::Offer{sender.user(), message.offer, message.call};
    if (names_room(message.target, presence_)) {
        courier_.to_room(RoomId{message.target}, offer, {}, [&](const Session& other) { return presence_.sees(other, sender.user()); });
    } else {
        relay(sender, addressee(message.target, message.call), message.call, offer);
    }
    courier_.to(sender.key, notice::OfferSent{message.target, message.call});
    return Sequence{};
}

LiveIsland::Handled LiveIsland::on(Session& sender, const WebrtcAnswer& message) {
    const auto target = addressee(message.target, message.call);
    if (message.call && target) {
        const DirectCall* call = direct_calls_.find(*message.call);
        if (call != nullptr && call->owner == *target) {
            if (auto answered = direct_calls_.answer(*message.call, sender.user()); !answered) return fail(answered.error());
        }
    }
    relay(sender, target, message.call, notice::Answer{sender.user(), message.answer, message.call});
    courier_.to(sender.key, notice::AnswerSent{message.target, message.call});
    return Sequence{};
}

LiveIsland::Handled LiveIsland::on(Session& sender, const IceCandidate& message) {
    relay(sender, addressee(message.target, message.call), message.call, notice::Candidate{sender.user(), message.candidate, message.call});
    return Sequence{};
}

}  // namespace calldocker::app
