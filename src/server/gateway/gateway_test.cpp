#include "server/gateway/gateway.hpp"

#include "server/gateway/gateway_harness.hpp"
#include "server/gateway/limits.hpp"

namespace calldocker::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

using server::testing::FakeLink;
using server::testing::GatewayTest;

TEST_F(GatewayTest, GreetsVersion1WithExactlyItsFields) {
    FakeLink& link = connect("token=amina@acme/agent");

    EXPECT_EQ(
        link.last(),
        R"({"type":"connection_established","userId":"amina","role":"agent","companyId":"acme","timestamp":"1970-01-01T00:16:40.000Z"})");
}

TEST_F(GatewayTest, RefusesWithoutATokenAndWithABadOne) {
    EXPECT_EQ(connect("").close_reason, "Authentication required");
    EXPECT_EQ(connect("token=bad").close_reason, "Invalid token");
    EXPECT_EQ(connect("token=bad").close_code, 1008);
}

TEST_F(GatewayTest, AVersion2ClientMaySayWhoItIsInItsFirstMessage) {
    FakeLink& first = introduce(R"({"type":"authenticate","token":"ben@acme/user"})");
    lose(first);

    FakeLink& second =
        introduce(R"({"type":"authenticate","token":"ben@acme/user","seq":1,"resumeToken":")" + first.value("resumeToken") + "\"}");

    EXPECT_THAT(second.sent[0], HasSubstr(R"("resumed":true)"));
    EXPECT_EQ(second.value("sessionId"), first.value("sessionId"));
}

TEST_F(GatewayTest, AFirstMessageOfAnotherKindOrWithABadTokenIsRefused) {
    EXPECT_EQ(introduce(R"({"type":"ping"})").close_reason, "Authentication required");
    EXPECT_EQ(introduce(R"({"type":"authenticate"})").close_reason, "Authentication required");
    EXPECT_EQ(introduce("no JSON").close_reason, "Authentication required");
    EXPECT_EQ(introduce(R"({"type":"authenticate","token":"bad"})").close_reason, "Invalid token");
}

TEST_F(GatewayTest, Version1HasItsTokenInItsAddressAlone) { EXPECT_EQ(connect("").close_reason, "Authentication required"); }

TEST_F(GatewayTest, WhatIsSaidBeforeTheCompanyIsLoadedIsHandledInOrder) {
    FakeLink& link = connect("token=amina@acme/agent", false, false);
    say(link, R"({"type":"join_room","roomId":"agent-room"})");
    say(link, R"({"type":"ping"})");
    EXPECT_TRUE(link.sent.empty());

    log.settle();

    ASSERT_THAT(link.sent, SizeIs(3));
    EXPECT_THAT(link.sent[1], HasSubstr("room_joined"));
    EXPECT_THAT(link.sent[2], HasSubstr("pong"));
}

TEST_F(GatewayTest, TooMuchBeforeTheCompanyIsLoadedEndsTheLink) {
    FakeLink& link = connect("token=amina@acme/agent", false, false);
    for (std::size_t i = 0; i <= limits::early_messages_max; ++i) say(link, R"({"type":"ping"})");

    EXPECT_EQ(link.close_code, 1013);
}

TEST_F(GatewayTest, ACompanyWhoseLogCannotBeReadSaysTryAgainAndRecovers) {
    log.unreadable = true;
    EXPECT_EQ(connect("token=amina@acme/agent").close_code, 1013);

    log.unreadable = false;
    now += 2s;
    gateway->tick(now);
    log.settle();

    EXPECT_THAT(connect("token=amina@acme/agent").last(), HasSubstr("connection_established"));
}

TEST_F(GatewayTest, TwoCompaniesNeverMeet) {
    FakeLink& here = connect("token=amina@acme/agent");
    FakeLink& there = connect("token=amina@other/agent");
    say(here, R"({"type":"join_room","roomId":"agent-room"})");
    say(there, R"({"type":"join_room","roomId":"agent-room"})");

    say(here, R"({"type":"agent_status","status":"busy"})");
    say(here, R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{}})");

    EXPECT_THAT(there.sent, SizeIs(2));
    EXPECT_THAT(there.last(), HasSubstr(R"("users":["amina"])"));
}

