#pragma once
#include <optional>
#include <string>

#include "base/id.hpp"
#include "domain/messages/notice.hpp"

namespace calldocker::server {

/// One message on its way to a session.
struct Outgoing {
    std::string body;                  ///< version 1: whole; version 2: whole except `seq`
    Sequence after{};                  ///< not before the log is durable up to here
    std::optional<CommandId> answers;  ///< the command that it answers, to be remembered once it has left
    bool confirms{};                   ///< it confirms the session's own request
};

/// A notice for a session of `user`, encoded as `body`.
[[nodiscard]] Outgoing make_outgoing(std::string body, const domain::Notice& notice, const UserId& user, Sequence after);

}  // namespace calldocker::server
