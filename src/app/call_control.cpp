#include "app/live_island.hpp"
#include "domain/company/follow_up.hpp"
#include "domain/routing/route.hpp"

/// What agents do with the contacts that they have.
namespace calldocker::app {

using namespace domain;

LiveIsland::Handled LiveIsland::on(Session& sender, const HoldContact& message) {
    return perform(sender.user(), command::Hold{message.call, sender.user()});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const ResumeContact& message) {
    return perform(sender.user(), command::Resume{message.call});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const domain::SetMuted& message) {
    return perform(sender.user(), command::SetMuted{message.call, sender.user(), message.muted});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const SendKeypad& message) {
    const Contact* contact = state_.contact(message.call);
    if (contact == nullptr) return fail(state_.has_ended(message.call) ? ErrorCode::gone : ErrorCode::not_found, "no such contact");
    const auto party = who_presses(*contact, sender.user());
    if (!party) return fail(party.error());
    const bool from_visitor = *party == Party::visitor;
    const Endpoint& other = contact->side(from_visitor ? Party::agent : Party::visitor).endpoint;
    const Sequence after = where_known(message.call);
    // Original pages know no keypad; of version 2 the session that carries the media hears it.
    courier_.to_user(from_visitor ? contact->agent : contact->visitor, notice::Keypad{message.call, *party, message.digits}, after,
                     [&](const Session& session) { return session.version == 2 && session.id == other.session; });
    return after;
}

LiveIsland::Handled LiveIsland::on(Session& sender, const SendChat& message) {
    return perform(sender.user(), command::Say{message.call, {sender.user(), sender.identity.name}, message.text});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const GetChat& message) {
    const Contact* contact = state_.contact(message.call);
    if (contact == nullptr) return fail(ErrorCode::not_found, "no such contact");
    courier_.to(sender.key, notice::ChatHistory{message.call, contact->chat}, state_.sequence());
    return so_far();
}

LiveIsland::Handled LiveIsland::on(Session& sender, const domain::SetNotes& message) {
    return perform(sender.user(), command::SetNotes{message.call, {sender.user(), sender.identity.name}, message.notes, now_});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const domain::SetDisposition& message) {
    return perform(sender.user(), command::SetDisposition{message.call, {sender.user(), sender.identity.name}, message.disposition, now_});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const TransferContact& message) {
    return hand_over(sender, message.call, message.to, message.note);
}

LiveIsland::Handled LiveIsland::hand_over(Session& sender, const ContactId& call, const Destination& to, const std::string& note) {
    if (to.agent && !is_routable(state_, presence_, *to.agent)) return fail(ErrorCode::conflict, "the agent is not free");
    return perform(sender.user(), command::Transfer{call, sender.user(), to, note});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const RequeueContact& message) {
    if (message.queue) return hand_over(sender, message.call, {message.queue, {}}, {});
    return perform(sender.user(), command::Requeue{message.call});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const domain::Consult& message) {
    const Contact* contact = state_.contact(message.call);
    if (contact == nullptr) return fail(ErrorCode::not_found, "no such contact");
    std::optional<UserId> whom = message.whom.agent;
    if (message.whom.queue) {
        const Queue* queue = state_.configuration().queue(*message.whom.queue);
        if (queue == nullptr) return fail(ErrorCode::not_found, "no such queue");
        whom = next_agent(state_, presence_, *queue, *contact, now_);
        if (!whom) return fail(ErrorCode::conflict, "nobody of this queue is free");
    } else if (!whom || !is_routable(state_, presence_, *whom)) {
        return fail(ErrorCode::conflict, "the agent is not free");
    }
    return perform(sender.user(), command::Consult{message.call, sender.user(), *whom, message.note});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const CancelConsult& message) {
    return perform(sender.user(), command::CancelConsult{message.call});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const CompleteTransfer& message) {
    return perform(sender.user(), command::CompleteTransfer{message.call});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const StartConference& message) {
    return perform(sender.user(), command::StartConference{message.call});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const ExtendWrapUp& message) {
    return perform(sender.user(), command::ExtendWrapUp{message.call, sender.user()});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const domain::EndWrapUp& message) {
    return perform(sender.user(), command::EndWrapUp{message.call, message.agent.value_or(sender.user())});
}

}  // namespace calldocker::app
