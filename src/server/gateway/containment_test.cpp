// What one company's bug costs: that company, for a while. Others on the same shard notice nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "app/testing/fake_logs.hpp"
#include "server/gateway/gateway.hpp"
#include "server/gateway/gateway_harness.hpp"
#include "server/gateway/limits.hpp"

namespace calldocker::server {
namespace {

using testing::FakeLink;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string ring = R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":"k1","id":"c1"})";

/// Throws once, at the nth time that it is asked, after begin().
struct Fault {
    void operator()() {
        if (at >= 0 && at-- == 0) throw std::runtime_error("a bug");
    }
    int at = -1;
};

struct ContainmentTest : ::testing::Test {
    app::testing::FakeLogs logs;
    testing::OpenTokens tokens;
    testing::PlainSealer sealer;
    Counter unexpected_errors;
    Instant now = from_unix_ms(1'000'000);
    std::optional<Instant> wake_at;
    char next_random = 1;
    Fault fault;
    std::vector<std::unique_ptr<FakeLink>> links;
    Gateway gateway{{},
                    GatewayPorts{.log = logs,
                                 .tokens = tokens,
                                 .sealer = sealer,
                                 .clock =
                                     [this] {
                                         fault();
                                         return now;
                                     },
                                 .random_bytes = [this](std::size_t bytes) { return std::string(bytes, next_random++); },
                                 .epoch = "epoch-1",
                                 .ice = {},
                                 .unexpected_errors = &unexpected_errors},
                    [this](Instant at) { wake_at = at; }};

