#include "app/codec/codec.hpp"
#include "app/live_island.hpp"
#include "domain/company/follow_up.hpp"
#include "domain/presence/limits.hpp"

namespace calldocker::app {

using namespace domain;

LiveIsland::Handled LiveIsland::perform(const UserId& actor, const Command& command) {
    auto facts = decide(state_, command);
    if (!facts) {
        changes_ = {};
        return fail(std::move(facts.error()));
    }
    if (!can_write()) {
        changes_ = {};
        if (facts->empty()) return state_.sequence();
        return fail(ErrorCode::unavailable, "Service unavailable: the company's log cannot be written");
    }
    record(*facts, actor);
    conclude();
    return state_.sequence();
}

void LiveIsland::record(const Facts& facts, const UserId& actor) {
    for (const Fact& fact : facts) {
        const Event event{next(state_.sequence()), now_, actor, std::exchange(command_key_, {}), fact};
        changes_.note(state_, event);
        apply(state_, event);
        unwritten_.push_back(codec::to_stored(event));
    }
}

void LiveIsland::record_by_system(const Facts& facts) { record(facts, UserId{system_actor}); }

void LiveIsland::conclude() {
    const std::set<UserId> busy = changes_.agents;
    for (const UserId& agent : busy) record_by_system(consequences_for(state_, presence_, agent, now_));
    Routing routing = route(state_, presence_, now_);
    record_by_system(routing.facts);
    look_again_ = routing.look_again;

    if (!unwritten_.empty()) journal_.append(std::exchange(unwritten_, {}));
    if (value_of(state_.sequence()) - value_of(snapshot_at_) >= events_per_snapshot) {
        snapshot_at_ = state_.sequence();
        journal_.snapshot(codec::to_stored(state_, now_));
    }
    announce();
}

void LiveIsland::presence_changed(const UserId& user) {
    if (!can_write()) return announce();
    record_by_system(consequences_for(state_, presence_, user, now_));
    conclude();
}

void LiveIsland::expect_everybody() {
    std::set<UserId> users;
    for (const auto& [user, agent] : state_.agents()) {
        if (presence_.is_here(user)) continue;
        presence_.expect(user, now_ + restart_grace);
        reviews_.emplace(now_ + restart_grace, user);
    }
    for (const auto& [call, contact] : state_.contacts()) {
        users.insert(contact.visitor);
        if (contact.has_agent()) users.insert(contact.agent);
        for (const auto& [agent, since] : contact.offered) users.insert(agent);
    }
    for (const UserId& user : users) record_by_system(consequences_for(state_, presence_, user, now_));
    for (const auto& [user, sessions] : presence_.staff()) changes_.agents.insert(user);
    conclude();
}

void LiveIsland::broken() {
    // What was applied in memory and not written has never happened.
    unwritten_.clear();
    changes_ = {};
    if (recovered_from_ == journal_.durable()) write_again_at_ = now_ + log_pause;
    reload();
}

void LiveIsland::reload() {
    reload_at_.reset();
    log_.load(company_, [self = std::weak_ptr(self_)](Result<ports::History> history) {
        if (const auto island = self.lock()) (*island)->reloaded(std::move(history));
    });
}

void LiveIsland::reloaded(Result<ports::History> history) {
    auto state = history ? codec::replay(*history) : Result<State>(fail(history.error()));
    if (!state) {
        reload_at_ = now_ + log_pause;
        return;
    }
    state_ = std::move(*state);
    held_offers_.retain([&](const ContactId& call) { return state_.contact(call) != nullptr; });
    snapshot_at_ = history->snapshot ? history->snapshot->sequence : Sequence{};
    journal_.restart(state_.sequence());
    recovered_from_ = state_.sequence();
    outbox_.fall_back(state_.sequence());
    if (can_write()) catch_up();
}

void LiveIsland::catch_up() {
    expect_everybody();
    for (const auto& [user, sessions] : std::map(presence_.staff()))
        if (can_write() && is_original_agent(user)) start_work(user);
}

}  // namespace calldocker::app
