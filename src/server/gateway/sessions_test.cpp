// Sessions that end: resume tokens, what a goodbye and an admin void, one-time codes, expiry.
#include "server/gateway/gateway_harness.hpp"
#include "server/gateway/limits.hpp"

namespace calldocker::server {
namespace {

using server::testing::FakeLink;
using server::testing::GatewayTest;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* offer_k1 = R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{},"callId":"k1"})";

struct SessionsTest : GatewayTest {
    static constexpr const char* expired_ben = "token=ben@acme/user!1";

    FakeLink& waiting_visitor(const std::string& token = "token=ben@acme/user") {
        FakeLink& visitor = connect_2(token);
        say(visitor, offer_k1);
        log.settle();
        return visitor;
    }
    void say_and_settle(FakeLink& link, std::string_view text) {
        say(link, text);
        log.settle();
    }
    /// A crash: what the log holds is all that is left.
    void restart() {
        log.settle();
        gateway = make("epoch-" + std::to_string(++epochs));
    }
    int epochs = 1;

    static domain::Identity identity(const std::string& user, domain::Role role, const std::string& company = "acme") {
        return {
            CompanyId(company), UserId(domain::class_of(role), user), role, role == domain::Role::admin ? "admin" : "user", {}, false, {}};
    }
    Result<> sign_out(const std::string& user, const domain::Identity& by = identity("ada", domain::Role::admin)) {
        std::optional<Result<>> done;
        gateway->sign_out(by, user, [&](const Result<>& told) { done = told; });
        log.settle();
        return done.value_or(fail(ErrorCode::unavailable, "nothing was told"));
    }
    Result<NewCode> resume_code(const FakeLink& link, const std::string& user = "ben") {
        std::optional<Result<NewCode>> made;
        gateway->make_resume_code(identity(user, domain::Role::customer), link.value("resumeToken"),
                                  [&](const Result<NewCode>& told) { made = told; });
        log.settle();
        return made.value_or(fail(ErrorCode::unavailable, "nothing was told"));
    }
    Result<RedeemedCode> redeem(const std::string& code) {
        const auto claim = read_code(code, sealer, key_generation, now);
        if (!claim) return fail(ErrorCode::not_found, "no such code");
        std::optional<Result<RedeemedCode>> redeemed;
        gateway->redeem(*claim, [&](const Result<RedeemedCode>& told) { redeemed = told; });
        log.settle();
        return redeemed.value_or(fail(ErrorCode::unavailable, "nothing was told"));
    }
};

TEST_F(SessionsTest, EachResumeBringsANewTokenAndTheOneBeforeIsVoidOnceTheClientHasSpoken) {
    FakeLink& first = connect_2("token=ben@acme/user");
    lose(first);
    FakeLink& second = connect_2("token=ben@acme/user" + resume(first));
    EXPECT_NE(second.value("resumeToken"), first.value("resumeToken"));

    // The answer may have been lost: nobody is locked out by that.
    lose(second);
    FakeLink& third = connect_2("token=ben@acme/user" + resume(first));
    EXPECT_EQ(third.value("sessionId"), first.value("sessionId"));
    say(third, R"({"type":"ping"})");
    lose(third);

    EXPECT_NE(connect_2("token=ben@acme/user" + resume(first)).value("sessionId"), first.value("sessionId"));
    EXPECT_NE(connect_2("token=ben@acme/user" + resume(second)).value("sessionId"), first.value("sessionId"));
    EXPECT_EQ(connect_2("token=ben@acme/user" + resume(third)).value("sessionId"), first.value("sessionId"));
}

TEST_F(SessionsTest, AVoidTokenOpensNothingBesideATokenThatHasExpired) {
    FakeLink& first = waiting_visitor();
    lose(first);
    FakeLink& second = connect_2("token=ben@acme/user" + resume(first));
    say_and_settle(second, R"({"type":"ping"})");
    lose(second);

    EXPECT_EQ(connect_2(expired_ben + resume(first)).close_reason, "Invalid token");
    EXPECT_EQ(connect_2(expired_ben + resume(second)).close_code, 0);
}

