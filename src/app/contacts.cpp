#include "app/live_island.hpp"
#include "base/require.hpp"
#include "domain/presence/limits.hpp"

namespace calldocker::app {

using namespace domain;

LiveIsland::Handled LiveIsland::on(Session& sender, const SetAgentIntent& message) {
    return perform(sender.user(), command::SetIntent{sender.user(), message.intent, message.reason.value_or(""), {}, {}});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const domain::CancelNextIntent&) {
    return perform(sender.user(), command::CancelNextIntent{sender.user()});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const SetMediaReady& message) {
    if (sender.media_ready != message.ready) sender.media_since = now_;
    sender.media_ready = message.ready;
    if (!message.ready) reviews_.emplace(now_ + media_missing_grace, sender.user());
    changes_.agents.insert(sender.user());
    presence_changed(sender.user());
    return so_far();
}

LiveIsland::Handled LiveIsland::on(Session& sender, const AcceptContact& message) {
    const bool was_waiting = state_.contact(message.call) != nullptr && state_.contact(message.call)->is_waiting();
    auto accepted = perform(sender.user(), command::Accept{message.call, accepting(sender)});
    if (accepted && was_waiting) hand_over_offer(message.call);
    return accepted;
}

/// The offer that the visitor made to the queue goes to the session whose accept has won.
void LiveIsland::hand_over_offer(const ContactId& call) {
    const Contact* contact = state_.contact(call);
    const std::string offer(held_offers_.held(call));
    if (contact == nullptr || offer.empty()) return;
    held_offers_.delivered(call);
    courier_.begin();
    add_endpoint(*contact, contact->agent);
    courier_.send(notice::Offer{contact->visitor, offer, call}, state_.sequence());
}

LiveIsland::Handled LiveIsland::on(Session& sender, const DeclineContact& message) {
    return perform(sender.user(), command::Decline{message.call, sender.user(), message.reason.value_or("")});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const MediaState& message) {
    return perform(sender.user(), command::ReportMedia{message.call, sender.user(), sender.id, message.up});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const CallbackReached& message) {
    return perform(sender.user(), command::Reached{message.call});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const domain::ClaimMedia& message) {
    return perform(sender.user(), command::ClaimMedia{message.call, sender.user(), endpoint_of(sender)});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const EndContact& message) {
    return end_contact(sender, message.call, message.reason, {});
}

// The gateway answers these; that one comes here is a bug of the program's, not of a client's.
LiveIsland::Handled LiveIsland::on(Session&, const Ping&) {
    require(false, "ping is the gateway's");
    return Sequence{};
}
LiveIsland::Handled LiveIsland::on(Session&, const RefreshToken&) {
    require(false, "refresh_token is the gateway's");
    return Sequence{};
}
LiveIsland::Handled LiveIsland::on(Session&, const GetIceServers&) {
    require(false, "get_ice_servers is the gateway's");
    return Sequence{};
}

}  // namespace calldocker::app
