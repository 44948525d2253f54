#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "server/http/message.hpp"
#include "server/net/link.hpp"
#include "server/net/shard.hpp"
#include "server/net/transport_settings.hpp"

namespace calldocker::server {

/// Both ports, and everything that comes in through them. Order of life: shards, gateway, transport, then
/// Shards::start(); at the end stop(), Shards::stop(), and this object goes before the gateway and the shards.
class Transport {
public:
    struct Parts {
        Shards& shards;
        /// One for each shard: admit() runs on the accepting shard's, opened() on the one that admit() named.
        std::function<LinkAcceptor&(unsigned shard)> acceptor;
        /// Of the main port; not asked for when there is none.
        std::function<http::Handler&(unsigned shard)> handler;
    };
    /// Listens. Nothing is accepted before the shards run.
    /// @errors those of Listener::open and TlsContext::load
    static Result<std::unique_ptr<Transport>> open(TransportSettings settings, Parts parts);
    /// The shards must have stopped. Their connections are destroyed with this.
    ~Transport();
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    [[nodiscard]] std::uint16_t websocket_port() const;
    [[nodiscard]] std::uint16_t http_port() const;  ///< 0: there is none

    /// Stops accepting, sends Close 1001 to every WebSocket, lets answers leave, and returns when all are gone or after limits::stop_time.
    /// The gateway hears nothing of it; its links stay valid, and silent, while this object lives.
    /// Not on a shard.
    void stop();

    /// Reads the certificate and key again, for new connections. When that fails the old ones stay in use.
    Result<> reload_tls();

private:
    struct Inside;
    explicit Transport(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace calldocker::server
