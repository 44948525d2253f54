#pragma once
#include <map>
#include <set>
#include <vector>

#include "domain/company/state.hpp"

namespace calldocker::app {

/// What the facts of one turn have changed, for those who are to be told once they are durable.
struct Changes {
    struct Revoked {
        UserId agent;
        ContactId call;
        domain::RevokeReason reason;
    };
    struct Offered {
        UserId agent;
        ContactId call;
    };
    struct Ended {
        domain::Contact contact;
        domain::fact::ContactEnded fact;
    };

    std::vector<Revoked> revoked;
    std::vector<Offered> offered;
    std::set<ContactId> contacts;      ///< live ones with a new state
    std::map<ContactId, Ended> ended;  ///< as they were at their end
    std::set<ContactId> requeued;
    std::set<UserId> agents;
    std::optional<RoomId> ended_in;  ///< the room whose staff is to be told of an end

    /// To be called before the fact is applied.
    void note(const domain::State& before, const domain::Event& event);
};

}  // namespace calldocker::app
