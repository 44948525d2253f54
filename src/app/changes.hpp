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

    std::vector<Revoked> revoked;  ///< it rings no longer, or one takes part no longer
    std::vector<Offered> offered;
    std::vector<Consulted> consulted;  ///< whoever was asked, or had joined, has gone
    std::vector<Said> said;
    std::set<ContactId> contacts;      ///< live ones with a new state
    std::map<ContactId, Ended> ended;  ///< as they were at their end
    std::set<ContactId> parted;        ///< whose parties need a new connection
    std::set<UserId> agents;           ///< whose work, or intent, may be another
    bool configuration{};
    std::optional<RoomId> ended_in;  ///< the room whose staff is to be told of an end

    /// To be called before the fact is applied.
    void note(const domain::State& before, const domain::Event& event);
};

}  // namespace calldocker::app
