#include "server/gateway/resumption.hpp"

namespace calldocker::server {

Resumption judge(const ResumeClaim& claim, const SessionBook& sessions, const app::Island& island) {
    const domain::Identity& identity = claim.identity;
    if (claim.issued_at < island.resumes_from(identity.user, claim.session)) return {};
    if (sessions.has_said_goodbye(claim.session, claim.issued_at)) return {};
    Resumption resumption;
    resumption.names_contact = island.names(identity.user, claim.session);
    if (Session* const session = sessions.find(claim.session)) {
        const bool same = session->identity().user == identity.user && session->identity().role == identity.role;
        if (!same || claim.issued_at < session->resumes_from()) return {};
        resumption.session = session;
        return resumption;
    }
    // By its name a command that is sent again is known. An anonymous session is somebody by its name alone: that takes a contact.
    resumption.keeps_name = resumption.names_contact || !identity.anonymous;
    return resumption;
}

}  // namespace calldocker::server
