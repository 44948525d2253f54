#include "main/stun_probe.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <thread>

namespace calldocker::main {
namespace {

/// A UDP socket on loopback.
class Peer {
public:
    Peer() : socket_(socket(AF_INET, SOCK_DGRAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        bind(socket_, reinterpret_cast<const sockaddr*>(&address), size);
        getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
    }
    ~Peer() { close(socket_); }
    [[nodiscard]] std::string url() const { return fmt::format("turn:127.0.0.1:{}?transport=udp", port_); }

    /// Drops the first request, answers the second, as a lossy network would.
    void answer_the_second() const {
        std::array<char, 512> buffer{};
        sockaddr_storage from{};
        for (int request = 0; request < 2; ++request) {
            socklen_t size = sizeof from;
            const ssize_t got = recvfrom(socket_, buffer.data(), buffer.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
            if (got < 20 || request == 0) continue;
            const std::string response = std::string("\x01\x01\x00\x00", 4) + std::string(buffer.data() + 4, 16);
            sendto(socket_, response.data(), response.size(), 0, reinterpret_cast<const sockaddr*>(&from), size);
        }
    }

private:
    int socket_;
    std::uint16_t port_{};
};

TEST(StunProbe, ReadsUrlsOfBothKinds) {
    const auto plain = parse_ice_url("turn:turn.example");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->host, "turn.example");
    EXPECT_EQ(plain->port, "3478");
    EXPECT_FALSE(plain->tcp);
    const auto tls = parse_ice_url("turns:[2001:db8::1]:443?transport=tcp");
    ASSERT_TRUE(tls);
    EXPECT_EQ(tls->host, "2001:db8::1");
    EXPECT_EQ(tls->port, "443");
    EXPECT_TRUE(tls->tls);
    for (const char* url : {"turn", "http:x", "turn:", "turn:h:", "turn:h:99999999", "turn:h:80x", "turn:[::1", "turn:h?transport=sctp"})
        EXPECT_FALSE(parse_ice_url(url)) << url;
}

TEST(StunProbe, OnlyTheAnswerToItsOwnRequestCounts) {
    const std::string transaction = "twelve bytes";
    std::string response = binding_request(transaction);
    EXPECT_EQ(response.size(), 20u);
    EXPECT_FALSE(is_binding_response(response, transaction));  // an echo
    response[0] = '\x01';
    EXPECT_TRUE(is_binding_response(response, transaction));
    EXPECT_FALSE(is_binding_response(response, "other bytes!"));
    EXPECT_FALSE(is_binding_response(response.substr(0, 19), transaction));
}

TEST(StunProbe, AsksAgainWhenADatagramIsLost) {
    const Peer peer;
    std::thread answering([&] { peer.answer_the_second(); });

    const auto reached = probe_stun(peer.url(), std::chrono::seconds(5));
    answering.join();

    EXPECT_EQ(reached, "answers over UDP");
}

TEST(StunProbe, SaysWhenNobodyAnswers) {
    const Peer silent;

    EXPECT_EQ(probe_stun(silent.url(), std::chrono::milliseconds(50)).error().code, ErrorCode::unavailable);
    EXPECT_EQ(probe_stun("turn:127.0.0.1:1?transport=tcp", std::chrono::seconds(1)).error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace calldocker::main
