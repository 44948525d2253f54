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
    return perform(sender.user(), command::Resume{message.call, sender.user()});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const domain::SetMuted& message) {
    return perform(sender.user(), command::SetMuted{message.call, sender.user(), message.muted});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const SendKeypad& message) {
    return perform(sender.user(), command::PressKeys{message.call, sender.user(), message.digits});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const SendChat& message) {
    return perform(sender.user(), command::Say{message.call, {sender.user(), sender.identity.name}, message.text});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const GetChat& message) {
    const Contact* contact = state_.contact(message.call);
    if (contact == nullptr || !state_.contacts_of(sender.user()).contains(message.call))
        return fail(ErrorCode::not_found, "no such contact");
    courier_.to(sender.key, notice::ChatHistory{message.call, contact->chat}, state_.sequence());
    return so_far();
}

LiveIsland::Handled LiveIsland::on(Session& sender, const domain::SetNotes& message) {
    return perform(sender.user(), command::SetNotes{message.call, {sender.user(), sender.identity.name}, message.notes});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const domain::SetDisposition& message) {
    return perform(sender.user(), command::SetDisposition{message.call, {sender.user(), sender.identity.name}, message.disposition});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const TransferContact& message) {
    return hand_over(sender, message.call, message.to, message.note);
}

LiveIsland::Handled LiveIsland::hand_over(Session& sender, const ContactId& call, const Destination& to, const std::string& note) {
    if (!sender.is_staff()) return fail(ErrorCode::forbidden, "only staff hand contacts over");
    if (to.agent && !is_routable(state_, presence_, *to.agent)) return fail(ErrorCode::conflict, "the agent is not free");
    return perform(sender.user(), command::Transfer{call, sender.user(), supervises_contact(sender, call), to, note});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const RequeueContact& message) {
    if (message.queue) return hand_over(sender, message.call, {message.queue, {}}, {});
    if (!sender.is_staff()) return fail(ErrorCode::forbidden, "only staff hand contacts over");
    return perform(sender.user(), command::Requeue{message.call, sender.user(), supervises_contact(sender, message.call)});
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
    return perform(sender.user(), command::CancelConsult{message.call, sender.user()});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const CompleteTransfer& message) {
    return perform(sender.user(), command::CompleteTransfer{message.call, sender.user()});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const StartConference& message) {
    return perform(sender.user(), command::StartConference{message.call, sender.user()});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const ExtendWrapUp& message) {
    return perform(sender.user(), command::ExtendWrapUp{message.call, sender.user()});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const domain::EndWrapUp& message) {
    const UserId agent = message.agent.value_or(sender.user());
    if (agent != sender.user() && !supervises(sender, agent)) return fail(ErrorCode::forbidden, "only the agent's supervisors");
    return perform(sender.user(), command::EndWrapUp{message.call, agent});
}

}  // namespace calldocker::app