TEST_F(GatewayTest, AnAnonymousConnectionGetsANameOfItsOwn) {
    EXPECT_THAT(connect("token=@acme/user").last(), HasSubstr(R"("userId":"anonymous-010101010101010101010101")"));
}

TEST_F(GatewayTest, AFreshVersion2SessionLearnsItsState) {
    FakeLink& link = connect_2("token=amina@acme/agent");

    ASSERT_THAT(link.sent, SizeIs(2));
    EXPECT_THAT(link.sent[0], HasSubstr(R"("resumed":false)"));
    EXPECT_THAT(link.sent[0], HasSubstr(R"("seq":0})"));
    EXPECT_THAT(link.sent[1], HasSubstr(R"("type":"session_reset","reason":"new")"));
    EXPECT_THAT(link.sent[1], HasSubstr(R"("seq":1})"));
}

TEST_F(GatewayTest, AResumedSessionGetsWhatItMissedOnceAndInOrder) {
    FakeLink& first = connect_2("token=ben@acme/user");
    FakeLink& other = connect("token=amina@acme/agent");
    say(first, R"({"type":"join_room","roomId":"public-calls"})");
    lose(first);
    for (int n = 0; n < 3; ++n) say(other, fmt::format(R"({{"type":"ice_candidate","targetUserId":"ben","candidate":{{"n":{}}}}})", n));

    FakeLink& second = connect_2("token=ben@acme/user&seq=2" + resume(first));

    ASSERT_THAT(second.sent, SizeIs(4));
    EXPECT_THAT(second.sent[0], HasSubstr(R"("resumed":true)"));
    EXPECT_EQ(second.value("sessionId"), first.value("sessionId"));
    for (std::size_t n = 0; n < 3; ++n) {
        EXPECT_THAT(second.sent[n + 1], HasSubstr(fmt::format(R"("candidate":{{"n":{}}})", n)));
        EXPECT_THAT(second.sent[n + 1], HasSubstr(fmt::format(R"("seq":{}}})", n + 3)));
    }
}

TEST_F(GatewayTest, Version2ClientsAreToldTheTimeAndItIsNeitherCountedNorReplayed) {
    FakeLink& link = connect_2("token=ben@acme/user");
    FakeLink& old_page = connect("token=otto@acme/user");
    now += 1min;

    EXPECT_FALSE(gateway->tell_time(now));

    ASSERT_THAT(link.sent, SizeIs(3));
    EXPECT_EQ(link.last(), R"({"type":"clock","serverTime":"1970-01-01T00:17:40.000Z","timestamp":"1970-01-01T00:17:40.000Z","seq":1})");
    EXPECT_THAT(old_page.sent, SizeIs(1));
    say(link, R"({"type":"ping"})");
    EXPECT_THAT(link.last(), HasSubstr(R"("seq":2)"));

    lose(link);
    EXPECT_FALSE(gateway->tell_time(now));
    FakeLink& again = connect_2("token=ben@acme/user&seq=1" + resume(link));
    ASSERT_THAT(again.sent, SizeIs(2));
    EXPECT_THAT(again.sent[1], HasSubstr("pong"));
}

TEST_F(GatewayTest, ManyClientsAreToldTheTimeInSeveralTurnsEachOnce) {
    std::vector<FakeLink*> all;
    for (std::size_t i = 0; i < limits::told_the_time_in_a_turn + 1; ++i)
        all.push_back(&connect_2(fmt::format("token=user-{}@acme/user", i)));
    const auto told = [&] {
        std::size_t count = 0;
        for (const FakeLink* link : all)
            for (const std::string& message : link->sent) count += message.starts_with(R"({"type":"clock")") ? 1u : 0u;
        return count;
    };

    EXPECT_TRUE(gateway->tell_time(now));
    EXPECT_EQ(told(), limits::told_the_time_in_a_turn);
    for (int i = 0; i < 3; ++i) {
        lose(*all.back());
        all.pop_back();
    }
    EXPECT_FALSE(gateway->tell_time(now));
    for (const FakeLink* link : all) EXPECT_THAT(link->last(), HasSubstr(R"("type":"clock")"));
}

