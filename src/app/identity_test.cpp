#include "app/testing/contact_centre.hpp"

/// docs/protocol.md, "Identity": a customer whose token carries an agent's id is somebody else. Here the customer is called
/// amina, as the agent who talks with vera in contact c1 is.
namespace calldocker::app::testing {
namespace {

using namespace domain;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

struct Namesake : ContactCentre {
    SessionKey namesake(int version = 2) { return world.connect("amina", Role::customer, version, version == 2 ? "namesake-tab" : ""); }
};

TEST_F(Namesake, IsShownNothingOfTheAgentsContact) {
    talking();
    const auto other = namesake();

    EXPECT_THAT(world.heard(other), IsEmpty());
    EXPECT_THAT(world.island->view(other).snapshot.contacts, IsEmpty());
    EXPECT_FALSE(world.island->view(other).snapshot.agent.has_value());
}

TEST_F(Namesake, CanDoNothingWithTheAgentsContact) {
    const SessionKey vera = talking().vera;
    const auto other = namesake();
    const std::vector<ClientMessage> attempts{ClaimMedia{c1},       GetChat{c1},           SetNotes{c1, "x"},      SendChat{c1, "x"},
                                              SendKeypad{c1, "1"},  HoldContact{c1},       SetMuted{c1, true},     MediaState{c1, false},
                                              EndContact{c1, {}},   AcceptContact{c1},     DeclineContact{c1, {}}, SetDisposition{c1, ""},
                                              CompleteTransfer{c1}, RateContact{c1, 5, ""}};

    for (const ClientMessage& attempt : attempts) {
        world.say(other, attempt, ("try-" + std::to_string(attempt.index())).c_str());
        EXPECT_THAT(world.heard(other), ElementsAre(StartsWith("error "))) << attempt.index();
    }
    EXPECT_THAT(world.heard(vera), IsEmpty());
    EXPECT_EQ(state().contact(c1)->agent_side.endpoint.session, SessionId{"amina-tab"});
}

TEST_F(Namesake, IsNotRungAndNotShownWhatRings) {
    one_at_a_time();
    world.ready_agent("amina", "amina-tab");
    const auto other = namesake();
    const auto vera = world.visitor("vera", "vera-tab");
    world.forget();

    world.call(vera, "c1");

    EXPECT_THAT(world.heard(other), IsEmpty());
}

TEST_F(Namesake, IsNotStaffToOtherCustomers) {
    const auto amina = world.agent("amina");
    const auto other = namesake(1);
    const auto vera = world.customer("vera");
    world.join_room(vera, "lobby");
    world.join_room(other, "lobby");
    world.forget();

    world.say(vera, WebrtcOffer{"amina", "{}", ContactId{"d1"}, {}});
    world.say(vera, IceCandidate{"amina", "null", ContactId{"d1"}});

    EXPECT_THAT(world.heard(other), IsEmpty());
    EXPECT_THAT(world.heard(amina), ElementsAre("webrtc_offer vera {} d1", "ice_candidate vera null d1"));
}

TEST_F(Namesake, CallsTheAgentWhoHasTheSameIdAndIsAnswered) {
    one_at_a_time();
    const auto amina = world.ready_agent("amina", "amina-tab");
    const auto other = namesake();
    world.forget();

    world.call(other, "c1");
    world.say(amina, AcceptContact{c1});
    world.forget();
    world.say(amina, WebrtcAnswer{"amina", "{a}", c1});
    world.say(other, IceCandidate{"amina", "null", c1});

    EXPECT_THAT(world.heard(other), Contains("webrtc_answer amina {a} c1"));
    EXPECT_THAT(world.heard(amina), Contains("ice_candidate amina null c1"));
}

TEST_F(Namesake, IsReachedByStaffWhileNoAgentOfThatIdIsHere) {
    const auto ben = world.agent("ben");
    const auto other = namesake(1);
    world.forget();

    world.say(ben, WebrtcOffer{"amina", "{}", ContactId{"d1"}, {}});
    const auto amina = world.agent("amina");
    world.say(ben, WebrtcOffer{"amina", "{2}", ContactId{"d2"}, {}});

    EXPECT_THAT(world.heard(other), ElementsAre("webrtc_offer ben {} d1"));
    EXPECT_THAT(world.heard(amina), Contains("webrtc_offer ben {2} d2"));
}

TEST_F(Namesake, StaysSomebodyElseInTheLogAndAfterARestart) {
    one_at_a_time();
    world.ready_agent("amina", "amina-tab");
    const auto other = namesake();
    world.call(other, "c1");
    const auto facts = state().contact(c1)->visitor;

    world.kill();
    world.start();

    EXPECT_EQ(state().contact(c1)->visitor, facts);
    const auto amina = world.connect("amina", Role::agent, 2, "amina-tab");
    world.forget();
    world.say(amina, EndContact{c1, {}}, "1");
    EXPECT_THAT(world.heard(amina), Contains(StartsWith("error "))) << "the agent is not the visitor of the same id";
}

}  // namespace
}  // namespace calldocker::app::testing
