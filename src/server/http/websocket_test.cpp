#include <gmock/gmock.h>

#include "server/http/transport_harness.hpp"
#include "server/net/limits.hpp"
#include "server/net/pending_links.hpp"

namespace calldocker::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

void expect_welcome(Client& client) {
    EXPECT_THAT(client.until("\r\n\r\n"), StartsWith("HTTP/1.1 101 "));
    EXPECT_EQ(client.frame(), "twelcome");
}

TEST(WebSocket, IsAcceptedAtAnyPathOfItsPortAndEchoes) {
    TestServer server;
    Client client(server.transport->websocket_port());

    client.send(upgrade_request("/any/path?x=1"));
    EXPECT_THAT(client.until("\r\n\r\n"), HasSubstr("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    EXPECT_EQ(client.frame(), "twelcome");
    client.send(masked("hello"));

    EXPECT_EQ(client.frame(), "thello");
}

TEST(WebSocket, IsAcceptedAtOnePathOfTheMainPortOnly) {
    TestServer server;
    Client there(server.transport->http_port());
    Client elsewhere(server.transport->http_port());

    there.send(upgrade_request("/ws"));
    elsewhere.send(upgrade_request("/other"));

    expect_welcome(there);
    EXPECT_THAT(elsewhere.response(), StartsWith("HTTP/1.1 404 "));
}

TEST(WebSocket, LivesOnTheShardThatTheGatewayNames) {
    TestServer server;
    Client client(server.transport->websocket_port());

    client.send(upgrade_request("/?elsewhere") + masked("right behind the handshake"));

    expect_welcome(client);
    EXPECT_EQ(client.frame(), "tright behind the handshake");
    EXPECT_EQ(server.shards[1].counters().websockets_open.value(), 1u);
}

TEST(WebSocket, HandlesBytesByByteAsTheSame) {
    TestServer server;
    Client client(server.transport->websocket_port());

    for (const char c : upgrade_request() + masked("slow")) client.send(std::string_view(&c, 1));

    expect_welcome(client);
    EXPECT_EQ(client.frame(), "tslow");
}

TEST(WebSocket, ThatIsRefusedGetsTheReasonAndTheEnd) {
    TestServer server;
    Client client(server.transport->websocket_port());

    client.send(upgrade_request("/?refuse") + masked("never handled"));

    EXPECT_THAT(client.until("\r\n\r\n"), StartsWith("HTTP/1.1 101 "));
    EXPECT_EQ(client.frame(), "c1008Invalid token");
    EXPECT_EQ(client.rest(), "");
    EXPECT_EQ(server.gateway.closings, 0);
}

TEST(WebSocket, ThatSaysWhoItIsGoesOnWithWhatItSaidBehind) {
    TestServer server;
    for (const std::string_view who : {"I am here", "I am elsewhere"}) {
        Client client(server.transport->websocket_port());
        client.send(upgrade_request("/?ask") + masked(who) + masked("right behind"));

        expect_welcome(client);
        EXPECT_EQ(client.frame(), "tright behind");
        client.send(masked("later"));
        EXPECT_EQ(client.frame(), "tlater");
    }
    EXPECT_EQ(server.shards[1].counters().websockets_open.value(), 1u);
}

TEST(WebSocket, ThatSaysWhoItIsByteByByteIsUnderstood) {
    TestServer server;
    Client client(server.transport->websocket_port());
    std::string ping;
    protocol::websocket::append_masked_ping(ping, "early", {1, 2, 3, 4});

    for (const char c : upgrade_request("/?ask") + ping + masked("I am elsewhere") + masked("slow")) client.send(std::string_view(&c, 1));

    EXPECT_THAT(client.until("\r\n\r\n"), StartsWith("HTTP/1.1 101 "));
    EXPECT_EQ(client.frame(), "Pearly");
    EXPECT_EQ(client.frame(), "twelcome");
    EXPECT_EQ(client.frame(), "tslow");
}

TEST(WebSocket, ThatDoesNotSayWhoItIsIsClosedInTime) {
    TransportSettings settings;
    settings.authentication_timeout = 50ms;
    TestServer server(settings);
    Client silent(server.transport->websocket_port());
    Client other(server.transport->websocket_port());

    silent.send(upgrade_request("/?ask"));
    other.send(upgrade_request("/?ask") + masked("hello") + masked("I am here"));

    EXPECT_THAT(silent.until("\r\n\r\n"), StartsWith("HTTP/1.1 101 "));
    EXPECT_EQ(silent.frame(), "c1008Authentication required");
    EXPECT_EQ(silent.rest(), "");
    EXPECT_THAT(other.until("\r\n\r\n"), StartsWith("HTTP/1.1 101 "));
    EXPECT_EQ(other.frame(), "c1008Authentication required");
    EXPECT_EQ(other.rest(), "");
    EXPECT_EQ(server.gateway.closings, 0);
}

TEST(WebSocket, BeforeItSaysWhoItIsMaySayLittle) {
    TestServer server;
    Client large(server.transport->websocket_port());
    Client pings(server.transport->websocket_port());
    std::string ping;
    protocol::websocket::append_masked_ping(ping, "", {1, 2, 3, 4});

    large.send(upgrade_request("/?ask") + masked(std::string(limits::first_message_bytes_max + 1, 'x')));
    pings.send(upgrade_request("/?ask"));
    for (unsigned n = 0; n <= limits::first_pings_max; ++n) pings.send(ping);

    EXPECT_THAT(large.until("\r\n\r\n"), StartsWith("HTTP/1.1 101 "));
    EXPECT_THAT(large.frame(), StartsWith("c1009"));
    EXPECT_THAT(pings.until("\r\n\r\n"), StartsWith("HTTP/1.1 101 "));
    for (unsigned n = 0; n < limits::first_pings_max; ++n) EXPECT_EQ(pings.frame(), "P");
    EXPECT_EQ(pings.frame(), "c1008Authentication required");
}

TEST(WebSocket, ThoseThatHaveNotSaidWhoTheyAreAreBoundedByAddressAndGiveTheirPlaceBack) {
    PendingLinks pending;
    const Address office{{1}}, home{{2}};
    for (std::size_t n = 0; n < limits::pending_links_per_address_max; ++n) pending.add(office);
    EXPECT_FALSE(pending.have_room_for(office));
    EXPECT_TRUE(pending.have_room_for(home));

    pending.remove(office);

    EXPECT_TRUE(pending.have_room_for(office));
}

TEST(WebSocket, EchoesTheSubprotocolThatTheGatewaySpeaks) {
    TestServer server;
    Client client(server.transport->websocket_port());

    client.send(upgrade_request("/", "Sec-WebSocket-Protocol: other, calldocker.v2\r\n"));

    EXPECT_THAT(client.until("\r\n\r\n"), HasSubstr("Sec-WebSocket-Protocol: calldocker.v2\r\n"));
}

TEST(WebSocket, AnswersPingsAndEchoesTheClose) {
    TestServer server;
    Client client(server.transport->websocket_port());
    client.send(upgrade_request());
    expect_welcome(client);

    std::string frames;
    protocol::websocket::append_masked_ping(frames, "are you there", {1, 2, 3, 4});
    protocol::websocket::append_masked_close(frames, 1000, "bye", {1, 2, 3, 4});
    client.send(frames);

    EXPECT_EQ(client.frame(), "Pare you there");
    EXPECT_EQ(client.frame(), "c1000");
    EXPECT_EQ(client.rest(), "");
    EXPECT_EQ(server.gateway.last_code, 1000);
}

struct Broken {
    std::string_view bytes;
    std::string_view answer;
};

TEST(WebSocket, AnswersBrokenFramesWithTheCodeOfTheirKindAndEnds) {
    TestServer server;
    using namespace std::string_view_literals;
    for (const Broken& broken :
         {Broken{"\x81\x02hi"sv, "c1002"}, Broken{"\x82\x81\x00\x00\x00\x00x"sv, "c1003"}, Broken{"\xc1\x80\x00\x00\x00\x00"sv, "c1002"},
          Broken{"\x81\x81\x00\x00\x00\x00\xff"sv, "c1007"}, Broken{"\x81\xff\x00\x00\x00\x00\x01\x00\x00\x00"sv, "c1009"}}) {
        Client client(server.transport->websocket_port());
        client.send(upgrade_request());
        expect_welcome(client);
        client.send(broken.bytes);

        EXPECT_THAT(client.frame(), StartsWith(std::string(broken.answer)));
        EXPECT_EQ(client.rest(), "");
    }
}

TEST(WebSocket, PassesABurstAndEndsAFlood) {
    TestServer server;
    Client client(server.transport->websocket_port());
    client.send(upgrade_request());
    expect_welcome(client);

    std::string frames;
    for (int i = 0; i < 1000; ++i) frames += masked("x");
    client.send(frames);
    int echoed = 0;
    std::string last = client.frame();
    while (last == "tx") {
        ++echoed;
        last = client.frame();
    }

    EXPECT_GE(echoed, 400);
    EXPECT_LT(echoed, 1000);
    EXPECT_EQ(last, "ttoo fast");
    EXPECT_THAT(client.frame(), StartsWith("c1008"));
    EXPECT_EQ(client.rest(), "");
}

TEST(WebSocket, DropsAReaderWhoLeavesTooMuchWaiting) {
    TestServer server;
    Client client(server.transport->websocket_port());
    client.send(upgrade_request());
    expect_welcome(client);

    client.send(masked("flood"));
    const auto deadline = std::chrono::steady_clock::now() + 5s;
    while (server.gateway.closings == 0 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();

    EXPECT_EQ(server.count(Ending::slow_reader), 1u);
    EXPECT_EQ(server.gateway.closings, 1);
    EXPECT_EQ(server.gateway.last_code, 1006);
}

TEST(WebSocket, AnExceptionOfTheGatewayEndsThatConnectionOnly) {
    TestServer server;
    Client unlucky(server.transport->websocket_port());
    Client other(server.transport->websocket_port());
    unlucky.send(upgrade_request());
    other.send(upgrade_request());
    expect_welcome(unlucky);
    expect_welcome(other);

    unlucky.send(masked("throw"));

    EXPECT_EQ(unlucky.rest(), "");
    other.send(masked("still here"));
    EXPECT_EQ(other.frame(), "tstill here");
    EXPECT_EQ(server.count(Ending::handler_failed), 1u);
}

TEST(WebSocket, TheGatewayClosesWithItsCodeAndHearsNothing) {
    TestServer server;
    Client client(server.transport->websocket_port());
    client.send(upgrade_request());
    expect_welcome(client);

    client.send(masked("close"));

    EXPECT_EQ(client.frame(), "c4001taken over");
    EXPECT_EQ(client.rest(), "");
    EXPECT_EQ(server.gateway.closings, 0);
}

TEST(WebSocket, PingsTheSilentAndDropsThoseThatDoNotAnswer) {
    TransportSettings settings;
    settings.ping_interval = 50ms;
    settings.idle_timeout = 200ms;
    TestServer server(settings);
    Client client(server.transport->websocket_port());
    client.send(upgrade_request());
    expect_welcome(client);

    EXPECT_EQ(client.frame(), "p");
    EXPECT_EQ(client.rest(), "");
    EXPECT_EQ(server.count(Ending::no_answer), 1u);
}

TEST(WebSocket, AnsweredPingsKeepNoUnfinishedMessageAlive) {
    TransportSettings settings;
    settings.ping_interval = 20ms;
    settings.idle_timeout = 200ms;
    TestServer server(settings);
    Client client(server.transport->websocket_port());
    client.send(upgrade_request());
    expect_welcome(client);

    // The first fragment of a text, and no other.
    client.send(std::string("\x01\x81\x01\x02\x03\x04", 6) + static_cast<char>('x' ^ 1));
    int pings = 0;
    while (client.frame() == "p") {
        ++pings;
        client.send(std::string("\x8a\x80\x01\x02\x03\x04", 6));
        ASSERT_LT(pings, 1000) << "it is kept for ever";
    }

    EXPECT_GT(pings, 2);
    EXPECT_EQ(server.count(Ending::no_answer), 1u);
}

TEST(WebSocket, AGracefulStopSaysGoingAwayToEveryone) {
    TestServer server;
    Client client(server.transport->websocket_port());
    client.send(upgrade_request("/?elsewhere"));
    expect_welcome(client);

    std::thread stopper([&] { server.transport->stop(); });
    EXPECT_THAT(client.frame(), StartsWith("c1001"));
    EXPECT_EQ(client.rest(), "");
    stopper.join();

    EXPECT_EQ(server.gateway.closings, 0);
}

}  // namespace
}  // namespace calldocker::server::testing