TEST_F(GatewayTest, ALostVersion2SessionIsNotAnnouncedUntilItsGraceEnds) {
    FakeLink& watcher = connect("token=amina@acme/agent");
    say(watcher, R"({"type":"join_room","roomId":"public-calls"})");
    FakeLink& visitor = connect_2("token=ben@acme/user");
    say(visitor, R"({"type":"join_room","roomId":"public-calls"})");
    lose(visitor, 1001);
    EXPECT_THAT(watcher.last(), HasSubstr("user_joined"));

    now += limits::session_grace;
    gateway->tick(now);
    log.settle();

    EXPECT_THAT(watcher.last(), HasSubstr(R"("type":"user_left","userId":"ben")"));
}

TEST_F(GatewayTest, AVersion2SessionThatLeavesForGoodIsAnnouncedAtOnce) {
    FakeLink& watcher = connect("token=amina@acme/agent");
    say(watcher, R"({"type":"join_room","roomId":"public-calls"})");
    FakeLink& visitor = connect_2("token=ben@acme/user");
    say(visitor, R"({"type":"join_room","roomId":"public-calls"})");

    lose(visitor, 1000);
    log.settle();

    EXPECT_THAT(watcher.last(), HasSubstr("user_left"));
}

TEST_F(GatewayTest, AReloadedPageWithoutMemoryGetsASnapshot) {
    FakeLink& first = connect_2("token=amina@acme/agent");
    say(first, R"({"type":"join_room","roomId":"agent-room"})");
    lose(first, 1001);

    FakeLink& second = connect_2("token=amina@acme/agent" + resume(first));

    ASSERT_THAT(second.sent, SizeIs(2));
    EXPECT_THAT(second.sent[1], HasSubstr(R"("reason":"requested")"));
    EXPECT_THAT(second.sent[1], HasSubstr(R"({"roomId":"agent-room","users":["amina"]})"));
    EXPECT_THAT(second.sent[1], HasSubstr(R"("seq":3})"));
}

TEST_F(GatewayTest, ASecondConnectionWithTheSameResumeTokenTakesTheSessionOver) {
    FakeLink& first = connect_2("token=amina@acme/agent");

    FakeLink& second = connect_2("token=amina@acme/agent&seq=1" + resume(first));

    EXPECT_EQ(first.close_code, 4001);
    EXPECT_THAT(second.sent[0], HasSubstr(R"("resumed":true)"));
    say(second, R"({"type":"ping"})");
    EXPECT_THAT(second.last(), HasSubstr("pong"));
}

TEST_F(GatewayTest, AfterARestartTheSessionKeepsItsIdAndIsTold) {
    FakeLink& first = connect_2("token=amina@acme/agent");
    gateway = make("epoch-2");

    FakeLink& second = connect_2("token=amina@acme/agent&seq=1" + resume(first));

    EXPECT_EQ(second.value("sessionId"), first.value("sessionId"));
    EXPECT_EQ(second.value("epoch"), "epoch-2");
    EXPECT_THAT(second.sent[1], HasSubstr(R"("reason":"epoch")"));
}

TEST_F(GatewayTest, TheSameCommandAgainGetsTheSameAnswerAndChangesNothing) {
    FakeLink& link = connect_2("token=amina@acme/agent");
    FakeLink& watcher = connect("token=ben@acme/agent");
    say(watcher, R"({"type":"join_room","roomId":"r"})");
    say(link, R"({"type":"join_room","roomId":"r","id":"c1"})");
    const auto announced = watcher.sent.size();

    say(link, R"({"type":"join_room","roomId":"r","id":"c1"})");

    EXPECT_THAT(watcher.sent, SizeIs(announced));
    EXPECT_THAT(link.last(), HasSubstr(R"("type":"ack","id":"c1")"));
}

TEST_F(GatewayTest, NothingThatTellsOfAFactLeavesBeforeItIsDurable) {
    FakeLink& agent = connect("token=amina@acme/agent");
    say(agent, R"({"type":"join_room","roomId":"agent-room"})");
    FakeLink& visitor = connect("token=ben@acme/user");
    const auto before = agent.sent.size();

    say(visitor, R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{"sdp":"x"},"callId":"k1"})");
    say(visitor, R"({"type":"ice_candidate","targetUserId":"amina","candidate":null,"callId":"k1"})");
    EXPECT_THAT(agent.sent, SizeIs(before));

    log.settle();
    ASSERT_THAT(agent.sent, SizeIs(before + 2));
    EXPECT_THAT(agent.sent[before], HasSubstr("webrtc_offer"));
    EXPECT_THAT(agent.sent[before + 1], HasSubstr("ice_candidate"));
}

