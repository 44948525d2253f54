#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/websocket/frame.hpp"

/// Many WebSocket clients on one thread and one epoll, for load over loopback.
namespace calldocker::loadgen {

using Clock = std::chrono::steady_clock;

struct Endpoint {
    std::string host = "127.0.0.1";  ///< an IPv4 loopback address: load goes nowhere else
    std::uint16_t port = 8081;
};

/// One client. Opened by Swarm::connect(); lives as long as the swarm.
class Client {
public:
    std::function<void(std::string_view)> on_text;
    std::function<void()> on_closed;

    void send(std::string_view text);
    /// Ends the TCP connection without a Close, as a vanished page does.
    void vanish();
    [[nodiscard]] bool open() const { return state_ == State::open; }
    [[nodiscard]] bool closed() const { return state_ == State::closed; }

private:
    friend class Swarm;
    enum class State : std::uint8_t { connecting, handshaking, open, closed };

    class Swarm* swarm_ = nullptr;
    int fd_ = -1;
    State state_ = State::closed;
    protocol::websocket::Decoder decoder_{protocol::websocket::Decoder::Role::client, 1u << 20u};
    std::string handshake_;
    std::string out_;
    bool dirty_ = false;
    bool waits_to_write_ = false;
};

class Swarm {
public:
    explicit Swarm(Endpoint endpoint);
    ~Swarm();
    Swarm(const Swarm&) = delete;
    Swarm& operator=(const Swarm&) = delete;

    /// Starts to connect; the result is seen in `open()` or `on_closed`.
    Client& connect(const std::string& token);
    /// Turns the loop until `done()` or the deadline. @return whether `done()` became true
    bool run(const std::function<bool()>& done, std::chrono::milliseconds limit);
    /// Connects `count` clients, at most 128 at once. @throws std::runtime_error if one fails or they take over 60 s
    std::vector<Client*> connect_all(std::size_t count, const std::function<std::string(std::size_t)>& token);

private:
    friend class Client;
    void turn(int wait_ms);
    void readable(Client& client);
    void flush(Client& client);
    void close(Client& client);

    Endpoint endpoint_;
    int epoll_ = -1;
    std::vector<std::unique_ptr<Client>> clients_;
    std::vector<Client*> dirty_;
    std::vector<char> buffer_;
};

}  // namespace calldocker::loadgen
