#include "app/courier.hpp"

#include <algorithm>

namespace calldocker::app {

void Courier::to(SessionKey session, const domain::Notice& notice, Sequence after) { outbox_.deliver({&session, 1}, notice, after); }

void Courier::to(std::span<const SessionKey> sessions, const domain::Notice& notice, Sequence after) {
    if (!sessions.empty()) outbox_.deliver(sessions, notice, after);
}

bool Courier::send_if_room(std::size_t bytes, const domain::Notice& notice, Sequence after) {
    const auto behind = std::erase_if(recipients_, [&](SessionKey key) { return !outbox_.has_room(key, bytes); });
    send(notice, after);
    return behind == 0;
}

void Courier::send(const domain::Notice& notice, Sequence after) {
    if (recipients_.size() > 1) {
        std::sort(recipients_.begin(), recipients_.end());
        recipients_.erase(std::unique(recipients_.begin(), recipients_.end()), recipients_.end());
    }
    to(recipients_, notice, after);
}

}  // namespace calldocker::app
