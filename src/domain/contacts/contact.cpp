#include "domain/contacts/contact.hpp"

#include <algorithm>

#include "domain/contacts/limits.hpp"

namespace calldocker::domain {
namespace {

struct Apply {
    Contact& contact;
    Sequence number;
    Instant at;

    void operator()(const fact::ContactCreated& created) {
        contact = Contact{};
        contact.call = created.call;
        contact.number = number;
        contact.room = created.room;
        contact.visitor = created.visitor;
        contact.details = created.details;
        contact.visitor_side = Side{created.endpoint, {}, false, at};
        contact.created_at = at;
        enter(ContactState::queued);
    }
    void operator()(const fact::ContactOffered& offered) {
        for (const UserId& agent : offered.agents) contact.offered.try_emplace(agent, at);
        enter_queue_or_ring();
    }
    void operator()(const fact::ContactRevoked& revoked) {
        for (const UserId& agent : revoked.agents) contact.offered.erase(agent);
        enter_queue_or_ring();
    }
    void operator()(const fact::ContactDeclined& declined) {
        contact.offered.erase(declined.agent);
        std::erase_if(contact.declined, [&](const auto& old) { return old.second + decline_exclusion <= at; });
        contact.declined[declined.agent] = at;
        enter_queue_or_ring();
    }
    void operator()(const fact::ContactAccepted& accepted) {
        contact.offered.clear();
        contact.agent = accepted.agent;
        contact.agent_name = accepted.name;
        contact.agent_side = Side{accepted.endpoint, {}, accepted.endpoint.version == 1, at};
        contact.visitor_side.media_up = contact.visitor_side.is_original();
        contact.visitor_side.media_since = at;
        contact.accepted_at = at;
        enter(ContactState::connecting);
    }
    void operator()(const fact::ContactConnected&) {
        contact.connected_at = at;
        enter(ContactState::connected);
    }
    void operator()(const fact::MediaChanged& changed) {
        Side& side = side_of(changed.party);
        side.media_up = changed.up;
        side.media_since = at;
    }
    void operator()(const fact::MediaClaimed& claimed) {
        // The new page has to build its own connection: what the old one said of its media no longer holds.
        side_of(claimed.party) = Side{claimed.endpoint, {}, claimed.endpoint.version == 1 && contact.has_agent(), at};
    }
    void operator()(const fact::PartyLost& lost) {
        Side& side = side_of(lost.party);
        if (!side.lost_at) side.lost_at = at;
    }
    void operator()(const fact::PartyBack& back) {
        Side& side = side_of(back.party);
        side.endpoint = back.endpoint;
        side.lost_at.reset();
        // Who was away could not bring up media: the time for it starts again.
        if (contact.state == ContactState::connecting) contact.state_since = at;
    }
    void operator()(const fact::ContactRequeued& requeued) {
        if (requeued.cause == "no_media") ++contact.media_failures;
        contact.agent = {};
        contact.agent_name.clear();
        contact.agent_side = {};
        contact.visitor_side.media_up = false;
        contact.visitor_side.media_since = at;
        contact.accepted_at.reset();
        contact.connected_at.reset();
        contact.requeued = true;
        // Who is lost gets the whole time of a waiting visitor.
        if (contact.visitor_side.lost_at) contact.visitor_side.lost_at = at;
        enter(ContactState::queued);
    }
    void operator()(const fact::ContactEnded& ended) {
        contact.offered.clear();
        contact.ended_at = at;
        contact.end_reason = ended.reason;
        contact.ended_by = ended.by;
        enter(ContactState::closed);
    }

private:
    Side& side_of(Party party) { return party == Party::visitor ? contact.visitor_side : contact.agent_side; }
    void enter(ContactState state) {
        if (contact.state != state || contact.state_since == Instant{}) contact.state_since = at;
        contact.state = state;
    }
    void enter_queue_or_ring() { enter(contact.offered.empty() ? ContactState::queued : ContactState::offering); }
};

std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
    if (!a) return b;
    if (!b) return a;
    return std::min(*a, *b);
}

}  // namespace

std::optional<Party> Contact::party_of(const UserId& user) const {
    if (user == visitor) return Party::visitor;
    if (has_agent() && user == agent) return Party::agent;
    return std::nullopt;
}

void apply(Contact& contact, const ContactFact& fact, Sequence number, Instant at) { std::visit(Apply{contact, number, at}, fact); }

std::optional<Instant> loss_deadline_of(const Contact& contact, Party party) {
    const Side& lost = contact.side(party);
    const Side& other = contact.side(party == Party::visitor ? Party::agent : Party::visitor);
    if (contact.state != ContactState::connected || !lost.lost_at || other.vouches_for_media()) return std::nullopt;
    // The clock runs from the moment that nothing speaks for the media any more.
    Instant silent_since = *lost.lost_at;
    if (!other.is_original()) silent_since = std::max(silent_since, other.media_up ? *other.lost_at : other.media_since);
    if (lost.is_original()) return silent_since + original_party_grace;
    return silent_since + (party == Party::visitor ? connected_visitor_grace : connected_agent_grace);
}

std::optional<Instant> deadline_of(const Contact& contact) {
    const Side& visitor = contact.visitor_side;
    const Side& agent = contact.agent_side;
    switch (contact.state) {
        case ContactState::queued:
        case ContactState::offering:
            if (!visitor.lost_at) return std::nullopt;
            return *visitor.lost_at + (visitor.is_original() ? original_party_grace : waiting_visitor_grace);
        case ContactState::connecting: {
            const Instant from = std::max({contact.state_since, visitor.lost_at.value_or(Instant{}), agent.lost_at.value_or(Instant{})});
            return from + connecting_time_max;
        }
        case ContactState::connected: return earlier(loss_deadline_of(contact, Party::visitor), loss_deadline_of(contact, Party::agent));
        case ContactState::closed: return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace calldocker::domain
