#pragma once
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/websocket/frame.hpp"
#include "server/http/routes.hpp"
#include "server/http/transport.hpp"

/// A transport with a gateway that echoes, on free ports of loopback, and a client made of a socket and deadlines.
namespace calldocker::server::testing {

using namespace std::chrono_literals;

/// Says back what it hears. Some texts have a meaning: "who", "close", "throw", "flood".
struct EchoGateway final : LinkAcceptor, LinkHandler {
    Admission admit(const UpgradeRequest& request, Instant) override {
        Admission admission;
        admission.refused = request.query == "refuse";
        admission.close_code = 1008;
        admission.close_reason = "Invalid token";
        admission.version_2 = request.offers_version_2;
        admission.shard = request.query == "elsewhere" ? 1 : 0;
        admission.asks_who = request.query == "ask";
        return admission;
    }
    Admission admit_by_message(std::string_view text, Instant) override {
        Admission admission;
        admission.refused = !text.starts_with("I am ");
        admission.close_code = 1008;
        admission.close_reason = "Authentication required";
        admission.shard = text == "I am elsewhere" ? 1 : 0;
        return admission;
    }
    LinkHandler& opened(Link& link, const std::shared_ptr<const void>&, Instant) override {
        link.send("welcome");
        return *this;
    }
    void received(Link& link, std::string_view text, Instant) override {
        if (text == "throw") throw std::runtime_error("a bug in the gateway");
        if (text == "who") return link.send(link.peer());
        if (text == "close") return link.close(4001, "taken over");
        if (text == "flood") {
            const std::string chunk(64 * 1024, 'x');
            for (int i = 0; i < 400; ++i) link.send(chunk);
            return;
        }
        link.send(text);
    }
    void flooded(Link& link, Instant) override { link.send("too fast"); }
    void closed(Link&, std::uint16_t code, Instant) override {
        last_code = code;
        ++closings;
    }
    std::atomic<int> closings{0};
    std::atomic<int> last_code{0};
};

/// One TCP connection. Every wait ends after 5 s at the latest.
class Client {
public:
    explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    }
    ~Client() {
        if (socket_ >= 0) ::close(socket_);
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    [[nodiscard]] int descriptor() const { return socket_; }
    void send(std::string_view bytes) const {
        EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
    }
    /// As much of it as the other side takes before it hangs up.
    void try_to_send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    /// All that comes in this time; nothing, if nothing does.
    std::string what_came_within(std::chrono::milliseconds time) {
        pollfd ready{socket_, POLLIN, 0};
        while (::poll(&ready, 1, static_cast<int>(time.count())) == 1 && read_some()) {
        }
        return std::exchange(unread_, {});
    }
    void finish() const { ::shutdown(socket_, SHUT_WR); }

    /// What comes until the other side finishes.
    std::string rest() {
        while (read_some()) {
        }
        return std::exchange(unread_, {});
    }
    /// What comes up to and including `end`.
    std::string until(std::string_view end) {
        while (unread_.find(end) == std::string::npos) {
            if (!read_some()) return std::exchange(unread_, {}) + "<closed or too late>";
        }
        const std::size_t bytes = unread_.find(end) + end.size();
        std::string result = unread_.substr(0, bytes);
        unread_.erase(0, bytes);
        return result;
    }
    std::string take(std::size_t bytes) {
        while (unread_.size() < bytes) {
            if (!read_some()) return "<closed or too late>";
        }
        std::string result = unread_.substr(0, bytes);
        unread_.erase(0, bytes);
        return result;
    }
    /// A response: its head, and as much body as it says.
    std::string response() {
        std::string head = until("\r\n\r\n");
        const std::size_t at = head.find("Content-Length: ");
        if (at == std::string::npos) return head;
        return head + take(std::stoul(head.substr(at + 16)));
    }
    /// The next frame: one character for its kind (t, p, P, c) and its payload; of a close the code in decimal.
    std::string frame() {
        const std::string start = take(2);
        if (start.size() != 2) return start;
        std::size_t bytes = static_cast<unsigned char>(start[1]) & 0x7fu;
        if (bytes == 126) {
            const std::string length = take(2);
            bytes = static_cast<std::size_t>(static_cast<unsigned char>(length[0])) * 256 + static_cast<unsigned char>(length[1]);
        } else if (bytes == 127) {
            bytes = 0;
            for (const char c : take(8)) bytes = bytes * 256 + static_cast<unsigned char>(c);
        }
        const std::string payload = bytes == 0 ? std::string{} : take(bytes);
        switch (static_cast<unsigned char>(start[0])) {
            case 0x81: return "t" + payload;
            case 0x89: return "p" + payload;
            case 0x8a: return "P" + payload;
            case 0x88:
                if (payload.size() < 2) return "c";
                return "c" + std::to_string(static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1])) +
                       payload.substr(2);
            default: return "?" + payload;
        }
    }
    /// Begins the 5 s anew.
    void extend() { deadline_ = std::chrono::steady_clock::now() + 5s; }
    bool read_some() {
        pollfd ready{socket_, POLLIN, 0};
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now()).count();
        if (left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) != 1) return false;
        std::array<char, 65536> buffer;
        const ssize_t bytes = ::recv(socket_, buffer.data(), buffer.size(), 0);
        if (bytes <= 0) return false;
        unread_.append(buffer.data(), static_cast<std::size_t>(bytes));
        return true;
    }

