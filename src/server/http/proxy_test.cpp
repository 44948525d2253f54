#include <gmock/gmock.h>

#include "server/http/transport_harness.hpp"

namespace calldocker::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TransportSettings behind_a_proxy() {
    TransportSettings settings;
    settings.trusted_proxies = {*AddressRange::parse("127.0.0.0/8")};
    return settings;
}
std::string from(std::string_view caller) { return "X-Forwarded-For: " + std::string(caller) + "\r\n"; }
std::string hello(std::string_view caller) { return "GET /hello HTTP/1.1\r\nHost: x\r\n" + from(caller) + "\r\n"; }
std::string caller(int number) { return "198.51.100." + std::to_string(number); }

/// A WebSocket of that caller, or nothing and why not.
struct Attempt {
    Attempt(TestServer& server, std::string_view caller) : client(std::make_unique<Client>(server.transport->websocket_port())) {
        client->send(upgrade_request("/", from(caller)));
        answer = client->response();
        if (!is_open()) return;
        EXPECT_EQ(client->frame(), "twelcome");
    }
    [[nodiscard]] bool is_open() const { return answer.starts_with("HTTP/1.1 101 "); }
    std::unique_ptr<Client> client;
    std::string answer;
};

TEST(Proxy, ItsCallersAreCountedEachByTheirOwnAddress) {
    TransportSettings settings = behind_a_proxy();
    settings.connections_per_address_max = 1;
    TestServer server(settings);
    std::vector<Attempt> open;

    for (int i = 1; i <= 20; ++i) open.emplace_back(server, caller(i));  // their counts are on both shards
    for (const Attempt& each : open) EXPECT_TRUE(each.is_open()) << each.answer;
    for (int i = 1; i <= 20; ++i) EXPECT_THAT(Attempt(server, caller(i)).answer, StartsWith("HTTP/1.1 429 "));

    EXPECT_EQ(server.count(Refusal::address_has_too_many), 20u);
    open.clear();
    for (int i = 1; i <= 20; ++i) {
        const auto deadline = std::chrono::steady_clock::now() + 5s;
        bool is_open = false;
        while (!is_open && std::chrono::steady_clock::now() < deadline) is_open = Attempt(server, caller(i)).is_open();
        EXPECT_TRUE(is_open) << "a place that was left is free again";
    }
}

TEST(Proxy, ACallerWhoSpeaksTlsToItIsToldToGoOnSo) {
    TestServer server(behind_a_proxy());
    const auto ask = [&](std::string_view target, std::string_view protocol) {
        Client client(server.transport->http_port());
        client.send("GET " + std::string(target) + " HTTP/1.1\r\nHost: x\r\n" + from(caller(1)) +
                    "X-Forwarded-Proto: " + std::string(protocol) + "\r\n\r\n");
        return client.response();
    };

    EXPECT_THAT(ask("/hello", "https"), HasSubstr("Strict-Transport-Security: max-age="));
    EXPECT_THAT(ask("/nothing", "https"), HasSubstr("Strict-Transport-Security: max-age="));
    EXPECT_THAT(ask("/hello", "http"), ::testing::Not(HasSubstr("Strict-Transport-Security")));
}

TEST(Proxy, TheGatewayHearsTheCallersAddress) {
    for (const std::size_t connections_max : {0u, 5u}) {
        TransportSettings settings = behind_a_proxy();
        settings.connections_per_address_max = connections_max;
        TestServer server(settings);

        for (int i = 1; i <= 4; ++i) {
            const Attempt attempt(server, caller(i));
            attempt.client->send(masked("who"));
            EXPECT_EQ(attempt.client->frame(), "t" + caller(i));
        }
    }
}

TEST(Proxy, ItsCallersHaveARateOfRequestsEach) {
    TransportSettings settings = behind_a_proxy();
    settings.http_per_address_per_second = 1;
    settings.http_per_address_burst = 2;
    TestServer server(settings);
    Client first(server.transport->http_port());
    Client second(server.transport->http_port());

    first.send(hello(caller(1)) + hello(caller(1)) + hello(caller(2)) + hello(caller(3)) + hello(caller(1)));
    const std::string answers = first.rest();
    second.send(hello(caller(4)));

    std::size_t served = 0;
    for (std::size_t at = answers.find("HTTP/1.1 200 "); at != std::string::npos; at = answers.find("HTTP/1.1 200 ", at + 1)) ++served;
    EXPECT_EQ(served, 4u);
    EXPECT_THAT(answers, HasSubstr("HTTP/1.1 429 "));
    EXPECT_THAT(second.response(), StartsWith("HTTP/1.1 200 "));
}

TEST(Proxy, WhatAPeerThatIsNotTrustedSaysIsIgnored) {
    TransportSettings settings;
    settings.trusted_proxies = {*AddressRange::parse("10.0.0.0/8")};
    settings.connections_per_address_max = 1;
    TestServer server(settings);
    const Attempt first(server, caller(1));
    Client second(server.transport->websocket_port());

    EXPECT_THAT(second.rest(), StartsWith("HTTP/1.1 429 "));
    first.client->send(masked("who"));
    EXPECT_EQ(first.client->frame(), "t127.0.0.1");
}

TEST(Proxy, CallersWhoVanishWhileTheyAreCountedLeaveNoPlaceTaken) {
    TransportSettings settings = behind_a_proxy();
    settings.connections_per_address_max = 1;
    TestServer server(settings);
    for (int i = 0; i < 200; ++i) {
        const Client hasty(server.transport->websocket_port());
        hasty.send(upgrade_request("/", from(caller(i % 20))));
    }

    for (int i = 0; i < 20; ++i) {
        const auto deadline = std::chrono::steady_clock::now() + 5s;
        bool is_open = false;
        while (!is_open && std::chrono::steady_clock::now() < deadline) is_open = Attempt(server, caller(i)).is_open();
        EXPECT_TRUE(is_open) << caller(i);
    }
}

}  // namespace
}  // namespace calldocker::server::testing
