#include <algorithm>
#include <stdexcept>

#include "app/codec/codec.hpp"
#include "app/live_island.hpp"

/// What the island does when its log fails: rooms and relays go on, commands get `unavailable`, what could not be written
/// has never happened. Each step that runs from a completion ends by telling the outbox something, which is the server's
/// cue to ask for next_deadline() again.
namespace calldocker::app {

using namespace domain;

void LiveIsland::broken() {
    unwritten_.clear();
    changes_ = {};
    snapshot_.reset();
    is_stale_ = true;
    load();
}

void LiveIsland::load() {
    log_.load(company_, [self = std::weak_ptr(self_)](const Result<ports::History>& history) {
        if (const auto island = self.lock()) (*island)->loaded(history);
    });
}

void LiveIsland::loaded(const Result<ports::History>& history) {
    if (!history) return wait_for_the_log();
    auto state = codec::replay(*history);
    // The log is there and cannot be understood, which no wait repairs. The owner of the island drops it, and says so.
    if (!state) throw std::runtime_error("the log cannot be read: " + state.error().detail);
    state_ = std::move(*state);
    is_stale_ = false;
    held_offers_.retain([&](const ContactId& call) { return state_.contact(call) != nullptr; });
    opened_from_.retain([&](const ContactId& call) { return state_.contact(call) != nullptr; });
    std::erase_if(named_in_, [&](const auto& named) { return state_.contact(named.first) == nullptr; });
    snapshot_at_ = history->snapshot ? history->snapshot->sequence : Sequence{};
    outbox_.fall_back(state_.sequence());
    // A log that has taken nothing since the last break would break again at once, and so would everybody's session.
    if (resumed_at_ && *resumed_at_ == state_.sequence()) return wait_for_the_log();
    log_pause_ = {};
    resume();
}

void LiveIsland::wait_for_the_log() {
    log_pause_ = std::clamp(2 * log_pause_, log_pause_first, log_pause_longest);
    try_again_at_ = now_ + log_pause_;
    outbox_.release(journal_.durable());
}

void LiveIsland::try_again() {
    try_again_at_.reset();
    if (is_stale_) {
        load();
    } else {
        resume();
    }
}

void LiveIsland::resume() {
    resumed_at_ = state_.sequence();
    journal_.restart(state_.sequence());
    catch_up();
    outbox_.release(journal_.durable());
}

}  // namespace calldocker::app
