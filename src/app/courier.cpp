#include "app/courier.hpp"

#include <algorithm>

namespace calldocker::app {

void Courier::to(SessionKey session, const domain::Notice& notice, Sequence after) { outbox_.deliver({&session, 1}, notice, after); }

void Courier::to(std::span<const SessionKey> sessions, const domain::Notice& notice, Sequence after) {
    if (!sessions.empty()) outbox_.deliver(sessions, notice, after);
}

void Courier::send(const domain::Notice& notice, Sequence after) {
    if (recipients_.size() > 1) {
        std::sort(recipients_.begin(), recipients_.end());
        recipients_.erase(std::unique(recipients_.begin(), recipients_.end()), recipients_.end());
    }
    to(recipients_, notice, after);
}

}  // namespace calldocker::app