TEST_F(GatewayTest, AFullDiskIsSaidAndEndsNoConnection) {
    FakeLink& agent = connect("token=amina@acme/agent");
    say(agent, R"({"type":"join_room","roomId":"agent-room"})");
    FakeLink& visitor = connect_2("token=ben@acme/user");
    say(visitor, R"({"type":"webrtc_offer","targetUserId":"amina","offer":{},"callId":"d1"})");
    const auto before = agent.sent.size();
    log.broken = true;

    say(visitor, R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":"k1","id":"c1"})");
    say(visitor, R"({"type":"ice_candidate","targetUserId":"amina","candidate":{"n":1},"callId":"d1"})");
    EXPECT_THAT(agent.sent, SizeIs(before));
    log.settle();

    // The offer that could not be saved never happened; the candidate only stood behind it.
    ASSERT_THAT(agent.sent, SizeIs(before + 1));
    EXPECT_THAT(agent.last(), HasSubstr("ice_candidate"));
    EXPECT_THAT(visitor.last(), HasSubstr(R"("reason":"unavailable")"));
    log.broken = false;
    say(visitor, R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":"k1","id":"c1"})");
    log.settle();
    EXPECT_THAT(agent.last(), HasSubstr("webrtc_offer"));
}

TEST_F(GatewayTest, TheSnapshotComesFirstAlsoWhenTheLogFailsUnderIt) {
    FakeLink& visitor = connect_2("token=ben@acme/user");
    say(visitor, R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":"k1","id":"c1"})");
    FakeLink& agent = connect("token=amina@acme/agent", true, false);
    say(agent, R"({"type":"join_room","roomId":"agent-room","id":"c1"})");
    ASSERT_THAT(agent.sent, SizeIs(1)) << "its snapshot tells of the offer, and waits for the log";
    log.broken = true;

    log.settle();

    ASSERT_GE(agent.sent.size(), 3u);
    EXPECT_THAT(agent.sent[1], HasSubstr(R"("type":"session_reset","reason":"unavailable")"));
    EXPECT_THAT(agent.sent[1], HasSubstr(R"("roomId":"agent-room")"));
    EXPECT_THAT(agent.sent, ::testing::Contains(HasSubstr(R"("type":"ack","id":"c1")")).Times(1));
    const auto before = agent.sent.size();
    say(agent, R"({"type":"join_room","roomId":"agent-room","id":"c1"})");
    ASSERT_THAT(agent.sent, SizeIs(before + 1));
    EXPECT_THAT(agent.last(), HasSubstr(R"("type":"ack","id":"c1")"));
}

TEST_F(GatewayTest, ACompanyStaysLoadedUntilAnAgentWhoVanishedIsSignedOut) {
    FakeLink& agent = connect_2("token=amina@acme/agent");
    say(agent, R"({"type":"set_media_ready","ready":true})");
    say(agent, R"({"type":"set_agent_intent","intent":"available"})");
    log.settle();
    lose(agent);

    const Instant vanished = now;
    for (; now <= vanished + 7min; now += 1s) {
        gateway->tick(now);
        log.settle();
    }

    EXPECT_EQ(log.events.back().type, "agent.signed_out");
    EXPECT_EQ(gateway->companies(), 0u) << "and then it is unloaded";
}

TEST_F(GatewayTest, TheSnapshotComesBeforeAnythingElse) {
    FakeLink& visitor = connect_2("token=ben@acme/user");
    say(visitor, R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":"k1"})");
    log.settle();
    lose(visitor);
    log.settle();

    FakeLink& reloaded = connect_2("token=ben@acme/user" + resume(visitor));
    log.settle();

    ASSERT_GE(reloaded.sent.size(), 2u);
    EXPECT_THAT(reloaded.sent[1], HasSubstr(R"("type":"session_reset")"));
    EXPECT_THAT(reloaded.sent[1], HasSubstr("k1"));
}

TEST_F(GatewayTest, ATokenIsRefreshedInBandForTheSameIdentityOnly) {
    FakeLink& link = connect_2("token=amina@acme/agent!1060");
    gateway->tick(now);
    EXPECT_THAT(link.last(), HasSubstr("token_expiring"));

    say(link, R"({"type":"refresh_token","token":"ben@acme/agent!2000","id":"r1"})");
    EXPECT_THAT(link.last(), HasSubstr(R"("code":"unauthenticated")"));
    say(link, R"({"type":"refresh_token","token":"amina@acme/agent!2000","id":"r2"})");
    EXPECT_THAT(link.last(), HasSubstr(R"("type":"ack","id":"r2")"));

    now = from_unix_ms(1'500'000);
    gateway->tick(now);
    EXPECT_EQ(link.close_code, 0);
}

