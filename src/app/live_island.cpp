#include "app/live_island.hpp"

namespace calldocker::app {

using namespace domain;

Result<std::unique_ptr<Island>> Island::open(CompanyId company, const ports::History&, ports::EventLog& log, Outbox& outbox, Instant) {
    return std::make_unique<LiveIsland>(std::move(company), log, outbox);
}

LiveIsland::LiveIsland(CompanyId company, ports::EventLog& log, Outbox& outbox)
    : company_(std::move(company)), log_(log), courier_(outbox, presence_) {}

void LiveIsland::join(const NewSession& session, Instant) {
    direct_calls_.returned(session.identity.user);
    presence_.add({.key = session.key, .id = session.id, .identity = session.identity, .version = session.version, .detached_at = {}, .rooms = {}});
}

void LiveIsland::detach(SessionKey session, Instant now) {
    if (Session* found = presence_.find(session)) found->detached_at = now;
}

void LiveIsland::attach(SessionKey session, Instant) {
    if (Session* found = presence_.find(session)) found->detached_at.reset();
}

void LiveIsland::leave(SessionKey session, Instant now) {
    Session* found = presence_.find(session);
    if (found == nullptr) return;
    const UserId user = found->user();
    const std::vector<RoomId> rooms = found->rooms;
    for (const RoomId& room : rooms) leave_room(*found, room);
    presence_.remove(session);
    if (!presence_.is_here(user)) direct_calls_.departed(user, now);
}

template <class Other>
LiveIsland::Handled LiveIsland::on(Session&, const Other&) {
    return fail(ErrorCode::unavailable, "contacts are not served yet");
}

void LiveIsland::handle(SessionKey session, const ClientMessage& message, const std::optional<CommandId>& id, Instant) {
    Session* sender = presence_.find(session);
    if (sender == nullptr) return;
    const Handled handled = std::visit([&](const auto& content) { return on(*sender, content); }, message);
    if (!handled) {
        courier_.to(session, notice::Failed{handled.error().detail, {}, handled.error().code, id});
    } else if (id) {
        courier_.to(session, notice::Acknowledged{*id}, *handled);
    }
}

Island::View LiveIsland::view(SessionKey session) const {
    View view;
    const Session* viewer = presence_.find(session);
    if (viewer == nullptr) return view;
    for (const RoomId& room : viewer->rooms) {
        RoomView& seen = view.snapshot.rooms.emplace_back(RoomView{room, {}});
        for (const auto& [number, member] : presence_.room(room)->members())
            if (presence_.sees(*viewer, member.user)) seen.users.push_back(member.user);
    }
    return view;
}

bool LiveIsland::in_live_contact(const UserId&) const { return false; }
std::optional<Instant> LiveIsland::next_deadline() const { return direct_calls_.next_deadline(); }

void LiveIsland::tick(Instant now) {
    for (const auto& lost : direct_calls_.expire(now)) announce_end(lost.call, lost.parties, lost.who, "connection_lost", nullptr);
}

bool LiveIsland::is_idle() const { return presence_.sessions().empty(); }

Island::Figures LiveIsland::figures() const { return {.sessions = presence_.sessions().size(), .rooms = presence_.room_count()}; }

}  // namespace calldocker::app
