#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "server/gateway/admission.hpp"
#include "server/net/link.hpp"

namespace calldocker::server {

class Company;
class Session;

/// One connection's way to its company. It sits between link and session, because a link may wait for its company to be loaded, and another
/// link may take a session over.
struct Visit {
    Link* link{};                          ///< null once it has closed
    const Link* known_as{};                ///< the same, kept for the gateway's books
    std::shared_ptr<const Ticket> ticket;  ///< until it is admitted
    Company* company{};
    Session* session{};              ///< null while waiting, and after a takeover
    std::vector<std::string> early;  ///< messages that came while waiting, bounded
    std::size_t early_bytes{};
};

}  // namespace calldocker::server
