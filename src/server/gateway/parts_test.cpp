// The gateway's pure parts: replay window, answers, agenda, the upgrade's query, resume tokens.
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "server/gateway/admission.hpp"
#include "server/gateway/agenda.hpp"
#include "server/gateway/answers.hpp"
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

TEST(ReplayWindow, ReplaysWhatWasNotSeenOnceAndInOrder) {
    ReplayWindow window;
    for (const char* message : {"one", "two", "three"}) window.push(message);

    EXPECT_TRUE(window.covers(1));
    EXPECT_EQ(replayed(window, 1), (std::vector<std::string>{"two", "three"}));
    EXPECT_TRUE(replayed(window, 3).empty());
}

TEST(ReplayWindow, DoesNotCoverWhatWasNeverSentOrIsGone) {
    ReplayWindow window;
    for (std::size_t i = 0; i < limits::replay_messages_max + 10; ++i) window.push("message");

    EXPECT_FALSE(window.covers(9));
    EXPECT_TRUE(window.covers(10));
    EXPECT_FALSE(window.covers(window.next_seq()));
}

TEST(ReplayWindow, IsBoundInBytesToo) {
    ReplayWindow window;
    for (int i = 0; i < 5; ++i) window.push(std::string(100'000, 'x'));

    EXPECT_FALSE(window.covers(0));
    EXPECT_EQ(replayed(window, 3).size(), 2u);
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

/// Tokens are "user@company"; anything else is refused.
struct PlainTokens final : ports::TokenVerifier {
    Result<domain::Identity> verify(std::string_view token, Instant) override {
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
        return check(parse_upgrade_query(query), version_2, tokens, sealer, now);
    }
    std::string resume_token(const char* user, const char* company) {
        return make_resume_token({SessionId("s1"), tokens.verify(std::string(user) + "@" + company, now).value()}, sealer);
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

    EXPECT_EQ(ticket->resumes, SessionId("s1"));
    EXPECT_EQ(ticket->seen, 4u);
    EXPECT_FALSE(ticket->needs_live_contact);
}

TEST_F(AdmissionTest, AResumeTokenOfAnotherUserOrCompanyOrOfVersion1IsIgnored) {
    EXPECT_EQ(admit("token=a@c&resume=" + resume_token("b", "c"))->resumes, std::nullopt);
    EXPECT_EQ(admit("token=a@c&resume=" + resume_token("a", "d"))->resumes, std::nullopt);
    EXPECT_EQ(admit("token=a@c&resume=" + resume_token("a", "c"), false)->resumes, std::nullopt);
}

TEST_F(AdmissionTest, WithoutAValidTokenAResumeTokenNeedsALiveContact) {
    const auto ticket = admit("token=expired&resume=" + resume_token("a", "c"));

    ASSERT_TRUE(ticket);
    EXPECT_TRUE(ticket->needs_live_contact);
    EXPECT_EQ(ticket->identity.user, UserId("a"));
    EXPECT_FALSE(admit("token=expired&resume=forged"));
}

TEST_F(AdmissionTest, AnAnonymousIdentityKeepsItsNameThroughItsResumeToken) {
    auto identity = tokens.verify("@c", now).value();
    identity.user = UserId("anonymous-0123");
    const auto token = make_resume_token({SessionId("s1"), identity}, sealer);

    const auto ticket = admit("token=@c&resume=" + token);

    EXPECT_EQ(ticket->identity.user, UserId("anonymous-0123"));
}

}  // namespace
}  // namespace calldocker::server
