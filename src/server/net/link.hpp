#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/instant.hpp"

/// The seam between the transport (sockets, TLS, HTTP, WebSocket framing, limits, pings) and the gateway (tokens,
/// sessions, companies). The transport knows no token and no company; the gateway knows no socket.
namespace calldocker::server {

// What a connection is closed with: RFC 6455 section 7.4.1 and the IANA registry, and a code of our own.
inline constexpr std::uint16_t close_policy = 1008, close_try_later = 1013, close_taken_over = 4001;

/// One open WebSocket, as the gateway sees it. Lives on one shard at a time.
struct Link {
    virtual ~Link() = default;
    /// Queues one text message. It leaves at the end of this round of the loop, in one write with its neighbours.
    /// A reader that has more than the limit waiting is dropped (LinkHandler::closed follows, from the loop).
    virtual void send(std::string_view text) = 0;
    /// Sends Close with the code and ends the TCP side at once. The handler hears nothing of this link any more.
    virtual void close(std::uint16_t code, std::string_view reason) = 0;
    /// The peer's address as text, for log lines.
    [[nodiscard]] virtual std::string_view peer() const = 0;
    /// The peer's network (Address::network_key()); 0: not known.
    [[nodiscard]] virtual std::uint64_t network() const { return 0; }
    /// @return whether the reader keeps up so far that `bytes` more leave half of what may wait, or nothing waits at all
    [[nodiscard]] virtual bool keeps_up(std::size_t /*bytes*/) const { return true; }
};

/// What the gateway is told. The link stays owned by the transport until closed() returns or close() was called.
struct LinkHandler {
    virtual ~LinkHandler() = default;
    /// A whole text message, valid UTF-8, within the size limit, within the rate limit.
    virtual void received(Link& link, std::string_view text, Instant now) = 0;
    /// The peer sends faster than it may. What is sent to `link` now is the last that it gets before Close 1008; closed() follows.
    virtual void flooded(Link& link, Instant now) = 0;
    /// The connection ended. `code` is what the peer's Close frame said (1000: it leaves for good; 1001: a page that is
    /// reloaded or left), 1005 for a Close without a code, 1006 when there was none. May not use `link` afterwards.
    virtual void closed(Link& link, std::uint16_t code, Instant now) = 0;
};

/// The upgrade request, as far as the gateway needs it.
struct UpgradeRequest {
    std::string query;        ///< the raw query string, without '?'
    bool offers_version_2{};  ///< `calldocker.v2` was among the offered subprotocols
    std::string peer;
};

/// Decides, on the shard that accepted the connection, what becomes of an upgrade. Called before the 101 is sent.
/// Pure of I/O and quick; the answer is always an upgrade (protocol.md: a refused token is upgraded, then closed).
struct Admission {
    bool refused{};
    bool asks_who{};             ///< the client says it in its first message, for which LinkAcceptor::admit_by_message() is asked
    std::uint16_t close_code{};  ///< when refused
    std::string close_reason;
    bool version_2{};                    ///< echo the subprotocol
    unsigned shard{};                    ///< where the connection must live
    std::shared_ptr<const void> ticket;  ///< the gateway's own; handed to Gateway::opened on that shard
};

struct LinkAcceptor {
    virtual ~LinkAcceptor() = default;
    /// On the accepting shard.
    virtual Admission admit(const UpgradeRequest& request, Instant now) = 0;
    /// On the accepting shard too: the first message of a link whose admission `asks_who`. The answer never asks again.
    virtual Admission admit_by_message(std::string_view text, Instant now) = 0;
    /// On the shard that `admit` named, after the 101 was queued: takes the link and says who hears of it.
    virtual LinkHandler& opened(Link& link, const std::shared_ptr<const void>& ticket, Instant now) = 0;
};

}  // namespace calldocker::server
