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
    show_live({sender.key});
    return so_far();
}

LiveIsland::Handled LiveIsland::on(Session& sender, const GetDirectory&) {
    courier_.to(sender.key, notice::DirectoryTold{directory_of(state_, presence_)}, state_.sequence());
    return so_far();
}

/// Watchers who look after the same agents are shown the same.
void LiveIsland::show_live(const std::vector<SessionKey>& watchers) {
    std::map<Supervision::Extent, std::vector<SessionKey>> by_extent;
    for (const SessionKey key : watchers)
        if (const Session& watcher = *presence_.find(key); watcher.is_attached())
            by_extent[Supervision(watcher.identity, state_.configuration()).extent()].push_back(key);
    if (by_extent.empty()) return;
    const LiveFigures figures(state_, presence_, now_);
    for (const auto& [extent, group] : by_extent) {
        const Supervision mine(presence_.find(group.front())->identity, state_.configuration());
        courier_.to(group, notice::LiveState{figures.shown_to(mine)}, state_.sequence());
    }
}

Result<Island::Cleared> LiveIsland::clear(const Identity& by, Waiting what, bool strangers_only, Instant now) {
    now_ = std::max(now_, now);
    if (by.role != Role::supervisor && by.role != Role::admin) return fail(ErrorCode::forbidden, "only supervisors and admins");
    if (journal_.is_broken()) return fail(ErrorCode::unavailable, "Service unavailable: the company's log cannot be written");
    const auto is_wanted = [&](const Contact& contact) {
        const bool waits = (contact.is_in_queue() || contact.state == ContactState::prequeue) && !contact.has_agent();
        const Waiting kind = contact.is_voicemail() ? Waiting::messages : contact.callback ? Waiting::callbacks : Waiting::calls;
        const bool is_stranger = is_made_up(contact.visitor) && state_.served_by(contact.visitor) == nullptr;
        return waits && kind == what && (is_stranger || !strangers_only);
    };
    std::vector<const Contact*> wanted;
    for (const auto& [call, contact] : state_.contacts())
        if (is_wanted(contact)) wanted.push_back(&contact);
    std::sort(wanted.begin(), wanted.end(), [](const Contact* a, const Contact* b) { return a->number < b->number; });

    Cleared cleared{std::min(wanted.size(), cleared_at_once_max), 0, {}};
    cleared.left = wanted.size() - cleared.ended;
    wanted.resize(cleared.ended);
    Facts facts;
    for (const Contact* contact : wanted) {
        auto decided = decide(state_, command::End{contact->call, {by.user, by.role, "cleared"}});
        if (!decided) return fail(decided.error());
        facts.insert(facts.end(), std::make_move_iterator(decided->begin()), std::make_move_iterator(decided->end()));
    }
    record(facts, by.user, {});
    conclude();
    cleared.after = state_.sequence();
    return cleared;
}

}  // namespace calldocker::app
