#include <algorithm>

#include "app/live_island.hpp"
#include "app/live_view.hpp"

/// What supervisors do, and who is one of whom.
namespace calldocker::app {

using namespace domain;

/// Admins of everybody; supervisors of their teams, or of everybody where no teams are set up for them.
bool LiveIsland::supervises(const Session& sender, const UserId& agent) const {
    if (sender.identity.role == Role::admin) return true;
    if (sender.identity.role != Role::supervisor) return false;
    const AgentProfile* own = state_.configuration().profile(sender.user());
    if (own == nullptr || own->teams.empty()) return true;
    const AgentProfile* theirs = state_.configuration().profile(agent);
    return theirs != nullptr && std::any_of(theirs->teams.begin(), theirs->teams.end(), [&](const std::string& team) {
               return std::find(own->teams.begin(), own->teams.end(), team) != own->teams.end();
           });
}

bool LiveIsland::supervises_contact(const Session& sender, const ContactId& call) const {
    const bool is_supervisor = sender.identity.role == Role::admin || sender.identity.role == Role::supervisor;
    const Contact* contact = state_.contact(call);
    if (!is_supervisor || contact == nullptr) return false;
    return !contact->has_agent() || supervises(sender, contact->agent);
}

LiveIsland::Handled LiveIsland::on(Session& sender, const ReassignContact& message) {
    if (!supervises_contact(sender, message.call)) return fail(ErrorCode::forbidden, "only supervisors of its agent");
    return hand_over(sender, message.call, {{}, message.agent}, {});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const SuperviseContact& message) {
    if (!supervises_contact(sender, message.call)) return fail(ErrorCode::forbidden, "only supervisors of its agent");
    return perform(sender.user(), command::Supervise{message.call, accepting(sender), message.mode});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const TakeOverContact& message) {
    if (!supervises_contact(sender, message.call)) return fail(ErrorCode::forbidden, "only supervisors of its agent");
    return perform(sender.user(), command::TakeOver{message.call, accepting(sender)});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const ForceIntent& message) {
    if (!supervises(sender, message.agent)) return fail(ErrorCode::forbidden, "only the agent's supervisors");
    if (!state_.agent(message.agent).is_signed_in()) return fail(ErrorCode::not_found, "nobody of this name is signed in");
    return perform(
        sender.user(),
        command::SetIntent{
            message.agent, Role::agent, message.intent, message.reason.value_or(""), {sender.user(), sender.identity.name}, message.note});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const WatchLive& message) {
    if (sender.identity.role != Role::supervisor && sender.identity.role != Role::admin)
        return fail(ErrorCode::forbidden, "only supervisors watch");
    sender.watches_live = message.watch;
    if (message.watch) show_live(sender);
    return so_far();
}

LiveIsland::Handled LiveIsland::on(Session& sender, const GetDirectory&) {
    if (!sender.is_staff()) return fail(ErrorCode::forbidden, "only staff");
    courier_.to(sender.key, notice::DirectoryTold{directory_of(state_, presence_)}, state_.sequence());
    return so_far();
}

void LiveIsland::show_live(const Session& watcher) {
    const auto mine = [&](const UserId& agent) { return supervises(watcher, agent); };
    courier_.to(watcher.key, notice::LiveState{live_view_of(state_, presence_, mine, now_)}, state_.sequence());
}

void LiveIsland::show_live_to_all() {
    for (const auto& [key, session] : presence_.sessions())
        if (session.watches_live && session.is_attached()) show_live(session);
}

}  // namespace calldocker::app