private:
    int socket_;
    std::string unread_;
    std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::now() + 5s;
};

inline std::string upgrade_request(std::string_view target = "/", std::string_view extra = "") {
    return "GET " + std::string(target) +
           " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
           std::string(extra) + "\r\n";
}

inline std::string masked(std::string_view text) {
    std::string frame;
    protocol::websocket::append_masked_text(frame, text, {1, 2, 3, 4});
    return frame;
}

/// A server for one test.
struct TestServer {
    explicit TestServer(TransportSettings settings = {}) : shards(2), routes(assets, {}) {
        settings.host = "127.0.0.1";
        settings.websocket_port = 0;
        settings.http_port = 0;
        routes.add("GET", "/hello", [](const http::Request&, http::Respond respond) { respond(http::text_response(200, "hello")); });
        routes.add("POST", "/echo",
                   [](const http::Request& request, http::Respond respond) { respond(http::text_response(200, request.body)); });
        routes.add("POST", "/upload", [](const http::Request& request, http::Respond respond) {
            respond(http::text_response(200, std::to_string(request.body.size())));
        });
        routes.allow_body("POST", "/upload", {.bytes_max = 2'000'000, .time = 4s}, [](const http::Request& head) -> Result<> {
            if (head.header("Authorization") == "Bearer good") return {};
            return fail(ErrorCode::unauthenticated, "this address needs a valid access token");
        });
        routes.add("GET", "/large", [](const http::Request&, http::Respond respond) {
            http::Response response;
            response.file = std::make_shared<std::string>(std::size_t{5} * 1024 * 1024, 'x');
            response.file_bytes = response.file->size();
            respond(std::move(response));
        });
        routes.add("GET", "/never", [this](const http::Request&, http::Respond respond) { unanswered.push_back(std::move(respond)); });
        auto opened = Transport::open(std::move(settings), {.shards = shards,
                                                            .acceptor = [this](unsigned) -> LinkAcceptor& { return gateway; },
                                                            .handler = [this](unsigned) -> http::Handler& { return routes; }});
        EXPECT_TRUE(opened) << opened.error().detail;
        transport = std::move(*opened);
        shards.start();
    }
    ~TestServer() { shards.stop(); }

    [[nodiscard]] std::uint64_t count(Ending ending) {
        return shards[0].counters().endings.at(static_cast<std::size_t>(ending)).value() +
               shards[1].counters().endings.at(static_cast<std::size_t>(ending)).value();
    }

    [[nodiscard]] std::uint64_t count(Refusal refusal) {
        return shards[0].counters().refusals.at(static_cast<std::size_t>(refusal)).value() +
               shards[1].counters().refusals.at(static_cast<std::size_t>(refusal)).value();
    }

    EchoGateway gateway;
    Shards shards;
    http::Assets assets;
    http::Routes routes;
    std::vector<http::Respond> unanswered;
    std::unique_ptr<Transport> transport;
};

}  // namespace calldocker::server::testing
