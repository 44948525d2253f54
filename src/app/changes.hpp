#pragma once
#include <map>
#include <set>
#include <vector>

#include "domain/company/state.hpp"

namespace calldocker::app {

/// The changes that the facts of one command have made, kept until the facts are durable and the changes can be announced.
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
    struct Consulted {
        ContactId call;
        UserId by;
        domain::Person colleague;
        domain::ConsultEnd end;
    };
    struct Ended {
        domain::Contact contact;
        domain::fact::ContactEnded fact;
    };
    struct Said {
        ContactId call;
        domain::Person from;
    };

    std::vector<Revoked> revoked;  ///< it no longer rings this user, or the user no longer takes part
    std::vector<Offered> offered;
    std::vector<Consulted> consulted;  ///< the colleague who was asked, or had joined, has gone
    std::vector<Said> said;
    std::set<ContactId> contacts;      ///< live ones with a new state
    std::map<ContactId, Ended> ended;  ///< as they were at their end
    std::set<ContactId> parted;        ///< whose parties need a new connection
    std::set<UserId> agents;           ///< whose work, or intent, may have changed
    bool configuration{};
    std::optional<RoomId> ended_in;  ///< the staff of this room hears of an end

    /// To be called before the fact is applied.
    void note(const domain::State& before, const domain::Event& event);
};

}  // namespace calldocker::app
