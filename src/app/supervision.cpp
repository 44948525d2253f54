#include "domain/permissions/supervision.hpp"

#include "app/live_island.hpp"
#include "app/live_view.hpp"

/// What supervisors do.
namespace calldocker::app {

using namespace domain;

LiveIsland::Handled LiveIsland::on(Session& sender, const ReassignContact& message) {
    return hand_over(sender, message.call, {{}, message.agent}, {});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const SuperviseContact& message) {
    return perform(sender.user(), command::Supervise{message.call, accepting(sender), message.mode});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const TakeOverContact& message) {
    return perform(sender.user(), command::TakeOver{message.call, accepting(sender)});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const ForceIntent& message) {
    if (!state_.agent(message.agent).is_signed_in()) return fail(ErrorCode::not_found, "nobody of this name is signed in");
    return perform(sender.user(),
                   command::SetIntent{
                       message.agent, message.intent, message.reason.value_or(""), {sender.user(), sender.identity.name}, message.note});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const WatchLive& message) {
    if (!message.watch) {
        presence_.stop_watching(sender.key);
        return so_far();
    }
    presence_.watch(sender.key);
    show_live(sender);
    return so_far();
}

LiveIsland::Handled LiveIsland::on(Session& sender, const GetDirectory&) {
    courier_.to(sender.key, notice::DirectoryTold{directory_of(state_, presence_)}, state_.sequence());
    return so_far();
}

void LiveIsland::show_live(const Session& watcher) {
    const Supervision mine(watcher.identity, state_.configuration());
    courier_.to(watcher.key, notice::LiveState{live_view_of(state_, presence_, mine, now_)}, state_.sequence());
}

void LiveIsland::show_live_to_all() {
    for (const SessionKey key : presence_.watchers())
        if (const Session& watcher = *presence_.find(key); watcher.is_attached()) show_live(watcher);
}

}  // namespace calldocker::app
