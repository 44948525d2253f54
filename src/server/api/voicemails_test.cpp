#include "server/api/voicemails.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "base/text.hpp"
#include "protocol/json/reader.hpp"
#include "server/gateway/recording_id.hpp"

namespace calldocker::server {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Answers at once, which the contract of Blobs rules out, and which tests read more easily for.
struct BlobsAtOnce final : ports::Blobs {
    void put(const CompanyId& company, const ports::BlobId& id, ports::Blob blob, Done done) override {
        if (broken) return done(fail(*broken));
        kept.insert_or_assign({company, id}, std::move(blob));
        done({});
    }
    void get(const CompanyId& company, const ports::BlobId& id, Got done) override {
        if (broken) return done(fail(*broken));
        const auto found = kept.find({company, id});
        if (found == kept.end()) return done(fail(ErrorCode::not_found, "none"));
        done(found->second);
    }
    void remove(const CompanyId& company, const ports::BlobId& id, Done done) override {
        kept.erase({company, id});
        done({});
    }
    std::map<std::pair<CompanyId, ports::BlobId>, ports::Blob> kept;
    std::optional<Error> broken;
};

struct VoicemailsTest : testing::Test {
    BlobsAtOnce blobs;
    struct PlainSealer final : ports::Sealer {
        std::string seal(std::string_view payload) override { return base64url_encode(payload); }
        std::optional<std::string> unseal(std::string_view text) override { return base64url_decode(text); }
    } sealer;
    domain::Budgets budgets;
    std::uint8_t last_random = 0;
    Voicemails voicemails{blobs, sealer, budgets,
                          [this](std::size_t bytes) { return std::string(bytes, static_cast<char>(++last_random)); }};
    Instant now = from_unix_ms(1'795'405'429'120);

    static domain::Identity somebody(const char* user, domain::Role role, const char* company = "acme") {
        return {.company = CompanyId(company),
                .user = UserId(domain::class_of(role), user),
                .role = role,
                .role_name = {},
                .name = {},
                .anonymous = *user == '\0',
                .token_expires_at = std::nullopt};
    }
    const domain::Identity visitor = somebody("visitor", domain::Role::customer);
    const domain::Identity agent = somebody("amina", domain::Role::agent);

