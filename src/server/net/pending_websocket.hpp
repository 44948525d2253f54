#pragma once
#include <string_view>

#include "protocol/websocket/frame.hpp"
#include "server/net/websocket_connection.hpp"

namespace calldocker::server {

/// A WebSocket after a handshake without a token: it waits on the shard that accepted it until its first message says
/// whose it is, and goes on from there as a WebSocketConnection, with whatever came behind that message.
class PendingWebSocket final : public Connection {
public:
    /// `carried.unsent` ends with the 101. At the bound of those that wait it is closed with 1013.
    static void open(WebSocketShard& here, Carried carried);

    PendingWebSocket(WebSocketShard& here, Carried carried);
    ~PendingWebSocket() override;
    void stop() override;

private:
    void received(std::string_view bytes) override;
    void ended() override;

    /// @param behind  what came after the message
    void admit(std::string_view text, std::string_view behind);
    void refuse(std::uint16_t code, std::string_view reason);
    void say_goodbye(std::uint16_t code, std::string_view reason);

    WebSocketShard& here_;
    protocol::websocket::Decoder decoder_;
    TimerId deadline_;
    unsigned pings_{0};
};

}  // namespace calldocker::server
