// The gateway's pure parts: replay window, answers, agenda, the upgrade's query, resume tokens.
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "server/gateway/admission.hpp"
#include "server/gateway/agenda.hpp"
#include "server/gateway/answers.hpp"
#include "server/gateway/codes.hpp"
#include "server/gateway/limits.hpp"
#include "server/gateway/replay_window.hpp"
#include "server/gateway/resume_token.hpp"

namespace calldocker::server {
namespace {

std::vector<std::string> replayed(const ReplayWindow& window, std::uint64_t after) {
    std::vector<std::string> messages;
    window.replay_after(after, [&](const std::string& message) { messages.push_back(message); });
    return messages;
}

/// Of a client that reads: its first message has been acknowledged.
ReplayWindow acknowledged_window() {
    ReplayWindow window;
    window.push("first");
    window.acknowledge(1);
    return window;
}

TEST(ReplayWindow, ReplaysWhatWasNotSeenOnceAndInOrder) {
    ReplayWindow window;
    for (const char* message : {"one", "two", "three"}) window.push(message);

    EXPECT_TRUE(window.covers(1));
    EXPECT_EQ(replayed(window, 1), (std::vector<std::string>{"two", "three"}));
    EXPECT_TRUE(replayed(window, 3).empty());
}

TEST(ReplayWindow, DoesNotCoverWhatWasNeverSentOrIsGone) {
    ReplayWindow window = acknowledged_window();
    for (std::size_t i = 1; i < limits::replay_messages_max + 10; ++i) window.push("message");

    EXPECT_FALSE(window.covers(9));
    EXPECT_TRUE(window.covers(10));
    EXPECT_FALSE(window.covers(window.next_seq()));
}

TEST(ReplayWindow, IsBoundInBytesToo) {
    ReplayWindow window = acknowledged_window();
    for (int i = 0; i < 5; ++i) window.push(std::string(100'000, 'x'));

    EXPECT_FALSE(window.covers(1));
    EXPECT_EQ(replayed(window, 4).size(), 2u);
}

TEST(ReplayWindow, ClearingKeepsCounting) {
    ReplayWindow window;
    window.push("one");

    window.clear();

    EXPECT_EQ(window.next_seq(), 2u);
    EXPECT_FALSE(window.covers(0));
    EXPECT_TRUE(window.covers(1));
}

TEST(ReplayWindow, AnAcknowledgementOfTheFutureIsIgnored) {
    ReplayWindow window;
    window.push("one");

    window.acknowledge(7);

    EXPECT_TRUE(window.covers(0));
}

TEST(Answers, TheSameIdGetsTheSameAnswerAndAPendingOneNone) {
    Answers answers;
    answers.begin(CommandId("a"));
    answers.begin(CommandId("b"));
    answers.settle(CommandId("a"), "done");

    EXPECT_EQ(answers.look_up(CommandId("a")), Answers::Seen::answered);
    EXPECT_EQ(answers.answer(CommandId("a")), "done");
    EXPECT_EQ(answers.look_up(CommandId("b")), Answers::Seen::pending);
    EXPECT_EQ(answers.look_up(CommandId("c")), Answers::Seen::never);
}

TEST(Answers, TheOldestIsForgottenAtTheBound) {
    Answers answers;
    for (std::size_t i = 0; i <= limits::answers_max; ++i) answers.begin(CommandId(std::to_string(i)));

    EXPECT_EQ(answers.look_up(CommandId("0")), Answers::Seen::never);
    EXPECT_EQ(answers.look_up(CommandId("1")), Answers::Seen::pending);
}

TEST(Answers, ForgettingThePendingKeepsTheAnswered) {
    Answers answers;
    answers.begin(CommandId("a"));
    answers.begin(CommandId("b"));
    answers.settle(CommandId("b"), "done");

    answers.forget_pending();

    EXPECT_EQ(answers.look_up(CommandId("a")), Answers::Seen::never);
    EXPECT_EQ(answers.look_up(CommandId("b")), Answers::Seen::answered);
}

TEST(Agenda, GivesWhatIsDueInOrderOfTimeAndMovesWhatIsSetAgain) {
    Agenda agenda;
    const Instant t0 = from_unix_ms(1'000);
    const Agenda::Item grace{Agenda::Kind::session_grace, SessionKey{1}}, warning{Agenda::Kind::token_warning, SessionKey{2}};
    const Agenda::Item idle{Agenda::Kind::company_idle, {}};
    agenda.set(grace, t0 + 3s);
    agenda.set(warning, t0 + 1s);
    agenda.set(idle, t0 + 1s);
    agenda.set(grace, t0 + 500ms);
    agenda.cancel(idle);

    EXPECT_EQ(agenda.next(), t0 + 500ms);
    EXPECT_EQ(agenda.take_due(t0 + 2s), (std::vector<Agenda::Item>{grace, warning}));
    EXPECT_EQ(agenda.next(), std::nullopt);
}

TEST(ReplayWindow, OfASessionThatHasAcknowledgedNothingIsSmall) {
    ReplayWindow window;
    const std::string large(limits::replay_bytes_max_unacknowledged / 2, 'x');
    for (int n = 0; n < 3; ++n) window.push(large);
    EXPECT_FALSE(window.covers(0));
    EXPECT_TRUE(window.covers(1));

    window.acknowledge(2);
    for (int n = 0; n < 3; ++n) window.push(large);

    EXPECT_TRUE(window.covers(2));
}

struct CodesTest : testing::Test {
    SignInCodes codes;
    const Instant t0 = from_unix_ms(1'000);
    static domain::Identity who(const std::string& user) {
        return {CompanyId("acme"), UserId(user), domain::Role::agent, "agent", {}, false, {}};
    }
};

TEST_F(CodesTest, ACodeIsUsedOnceAndInTime) {
    ASSERT_TRUE(codes.keep("h1", who("amina"), t0 + 2s, t0));
    ASSERT_TRUE(codes.keep("h2", who("amina"), t0 + 2s, t0));

    EXPECT_EQ(codes.take("h1", t0 + 1s)->user, UserId("amina"));
    EXPECT_FALSE(codes.take("h1", t0 + 1s));
    EXPECT_FALSE(codes.take("h2", t0 + 2s));
    EXPECT_TRUE(codes.empty());
}

TEST_F(CodesTest, AUsersOldestCodeGoesAndACompanyHasNoNewOneAtItsBound) {
    for (std::size_t n = 0; n <= limits::codes_per_user_max; ++n)
        ASSERT_TRUE(codes.keep("a" + std::to_string(n), who("amina"), t0 + 2s, t0));
    EXPECT_FALSE(codes.take("a0", t0));
    EXPECT_TRUE(codes.take("a1", t0));

    std::size_t users = 0;
    while (codes.keep("u" + std::to_string(users), who("user-" + std::to_string(users)), t0 + 2s, t0)) ++users;

    EXPECT_EQ(users, limits::codes_per_company_max - limits::codes_per_user_max + 1);
    EXPECT_TRUE(codes.keep("later", who("zoe"), t0 + 4s, t0 + 2s));
}

TEST_F(CodesTest, WhoIsSignedOutHasNone) {
    ASSERT_TRUE(codes.keep("h1", who("amina"), t0 + 2s, t0));
    ASSERT_TRUE(codes.keep("h2", who("ben"), t0 + 2s, t0));

    codes.forget(UserId("amina"));

    EXPECT_FALSE(codes.take("h1", t0));
    EXPECT_TRUE(codes.take("h2", t0));
}

TEST(UpgradeQuery, DecodesWhatItKnowsAndIgnoresTheRest) {
    const auto query = parse_upgrade_query("x=1&token=a%2Eb&resume=r&seq=17&flag");

    EXPECT_EQ(query.token, "a.b");
    EXPECT_EQ(query.resume, "r");
    EXPECT_EQ(query.seq, 17u);
    EXPECT_FALSE(query.token_repeated);
}

TEST(UpgradeQuery, ARepeatedTokenIsSeenUnderAnySpelling) {
    EXPECT_TRUE(parse_upgrade_query("token=a&token=a").token_repeated);
    EXPECT_TRUE(parse_upgrade_query("token=a&%74oken=b").token_repeated);
}

TEST(UpgradeQuery, ANumberThatIsNoneIsAbsent) {
    EXPECT_EQ(parse_upgrade_query("seq=-1").seq, std::nullopt);
    EXPECT_EQ(parse_upgrade_query("seq=1x").seq, std::nullopt);
    EXPECT_EQ(parse_upgrade_query("seq=").seq, std::nullopt);
    EXPECT_EQ(parse_upgrade_query("seq=99999999999999999999").seq, std::nullopt);
}

/// Tokens are "user@company", with "expired:" before it when they are; anything else is refused.
struct PlainTokens final : ports::TokenVerifier {
    Result<domain::Identity> verify(std::string_view token, Instant now) override {
        if (token.starts_with("expired:")) return fail(ErrorCode::unauthenticated, "expired");
        return verify_even_if_expired(token, now);
    }
    Result<domain::Identity> verify_even_if_expired(std::string_view token, Instant) override {
        if (token.starts_with("expired:")) token.remove_prefix(8);
        const auto at = token.find('@');
        if (at == std::string_view::npos) return fail(ErrorCode::unauthenticated, "no @");
        return domain::Identity{.company = CompanyId(token.substr(at + 1)),
                                .user = UserId(token.substr(0, at)),
                                .role = domain::Role::agent,
                                .role_name = "agent",
                                .name = {},
                                .anonymous = token.starts_with('@'),
                                .token_expires_at = std::nullopt};
    }
};
struct PlainSealer final : ports::Sealer {
    std::string seal(std::string_view payload) override { return "sealed:" + base64url_encode(payload); }
    std::optional<std::string> unseal(std::string_view text) override {
        if (!text.starts_with("sealed:")) return std::nullopt;
        return base64url_decode(text.substr(7));
    }
};

struct AdmissionTest : testing::Test {
    PlainTokens tokens;
    PlainSealer sealer;
    Instant now = from_unix_ms(0);

    Result<Ticket> admit(std::string_view query, bool version_2 = true) {
        return check(parse_upgrade_query(query), version_2, {tokens, sealer, generation}, now);
    }
    std::uint64_t generation = 3;
    std::string resume_token(const char* user, const char* company) {
        return resume_token(tokens.verify(std::string(user) + "@" + company, now).value());
    }
    std::string resume_token(const domain::Identity& identity) {
        return make_resume_token({SessionId("s1"), identity, now, generation}, sealer);
    }
};

TEST_F(AdmissionTest, NoTokenAndABadOneHaveTheirOwnReasons) {
    EXPECT_EQ(admit("").error().detail, "Authentication required");
    EXPECT_EQ(admit("token=").error().detail, "Authentication required");
    EXPECT_EQ(admit("token=bad").error().detail, "Invalid token");
    EXPECT_EQ(admit("token=a@c&token=a@c").error().detail, "Invalid token");
    EXPECT_EQ(admit("token=%zz").error().detail, "Invalid token");
}

TEST_F(AdmissionTest, AResumeTokenOfTheSameIdentityNamesTheSession) {
    const auto ticket = admit("token=a@c&seq=4&resume=" + resume_token("a", "c"));

    ASSERT_TRUE(ticket->resumes);
    EXPECT_EQ(ticket->resumes->session, SessionId("s1"));
    EXPECT_EQ(ticket->resumes->issued_at, now);
    EXPECT_EQ(ticket->seen, 4u);
    EXPECT_FALSE(ticket->needs_live_contact);
}

TEST_F(AdmissionTest, AResumeTokenOfAnotherUserOrCompanyOrOfVersion1IsIgnored) {
    EXPECT_FALSE(admit("token=a@c&resume=" + resume_token("b", "c"))->resumes);
    EXPECT_FALSE(admit("token=a@c&resume=" + resume_token("a", "d"))->resumes);
    EXPECT_FALSE(admit("token=a@c&resume=" + resume_token("a", "c"), false)->resumes);
}

TEST_F(AdmissionTest, BesideATokenThatHasExpiredAResumeTokenNeedsALiveContact) {
    const auto ticket = admit("token=expired:a@c&resume=" + resume_token("a", "c"));

    ASSERT_TRUE(ticket);
    EXPECT_TRUE(ticket->needs_live_contact);
    EXPECT_EQ(ticket->identity.user, UserId("a"));
}

TEST_F(AdmissionTest, BesideATokenThatIsAnythingButExpiredAResumeTokenIsWorthNothing) {
    EXPECT_FALSE(admit("token=x&resume=" + resume_token("a", "c")));
    EXPECT_FALSE(admit("token=expired:a@c"));
    EXPECT_FALSE(admit("token=expired:a@c&resume=forged"));
    EXPECT_FALSE(admit("token=expired:b@c&resume=" + resume_token("a", "c")));
    EXPECT_FALSE(admit("token=expired:a@d&resume=" + resume_token("a", "c")));
}

TEST_F(AdmissionTest, AResumeTokenLivesForHoursAndForOneGenerationOfTheKeys) {
    const std::string query = "token=a@c&resume=" + resume_token("a", "c");
    now += limits::resume_token_time_max;
    EXPECT_TRUE(admit(query)->resumes);

    now += 1ms;
    EXPECT_FALSE(admit(query)->resumes);
    now -= 1ms;
    ++generation;
    EXPECT_FALSE(admit(query)->resumes);
}

TEST_F(AdmissionTest, ACodeIsReadInItsTimeUnderItsGenerationAndNeverWhenForged) {
    const CodeClaim claim{CodeClaim::Purpose::resume, CompanyId("acme"), std::string(16, '\x01'), now + 2s, 3};
    const std::string code = make_code(claim, sealer);

    const auto read = read_code(code, sealer, 3, now);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->bits, claim.bits);
    EXPECT_EQ(read->company, claim.company);
    EXPECT_EQ(read->purpose, claim.purpose);
    EXPECT_FALSE(read_code(code, sealer, 3, now + 2s));
    EXPECT_FALSE(read_code(code, sealer, 4, now));
    EXPECT_FALSE(read_code("x" + code, sealer, 3, now));
    EXPECT_FALSE(read_code(resume_token("a", "c"), sealer, 3, now));
    EXPECT_FALSE(admit("token=a@c&resume=" + code)->resumes);
}

TEST_F(AdmissionTest, AnAnonymousIdentityKeepsItsNameThroughItsResumeToken) {
    auto identity = tokens.verify("@c", now).value();
    identity.user = UserId("anonymous-0123");
    const auto ticket = admit("token=@c&resume=" + resume_token(identity));

    EXPECT_EQ(ticket->identity.user, UserId("anonymous-0123"));
}

}  // namespace
}  // namespace calldocker::server
