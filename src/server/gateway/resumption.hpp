#pragma once
#include "app/island.hpp"
#include "server/gateway/resume_token.hpp"
#include "server/gateway/session_book.hpp"

namespace calldocker::server {

/// The rights that a resume token still has in its company.
struct Resumption {
    Session* session{};    ///< that is here, and may be connected by it; null: none
    bool keeps_name{};     ///< a session that is not here may come back under its name
    bool names_contact{};  ///< a live contact names it, so that it may come back with an expired access token
};

/// A token is void once its session has sent a message under a later one or said goodbye, or its user was signed out. The session's memory
/// knows that. So do the facts, if a live contact names the session: those outlive a restart.
[[nodiscard]] Resumption judge(const ResumeClaim& claim, const SessionBook& sessions, const app::Island& island);

}  // namespace calldocker::server
