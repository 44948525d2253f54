#include "app/live_island.hpp"

#include <algorithm>

#include "app/codec/codec.hpp"
#include "app/views.hpp"
#include "domain/company/follow_up.hpp"
#include "domain/presence/limits.hpp"

namespace calldocker::app {

using namespace domain;

Result<std::unique_ptr<Island>> Island::open(CompanyId company, const ports::History& history, IslandPorts ports, Instant now) {
    auto state = codec::replay(history);
    if (!state) return fail(std::move(state.error()));
    const Sequence snapshot_at = history.snapshot ? history.snapshot->sequence : Sequence{};
    return std::make_unique<LiveIsland>(std::move(company), std::move(*state), snapshot_at, ports, now);
}

LiveIsland::LiveIsland(CompanyId company, State state, Sequence snapshot_at, IslandPorts ports, Instant now)
    : company_(std::move(company)),
      budgets_(ports.budgets),
      log_(ports.log),
      outbox_(ports.outbox),
      tally_(ports.tally),
      state_(std::move(state)),
      presence_(ports.rooms_per_session_max),
      courier_(ports.outbox, presence_),
      journal_(company_, ports.log, ports.outbox, state_.sequence(), [this] { broken(); }),
      clockwork_(ports.zones),
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
    presence_.add({.key = session.key,
                   .id = session.id,
                   .identity = session.identity,
                   .version = session.version,
                   .address = session.address,
                   .detached_at = {},
                   .media_since = now_,
                   .rooms = {}});
    if (is_staff(session.identity.role)) reviews_.emplace(now_ + media_missing_grace, user);
    presence_changed(user);
}

void LiveIsland::detach(SessionKey session, Instant now) {
    now_ = std::max(now_, now);
    Session* found = presence_.find(session);
    if (found == nullptr || !found->is_attached()) return;
    found->detached_at = now_;
    const UserId& user = found->user();
    const bool is_last = !presence_.has_session(user, [](const Session& other) { return other.is_attached(); });
    if (is_last && found->is_staff()) presence_.miss(user, now_);
    review_later(user, now_);
    presence_changed(user);
}

void LiveIsland::expire(SessionKey session, Instant now) {
    now_ = std::max(now_, now);
    Session* found = presence_.find(session);
    if (found == nullptr) return;
    found->has_expired = true;
    presence_changed(found->user());
}

void LiveIsland::attach(SessionKey session, AddressKey address, Instant now) {
    now_ = std::max(now_, now);
    Session* found = presence_.find(session);
    if (found == nullptr) return;
    found->detached_at.reset();
    found->address = address;
    presence_.forget(found->user());
    presence_changed(found->user());
}

void LiveIsland::leave(SessionKey session, Instant now) {
    now_ = std::max(now_, now);
    Session* found = presence_.find(session);
    if (found == nullptr) return;
    const UserId user = found->user();
    const std::vector<RoomId> rooms = found->rooms;
    for (const RoomId& room : rooms) leave_room(*found, room);
    // Who closes a connected session has left; a session whose connection is lost is only forgotten.
    if (found->is_attached()) presence_.forget(user);
    presence_.remove(session);
    if (!presence_.is_here(user)) direct_calls_.departed(user, now_);
    presence_changed(user);
}

void LiveIsland::handle(SessionKey session, const ClientMessage& message, const std::optional<CommandId>& id, Instant now,
                        std::string_view trace) {
    now_ = std::max(now_, now);
    Session* sender = presence_.find(session);
    if (sender == nullptr) return;
    command_key_ = id ? command_key(sender->id, *id) : std::string{};
    if (id && state_.has_had_effect(command_key_)) {
        courier_.to(session, notice::Acknowledged{*id}, state_.sequence());
        return;
    }
    trace_ = trace;
    served_ = sender;
    const auto permitted = permits(session, message, Validity::valid);
    const auto affordable = permitted ? afford(*sender, message) : permitted;
    const Handled handled =
        affordable ? std::visit([&](const auto& content) { return on(*sender, content); }, message) : Handled(fail(affordable.error()));
    served_ = nullptr;
    command_key_.clear();
    trace_ = {};
    if (!handled) {
        courier_.to(session, notice::Failed{handled.error().detail, {}, handled.error().code, id, handled.error().retry_after});
    } else if (id) {
        courier_.to(session, notice::Acknowledged{*id}, *handled);
    }
}