    http::Response keep(const domain::Identity& who, std::string body = "sound", const char* type = "audio/webm;codecs=opus",
                        const char* peer = "192.0.2.1") {
        http::Request request;
        request.method = "POST";
        request.path = Voicemails::path;
        request.headers = {{"Content-Type", type}};
        request.body = std::move(body);
        request.peer = peer;
        std::optional<http::Response> answer;
        voicemails.keep(who, std::move(request), now, [&](http::Response response) { answer = std::move(response); });
        return answer.value();
    }
    http::Response fetch(const domain::Identity& who, const std::string& id, const char* range = "", const char* method = "GET") {
        http::Request request;
        request.method = method;
        request.path = std::string(Voicemails::path) + "/" + id;
        if (*range != '\0') request.headers = {{"Range", range}};
        std::optional<http::Response> answer;
        voicemails.fetch(who, request, [&](http::Response response) { answer = std::move(response); });
        return answer.value();
    }
    std::string id_of(const http::Response& created) {
        std::string scratch;
        const auto raw = protocol::json::pick(created.body, std::array<std::string_view, 1>{"recordingId"});
        return std::string(protocol::json::text_of(raw[0], scratch).value_or(""));
    }
};

TEST_F(VoicemailsTest, WhatAVisitorLeavesStaffOfTheCompanyCanFetch) {
    const auto created = keep(visitor, "sound");
    const auto fetched = fetch(agent, id_of(created));

    EXPECT_EQ(created.status, 201u);
    EXPECT_EQ(id_of(created).size(), 16u);
    EXPECT_EQ(created.header("Location"), "/api/v1/voicemails/" + id_of(created));
    EXPECT_TRUE(is_recording_of(id_of(created), visitor, sealer, now));
    EXPECT_EQ(fetched.status, 200u);
    EXPECT_EQ(fetched.content(), "sound");
    EXPECT_EQ(fetched.header("Content-Type"), "audio/webm");
    EXPECT_EQ(fetched.header("Cache-Control"), "private, no-store");
}

TEST_F(VoicemailsTest, AllWhoMayNotHaveItGetTheSame404) {
    const std::string id = id_of(keep(visitor));
    const auto expected = fetch(agent, "AAAAAAAAAAAAAAAA");

    EXPECT_EQ(expected.status, 404u);
    for (const auto& answer : {fetch(visitor, id), fetch(somebody("amina", domain::Role::admin, "other"), id), fetch(agent, id + "A"),
                               fetch(agent, "../acme/" + id), fetch(agent, std::string(200, 'A'))}) {
        EXPECT_EQ(answer.status, expected.status);
        EXPECT_EQ(answer.headers, expected.headers);
        EXPECT_EQ(answer.content(), expected.content());
    }
}

TEST_F(VoicemailsTest, APlayerMayAskForAPart) {
    const std::string id = id_of(keep(visitor, "0123456789"));

    EXPECT_EQ(fetch(agent, id).header("Accept-Ranges"), "bytes");
    EXPECT_EQ(fetch(agent, id, "bytes=2-4").status, 206u);
    EXPECT_EQ(fetch(agent, id, "bytes=2-4").content(), "234");
    EXPECT_EQ(fetch(agent, id, "bytes=10-").status, 416u);
    EXPECT_EQ(fetch(agent, id, "bytes=2-4", "HEAD").content().size(), 10u);
}

TEST_F(VoicemailsTest, OnlyTheSoundThatBrowsersRecordIsTaken) {
    for (const char* type : {"audio/webm", "audio/ogg; codecs=opus", "AUDIO/MP4"}) EXPECT_EQ(keep(visitor, "x", type).status, 201u) << type;
    for (const char* type : {"", "audio/wav", "audio/webmx", "text/html", "video/webm", ";audio/webm"})
        EXPECT_EQ(keep(visitor, "x", type).status, 415u) << type;
    EXPECT_EQ(keep(visitor, "").status, 400u);
}

TEST_F(VoicemailsTest, TenAnHourOfAPersonAreEnough) {
    for (int i = 0; i < 10; ++i) EXPECT_EQ(keep(visitor).status, 201u);

    const auto refused = keep(visitor);
    EXPECT_EQ(refused.status, 429u);
    EXPECT_EQ(refused.header("Retry-After"), "3600");
    EXPECT_EQ(keep(somebody("another", domain::Role::customer)).status, 201u);
    EXPECT_EQ(keep(somebody("visitor", domain::Role::customer, "other")).status, 201u);
    now += 1h;
    EXPECT_EQ(keep(visitor).status, 201u);
}

TEST_F(VoicemailsTest, OneAddressUsesUpItsOwnBudgetAndNotTheCompanys) {
    for (int i = 0; i < 400; ++i) (void)keep(somebody(fmt::format("visitor-{}", i).c_str(), domain::Role::customer));

    EXPECT_EQ(keep(somebody("visitor-new", domain::Role::customer)).status, 429u);
    EXPECT_EQ(keep(somebody("visitor-new", domain::Role::customer), "x", "audio/webm", "192.0.2.2").status, 201u);
}

TEST_F(VoicemailsTest, OfACompanysBudgetSomeIsLeftForThoseItKnows) {
    for (int i = 0; i < 400; ++i)
        (void)keep(somebody(fmt::format("visitor-{}", i).c_str(), domain::Role::customer), "x", "audio/webm",
                   fmt::format("192.0.2.{}", i % 250).c_str());

    EXPECT_EQ(keep(somebody("visitor-new", domain::Role::customer), "x", "audio/webm", "198.51.100.1").status, 429u);
    EXPECT_EQ(keep(somebody("customer-42", domain::Role::customer), "x", "audio/webm", "198.51.100.1").status, 201u);
}

TEST_F(VoicemailsTest, WhatTheDiskSaysIsNotForVisitors) {
    const std::string id = id_of(keep(visitor));
    blobs.broken = Error{ErrorCode::unavailable, "/var/lib/calldocker is full"};

    for (const auto& answer : {keep(visitor), fetch(agent, id)}) {
        EXPECT_EQ(answer.status, 503u);
        EXPECT_THAT(answer.body, Not(HasSubstr("/var/lib")));
    }
}

}  // namespace
}  // namespace calldocker::server
