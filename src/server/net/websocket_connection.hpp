#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "protocol/websocket/frame.hpp"
#include "server/net/connection.hpp"
#include "server/net/heartbeat.hpp"
#include "server/net/link.hpp"
#include "server/net/pending_links.hpp"
#include "server/net/rate.hpp"
#include "server/net/transport_settings.hpp"

namespace calldocker::server {

/// What all WebSockets of one shard share.
struct WebSocketShard {
    WebSocketShard(Shard& on, const TransportSettings& from, LinkAcceptor& told);
    /// Looks at the pulses and comes back. Once, before the shard runs or on it.
    void start_beating();

    Shard& shard;
    const TransportSettings& settings;
    LinkAcceptor& acceptor;
    Heartbeat heartbeat;
    PendingLinks pending;
    std::function<WebSocketShard&(unsigned shard)> shard_of;  ///< where a WebSocket must live
};

/// One WebSocket after its handshake. Idle it costs this object and nothing else.
class WebSocketConnection final : public Connection, public Link, public Pulse {
public:
    /// Goes to work: tells the acceptor, then handles what came behind the handshake. On the shard.
    /// `carried.unsent` ends with the 101.
    static void open(WebSocketShard& home, Carried carried, const std::shared_ptr<const void>& ticket);
    /// The same on the shard that the admission names, from the accepting one.
    static void open_at_home(WebSocketShard& here, Carried carried, Admission admission);
    /// The upgrade was refused: says so in a Close and ends.
    static void refuse(WebSocketShard& home, Carried carried, std::uint16_t code, std::string_view reason);

    WebSocketConnection(WebSocketShard& home, Carried carried);
    ~WebSocketConnection() override;

    void send(std::string_view text) override;
    void close(std::uint16_t code, std::string_view reason) override;
    [[nodiscard]] std::string_view peer() const override { return address().text(); }
    [[nodiscard]] std::uint64_t network() const override { return address().network_key(); }
    [[nodiscard]] bool keeps_up(std::size_t bytes) const override;

    void ping() override;
    void fell_silent() override;
    void stop() override;
    void failed() noexcept override;

private:
    void received(std::string_view bytes) override;
    void peer_finished() override;
    void ended() override;

    void handle(const protocol::websocket::Text& text);
    void handle(const protocol::websocket::Ping& ping);
    void handle(const protocol::websocket::Pong&) {}
    void handle(const protocol::websocket::Close& close);
    void handle(const protocol::websocket::Failure& failure);
    [[nodiscard]] bool within_rate();
    void say_goodbye(std::uint16_t code, std::string_view reason);
    void tell_handler(std::uint16_t code);
    void count(Ending ending);

    WebSocketShard& home_;
    LinkHandler* handler_{nullptr};
    protocol::websocket::Decoder decoder_;
    Bucket messages_;
    SteadyTime unfinished_since_{};  ///< when the message began that has not ended; zero: none
};

}  // namespace calldocker::server