TEST_F(SessionsTest, WhatIsVoidStaysSoAfterARestart) {
    FakeLink& first = waiting_visitor();
    lose(first);
    FakeLink& second = connect_2("token=ben@acme/user" + resume(first));
    say_and_settle(second, R"({"type":"ping"})");

    restart();

    EXPECT_EQ(connect_2(expired_ben + resume(first)).close_reason, "Invalid token");
    FakeLink& third = connect_2(expired_ben + resume(second));
    EXPECT_EQ(third.close_code, 0);
    EXPECT_EQ(third.value("sessionId"), first.value("sessionId"));
}

TEST_F(SessionsTest, WhoseWelcomeAfterARestartWasLostIsResetAllTheSame) {
    const std::string again = "token=ben@acme/user&seq=1" + resume(waiting_visitor());
    restart();
    FakeLink& unheard = connect_2(again);
    lose(unheard);

    FakeLink& heard = connect_2(again);

    EXPECT_THAT(heard.sent[0], HasSubstr(R"("resumed":false)"));
    EXPECT_THAT(heard.sent[1], HasSubstr(R"("type":"session_reset","reason":"epoch")"));
}

TEST_F(SessionsTest, WhatWasVoidBeforeTheContactBeganIsSoAfterARestart) {
    FakeLink& first = connect_2("token=ben@acme/user");
    lose(first);
    FakeLink& second = connect_2("token=ben@acme/user" + resume(first));
    say_and_settle(second, R"({"type":"ping"})");
    say_and_settle(second, offer_k1);

    restart();

    EXPECT_EQ(connect_2(expired_ben + resume(first)).close_reason, "Invalid token");
    EXPECT_EQ(connect_2(expired_ben + resume(second)).close_code, 0);
}

TEST_F(SessionsTest, OnlyTheSessionThatALiveContactNamesIsOpenedBesideATokenThatHasExpired) {
    FakeLink& calling = waiting_visitor();
    FakeLink& other_tab = connect_2("token=ben@acme/user");
    lose(calling);
    lose(other_tab);

    EXPECT_EQ(connect_2(expired_ben + resume(other_tab)).close_reason, "Invalid token");
    FakeLink& back = connect_2(expired_ben + resume(calling));
    EXPECT_EQ(back.close_code, 0);
    say_and_settle(back, R"({"type":"end_contact","callId":"k1"})");
    lose(back);
    EXPECT_EQ(connect_2(expired_ben + resume(back)).close_reason, "Invalid token");
}

TEST_F(SessionsTest, JunkInPlaceOfTheAccessTokenOpensNothingWhateverTheContact) {
    FakeLink& visitor = waiting_visitor();
    lose(visitor);

    EXPECT_EQ(connect_2("token=x" + resume(visitor)).close_reason, "Invalid token");
    EXPECT_EQ(connect_2("token=eve@acme/user!1" + resume(visitor)).close_reason, "Invalid token");
    restart();
    EXPECT_EQ(connect_2("token=x" + resume(visitor)).close_reason, "Invalid token");
}

TEST_F(SessionsTest, AGoodbyeVoidsTheToken) {
    FakeLink& visitor = waiting_visitor();
    lose(visitor, 1000);
    log.settle();

    EXPECT_EQ(connect_2(expired_ben + resume(visitor)).close_reason, "Invalid token");
    EXPECT_NE(connect_2("token=ben@acme/user" + resume(visitor)).value("sessionId"), visitor.value("sessionId"));
}

TEST_F(SessionsTest, AGoodbyeVoidsTheTokenAlsoAfterARestartWhileAContactNamesTheSession) {
    FakeLink& visitor = waiting_visitor();
    say_and_settle(visitor, R"({"type":"keep_place","callId":"k1"})");
    lose(visitor, 1000);

    restart();

    EXPECT_EQ(connect_2(expired_ben + resume(visitor)).close_reason, "Invalid token");
    EXPECT_NE(connect_2("token=ben@acme/user" + resume(visitor)).value("sessionId"), visitor.value("sessionId"));
}

TEST_F(SessionsTest, ATokenIsVoidAfterHoursAndWithItsGeneration) {
    FakeLink& visitor = waiting_visitor();
    say_and_settle(visitor, R"({"type":"keep_place","callId":"k1"})");
    lose(visitor);

    ++key_generation;
    EXPECT_EQ(connect_2(expired_ben + resume(visitor)).close_reason, "Invalid token");
    --key_generation;
    EXPECT_EQ(connect_2(expired_ben + resume(visitor)).close_code, 0);
}