Result<> LiveIsland::permits(SessionKey session, const ClientMessage& message, Validity validity) const {
    const Session* sender = presence_.find(session);
    if (sender == nullptr) return fail(ErrorCode::forbidden, "there is no such session");
    return domain::permits({state_, direct_calls_, named_in_}, *sender, message, validity);
}

Island::View LiveIsland::view(SessionKey session) const {
    const Session* viewer = presence_.find(session);
    if (viewer == nullptr) return {};
    View seen{snapshot_of(*viewer, state_, presence_, held_offers_), state_.sequence()};
    for (ContactView& contact : seen.snapshot.contacts)
        if (const PlaceView* place = places_.of(contact.call)) contact.place = *place;
    return seen;
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
    consider(places_.due());
    consider(clockwork_.next());
    consider(live_due_);
    if (snapshot_) consider(snapshot_goes_on_at_);
    if (!state_.deadlines().empty()) consider(state_.deadlines().begin()->first);
    if (!reviews_.empty()) consider(reviews_.begin()->first);
    return earliest;
}

void LiveIsland::tick(Instant now) {
    now_ = std::max(now_, now);
    end_lost_calls();
    if (try_again_at_ && *try_again_at_ <= now_) try_again();
    if (journal_.is_broken()) return;
    if (const auto change = clockwork_.next(); change && *change <= now_) {
        begin_day();
        record_by_system(clockwork_.due(state_, now_));
    }
    while (!reviews_.empty() && reviews_.begin()->first <= now_) {
        const UserId user = reviews_.begin()->second;
        reviews_.erase(reviews_.begin());
        record_by_system(consequences_for(state_, presence_, user, now_));
    }
    conclude();
    if (snapshot_ && snapshot_goes_on_at_ <= now_) go_on_with_snapshot();
    if (const auto places = places_.due(); places && *places <= now_) tell_places();
    if (live_due_ && *live_due_ <= now_) {
        live_due_.reset();
        live_shown_at_ = now_;
        show_live({presence_.watchers().begin(), presence_.watchers().end()});
    }
}

bool LiveIsland::is_idle() const {
    // An agent who has vanished is signed out after a while, and nobody but this object does it.
    const bool is_over = presence_.sessions().empty() && state_.contacts().empty() && state_.agents().empty();
    return is_over && !journal_.has_unwritten() && !journal_.is_broken();
}

Island::Figures LiveIsland::figures() const {
    Figures figures;
    figures.sessions = presence_.sessions().size();
    figures.rooms = presence_.room_count();
    figures.contacts_waiting = state_.waiting_count();
    for (const auto& [call, contact] : state_.contacts())
        if (contact.is_in_call()) ++figures.contacts_connected;
    for (const auto& [user, agent] : state_.agents())
        if (agent.intent == Intent::available && presence_.is_here(user) && !state_.is_working(user)) ++figures.agents_available;
    return figures;
}

std::vector<std::string> LiveIsland::audit(Instant now) {
    now_ = std::max(now_, now);
    if (const auto due = next_deadline(); due && *due <= now_) tick(now_);
    if (journal_.is_broken()) return {};
    std::vector<std::string> found = auditor_.look_at(state_, now_);
    if (found.empty()) return found;
    if (tally_ != nullptr) tally_->violations += found.size();
    record_by_system(unstick(state_, now_));
    conclude();
    return found;
}

std::string LiveIsland::configuration() const { return codec::to_json(state_.configuration()); }

Result<Sequence> LiveIsland::configure(const Identity& by, std::string_view json, Instant now) {
    now_ = std::max(now_, now);
    if (!may_configure(by)) return fail(ErrorCode::forbidden, "only the company's admins set it up");
    auto wanted = codec::configuration_from_json(json);
    if (!wanted) return fail(wanted.error());
    if (auto known = clockwork_.knows_zones_of(*wanted, now_); !known) return fail(known.error());
    command_key_.clear();
    return perform(by.user, command::Configure{std::move(*wanted)});
}

}  // namespace calldocker::app
