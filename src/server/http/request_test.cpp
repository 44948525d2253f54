#include <gmock/gmock.h>

#include "server/http/request_reader.hpp"
#include "server/http/transport_harness.hpp"

namespace calldocker::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using namespace std::string_literals;

std::string get(std::string_view target, std::string_view extra = "") {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: x\r\n" + std::string(extra) + "\r\n";
}

struct Hostile {
    std::string what;
    std::string bytes;
    std::string status;
};

TEST(Http, RefusesWhatTwoParsersCouldReadInTwoWaysAndEndsTheConnection) {
    TestServer server;
    const std::string post = "POST /echo HTTP/1.1\r\nHost: x\r\n";
    const std::vector<Hostile> table{
        {"both lengths", post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
        {"chunked beside a length", post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", "400"},
        {"two lengths", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "400"},
        {"the same length twice", post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", "400"},
        {"a list of lengths", post + "Content-Length: 3, 3\r\n\r\nabc", "400"},
        {"a signed length", post + "Content-Length: +3\r\n\r\nabc", "400"},
        {"a negative length", post + "Content-Length: -3\r\n\r\nabc", "400"},
        {"an unknown coding", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "501"},
        {"a disguised coding", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "501"},
        {"a broken chunk", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", "400"},
        {"a folded line", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", "400"},
        {"bare line feeds", "GET / HTTP/1.1\nHost: x\n\n", "400"},
        {"a bare carriage return", "GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n", "400"},
        {"a blank before the colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", "400"},
        {"a header without a name", "GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n", "400"},
        {"NUL", "GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n"s, "400"},
        {"no host", "GET / HTTP/1.1\r\n\r\n", "400"},
        {"two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400"},
        {"a host with half a bracket", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", "400"},
        {"a host with a port that is no number", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", "400"},
        {"a host in angle brackets", "GET / HTTP/1.1\r\nHost: <x>\r\n\r\n", "400"},
        {"an address with such a host", "GET http://a:b/ HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
        {"traversal", get("/../etc/passwd"), "400"},
        {"encoded traversal", get("/%2e%2e/%2E%2e/etc/passwd"), "400"},
        {"encoded traversal and slash", get("/js/..%2f..%2fetc/passwd"), "400"},
        {"a backslash", get("/..%5cetc"), "400"},
        {"an encoded NUL", get("/a%00b"), "400"},
        {"a broken escape", get("/a%zz"), "400"},
        {"no slash", get("hello"), "400"},
        {"connect", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
        {"a future version", "GET / HTTP/3.7\r\nHost: x\r\n\r\n", "505"},
        {"no HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"s, "400"},
        {"a long address", get("/" + std::string(9000, 'a')), "414"},
        {"a long header", get("/", "A: " + std::string(20000, 'a') + "\r\n"), "431"},
        {"many fields",
         [] {
             std::string fields;
             for (int i = 0; i < 200; ++i) fields += "A: b\r\n";
             return get("/", fields);
         }(),
         "431"},
        {"a large body", post + "Content-Length: 999999999\r\n\r\n", "413"},
        {"a large chunk", post + "Transfer-Encoding: chunked\r\n\r\nfffffff\r\nabc", "413"},
        {"an address with a blank", get("/a b"), "400"},
        {"an endless chunk extension", post + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(20000, 'x') + "\r\na\r\n0\r\n\r\n",
         "431"},
        {"an unknown expectation", post + "Content-Length: 1\r\nExpect: miracles\r\n\r\na", "417"},
    };
    for (const Hostile& hostile : table) {
        Client client(server.transport->http_port());
        client.send(hostile.bytes);

        const std::string answer = client.rest();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + hostile.status)) << hostile.what;
        EXPECT_THAT(answer, HasSubstr("application/problem+json")) << hostile.what;
        EXPECT_THAT(answer, HasSubstr("Connection: close")) << hostile.what;
    }
}

TEST(Http, KeepsAConnectionAndAnswersInOrderWhatWasSentAhead) {
    TestServer server;
    Client client(server.transport->http_port());

    client.send(get("/hello") + "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc" +
                get("http://x/hello?q=1", "Connection: close\r\n"));

    EXPECT_THAT(client.response(), HasSubstr("\r\n\r\nhello"));
    EXPECT_THAT(client.response(), HasSubstr("\r\n\r\nabc"));
    EXPECT_THAT(client.rest(), HasSubstr("\r\n\r\nhello"));
}

TEST(Http, ReadsAChunkedBodyHoweverItIsCut) {
    TestServer server;
    Client client(server.transport->http_port());

    for (const char c : "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"s) {
        client.send(std::string_view(&c, 1));
    }

    EXPECT_THAT(client.response(), HasSubstr("\r\n\r\nabcde"));
}

TEST(Http, InvitesABodyThatWaitsForIt) {
    TestServer server;
    Client client(server.transport->http_port());

    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("abc");

    EXPECT_THAT(client.response(), HasSubstr("\r\n\r\nabc"));
}

TEST(Http, HeadTellsTheLengthAndSendsNothing) {
    TestServer server;
    Client client(server.transport->http_port());

    client.send("HEAD /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    const std::string answer = client.rest();
    EXPECT_THAT(answer, HasSubstr("Content-Length: 5\r\n"));
    EXPECT_THAT(answer, Not(HasSubstr("hello")));
}

TEST(Http, AnswersAPeerThatHasClosedItsHalf) {
    TestServer server;
    Client client(server.transport->http_port());

    client.send(get("/hello"));
    client.finish();

    EXPECT_THAT(client.rest(), HasSubstr("\r\n\r\nhello"));
}

TEST(Http, SendsALargeBodyWhole) {
    TestServer server;
    Client client(server.transport->http_port());

    client.send(get("/large", "Connection: close\r\n"));

    EXPECT_GT(client.rest().size(), std::size_t{5} * 1024 * 1024);
}

TEST(Http, TellsWhatTheWebSocketPortIs) {
    TestServer server;
    Client client(server.transport->websocket_port());

    client.send(get("/"));

    EXPECT_THAT(client.response(), StartsWith("HTTP/1.1 426 "));
}

TEST(Http, AnUpgradeToAnotherVersionIsToldTheRightOne) {
    TestServer server;
    Client client(server.transport->websocket_port());

    client.send(get(
        "/", "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));

    const std::string answer = client.rest();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 426 "));
    EXPECT_THAT(answer, HasSubstr("Sec-WebSocket-Version: 13"));
}

TEST(Http, PagesOfOtherOriginsMayNotConnectWhenOriginsAreNamed) {
    TransportSettings settings;
    settings.allowed_origins = {"https://shop.example"};
    TestServer server(settings);
    Client stranger(server.transport->websocket_port());
    Client friendly(server.transport->websocket_port());

    stranger.send(upgrade_request("/", "Origin: https://evil.example\r\n"));
    friendly.send(upgrade_request("/", "Origin: https://shop.example\r\n"));

    EXPECT_THAT(stranger.rest(), StartsWith("HTTP/1.1 403 "));
    EXPECT_THAT(friendly.until("\r\n\r\n"), StartsWith("HTTP/1.1 101 "));
}

TEST(Http, ThePagesOfTheServerItselfConnectWhateverOriginsAreNamed) {
    TransportSettings settings;
    settings.allowed_origins = {"https://shop.example"};
    TestServer server(settings);
    const auto answer = [&](std::uint16_t port, std::string_view origin) {
        Client client(port);
        client.send(upgrade_request("/ws", "Origin: " + std::string(origin) + "\r\n"));
        return client.until("\r\n").substr(0, 12);
    };
    const std::uint16_t main_port = server.transport->http_port(), signalling_port = server.transport->websocket_port();

    EXPECT_EQ(answer(main_port, "http://LOCALHOST"), "HTTP/1.1 101");
    EXPECT_EQ(answer(main_port, "http://localhost:8080"), "HTTP/1.1 403") << "another port is another site";
    EXPECT_EQ(answer(signalling_port, "http://localhost:3000"), "HTTP/1.1 101");
    EXPECT_EQ(answer(signalling_port, "http://localhost.evil.example"), "HTTP/1.1 403");
    EXPECT_EQ(answer(main_port, "null"), "HTTP/1.1 403");
}

TEST(Http, DropsTheSilentAndTimesOutTheSlow) {
    TransportSettings settings;
    settings.handshake_timeout = 100ms;
    TestServer server(settings);
    Client silent(server.transport->http_port());
    Client slow(server.transport->http_port());
    Client unanswered(server.transport->http_port());

    slow.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    unanswered.send(get("/never"));

    EXPECT_EQ(silent.rest(), "");
    EXPECT_THAT(slow.rest(), StartsWith("HTTP/1.1 408 "));
    EXPECT_THAT(unanswered.rest(), StartsWith("HTTP/1.1 503 "));
}

const std::string upload_head = "POST /upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\n";

TEST(Http, OnlyALetInSenderMayHaveALargeBodyAndTheBoundIsThePaths) {
    TestServer server;
    const auto status_of = [&](const std::string& request) {
        Client client(server.transport->http_port());
        client.try_to_send(request);
        return client.response().substr(9, 3);
    };
    const auto with_length = [](const std::string& head, std::size_t bytes) {
        return head + "Content-Length: " + std::to_string(bytes) + "\r\n\r\n" + std::string(bytes, 'x');
    };
    const std::string echo = "POST /echo HTTP/1.1\r\nHost: x\r\n";
    const std::string stranger = "POST /upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer bad\r\n";
    const std::string chunk = "1e8480\r\n" + std::string(2'000'000, 'x') + "\r\n";

    EXPECT_EQ(status_of(with_length(echo, 65'536)), "200");
    EXPECT_EQ(status_of(with_length(echo, 65'537)), "413");
    EXPECT_EQ(status_of(with_length("POST /nothing HTTP/1.1\r\nHost: x\r\n", 65'537)), "413");
    EXPECT_EQ(status_of(with_length(upload_head, 2'000'000)), "200");
    EXPECT_EQ(status_of(with_length(upload_head, 2'000'001)), "413");
    EXPECT_EQ(status_of(upload_head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + "0\r\n\r\n"), "200");
    EXPECT_EQ(status_of(upload_head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + "1\r\nx\r\n0\r\n\r\n"), "413");
    EXPECT_EQ(status_of(stranger + "Content-Length: 1\r\n\r\n"), "401") << "said before the body has come";
    EXPECT_EQ(status_of(stranger + "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"), "401") << "and in place of an invitation";
}

TEST(Http, StrangersBodiesTakeNoSpaceFromThoseWhoWereLetIn) {
    TransportSettings settings;
    settings.connections_per_address_max = 3000;  // counted, so that all are on one shard
    settings.handshake_timeout = 60s;
    TestServer server(settings);
    std::vector<std::unique_ptr<Client>> strangers;
    for (int i = 0; i < 1200; ++i) {  // 72 MiB, more than bodies may hold together
        strangers.push_back(std::make_unique<Client>(server.transport->http_port()));
        strangers.back()->send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 65536\r\n\r\n" + std::string(63'000, 'x'));
    }

    Client upload(server.transport->http_port());
    upload.send(upload_head + "Content-Length: 1000000\r\n\r\n" + std::string(1'000'000, 'x'));

    EXPECT_THAT(upload.response(), StartsWith("HTTP/1.1 200 "));
}

TEST(Http, ABodyOfManySmallChunksIsRead) {
    TestServer server;
    Client client(server.transport->http_port());
    std::string chunks;
    for (int i = 0; i < 10'000; ++i) chunks += "1\r\nx\r\n";

    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\nContent-Length: 3\r\n\r\n" +
                get("/hello"));

    EXPECT_THAT(client.response(), ::testing::EndsWith("\r\n\r\n" + std::string(10'000, 'x')));
    EXPECT_THAT(client.response(), HasSubstr("\r\n\r\nhello")) << "what comes behind the trailer is the next request";
}

TEST(Http, APathMayGiveItsBodiesMoreTimeThanTheRest) {
    TransportSettings settings;
    settings.handshake_timeout = 100ms;
    TestServer server(settings);
    Client upload(server.transport->http_port());
    Client echo(server.transport->http_port());

    upload.send(upload_head + "Content-Length: 10\r\n\r\nabc");
    echo.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    EXPECT_THAT(echo.rest(), StartsWith("HTTP/1.1 408 "));
    upload.send("defghij");

    EXPECT_THAT(upload.response(), StartsWith("HTTP/1.1 200 "));
}

TEST(Http, BodiesThatDoNotEndHoldABoundedMemoryTogetherAndSmallRequestsGoOn) {
    TransportSettings settings;
    settings.connections_per_address_max = 1000;  // counted, so that all are on one shard
    TestServer server(settings);
    const std::string most_of_a_body = upload_head + "Content-Length: 1100000\r\n\r\n" + std::string(1'000'000, 'x');
    std::vector<std::unique_ptr<Client>> uploads;

    std::string refusal;
    while (refusal.empty() && uploads.size() < 100) {
        uploads.push_back(std::make_unique<Client>(server.transport->http_port()));
        uploads.back()->try_to_send(most_of_a_body);
        if (uploads.size() > 60) refusal = uploads.back()->what_came_within(200ms);
    }
    EXPECT_THAT(refusal, StartsWith("HTTP/1.1 503 "));
    EXPECT_LE(uploads.size(), 70u);

    Client modest(server.transport->http_port());
    modest.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
    EXPECT_THAT(modest.response(), StartsWith("HTTP/1.1 200 "));

    uploads.clear();
    const auto deadline = std::chrono::steady_clock::now() + 5s;
    std::string answer;
    while (!answer.starts_with("HTTP/1.1 200 ") && std::chrono::steady_clock::now() < deadline) {
        Client upload(server.transport->http_port());
        upload.try_to_send(most_of_a_body + std::string(100'000, 'x'));
        answer = upload.response();
    }
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
}

TEST(Http, RefusesTooManyConnectionsOfOneAddressAndForgetsThoseThatEnded) {
    TransportSettings settings;
    settings.connections_per_address_max = 1;
    TestServer server(settings);
    {
        Client first(server.transport->http_port());
        first.send(get("/hello"));
        EXPECT_THAT(first.response(), StartsWith("HTTP/1.1 200 "));
        Client second(server.transport->http_port());
        EXPECT_THAT(second.rest(), StartsWith("HTTP/1.1 429 "));
    }
    const auto deadline = std::chrono::steady_clock::now() + 5s;
    std::string answer;
    while (!answer.starts_with("HTTP/1.1 200 ") && std::chrono::steady_clock::now() < deadline) {
        Client third(server.transport->http_port());
        third.send(get("/hello"));
        answer = third.response();
    }
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
}

TEST(Http, AFullServerSaysSoServesWhomItHasAndTakesOthersAgainWhenThereIsRoom) {
    TransportSettings settings;
    settings.connections_max = 1;
    TestServer server(settings);
    auto first = std::make_unique<Client>(server.transport->websocket_port());
    first->send(upgrade_request());
    first->until("\r\n\r\n");
    EXPECT_EQ(first->frame(), "twelcome");

    for (const std::uint16_t port : {server.transport->http_port(), server.transport->websocket_port()}) {
        Client refused(port);
        const std::string answer = refused.rest();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 "));
        EXPECT_THAT(answer, HasSubstr("Content-Type: application/problem+json"));
        EXPECT_THAT(answer, HasSubstr("Retry-After: 1"));
        EXPECT_THAT(answer, HasSubstr("urn:calldocker:problem:overloaded"));
    }
    first->send(masked("still here"));
    EXPECT_EQ(first->frame(), "tstill here");

    first.reset();
    const auto deadline = std::chrono::steady_clock::now() + 5s;
    std::string answer;
    while (!answer.starts_with("HTTP/1.1 200 ") && std::chrono::steady_clock::now() < deadline) {
        Client third(server.transport->http_port());
        third.send(get("/hello"));
        answer = third.response();
    }
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
    EXPECT_GE(server.count(Refusal::server_is_full), 2u);
}

TEST(Http, LimitsTheRateOfRequestsAndSaysWhenToComeBack) {
    TransportSettings settings;
    settings.http_per_address_per_second = 1;
    settings.http_per_address_burst = 2;
    TestServer server(settings);
    Client client(server.transport->http_port());

    client.send(get("/hello") + get("/hello") + get("/hello"));
    const std::string answers = client.rest();

    EXPECT_THAT(answers, HasSubstr("HTTP/1.1 429 "));
    EXPECT_THAT(answers, HasSubstr("Retry-After: 1"));
}

TEST(Http, AHandlerThatAnswersAfterItsConnectionEndedHarmsNobody) {
    TestServer server;
    {
        Client client(server.transport->http_port());
        client.send(get("/never"));
        client.finish();
    }
    Client other(server.transport->http_port());
    other.send(get("/hello"));

    EXPECT_THAT(other.response(), StartsWith("HTTP/1.1 200 "));
}

}  // namespace
}  // namespace calldocker::server::testing