TEST_F(SessionsTest, AVisitorWhoMerelyConnectsComesBackAndLeavesWritesNothing) {
    FakeLink& first = connect_2("token=ben@acme/user");
    say_and_settle(first, R"({"type":"ping"})");
    lose(first);
    FakeLink& second = connect_2("token=ben@acme/user" + resume(first));
    say_and_settle(second, R"({"type":"ping"})");
    lose(second, 1000);
    log.settle();

    EXPECT_TRUE(log.events.empty());
}

TEST_F(SessionsTest, AnAnonymousVisitorIsTheSameByATokenThatCountsAlone) {
    FakeLink& first = connect_2("token=@acme/user");
    lose(first);
    FakeLink& second = connect_2("token=@acme/user" + resume(first));
    EXPECT_EQ(second.value("userId"), first.value("userId"));
    lose(second, 1000);

    EXPECT_NE(connect_2("token=@acme/user" + resume(second)).value("userId"), first.value("userId"));
    restart();
    EXPECT_NE(connect_2("token=@acme/user" + resume(second)).value("userId"), first.value("userId"));
}

TEST_F(SessionsTest, AUserHasSoManySessionsWithoutAConnectionThenTheOldestEnds) {
    std::vector<FakeLink*> tabs;
    for (std::size_t n = 0; n <= limits::detached_per_user_max; ++n) {
        tabs.push_back(&connect_2("token=ben@acme/user"));
        now += 1ms;
        lose(*tabs.back());
    }

    EXPECT_THAT(connect_2("token=ben@acme/user&seq=1" + resume(*tabs[0])).sent[0], HasSubstr(R"("resumed":false)"));
    EXPECT_THAT(connect_2("token=ben@acme/user&seq=1" + resume(*tabs[1])).sent[0], HasSubstr(R"("resumed":true)"));
}

// An admin signs somebody out.

TEST_F(SessionsTest, EveryLinkOfAUserWhoIsSignedOutClosesAtOnceOfEitherVersion) {
    FakeLink& original = connect("token=amina@acme/agent");
    FakeLink& desk = connect_2("token=amina@acme/agent");
    FakeLink& away = connect_2("token=amina@acme/agent");
    lose(away);
    FakeLink& other = connect("token=ben@acme/agent");
    FakeLink& namesake = connect("token=amina@other/agent");

    EXPECT_TRUE(sign_out("amina"));

    for (FakeLink* link : {&original, &desk}) {
        EXPECT_EQ(link->close_code, 1008);
        EXPECT_EQ(link->close_reason, "Signed out");
    }
    EXPECT_EQ(other.close_code, 0);
    EXPECT_EQ(namesake.close_code, 0);
}

TEST_F(SessionsTest, WhatWasIssuedBeforeTheSignOutOpensNothingAlsoAfterARestart) {
    FakeLink& desk = connect_2("token=amina@acme/agent~900");
    now += 5s;
    EXPECT_TRUE(sign_out("amina"));
    now += 5s;

    for (int run = 0; run < 2; ++run) {
        EXPECT_EQ(connect_2("token=amina@acme/agent~900").close_reason, "Invalid token");
        EXPECT_EQ(connect("token=amina@acme/agent").close_reason, "Invalid token") << "a token that does not say when it was issued";
        FakeLink& anew = connect_2("token=amina@acme/agent~1010" + resume(desk));
        EXPECT_EQ(anew.close_code, 0);
        EXPECT_NE(anew.value("sessionId"), desk.value("sessionId"));
        restart();
    }
}

TEST_F(SessionsTest, AContactDoesNotLetBackInWhoWasSignedOut) {
    FakeLink& visitor = waiting_visitor("token=ben@acme/user~900");
    lose(visitor);
    now += 1s;
    EXPECT_TRUE(sign_out("ben"));

    EXPECT_EQ(connect_2("token=ben@acme/user!901~900" + resume(visitor)).close_reason, "Invalid token");
}

TEST_F(SessionsTest, ATokenOfBeforeASignOutRefreshesNothing) {
    EXPECT_TRUE(sign_out("amina"));
    now += 1s;
    FakeLink& desk = connect_2("token=amina@acme/agent~1001");

    say(desk, R"({"type":"refresh_token","token":"amina@acme/agent~999","id":"r1"})");

    EXPECT_THAT(desk.last(), HasSubstr(R"("code":"unauthenticated")"));
}

