#pragma once
#include <cstdint>
#include <span>

#include "base/id.hpp"
#include "domain/messages/notice.hpp"

namespace calldocker::app {

using calldocker::SessionKey;

/// The island's way to its clients. Implemented by the server's gateway; called on the island's shard.
struct Outbox {
    virtual ~Outbox() = default;

    /// Delivers one notice to each recipient, in order, but to none of them before the company's log is durable up to `after` (Sequence{}:
    /// waits for nothing). For each recipient, notices keep the order of the calls: one that waits for nothing does not overtake one that
    /// waits. Ignores unknown recipients. The island knows the versions, and never delivers a notice of version 2 to a version 1 session.
    /// The implementation encodes before it returns; views in `notice` need not live longer.
    virtual void deliver(std::span<const SessionKey> recipients, const domain::Notice& notice, Sequence after) = 0;

    /// @return whether the session's reader is fast enough that this many more bytes do not endanger its connection. Messages that others
    ///     send to the session unasked must stay within that.
    [[nodiscard]] virtual bool has_room(SessionKey, std::size_t /*bytes*/) const { return true; }

    /// The log is durable up to `durable`: messages that waited for it may leave. Also called when a completion of the log has brought no
    /// news of that kind. Only this and fall_back may change Island::next_deadline() without a call from outside.
    virtual void release(Sequence durable) = 0;

    /// The log could not be written: it will never reach beyond `durable`. The implementation drops every message that waits for more; the
    /// island has gone back to its durable state. The implementation sends version 2 sessions `session_reset` "unavailable" with a new
    /// snapshot, and forgets the dropped answers; it sends an error to version 1 sessions that had something waiting.
    virtual void fall_back(Sequence durable) = 0;

    /// Closes the sessions' connections. Only where the protocol says that the connection ends.
    virtual void close(std::span<const SessionKey> sessions, std::uint16_t code, std::string_view reason) = 0;
};

}  // namespace calldocker::app
