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
    for (const auto& revoked : changes.revoked)
        courier_.to_user(revoked.agent, notice::ContactRevoked{revoked.call, revoked.reason}, after, version_2);
    for (const auto& [call, ended] : changes.ended) {
        announce_ended(ended, changes.ended_in);
        held_offers_.forget(call);
    }
    // The former agent's session description is of no use to the next one.
    for (const ContactId& call : changes.requeued) held_offers_.forget(call);
    for (const ContactId& call : changes.contacts)
        if (const Contact* contact = state_.contact(call)) announce_contact(*contact);
    for (const auto& offered : changes.offered) {
        const Contact* contact = state_.contact(offered.call);
        if (contact == nullptr || !contact->is_offered_to(offered.agent)) continue;
        for (const SessionKey key : presence_.sessions_of(offered.agent)) {
            const Session& session = *presence_.find(key);
            if (session.version == 2) courier_.to(key, notice::ContactOffered{view_of(*contact, session, held_offers_)}, after);
        }
    }
    for (const UserId& agent : changes.agents)
        courier_.to_user(agent, notice::AgentChanged{view_of_agent(agent, state_, presence_)}, after, version_2);
}

void LiveIsland::announce_contact(const Contact& contact) {
    const auto tell = [&](const UserId& user) {
        for (const SessionKey key : presence_.sessions_of(user)) {
            const Session& session = *presence_.find(key);
            if (session.version == 2) courier_.to(key, notice::ContactChanged{view_of(contact, session, held_offers_)}, state_.sequence());
        }
    };
    tell(contact.visitor);
    if (contact.has_agent()) tell(contact.agent);
}

/// Every party hears `call_ended` in whatever version it speaks, and before an answer so does the staff that was rung.
void LiveIsland::announce_ended(const Changes::Ended& ended, const std::optional<RoomId>& room) {
    const Contact& contact = ended.contact;
    announce_contact(contact);
    courier_.begin();
    courier_.add_user(contact.visitor, every_session);
    if (contact.has_agent()) courier_.add_user(contact.agent, every_session);
    if (room) add_idle_staff(*room, contact.call);
    if (!contact.has_agent()) add_idle_staff(contact.room, contact.call);
    const auto reason = ended.fact.cause.empty() ? std::nullopt : std::optional{ended.fact.cause};
    courier_.send(notice::CallEnded{contact.call, ended.fact.by_user, reason}, state_.sequence());
}

}  // namespace calldocker::app