TEST_F(SessionsTest, OnlyAdminsSignOthersOutAndTheyDoNotLearnWhoExists) {
    FakeLink& desk = connect_2("token=amina@acme/agent");

    EXPECT_EQ(sign_out("amina", identity("ben", domain::Role::supervisor)).error().code, ErrorCode::forbidden);
    EXPECT_EQ(desk.close_code, 0);
    EXPECT_TRUE(sign_out("nobody"));
}

TEST_F(SessionsTest, ASignOutThatCannotBeSavedClosesTheLinksAndSaysSo) {
    FakeLink& desk = connect_2("token=amina@acme/agent");
    log.broken = true;

    EXPECT_EQ(sign_out("amina").error().code, ErrorCode::unavailable);

    EXPECT_EQ(desk.close_reason, "Signed out");
}

TEST_F(SessionsTest, WhatIsSaidBeforeTheWelcomeDoesNotProveThatItCame) {
    FakeLink& desk = connect_2("token=amina@acme/agent");
    restart();
    FakeLink& back = connect("token=amina@acme/agent" + resume(desk), true, false);
    say(back, R"({"type":"ping"})");  // waits for the company to be loaded
    log.settle();
    ASSERT_THAT(back.last(), HasSubstr("pong"));
    lose(back);  // and the welcome with it

    FakeLink& again = connect_2("token=amina@acme/agent" + resume(desk));

    EXPECT_EQ(again.value("sessionId"), desk.value("sessionId"));
}

// One-time codes.

TEST_F(SessionsTest, ACodeTakesAKeptPlaceToAnotherPageOnce) {
    FakeLink& visitor = waiting_visitor();
    say_and_settle(visitor, R"({"type":"keep_place","callId":"k1"})");
    const auto made = resume_code(visitor);
    ASSERT_TRUE(made);
    lose(visitor, 1000);

    restart();
    const auto redeemed = redeem(made->code);

    ASSERT_TRUE(redeemed);
    EXPECT_EQ(redeemed->who.user, UserId::visitor("ben"));
    FakeLink& elsewhere = connect_2(expired_ben + ("&resume=" + redeemed->resume_token));
    EXPECT_EQ(elsewhere.close_code, 0);
    EXPECT_EQ(elsewhere.value("sessionId"), visitor.value("sessionId"));
    EXPECT_EQ(redeem(made->code).error().code, ErrorCode::not_found);
    restart();
    EXPECT_EQ(redeem(made->code).error().code, ErrorCode::not_found);
}

TEST_F(SessionsTest, WhoRedeemsACodeTakesTheSessionOverFromTheOtherPage) {
    FakeLink& visitor = waiting_visitor();
    const auto made = resume_code(visitor);
    ASSERT_TRUE(made);

    FakeLink& elsewhere = connect_2("token=ben@acme/user&resume=" + redeem(made->code)->resume_token);

    EXPECT_EQ(visitor.close_code, 4001);
    EXPECT_EQ(elsewhere.value("sessionId"), visitor.value("sessionId"));
}

TEST_F(SessionsTest, ACodeOpensNothingWhenItsContactIsOver) {
    FakeLink& visitor = waiting_visitor();
    const auto made = resume_code(visitor);
    say_and_settle(visitor, R"({"type":"end_contact","callId":"k1"})");

    EXPECT_EQ(redeem(made->code).error().code, ErrorCode::not_found);
}

TEST_F(SessionsTest, ACodeIsMadeForAVisitorsOwnSessionThatALiveContactNames) {
    FakeLink& visitor = waiting_visitor();
    FakeLink& idle = connect_2("token=ben@acme/user");

    EXPECT_EQ(resume_code(idle).error().code, ErrorCode::conflict);
    EXPECT_EQ(resume_code(visitor, "eve").error().code, ErrorCode::invalid);
    EXPECT_TRUE(resume_code(visitor));
}

TEST_F(SessionsTest, OfAContactsCodesTheOldestGoes) {
    FakeLink& visitor = waiting_visitor();
    std::vector<std::string> codes;
    for (int n = 0; n < 4; ++n) codes.push_back(resume_code(visitor)->code);

    EXPECT_FALSE(redeem(codes[0]));
    EXPECT_TRUE(redeem(codes[1]));
}