TEST_F(GatewayTest, AnExpiredTokenEndsAnIdleVersion2ConnectionAfterItsGrace) {
    FakeLink& link = connect_2("token=amina@acme/agent!1060");
    now = from_unix_ms(1'060'000) + token_grace - 1ms;
    gateway->tick(now);
    EXPECT_EQ(link.close_code, 0);

    now += 1ms;
    gateway->tick(now);

    EXPECT_EQ(link.close_code, 1008);
    EXPECT_EQ(link.close_reason, "Invalid token");
}

TEST_F(GatewayTest, AnExpiredTokenWithAResumeTokenIsLetInToALiveContactOnly) {
    FakeLink& visitor = connect_2("token=ben@acme/user!1060");
    FakeLink& idle = connect_2("token=cy@acme/user!1060");
    say(visitor, R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":"k1"})");
    log.settle();
    lose(visitor);
    lose(idle);
    now = from_unix_ms(1'061'000);

    EXPECT_THAT(connect_2("token=ben@acme/user!1060&seq=1" + resume(visitor)).sent, Not(::testing::IsEmpty()));
    EXPECT_EQ(connect_2("token=cy@acme/user!1060&seq=1" + resume(idle)).close_code, 1008);
}

TEST_F(GatewayTest, WhoWasLetInForALiveContactStaysNoLongerThanThat) {
    FakeLink& first = connect_2("token=ben@acme/user!1060");
    say(first, R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":"k1"})");
    log.settle();
    lose(first);
    now = from_unix_ms(1'061'000);
    FakeLink& back = connect_2("token=ben@acme/user!1060&seq=1" + resume(first));
    gateway->tick(now);
    EXPECT_THAT(back.last(), HasSubstr("token_expiring"));
    const auto pass = [&](Milliseconds time) {
        now += time;
        gateway->tick(now);
        log.settle();
    };
    for (int i = 0; i < 10; ++i) pass(token_grace);
    EXPECT_EQ(back.close_code, 0) << "as long as the contact lives";

    say(back, R"({"type":"end_contact","callId":"k1"})");
    log.settle();
    pass(token_grace);

    EXPECT_EQ(back.close_code, 1008);
}

TEST_F(GatewayTest, WhoseTokenIsPastItsGraceBeginsNoOtherContact) {
    FakeLink& agent = connect_2("token=amina@acme/agent!1060");
    FakeLink& ben = connect_2("token=ben@acme/user");
    FakeLink& cy = connect_2("token=cy@acme/user");
    say(ben, R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":"k1"})");
    say(agent, R"({"type":"webrtc_answer","targetUserId":"ben","answer":{},"callId":"k1"})");
    for (FakeLink* party : {&agent, &ben}) say(*party, R"({"type":"media_state","callId":"k1","state":"up"})");
    log.settle();
    now = from_unix_ms(1'060'000) + token_grace;
    gateway->tick(now);
    say(cy, R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":"k2"})");
    log.settle();

    say(agent, R"({"type":"accept_contact","callId":"k2","id":"a1"})");
    EXPECT_THAT(agent.last(), HasSubstr(R"("code":"unauthenticated","id":"a1")"));
    say(agent, R"({"type":"set_muted","callId":"k1","muted":true,"id":"m1"})");
    log.settle();
    EXPECT_THAT(agent.last(), HasSubstr(R"("type":"ack","id":"m1")")) << "the call that is live goes on";

    say(agent, R"({"type":"end_contact","callId":"k1"})");
    log.settle();
    now += 31s;
    gateway->tick(now);
    log.settle();
    say(agent, R"({"type":"accept_contact","callId":"k2","id":"a2"})");
    EXPECT_EQ(agent.close_code, 1008);
}

