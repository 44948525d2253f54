#include "domain/contacts/legs.hpp"

namespace calldocker::domain {

std::vector<Leg> legs_of(const Contact& contact) {
    std::vector<Leg> legs;
    if (!contact.has_agent() || contact.is_voicemail()) return legs;
    if (!contact.is_by_telephone()) legs.push_back({contact.visitor, contact.agent, LegKind::main, {}});
    for (const Joined& one : contact.others) {
        if (one.is_ringing()) continue;
        legs.push_back({contact.agent, one.who.user, one.kind, one.mode});
        if (one.kind == LegKind::conference) legs.push_back({one.who.user, contact.visitor, one.kind, {}});
    }
    return legs;
}

const Endpoint* endpoint_of(const Contact& contact, const UserId& user) {
    if (const auto party = contact.party_of(user)) return &contact.side(*party).endpoint;
    const Joined* joined = contact.other(user);
    return joined == nullptr || joined->is_ringing() ? nullptr : &joined->endpoint;
}

}  // namespace calldocker::domain
