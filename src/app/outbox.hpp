#pragma once
#include <cstdint>
#include <span>

#include "base/id.hpp"
#include "domain/messages/notice.hpp"

namespace calldocker::app {

using calldocker::SessionKey;

/// How an island tells its clients things. Implemented by the server's gateway; called on the island's shard.
struct Outbox {
    virtual ~Outbox() = default;

    /// Delivers one notice to each recipient, in order, but to none of them before the company's log is durable up to
    /// `after` (Sequence{} = waits for nothing). Per recipient, notices keep the order of the calls: one that waits for
    /// nothing does not overtake one that waits. Unknown recipients are passed over. A notice of version 2 must not be
    /// delivered to a version 1 session: the island knows the versions.
    /// The implementation encodes before it returns; views in `notice` need not live longer.
    virtual void deliver(std::span<const SessionKey> recipients, const domain::Notice& notice, Sequence after) = 0;

    /// @return whether the session's reader keeps up so far that this much more does not endanger its connection. What others may send
    ///         it without being asked is to stay within that.
    [[nodiscard]] virtual bool has_room(SessionKey, std::size_t /*bytes*/) const { return true; }

    /// The log is durable up to `durable`: what waited for it may leave. Also told when a completion of the log has brought
    /// no news of that kind: this, and fall_back, are when Island::next_deadline() may change without a call from outside.
    virtual void release(Sequence durable) = 0;

    /// The log could not be written: nothing that waits for more than `durable` will ever be true. It is dropped; the
    /// island has gone back to its durable state. Version 2 sessions are to be sent `session_reset` "unavailable" with
    /// a new snapshot, and forget the answers that were dropped; version 1 sessions that had something waiting get an error.
    virtual void fall_back(Sequence durable) = 0;

    /// Closes the sessions' connections. Only for what the protocol says ends a connection.
    virtual void close(std::span<const SessionKey> sessions, std::uint16_t code, std::string_view reason) = 0;
};

}  // namespace calldocker::app