TEST_F(GatewayTest, ASupervisorWhoseTokenIsPastItsGraceHasTheCallAndNothingElse) {
    FakeLink& sue = connect_2("token=sue@acme/supervisor!1060");
    FakeLink& amina = connect_2("token=amina@acme/agent");
    FakeLink& ben = connect_2("token=ben@acme/user");
    say(amina, R"({"type":"set_agent_intent","intent":"available"})");
    say(ben, R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":"k1"})");
    say(sue, R"({"type":"webrtc_answer","targetUserId":"ben","answer":{},"callId":"k1"})");
    for (FakeLink* party : {&sue, &ben}) say(*party, R"({"type":"media_state","callId":"k1","state":"up"})");
    log.settle();
    now = from_unix_ms(1'060'000) + token_grace;
    gateway->tick(now);
    const auto answer = [&](std::string message) {
        message.insert(message.size() - 1, R"(,"id":"m)" + std::to_string(sue.sent.size()) + R"(")");
        say(sue, message);
        log.settle();
        return sue.last();
    };

    for (const char* other :
         {R"({"type":"watch_live","watch":true})", R"({"type":"force_intent","agentId":"amina","intent":"not_ready","note":"x"})",
          R"({"type":"get_directory"})", R"({"type":"join_room","roomId":"lobby"})", R"({"type":"agent_status","status":"available"})",
          R"({"type":"get_ice_servers"})", R"({"type":"get_ice_servers","callId":"k9"})",
          R"({"type":"set_agent_intent","intent":"available"})", R"({"type":"set_media_ready","ready":true})",
          R"({"type":"webrtc_offer","targetUserId":"amina","offer":{}})",
          R"({"type":"webrtc_offer","targetUserId":"amina","offer":{},"callId":"k9"})",
          R"({"type":"ice_candidate","targetUserId":"amina","candidate":{}})", R"({"type":"call_started","callId":"k1","roomId":"lobby"})",
          R"({"type":"transfer_contact","callId":"k1","agentId":"amina"})", R"({"type":"consult","callId":"k1","agentId":"amina"})",
          R"({"type":"set_notes","callId":"k1","notes":"x"})", R"({"type":"get_queue_status"})"})
        EXPECT_THAT(answer(other), HasSubstr(R"("code":"unauthenticated")")) << other;
    for (const char* own : {R"({"type":"hold_contact","callId":"k1"})", R"({"type":"resume_contact","callId":"k1"})",
                            R"({"type":"set_muted","callId":"k1","muted":true})", R"({"type":"send_chat","callId":"k1","text":"hello"})",
                            R"({"type":"get_chat","callId":"k1"})", R"({"type":"claim_media","callId":"k1"})",
                            R"({"type":"media_state","callId":"k1","state":"up"})", R"({"type":"get_ice_servers","callId":"k1"})",
                            R"({"type":"webrtc_offer","targetUserId":"ben","offer":{},"callId":"k1"})",
                            R"({"type":"ice_candidate","targetUserId":"ben","candidate":{},"callId":"k1"})", R"({"type":"ping"})",
                            R"({"type":"end_contact","callId":"k1"})"})
        EXPECT_THAT(answer(own), HasSubstr(R"("type":"ack")")) << own;
    EXPECT_EQ(sue.close_code, 0);
}

TEST_F(GatewayTest, WhoWasLetInForALiveContactHasNoGraceToBeginAnother) {
    FakeLink& first = connect_2("token=ben@acme/user!1060");
    say(first, R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":"k1"})");
    log.settle();
    lose(first);
    now = from_unix_ms(1'061'000);
    FakeLink& back = connect_2("token=ben@acme/user!1060&seq=1" + resume(first));

    say(back, R"({"type":"open_contact","callId":"k2","id":"o1"})");
    EXPECT_THAT(back.last(), HasSubstr(R"("code":"unauthenticated","id":"o1")"));

    say(back, R"({"type":"refresh_token","token":"ben@acme/user!2000","id":"r1"})");
    say(back, R"({"type":"open_contact","callId":"k2","id":"o2"})");
    log.settle();
    EXPECT_THAT(back.last(), HasSubstr(R"("id":"o2")"));
    EXPECT_THAT(back.last(), HasSubstr(R"("type":"ack")"));
}

