// Static files and routes: what a request is answered with, without a socket.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "server/http/assets.hpp"
#include "server/http/message.hpp"
#include "server/http/problem.hpp"
#include "server/http/range.hpp"
#include "server/http/routes.hpp"

namespace calldocker::server::http {
namespace {

/// A folder that is gone with the test.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "calldocker-assets-XXXXXX").string();
        path_ = mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    void write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name) << text;
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

struct ContentTest : testing::Test {
    Folder folder;
    Assets assets;
    std::unique_ptr<Routes> routes;

    void SetUp() override {
        folder.write("index.html", "<h1>Hello</h1>");
        folder.write("agent.html", "<h1>Agent</h1>");
        folder.write("assets/app-1a2b.js", "0123456789");
        folder.write("assets/app-1a2b.js.gz", "gz");
        folder.write("assets/app-1a2b.js.br", "br");
        folder.write("widget.js", "let widget;");
        assets = Assets::load(folder.path(), [](std::string_view path) { return path == "/widget.js"; }).value();
        assets.alias("/", "/index.html");
        assets.alias("/agent", "/agent.html");
        routes = std::make_unique<Routes>(assets, OriginPolicy{{"https://shop.example"}});
        routes->add("POST", "/api/thing",
                    [](const Request& request, const Respond& respond) { respond(json_response(200, request.body)); });
        const auto below = [](const char* name) {
            return [name](const Request& request, const Respond& respond) { respond(json_response(200, name + request.path)); };
        };
        routes->add_below("GET", "/api/things/", below("thing "));
        routes->add_below("GET", "/api/things/old/", below("old thing "));
        routes->add("GET", "/api/things/first", below("the first "));
        routes->allow_body("POST", "/api/thing", {.bytes_max = 7, .time = std::chrono::seconds{60}}, [](const Request& head) -> Result<> {
            if (!head.header("Authorization").empty()) return {};
            return fail(ErrorCode::unauthenticated, "sign in");
        });
        routes->add("GET", "/health", [](const Request&, const Respond& respond) { respond(json_response(200, "{}")); });
    }
    Response ask(std::string method, std::string path, std::vector<Header> headers = {}) {
        Request request;
        request.method = std::move(method);
        request.path = std::move(path);
        request.headers = std::move(headers);
        Response answer;
        routes->handle(request, [&](Response response) { answer = std::move(response); });
        return answer;
    }
};

TEST_F(ContentTest, AnAliasIsTheSameFile) {
    EXPECT_EQ(ask("GET", "/").content(), "<h1>Hello</h1>");
    EXPECT_EQ(ask("GET", "/agent").header("ETag"), ask("GET", "/agent.html").header("ETag"));
    EXPECT_EQ(ask("GET", "/").header("Cache-Control"), "no-cache");
    EXPECT_EQ(ask("GET", "/").header("Content-Type"), "text/html; charset=utf-8");
}

TEST_F(ContentTest, TheBestEncodingThatIsAcceptedIsSent) {
    const std::string path = "/assets/app-1a2b.js";

    EXPECT_EQ(ask("GET", path, {{"Accept-Encoding", "gzip, br"}}).content(), "br");
    EXPECT_EQ(ask("GET", path, {{"Accept-Encoding", "gzip, br;q=0"}}).content(), "gz");
    EXPECT_EQ(ask("GET", path, {{"Accept-Encoding", "*;q=0"}}).content(), "0123456789");
    EXPECT_EQ(ask("GET", path).header("Content-Encoding"), "");
    EXPECT_EQ(ask("GET", path).header("Cache-Control"), "public, max-age=31536000, immutable");
}

TEST_F(ContentTest, WhatTheClientHasIsNotSentAgain) {
    const std::string etag(ask("GET", "/").header("ETag"));
    const std::string modified(ask("GET", "/").header("Last-Modified"));

    EXPECT_EQ(ask("GET", "/", {{"If-None-Match", "\"x\", W/" + etag}}).status, 304u);
    EXPECT_EQ(ask("GET", "/", {{"If-None-Match", etag}}).content(), "");
    EXPECT_EQ(ask("GET", "/", {{"If-Modified-Since", modified}}).status, 304u);
    EXPECT_EQ(ask("GET", "/", {{"If-None-Match", "\"x\""}, {"If-Modified-Since", modified}}).status, 200u);
    EXPECT_EQ(ask("GET", "/", {{"If-Modified-Since", "yesterday"}}).status, 200u);
}

TEST_F(ContentTest, AFileThatIsNotTheOneAskedForIsNotSent) {
    const std::string tag(ask("GET", "/").header("ETag"));

    EXPECT_EQ(ask("GET", "/", {{"If-Match", tag}}).status, 200u);
    EXPECT_EQ(ask("GET", "/", {{"If-Match", "*"}}).status, 200u);
    EXPECT_EQ(ask("GET", "/", {{"If-Match", "\"another\""}}).status, 412u);
    EXPECT_EQ(ask("GET", "/", {{"If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:01 GMT"}}).status, 412u);
    EXPECT_EQ(ask("GET", "/", {{"If-Unmodified-Since", "not a date"}}).status, 200u);
}

TEST_F(ContentTest, TheServerAsAWholeSaysWhatItAnswers) {
    EXPECT_EQ(ask("OPTIONS", "*").status, 204u);
    EXPECT_NE(ask("OPTIONS", "*").header("Allow"), "");
}

TEST_F(ContentTest, ARangeIsAPartOfTheFileItself) {
    const std::string path = "/assets/app-1a2b.js";
    const auto part = ask("GET", path, {{"Range", "bytes=2-4"}, {"Accept-Encoding", "br"}});

    EXPECT_EQ(part.status, 206u);
    EXPECT_EQ(part.content(), "234");
    EXPECT_EQ(part.header("Content-Range"), "bytes 2-4/10");
    EXPECT_EQ(ask("GET", path, {{"Range", "bytes=10-"}}).status, 416u);
    EXPECT_EQ(ask("GET", path, {{"Range", "bytes=2-4"}, {"If-Range", "\"old\""}}).status, 200u);
}

TEST_F(ContentTest, NoPathLeavesTheFolder) {
    for (const char* path : {"/../etc/passwd", "/assets/../../etc/passwd", "/assets/", "/assets", "//index.html", "/index.html/"})
        EXPECT_EQ(ask("GET", path).status, 404u) << path;
}

TEST_F(ContentTest, AWrongMethodIsToldTheRightOnes) {
    const auto refused = ask("DELETE", "/api/thing");

    EXPECT_EQ(refused.status, 405u);
    EXPECT_EQ(refused.header("Allow"), "POST, OPTIONS");
    EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(ask("POST", "/").header("Allow"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(ask("OPTIONS", "/health").status, 204u);
    EXPECT_EQ(ask("HEAD", "/health").status, 200u);
}

TEST_F(ContentTest, AnEndpointOfAPrefixAnswersWhatIsBelowAndHasNoEndpointOfItsOwn) {
    EXPECT_EQ(ask("GET", "/api/things/7").content(), "thing /api/things/7");
    EXPECT_EQ(ask("GET", "/api/things/7/parts").content(), "thing /api/things/7/parts");
    EXPECT_EQ(ask("GET", "/api/things/old/7").content(), "old thing /api/things/old/7");
    EXPECT_EQ(ask("GET", "/api/things/first").content(), "the first /api/things/first");
    for (const char* path : {"/api/things/", "/api/things", "/api/thingsy"}) EXPECT_EQ(ask("GET", path).status, 404u) << path;
    EXPECT_EQ(ask("POST", "/api/things/7").header("Allow"), "GET, HEAD, OPTIONS");
}

TEST_F(ContentTest, APathMayTakeLargeBodiesFromWhomItsGateLetsIn) {
    Request head;
    head.method = "POST";
    head.path = "/api/thing";
    head.headers = {{"Origin", "https://shop.example"}};
    const auto refused = routes->admit_body(head);
    EXPECT_EQ(refused.error().status, 401u);
    EXPECT_EQ(refused.error().header("Access-Control-Allow-Origin"), "https://shop.example");
    head.headers = {{"Authorization", "Bearer good"}};
    EXPECT_EQ((*routes->admit_body(head))->bytes_max, 7u);
    head.method = "PUT";
    EXPECT_FALSE(routes->admit_body(head)->has_value());
    head.method = "POST";
    head.path = "/api/thing/";
    EXPECT_FALSE(routes->admit_body(head)->has_value());
}

TEST_F(ContentTest, OtherSitesPagesMayLoadTheWidgetsFilesAlone) {
    EXPECT_EQ(ask("GET", "/widget.js").header("Cross-Origin-Resource-Policy"), "cross-origin");
    EXPECT_EQ(ask("GET", "/widget.js").header("Access-Control-Allow-Origin"), "*");
    for (const char* path : {"/", "/agent", "/assets/app-1a2b.js"}) {
        EXPECT_EQ(ask("GET", path).header("Cross-Origin-Resource-Policy"), "same-origin") << path;
        EXPECT_EQ(ask("GET", path).header("Access-Control-Allow-Origin"), "") << path;
    }
    const std::string etag(ask("GET", "/widget.js").header("ETag"));
    EXPECT_EQ(ask("GET", "/widget.js", {{"If-None-Match", etag}}).header("Cross-Origin-Resource-Policy"), "cross-origin");
}

TEST_F(ContentTest, NothingAtAnAddressIsSaidInTheOriginalsWordsToo) {
    for (const char* path : {"/nothing", "/api/nothing"}) {
        const auto response = ask("GET", path);
        EXPECT_EQ(response.status, 404u) << path;
        EXPECT_NE(response.body.find(R"("error":"Route not found")"), std::string::npos) << response.body;
    }
}

TEST_F(ContentTest, OnlyAllowedOriginsMayUseTheApi) {
    EXPECT_EQ(ask("POST", "/api/thing", {{"Origin", "https://shop.example"}}).header("Access-Control-Allow-Origin"),
              "https://shop.example");
    EXPECT_EQ(ask("POST", "/api/thing", {{"Origin", "https://evil.example"}}).header("Access-Control-Allow-Origin"), "");
    EXPECT_EQ(ask("OPTIONS", "/api/thing", {{"Origin", "https://shop.example"}}).header("Access-Control-Allow-Methods"),
              "GET, POST, PUT, DELETE, OPTIONS");
}

TEST_F(ContentTest, EveryResponseCarriesTheSecurityHeaders) {
    for (const char* path : {"/", "/health", "/nothing", "/api/nothing"}) {
        const auto response = ask("GET", path);
        EXPECT_NE(response.header("Content-Security-Policy").find("script-src 'self'"), std::string_view::npos) << path;
        EXPECT_EQ(response.header("X-Content-Type-Options"), "nosniff") << path;
        EXPECT_EQ(response.header("Strict-Transport-Security"), "") << path;
    }
}

TEST(Authority, IsAHostAndPerhapsAPort) {
    for (const char* good :
         {"", "a", "a.example", "a:80", "a:", "127.0.0.1:3000", "[::1]", "[2001:db8::1]:443", "[::ffff:1.2.3.4]", "x_y", "a%2eb", "xn--a"})
        EXPECT_TRUE(is_authority(good)) << good;
    for (const char* bad : {"[::1",
                            "::1",
                            "a:b",
                            "<x>",
                            "a b",
                            "a/b",
                            "u@a",
                            "a,b",
                            "a:80:80",
                            ":80",
                            "a:65536",
                            "a:-1",
                            "[1.2.3.4]",
                            "[a]",
                            "[::1]x",
                            "[::1]:x",
                            "[fe80::1%25eth0]",
                            "a%2",
                            "a%zz",
                            "[]",
                            "a\\b",
                            "a?b",
                            "a#b",
                            "\"a\""})
        EXPECT_FALSE(is_authority(bad)) << bad;
}

TEST(Problem, IsAProblemDocument) {
    EXPECT_EQ(problem({ErrorCode::not_found, "no \"such\" thing"}).body,
              R"({"type":"urn:calldocker:problem:not_found","title":"Not Found","status":404,"detail":"no \"such\" thing"})");
}

TEST(Problem, TooMuchOfOneCallerIs429AndSaysWhenToComeBack) {
    const Response refused = problem(Error{ErrorCode::overloaded, "too many recordings", 1500ms});

    EXPECT_EQ(refused.status, 429u);
    EXPECT_EQ(refused.header("Retry-After"), "2");
    EXPECT_EQ(problem({ErrorCode::overloaded, "too much waits"}).status, 503u);
}

TEST(Problem, SaysHowToSignIn) {
    EXPECT_EQ(problem({ErrorCode::unauthenticated, "who are you?"}).header("WWW-Authenticate"), "Bearer");
    EXPECT_EQ(problem({ErrorCode::forbidden, "not you"}).header("WWW-Authenticate"), "");
}

TEST(HttpDate, GoesThereAndBack) {
    EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT", -1), 784111777);
    EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT and more", -1), -1);
}

TEST(RangeHeader, CutsAnAnswerDownOrRefusesIt) {
    const auto answer = [](std::string_view range) {
        Response whole;
        whole.file = std::make_shared<const std::string>("0123456789");
        whole.file_bytes = 10;
        return in_part(std::move(whole), range);
    };

    EXPECT_EQ(answer("").content(), "0123456789");
    EXPECT_EQ(answer("bytes=8-").content(), "89");
    EXPECT_EQ(answer("bytes=8-").header("Content-Range"), "bytes 8-9/10");
    EXPECT_EQ(answer("bytes=10-").status, 416u);
    EXPECT_EQ(answer("bytes=10-").header("Content-Range"), "bytes */10");
}

TEST(RangeHeader, FollowsTheRfcAtItsEdges) {
    using Kind = Range::Kind;
    EXPECT_EQ(parse_range("bytes=0-0", 10), (Range{Kind::part, 0, 0}));
    EXPECT_EQ(parse_range("bytes=-3", 10), (Range{Kind::part, 7, 9}));
    EXPECT_EQ(parse_range("bytes=-30", 10), (Range{Kind::part, 0, 9}));
    EXPECT_EQ(parse_range("bytes=5-99", 10), (Range{Kind::part, 5, 9}));
    EXPECT_EQ(parse_range("bytes=-0", 10).kind, Kind::unsatisfiable);
    EXPECT_EQ(parse_range("bytes=0-", 0).kind, Kind::unsatisfiable);
    for (const char* ignored :
         {"", "bytes=", "bytes=-", "bytes=a-b", "bytes=4-2", "bytes=0-1,3-4", "lines=0-1", "bytes=99999999999999999999-"})
        EXPECT_EQ(parse_range(ignored, 10).kind, Kind::whole) << ignored;
}

}  // namespace
}  // namespace calldocker::server::http
