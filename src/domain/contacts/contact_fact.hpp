#pragma once
#include <string>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "domain/messages/client_message.hpp"
#include "domain/messages/notice.hpp"

namespace calldocker::domain {

/// Where a party's media is: one session, and the version it speaks. Version 1 sessions do not survive a connection,
/// so that a version 1 party is found again by the user id.
struct Endpoint {
    SessionId session;
    int version{};
    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// What can happen to one contact. Facts are written once and keep their meaning for ever: members are added, never
/// changed or removed, and a reader of an older fact finds the default.
namespace fact {

struct ContactCreated {
    ContactId call;
    UserId visitor;
    Endpoint endpoint;
    RoomId room;
    ContactDetails details;
};
struct ContactOffered {
    ContactId call;
    std::vector<UserId> agents;
};
struct ContactRevoked {
    ContactId call;
    std::vector<UserId> agents;
    RevokeReason reason{};
};
struct ContactDeclined {
    ContactId call;
    UserId agent;
    std::string reason;
};
struct ContactAccepted {
    ContactId call;
    UserId agent;
    std::string name;
    Endpoint endpoint;
};
/// Media is up both ways: this is what "answered" means.
struct ContactConnected {
    ContactId call;
};
struct MediaChanged {
    ContactId call;
    Party party{};
    bool up{};
};
struct MediaClaimed {
    ContactId call;
    Party party{};
    Endpoint endpoint;
};
struct PartyLost {
    ContactId call;
    Party party{};
};
struct PartyBack {
    ContactId call;
    Party party{};
    Endpoint endpoint;
};
/// Back to the front of its queue, without an agent. `cause`: "agent_lost", "visitor_lost" or "no_media".
struct ContactRequeued {
    ContactId call;
    std::string cause;
};
/// `by` is who ended it, `cause` why, in words: what the party said, or "connection_lost", "no_media".
struct ContactEnded {
    ContactId call;
    EndReason reason{};
    Party by{};
    UserId by_user;
    std::string cause;
};

}  // namespace fact

using ContactFact = std::variant<fact::ContactCreated, fact::ContactOffered, fact::ContactRevoked, fact::ContactDeclined,
                                 fact::ContactAccepted, fact::ContactConnected, fact::MediaChanged, fact::MediaClaimed, fact::PartyLost,
                                 fact::PartyBack, fact::ContactRequeued, fact::ContactEnded>;
using ContactFacts = std::vector<ContactFact>;

[[nodiscard]] inline const ContactId& call_of(const ContactFact& fact) {
    return std::visit([](const auto& content) -> const ContactId& { return content.call; }, fact);
}

}  // namespace calldocker::domain