    ContainmentTest() {
        logs.before = [this](const CompanyId&, std::string_view) { fault(); };
    }
    FakeLink& connect(const std::string& who, bool version_2 = true, std::string_view more = "") {
        FakeLink& link = *links.emplace_back(std::make_unique<FakeLink>());
        link.before_send = [this] { fault(); };
        const auto admission = gateway.admit({"token=" + who + std::string(more), version_2, "test"}, now);
        link.handler = &gateway.opened(link, admission.ticket, now);
        settle();
        return link;
    }
    void settle() { logs.settle(); }
    /// As the real transport does: a link that the gateway has closed says nothing more.
    void say(FakeLink& link, std::string_view text) {
        if (link.close_code == 0) link.handler->received(link, text, now);
    }
    /// Time passes as the shard lets it: the gateway is woken when it has asked to be.
    void pass(Milliseconds time) {
        const Instant until = now + time;
        while (wake_at && *wake_at <= until) {
            now = std::max(now, *std::exchange(wake_at, std::nullopt));
            gateway.tick(now);
            settle();
        }
        now = until;
    }
    app::testing::FakeLog& log_of(std::string_view company) { return logs.of(CompanyId(company)); }
};

TEST_F(ContainmentTest, AThrowInOneCompanyClosesItsOwnLinksAndNobodyElses) {
    FakeLink& amina = connect("amina@acme/agent");
    FakeLink& page = connect("ben@acme/user", false);
    FakeLink& elsewhere = connect("amina@other/agent");
    fault.at = 0;

    say(amina, R"({"type":"join_room","roomId":"agent-room","id":"c1"})");

    EXPECT_EQ(amina.close_code, 1013);
    EXPECT_EQ(page.close_code, 1013);
    EXPECT_EQ(elsewhere.close_code, 0);
    EXPECT_EQ(unexpected_errors.value(), 1u);
    say(elsewhere, R"({"type":"ping"})");
    EXPECT_THAT(elsewhere.last(), HasSubstr("pong"));
}

TEST_F(ContainmentTest, AThrowInATimerStopsNoTimerOfAnotherCompany) {
    FakeLink& visitor = connect("ben@acme/user");
    FakeLink& elsewhere = connect("ben@other/user");
    for (FakeLink* link : {&visitor, &elsewhere}) say(*link, ring);
    settle();
    for (FakeLink* link : {&visitor, &elsewhere}) link->handler->closed(*link, 1006, now);
    logs.before = [](const CompanyId& company, std::string_view) {
        if (company.view() == "acme") throw std::runtime_error("a bug");
    };
    const auto has_ended = [&](std::string_view company) { return log_of(company).events.back().type == "contact.ended"; };

    pass(30min);
    EXPECT_GE(unexpected_errors.value(), 2u);
    EXPECT_TRUE(has_ended("other")) << "the visitor who is lost is given up in time";
    EXPECT_FALSE(has_ended("acme"));

    logs.before = nullptr;
    pass(30min);
    EXPECT_TRUE(has_ended("acme")) << "its own timers go on once it can be loaded";
}

TEST_F(ContainmentTest, AThrowWhileTheTimeIsToldKeepsItFromNobodyElse) {
    FakeLink& one = connect("amina@acme/agent");
    FakeLink& other = connect("amina@other/agent");
    fault.at = 0;

    EXPECT_FALSE(gateway.tell_time(now));

    FakeLink& failed = one.close_code == 0 ? other : one;
    FakeLink& well = one.close_code == 0 ? one : other;
    EXPECT_EQ(failed.close_code, 1013);
    EXPECT_EQ(well.close_code, 0);
    EXPECT_THAT(well.last(), HasSubstr(R"("type":"clock")"));
    EXPECT_EQ(unexpected_errors.value(), 1u);
}

TEST_F(ContainmentTest, AfterAPauseTheCompanyIsBackAndTheClientGoesOnWhereItWas) {
    FakeLink& visitor = connect("ben@acme/user");
    say(visitor, ring);
    settle();
    const std::string again = "&seq=3&resume=" + visitor.value("resumeToken");
    fault.at = 0;
    say(visitor, R"({"type":"get_chat","callId":"k1","id":"c2"})");
    ASSERT_EQ(visitor.close_code, 1013);

    EXPECT_EQ(connect("ben@acme/user", true, again).close_code, 1013) << "it rests";
    pass(limits::rest_first);
    FakeLink& back = connect("ben@acme/user", true, again);

    ASSERT_THAT(back.sent, SizeIs(2));
    EXPECT_THAT(back.sent[1], HasSubstr(R"("reason":"epoch")"));
    EXPECT_THAT(back.sent[1], HasSubstr("k1"));
    say(back, ring);
    settle();
    EXPECT_THAT(back.last(), HasSubstr(R"("type":"ack","id":"c1")")) << "done before, and not done twice";
}

TEST_F(ContainmentTest, WhereverItThrowsNothingIsToldThatIsNotWrittenAndNothingIsLost) {
    bool threw = true;
    for (int point = 0; threw; ++point) {
        SCOPED_TRACE(point);
        const std::string company = fmt::format("company-{}", point);
        FakeLink& agent = connect("amina@" + company + "/agent");
        FakeLink& visitor = connect("ben@" + company + "/user");
        say(agent, R"({"type":"set_media_ready","ready":true})");
        say(agent, R"({"type":"set_agent_intent","intent":"available"})");
        settle();
        const auto errors = unexpected_errors.value();

        fault.at = point;
        say(visitor, ring);
        settle();
        fault.at = -1;
        threw = unexpected_errors.value() != errors;
        settle();

        std::string log;
        for (const auto& event : log_of(company).events) log += event.type + " ";
        for (const FakeLink* link : {&agent, &visitor}) {
            for (const std::string& text : link->sent)
                EXPECT_TRUE(text.find("k1") == std::string::npos || log.find("contact.created") != std::string::npos) << text;
        }
        if (!threw) RecordProperty("points", point);
        EXPECT_EQ(agent.close_code, threw ? 1013 : 0);
        EXPECT_EQ(visitor.close_code, threw ? 1013 : 0);

        pass(limits::rest_longest);
        FakeLink& back = connect("ben@" + company + "/user", true, "&resume=" + visitor.value("resumeToken"));
        say(back, ring);
        settle();
        EXPECT_THAT(back.sent, ::testing::Contains(HasSubstr(R"("type":"ack","id":"c1")")));
        const auto& events = log_of(company).events;
        EXPECT_EQ(std::count_if(events.begin(), events.end(), [](const auto& event) { return event.type == "contact.created"; }), 1);
    }
}

TEST_F(ContainmentTest, ACompanyThatThrowsAtEachLoadCostsOneTryAMinute) {
    int loads = 0;
    logs.before = [&](const CompanyId&, std::string_view call) {
        loads += call == "load" ? 1 : 0;
        throw std::runtime_error("a bug");
    };
    EXPECT_EQ(connect("ben@acme/user").close_code, 1013);

    pass(1h);

    EXPECT_GE(loads, 60);
    EXPECT_LE(loads, 70);
    EXPECT_EQ(connect("ben@acme/user").close_code, 1013);
    logs.before = nullptr;
    pass(limits::rest_longest);
    EXPECT_EQ(connect("ben@acme/user").close_code, 0);
}

TEST_F(ContainmentTest, ACompanyThatCannotBeReadIsTriedEachMinuteAndTurnsItsLinksAway) {
    log_of("acme").unreadable = true;
    EXPECT_EQ(connect("ben@acme/user").close_code, 1013);
    pass(10min);
    EXPECT_EQ(connect("ben@acme/user").close_code, 1013);
    EXPECT_EQ(connect("ben@other/user").close_code, 0);

    log_of("acme").unreadable = false;
    pass(limits::rest_longest);

    EXPECT_EQ(connect("ben@acme/user").close_code, 0);
    EXPECT_EQ(unexpected_errors.value(), 0u) << "no bug of ours";
}

TEST_F(ContainmentTest, ARunningCompanyWhoseLogCanNoLongerBeUnderstoodIsDroppedAndSaysSo) {
    FakeLink& ben = connect("ben@acme/user");
    FakeLink& other = connect("ben@other/user");
    say(ben, ring);
    settle();
    log_of("acme").events.back().type = "contact.of_a_later_version";

    log_of("acme").broken = true;
    say(ben, R"({"type":"end_contact","callId":"k1","id":"c2"})");
    settle();

    EXPECT_EQ(ben.close_code, 1013);
    EXPECT_EQ(other.close_code, 0);
    EXPECT_EQ(unexpected_errors.value(), 1u);
}

TEST_F(ContainmentTest, CallersOverHttpAreToldThatTheirCompanyIsUnavailable) {
    std::vector<Result<std::string>> told;
    const auto note = [&](Result<std::string> answer) { told.push_back(std::move(answer)); };
    const domain::Identity admin{CompanyId{"acme"}, UserId{"ada"}, domain::Role::admin, "admin", "", false, {}};
    FakeLink& visitor = connect("ben@acme/user");
    gateway.configure(admin, R"({"queues":[{"id":"sales"}]})", note);  // waits for the log
    ASSERT_THAT(told, IsEmpty());

    fault.at = 0;
    say(visitor, R"({"type":"ping"})");
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].error().code, ErrorCode::unavailable);

