#include "app/live_island.hpp"
#include "app/views.hpp"

namespace calldocker::app {

using namespace domain;

namespace {
constexpr auto version_2 = [](const Session& session) { return session.version == 2; };
}

/// In the order in which a client can follow: what no longer rings, what has become of contacts, what rings now.
void LiveIsland::announce() {
    const Changes changes = std::exchange(changes_, {});
    const Sequence after = state_.sequence();
    for (const auto& revoked : changes.revoked) announce_revoked(revoked);
    for (const auto& [call, ended] : changes.ended) {
        announce_ended(ended, changes.ended_in);
        held_offers_.forget(call);
        named_in_.erase(call);
    }
    // The former agent's session description is of no use to the next one.
    for (const ContactId& call : changes.parted) held_offers_.forget(call);
    for (const ContactId& call : changes.contacts)
        if (const Contact* contact = state_.contact(call)) announce_contact(*contact);
    for (const auto& [call, by, colleague, end] : changes.consulted)
        courier_.to_user(by, notice::ConsultEnded{call, colleague, end}, after, version_2);
    for (const auto& offered : changes.offered) announce_offered(offered);
    for (const auto& said : changes.said) announce_said(said);
    for (const UserId& agent : changes.agents)
        courier_.to_user(agent, notice::AgentChanged{view_of_agent(agent, state_, presence_)}, after, version_2);
}

void LiveIsland::announce_revoked(const Changes::Revoked& revoked) {
    courier_.to_user(revoked.agent, notice::ContactRevoked{revoked.call, revoked.reason}, state_.sequence(), version_2);
    // An original page rings until it hears that the call is over; with ring_all it goes on ringing, as it always did.
    const Contact* contact = state_.contact(revoked.call);
    if (contact == nullptr || state_.queue_of(*contact).metric == Metric::ring_all || state_.is_working(revoked.agent)) return;
    courier_.to_user(revoked.agent, notice::CallEnded{revoked.call, contact->visitor, std::string("reservation_lost")}, state_.sequence(),
                     [](const Session& session) { return session.version == 1; });
}

void LiveIsland::announce_offered(const Changes::Offered& offered) {
    const Contact* contact = state_.contact(offered.call);
    if (contact == nullptr || !state_.offers_to(offered.agent).contains(offered.call)) return;
    const bool rings_original_pages = state_.queue_of(*contact).metric != Metric::ring_all && contact->is_offered_to(offered.agent);
    const std::string offer(rings_original_pages ? held_offers_.held(offered.call) : std::string_view{});
    for (const SessionKey key : presence_.sessions_of(offered.agent)) {
        const Session& session = *presence_.find(key);
        if (session.version == 2) {
            courier_.to(key, notice::ContactOffered{view_of(*contact, session, state_, held_offers_)}, state_.sequence());
        } else if (!offer.empty()) {
            courier_.to(key, notice::Offer{contact->visitor, offer, offered.call}, state_.sequence());
        }
    }
}

void LiveIsland::announce_said(const Changes::Said& said) {
    const Contact* contact = state_.contact(said.call);
    if (contact == nullptr || contact->chat.empty()) return;
    courier_.begin();
    add_participants(*contact);
    courier_.send(notice::ChatSaid{said.call, contact->chat.back()}, state_.sequence());
}

/// Every tab of version 2 of everybody who takes part.
void LiveIsland::add_participants(const Contact& contact) {
    courier_.add_user(contact.visitor, version_2);
    if (contact.has_agent()) courier_.add_user(contact.agent, version_2);
    for (const Joined& one : contact.others)
        if (!one.is_ringing()) courier_.add_user(one.who.user, version_2);
}

void LiveIsland::announce_contact(const Contact& contact) {
    const auto tell = [&](const UserId& user) {
        for (const SessionKey key : presence_.sessions_of(user)) {
            const Session& session = *presence_.find(key);
            if (session.version != 2) continue;
            courier_.to(key, notice::ContactChanged{view_of(contact, session, state_, held_offers_)}, state_.sequence());
        }
    };
    tell(contact.visitor);
    if (!contact.agent.empty()) tell(contact.agent);
    for (const auto& [agent, wrap_up] : contact.wrap_ups)
        if (agent != contact.agent) tell(agent);
    for (const Joined& one : contact.others)
        if (!one.is_ringing()) tell(one.who.user);
}

/// Every party hears `call_ended` in whatever version it speaks, and before an answer so does the staff that was rung.
void LiveIsland::announce_ended(const Changes::Ended& ended, const std::optional<RoomId>& room) {
    const Contact& contact = ended.contact;
    announce_contact(contact);
    courier_.begin();
    courier_.add_user(contact.visitor, every_session);
    if (!contact.agent.empty()) courier_.add_user(contact.agent, every_session);
    if (room) add_idle_staff(*room, contact.call);
    if (contact.agent.empty() && !contact.room.empty()) add_idle_staff(contact.room, contact.call);
    const auto reason = ended.fact.cause.empty() ? std::nullopt : std::optional{ended.fact.cause};
    courier_.send(notice::CallEnded{contact.call, ended.fact.by_user, reason}, state_.sequence());
}

}  // namespace calldocker::app
