#include "app/live_island.hpp"

#include <algorithm>

#include "app/codec/codec.hpp"
#include "app/views.hpp"
#include "domain/company/follow_up.hpp"
#include "domain/presence/limits.hpp"

namespace calldocker::app {

using namespace domain;

Result<std::unique_ptr<Island>> Island::open(CompanyId company, const ports::History& history, ports::EventLog& log, Outbox& outbox,
                                             Instant now) {
    auto state = codec::replay(history);
    if (!state) return fail(std::move(state.error()));
    const Sequence snapshot_at = history.snapshot ? history.snapshot->sequence : Sequence{};
    return std::make_unique<LiveIsland>(std::move(company), std::move(*state), snapshot_at, log, outbox, now);
}

LiveIsland::LiveIsland(CompanyId company, State state, Sequence snapshot_at, ports::EventLog& log, Outbox& outbox, Instant now)
    : company_(std::move(company)),
      log_(log),
      outbox_(outbox),
      state_(std::move(state)),
      courier_(outbox, presence_),
      journal_(company_, log, outbox, state_.sequence(), [this] { broken(); }),
      now_(now),
      snapshot_at_(snapshot_at),
      self_(std::make_shared<LiveIsland*>(this)) {
    outbox_.release(state_.sequence());
    catch_up();
}

void LiveIsland::join(const NewSession& session, Instant now) {
    now_ = std::max(now_, now);
    const UserId& user = session.identity.user;
    direct_calls_.returned(user);
    presence_.add(
        {.key = session.key, .id = session.id, .identity = session.identity, .version = session.version, .detached_at = {}, .rooms = {}});
    presence_changed(user);
}

void LiveIsland::detach(SessionKey session, Instant now) {
    now_ = std::max(now_, now);
    Session* found = presence_.find(session);
    if (found == nullptr || !found->is_attached()) return;
    found->detached_at = now_;
    reviews_.emplace(now_ + offer_grace, found->user());
    presence_changed(found->user());
}

void LiveIsland::attach(SessionKey session, Instant now) {
    now_ = std::max(now_, now);
    Session* found = presence_.find(session);
    if (found == nullptr) return;
    found->detached_at.reset();
    presence_changed(found->user());
}

void LiveIsland::leave(SessionKey session, Instant now) {
    now_ = std::max(now_, now);
    Session* found = presence_.find(session);
    if (found == nullptr) return;
    const UserId user = found->user();
    const std::vector<RoomId> rooms = found->rooms;
    for (const RoomId& room : rooms) leave_room(*found, room);
    presence_.remove(session);
    if (!presence_.is_here(user)) direct_calls_.departed(user, now_);
    presence_changed(user);
}

void LiveIsland::handle(SessionKey session, const ClientMessage& message, const std::optional<CommandId>& id, Instant now) {
    now_ = std::max(now_, now);
    Session* sender = presence_.find(session);
    if (sender == nullptr) return;
    command_key_ = id ? command_key(sender->id, *id) : std::string{};
    if (id && state_.has_had_effect(command_key_)) {
        courier_.to(session, notice::Acknowledged{*id}, state_.sequence());
        return;
    }
    const Handled handled = std::visit([&](const auto& content) { return on(*sender, content); }, message);
    command_key_.clear();
    if (!handled) {
        courier_.to(session, notice::Failed{handled.error().detail, {}, handled.error().code, id});
    } else if (id) {
        courier_.to(session, notice::Acknowledged{*id}, *handled);
    }
}

Island::View LiveIsland::view(SessionKey session) const {
    const Session* viewer = presence_.find(session);
    if (viewer == nullptr) return {};
    return {snapshot_of(*viewer, state_, presence_, held_offers_), state_.sequence()};
}

bool LiveIsland::in_live_contact(const UserId& user) const { return !state_.contacts_of(user).empty(); }

std::optional<Instant> LiveIsland::next_deadline() const {
    std::optional<Instant> earliest = direct_calls_.next_deadline();
    const auto consider = [&](std::optional<Instant> due) {
        if (due && (!earliest || *due < *earliest)) earliest = due;
    };
    if (journal_.is_broken()) {
        consider(try_again_at_);
        return earliest;
    }
    consider(look_again_);
    if (!state_.deadlines().empty()) consider(state_.deadlines().begin()->first);
    if (!reviews_.empty()) consider(reviews_.begin()->first);
    return earliest;
}

void LiveIsland::tick(Instant now) {
    now_ = std::max(now_, now);
    end_lost_calls();
    if (try_again_at_ && *try_again_at_ <= now_) try_again();
    if (journal_.is_broken()) return;
    for (Facts facts = expired(state_, now_); !facts.empty(); facts = expired(state_, now_)) record_by_system(facts);
    while (!reviews_.empty() && reviews_.begin()->first <= now_) {
        const UserId user = reviews_.begin()->second;
        reviews_.erase(reviews_.begin());
        presence_.give_up(user, now_);
        record_by_system(consequences_for(state_, presence_, user, now_));
    }
    conclude();
}

bool LiveIsland::is_idle() const {
    return presence_.sessions().empty() && state_.contacts().empty() && !journal_.has_unwritten() && !journal_.is_broken();
}

Island::Figures LiveIsland::figures() const {
    Figures figures{.sessions = presence_.sessions().size(), .rooms = presence_.room_count(), .contacts_waiting = state_.waiting().size()};
    for (const auto& [call, contact] : state_.contacts())
        if (contact.state == ContactState::connected) ++figures.contacts_connected;
    for (const auto& [user, agent] : state_.agents())
        if (agent.intent == Intent::available && presence_.is_here(user) && !state_.is_working(user)) ++figures.agents_available;
    return figures;
}

}  // namespace calldocker::app