TEST_F(GatewayTest, WhoSendsTooFastIsToldInTheWordsOfHisVersion) {
    FakeLink& first = connect("token=ben@acme/user");
    FakeLink& second = connect_2("token=amina@acme/agent");

    first.handler->flooded(first, now);
    second.handler->flooded(second, now);

    EXPECT_EQ(first.last(), R"({"type":"error","message":"Rate limit exceeded","detail":"too many messages; the connection is closed",)"
                            R"("timestamp":"1970-01-01T00:16:40.000Z"})");
    EXPECT_THAT(second.last(), AllOf(HasSubstr(R"("code":"overloaded")"), HasSubstr(R"("seq":)")));

    FakeLink& early = connect("token=cy@elsewhere/user", true, false);  // whose company is not loaded yet
    early.handler->flooded(early, now);
    EXPECT_THAT(early.last(), HasSubstr(R"("code":"overloaded")"));
}

TEST_F(GatewayTest, WhatIsSaidOfAFloodDoesNotWaitForTheLog) {
    FakeLink& first = connect("token=ben@acme/user");
    FakeLink& second = connect_2("token=cy@acme/user");
    for (FakeLink* link : {&first, &second}) {
        const std::string call = link == &first ? "k1" : "k2";
        say(*link, R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":")" + call + "\"}");
        link->handler->flooded(*link, now);

        EXPECT_THAT(link->last(), HasSubstr("Rate limit exceeded")) << call;
    }
    EXPECT_THAT(second.last(), HasSubstr(R"("seq":2})"));

    log.settle();
    EXPECT_THAT(second.last(), HasSubstr(R"("seq":)")) << "what waited is numbered from there on";
    EXPECT_THAT(second.last(), Not(HasSubstr("Rate limit exceeded")));
}

TEST_F(GatewayTest, OnlyRegisteredCompaniesExistWhenAsked) {
    gateway = make("epoch-1", {.shard = 0, .shards = 1, .registered_only = true, .companies = {CompanyId("acme")}});

    EXPECT_EQ(connect("token=amina@acme/agent").close_code, 0);
    EXPECT_EQ(connect("token=amina@other/agent").close_reason, "Invalid token");
}

TEST_F(GatewayTest, AnIdleCompanyIsUnloadedOnceAllOfItIsWritten) {
    lose(connect("token=amina@acme/agent"));
    now += limits::company_idle;
    gateway->tick(now);
    EXPECT_EQ(gateway->companies(), 1u) << "that she left is not written yet";

    log.settle();
    now += limits::company_idle;
    gateway->tick(now);

    EXPECT_EQ(gateway->companies(), 0u);
}

TEST_F(GatewayTest, WhatHasHappenedStaysCountedWhenTheCompanyIsUnloadedAndIsNotCountedAgainWhenItIsLoaded) {
    FakeLink& agent = connect_2("token=amina@acme/agent");
    FakeLink& visitor = connect_2("token=ben@acme/user");
    say(visitor, R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":"k1"})");
    say(agent, R"({"type":"webrtc_answer","targetUserId":"ben","answer":{},"callId":"k1"})");
    now += 300ms;
    for (FakeLink* party : {&agent, &visitor}) say(*party, R"({"type":"media_state","callId":"k1","state":"up"})");
    say(visitor, R"({"type":"end_contact","callId":"k1"})");
    say(agent, R"({"type":"end_wrap_up","callId":"k1"})");
    log.settle();
    const auto counted = [&] {
        const auto& starts = gateway->tally().media_starts;
        return std::tuple{starts.answers, starts.prompt, starts.ms_sum};
    };
    EXPECT_EQ(counted(), std::tuple(1, 1, 300));

    for (FakeLink* party : {&agent, &visitor}) lose(*party, 1000);
    for (int i = 0; i < 20; ++i) {
        log.settle();
        now += limits::company_idle;
        gateway->tick(now);
    }
    EXPECT_EQ(gateway->companies(), 0u);
    EXPECT_EQ(counted(), std::tuple(1, 1, 300));
    (void)connect("token=amina@acme/agent");

    EXPECT_EQ(gateway->companies(), 1u);
    EXPECT_EQ(counted(), std::tuple(1, 1, 300));
}

TEST(ShardOf, IsStableAndSpreads) {
    EXPECT_EQ(shard_of(CompanyId("acme"), 1), 0u);
    std::vector<int> hits(4);
    for (int i = 0; i < 1000; ++i) ++hits[shard_of(CompanyId(std::to_string(i)), 4)];
    for (const int count : hits) EXPECT_GT(count, 150);
}

}  // namespace
}  // namespace calldocker::server