TEST_F(SessionsTest, ASignInCodeIsGoodOnceForTwoMinutesAndNotForWhoWasSignedOut) {
    const auto make_code = [&] {
        std::optional<Result<NewCode>> made;
        gateway->make_sign_in_code(identity("amina", domain::Role::agent), [&](const Result<NewCode>& told) { made = told; });
        log.settle();
        return made->value().code;
    };
    const std::string used = make_code(), late = make_code();
    EXPECT_EQ(redeem(used)->who.user, UserId("amina"));
    EXPECT_FALSE(redeem(used));
    now += limits::sign_in_code_time;
    EXPECT_FALSE(redeem(late));

    const std::string voided = make_code();
    EXPECT_TRUE(sign_out("amina"));
    EXPECT_FALSE(redeem(voided));
}

// Version 1 after its token's expiry.

TEST_F(SessionsTest, AVersion1ConnectionEndsAfterItsTokensGrace) {
    FakeLink& page = connect("token=amina@acme/agent!1060");
    now = from_unix_ms(1'060'000) + token_grace - 1ms;
    gateway->tick(now);
    EXPECT_EQ(page.close_code, 0);

    now += 1ms;
    gateway->tick(now);

    EXPECT_EQ(page.close_code, 1008);
    EXPECT_EQ(page.close_reason, "Invalid token");
}

TEST_F(SessionsTest, AVersion1ConnectionInALiveContactStaysUntilThatEnds) {
    FakeLink& agent = connect("token=amina@acme/agent!1060");
    say(agent, R"({"type":"join_room","roomId":"agent-room"})");
    FakeLink& visitor = connect("token=ben@acme/user");
    say_and_settle(visitor, R"({"type":"join_room","roomId":"agent-room"})");
    say_and_settle(visitor, offer_k1);
    say_and_settle(agent, R"({"type":"webrtc_answer","targetUserId":"ben","answer":{},"callId":"k1"})");
    const auto pass = [&](Milliseconds time) {
        now += time;
        gateway->tick(now);
        log.settle();
    };
    pass(60s + 3 * token_grace);
    EXPECT_EQ(agent.close_code, 0);

    say_and_settle(agent, R"({"type":"call_ended","callId":"k1","roomId":"agent-room"})");
    EXPECT_THAT(visitor.last(), HasSubstr("call_ended"));
    pass(31s);  // wrap-up
    pass(token_grace);

    EXPECT_EQ(agent.close_code, 1008);
}

TEST_F(SessionsTest, AnExpiredVersion1AgentIsRungNoMoreAndItsAnswerDoesNotWin) {
    FakeLink& agent = connect("token=amina@acme/agent!1060");
    say(agent, R"({"type":"join_room","roomId":"agent-room"})");
    FakeLink& visitor = connect("token=ben@acme/user");
    now = from_unix_ms(1'060'000);
    gateway->tick(now);
    const auto before = agent.sent.size();

    say_and_settle(visitor, offer_k1);
    EXPECT_EQ(agent.sent.size(), before);
    say_and_settle(agent, R"({"type":"webrtc_answer","targetUserId":"ben","answer":{},"callId":"k1"})");

    EXPECT_THAT(agent.last(), HasSubstr("Invalid token"));
    EXPECT_THAT(visitor.last(), Not(HasSubstr("webrtc_answer")));
}

TEST_F(SessionsTest, ACallThatRingsWhereTheTokenExpiresIsTakenBack) {
    FakeLink& agent = connect("token=amina@acme/agent!1060");
    say(agent, R"({"type":"join_room","roomId":"agent-room"})");
    FakeLink& visitor = connect("token=ben@acme/user");
    say_and_settle(visitor, offer_k1);
    EXPECT_THAT(agent.last(), HasSubstr("webrtc_offer"));

    now = from_unix_ms(1'060'000);
    gateway->tick(now);
    log.settle();
    say_and_settle(agent, R"({"type":"webrtc_answer","targetUserId":"ben","answer":{},"callId":"k1"})");

    EXPECT_THAT(visitor.last(), Not(HasSubstr("webrtc_answer")));
}

}  // namespace
}  // namespace calldocker::server
