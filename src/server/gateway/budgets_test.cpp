// What strangers may cost a company, at the gateway (docs/limits.md).
#include "server/gateway/gateway_harness.hpp"
#include "server/gateway/recording_id.hpp"

namespace calldocker::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct GatewayBudgets : testing::GatewayTest {
    domain::Budgets budgets;
    GatewayBudgets() { gateway = make("epoch-1", {}, &budgets); }
};

TEST_F(GatewayBudgets, AUserHasSoManySessionsAndTheNextIsTurnedAway) {
    for (int i = 0; i < 64; ++i) ASSERT_EQ(connect("token=vera@acme/user").close_code, 0) << i;

    const auto& refused = connect("token=vera@acme/user");
    EXPECT_EQ(refused.close_code, close_try_later);
    EXPECT_THAT(refused.close_reason, HasSubstr("Too many sessions"));
    EXPECT_EQ(connect("token=vito@acme/user").close_code, 0);
    EXPECT_EQ(connect("token=vera@other/user").close_code, 0);
}

TEST_F(GatewayBudgets, OfSessionsThatLostTheirConnectionAVisitorKeepsTheNewestFew) {
    std::vector<std::string> resumes;
    for (int i = 0; i < 6; ++i) {
        auto& link = connect_2("token=vera@acme/user");
        resumes.push_back(resume(link));
        lose(link);
    }

    EXPECT_EQ(gateway->figures().sessions, 4u);
    EXPECT_THAT(connect_2("token=vera@acme/user" + resumes.back() + "&seq=1").sent.at(0), HasSubstr(R"("resumed":true)"));
    EXPECT_THAT(connect_2("token=vera@acme/user" + resumes.front() + "&seq=1").sent.at(0), Not(HasSubstr(R"("resumed":true)")));
}

TEST_F(GatewayBudgets, AMessageNamesARecordingOfItsSender) {
    auto& link = connect_2("token=vera@acme/user");
    const domain::Identity vera = tokens.verify("vera@acme/user", now).value(), vito = tokens.verify("vito@acme/user", now).value();
    const auto leave = [&](const char* call, const std::string& recording) {
        say(link, fmt::format(R"({{"type":"leave_voicemail","callId":"{0}","id":"{0}","recordingId":"{1}","durationMs":1000}})", call,
                              recording));
        log.settle();
        return link.last();
    };

    EXPECT_THAT(leave("c1", "nonsense"), HasSubstr(R"("code":"not_found")"));
    EXPECT_THAT(leave("c2", make_recording_id(vito, "abcd", sealer, now)), HasSubstr(R"("code":"not_found")"));
    EXPECT_EQ(gateway->figures().contacts_waiting, 0u);
    (void)leave("c3", make_recording_id(vera, "abcd", sealer, now));
    EXPECT_EQ(gateway->figures().contacts_waiting, 1u);
}

TEST_F(GatewayBudgets, AReaderWhoIsBehindIsSparedByStrangers) {
    auto& agent = connect("token=amina@acme/agent");
    auto& stranger = connect("token=visitor-1@acme/user");
    const std::string candidate = R"({"type":"ice_candidate","targetUserId":"amina","candidate":{"candidate":"x"}})";
    say(stranger, candidate);
    EXPECT_THAT(agent.last(), HasSubstr("ice_candidate"));
    const auto heard = agent.sent.size();

    agent.is_behind = true;
    say(stranger, candidate);
    EXPECT_EQ(agent.sent.size(), heard);
    EXPECT_THAT(stranger.last(), HasSubstr("cannot keep up"));
}

}  // namespace
}  // namespace calldocker::server