    gateway.tell_configuration(CompanyId{"acme"}, note);  // rests
    ASSERT_THAT(told, SizeIs(2));
    EXPECT_EQ(told[1].error().code, ErrorCode::unavailable);

    logs.before = [](const CompanyId&, std::string_view) { throw std::runtime_error("a bug"); };
    gateway.tell_configuration(CompanyId{"new"}, note);
    ASSERT_THAT(told, SizeIs(3));
    EXPECT_EQ(told[2].error().code, ErrorCode::unavailable);

    logs.before = nullptr;
    pass(limits::rest_longest);
    logs.before = [](const CompanyId&, std::string_view) { throw std::runtime_error("a bug"); };
    gateway.configure(admin, R"({"queues":[{"id":"sales"}]})", note);  // is what throws
    ASSERT_THAT(told, SizeIs(4));
    EXPECT_EQ(told[3].error().code, ErrorCode::unavailable);
}

TEST_F(ContainmentTest, ACallerOverHttpWhoThrowsCostsItsCompanyNothing) {
    FakeLink& visitor = connect("ben@acme/user");

    gateway.tell_configuration(CompanyId{"acme"}, [](const Result<std::string>&) { throw std::runtime_error("a bug"); });

    EXPECT_EQ(unexpected_errors.value(), 1u);
    EXPECT_EQ(visitor.close_code, 0);
}

TEST(Setbacks, DoubleTheirPauseUntilAllHasGoneWellForAWhile) {
    Setbacks setbacks;
    Instant now = from_unix_ms(0);
    std::vector<std::int64_t> pauses;
    for (int i = 0; i < 8; ++i) {
        setbacks.works(now);
        now += 59s;
        pauses.push_back(setbacks.failed(now).count() / 1000);
    }
    EXPECT_THAT(pauses, ::testing::ElementsAre(1, 2, 4, 8, 16, 32, 60, 60));

    setbacks.works(now);
    EXPECT_EQ(setbacks.failed(now + limits::rest_longest), limits::rest_first);
}

TEST(Setbacks, AreSaidOnceAMinute) {
    Setbacks setbacks;
    const Instant now = from_unix_ms(0);

    EXPECT_TRUE(setbacks.may_say(now));
    EXPECT_FALSE(setbacks.may_say(now + 59s));
    EXPECT_TRUE(setbacks.may_say(now + 60s));
    EXPECT_FALSE(setbacks.may_say(now + 61s));
}

}  // namespace
}  // namespace calldocker::server
