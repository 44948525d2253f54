#include "app/testing/world.hpp"

/// docs/protocol.md, "Contacts", seen by the clients.
namespace calldocker::app::testing {
namespace {

using namespace domain;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

const ContactId c1{"c1"};

struct Contacts : ::testing::Test {
    World world;

    /// Vera and Amina, both of version 2, in a connected contact.
    std::pair<SessionKey, SessionKey> talking() {
        const auto amina = world.ready_agent("amina", "amina-tab");
        const auto vera = world.visitor("vera", "vera-tab");
        world.call(vera, "c1");
        world.say(amina, AcceptContact{c1});
        world.say(amina, MediaState{c1, true});
        world.say(vera, MediaState{c1, true});
        world.forget();
        return {vera, amina};
    }
};

TEST_F(Contacts, AnOfferToTheQueueRingsAVersion1AgentWithTheOfferAndAVersion2AgentWithoutIt) {
    const auto old_page = world.agent("ben");
    world.join_room(old_page, "agent-room");
    const auto amina = world.ready_agent("amina");
    const auto vera = world.customer("vera");
    world.forget();

    world.call(vera, "c1");

    EXPECT_THAT(world.heard(old_page), ElementsAre("webrtc_offer vera {} c1"));
    EXPECT_THAT(world.heard(amina), ElementsAre("contact_offered c1 offering", "agent_state amina reserved"));
    EXPECT_THAT(world.heard(vera), ElementsAre("offer_sent agent-room c1"));
}

TEST_F(Contacts, TheAcceptThatWinsGetsTheOfferAndTheOthersStopRinging) {
    const auto amina = world.ready_agent("amina");
    const auto amina_2 = world.connect("amina", Role::agent, 2);
    const auto ben = world.ready_agent("ben");
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.forget();

    world.say(amina, AcceptContact{c1}, "1");
    world.say(ben, AcceptContact{c1}, "1");

    EXPECT_THAT(world.heard(amina), ElementsAre("contact_state c1 connecting agent=amina owner", "agent_state amina on_call",
                                                "webrtc_offer vera {} c1", "ack 1"));
    EXPECT_THAT(world.heard(amina_2), Not(Contains(StartsWith("webrtc_offer"))));
    EXPECT_THAT(world.heard(ben),
                ElementsAre("contact_revoked c1 answered_elsewhere", "agent_state ben available", "error reservation_lost 1"));
    EXPECT_THAT(world.heard(vera), ElementsAre("contact_state c1 connecting agent=amina owner"));
}

TEST_F(Contacts, AContactIsConnectedWhenMediaIsUpBothWays) {
    const auto amina = world.ready_agent("amina");
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.say(amina, AcceptContact{c1});
    world.forget();

    world.say(amina, MediaState{c1, true});
    EXPECT_THAT(world.heard(vera), ElementsAre(StartsWith("contact_state c1 connecting")));
    world.say(vera, MediaState{c1, true});

    EXPECT_THAT(world.heard(vera), ElementsAre(StartsWith("contact_state c1 connected agent=amina owner")));
    EXPECT_EQ(world.island->figures().contacts_connected, 1u);
}

TEST_F(Contacts, TheAnswerOfAVersion1AgentIsItsAccept) {
    const auto ben = world.agent("ben");
    const auto carl = world.agent("carl");
    world.join_room(ben, "agent-room");
    world.join_room(carl, "agent-room");
    const auto amina = world.ready_agent("amina");
    const auto vera = world.customer("vera");
    world.call(vera, "c1");
    world.forget();

    world.say(ben, WebrtcAnswer{"vera", "{}", c1});
    world.say(carl, WebrtcAnswer{"vera", "{}", c1});

    EXPECT_THAT(world.heard(vera), ElementsAre("webrtc_answer ben {} c1"));
    EXPECT_THAT(world.heard(ben), ElementsAre("answer_sent vera c1"));
    EXPECT_THAT(world.heard(carl), ElementsAre("error reservation_lost"));
    EXPECT_THAT(world.heard(amina), ElementsAre("contact_revoked c1 answered_elsewhere", "agent_state amina available"));
    EXPECT_EQ(world.island->figures().contacts_connected, 1u);
}

TEST_F(Contacts, AnEndReachesThePartiesAndTheStaffWhoWereRung) {
    const auto ben = world.agent("ben");
    world.join_room(ben, "agent-room");
    const auto amina = world.ready_agent("amina");
    const auto vera = world.customer("vera");
    world.join_room(vera, "public-calls");
    world.call(vera, "c1");
    world.forget();

    world.say(vera, domain::CallEnded{c1, RoomId{"public-calls"}, "bye"});
    world.say(amina, AcceptContact{c1}, "late");
    world.say(ben, WebrtcAnswer{"vera", "{}", c1});

    EXPECT_THAT(world.heard(vera), ElementsAre("call_ended c1 vera bye"));
    EXPECT_THAT(world.heard(amina), ElementsAre("contact_revoked c1 visitor_left", "agent_state amina available", "error gone late"));
    EXPECT_THAT(world.heard(ben), ElementsAre("call_ended c1 vera bye", "error gone"));
}

TEST_F(Contacts, ANameThatHasEndedStartsANewContact) {
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.say(vera, EndContact{c1, {}});
    world.forget();

    world.call(vera, "c1");

    EXPECT_THAT(world.heard(vera), ElementsAre("contact_state c1 queued owner", "offer_sent agent-room c1"));
}

TEST_F(Contacts, WhoDeclinesIsNotRungAgainWhileSomebodyElseIsThere) {
    const auto amina = world.ready_agent("amina");
    const auto ben = world.ready_agent("ben");
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.forget();

    world.say(amina, DeclineContact{c1, {}});
    world.pass(19s);

    EXPECT_THAT(world.heard(amina), ElementsAre("contact_revoked c1 declined", "agent_state amina available"));
    EXPECT_THAT(world.heard(ben), IsEmpty());
}

TEST_F(Contacts, WhoDeclinesAndIsAloneIsRungAgainAfterAPause) {
    const auto amina = world.ready_agent("amina");
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.say(amina, DeclineContact{c1, {}});
    world.forget();

    world.pass(4999ms);
    EXPECT_THAT(world.heard(amina), IsEmpty());
    world.pass(1ms);

    EXPECT_THAT(world.heard(amina), ElementsAre("contact_offered c1 offering", "agent_state amina reserved"));
}

TEST_F(Contacts, AnAgentWhoBecomesRoutableIsRung) {
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    const auto amina = world.connect("amina", Role::agent, 2);
    world.say(amina, SetAgentIntent{Intent::available, {}});
    world.forget();

    world.say(amina, SetMediaReady{true}, "1");

    EXPECT_THAT(world.heard(amina), ElementsAre("contact_offered c1 offering", "agent_state amina reserved", "ack 1"));
}

TEST_F(Contacts, AnAgentHasOneOfferAtATime) {
    const auto amina = world.ready_agent("amina");
    const auto ben = world.ready_agent("ben");
    world.call(world.visitor("vera"), "c1");
    world.call(world.visitor("walt"), "c2");
    world.forget();

    world.say(amina, AcceptContact{c1});

    EXPECT_THAT(world.heard(ben),
                ElementsAre("contact_revoked c1 answered_elsewhere", "contact_offered c2 offering", "agent_state ben reserved"));
}

TEST_F(Contacts, AnOfferOutlivesTheAgentsConnectionForTwoSeconds) {
    const auto amina = world.ready_agent("amina");
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.pass(0ms);  // the place is announced
    world.forget();

    world.island->detach(amina, world.now);
    world.pass(1999ms);
    EXPECT_THAT(world.heard(vera), IsEmpty());
    world.pass(1ms);

    EXPECT_THAT(world.heard(vera), ElementsAre("contact_state c1 queued owner"));
    EXPECT_THAT(world.heard(amina), Contains("contact_revoked c1 not_routable"));
}

TEST_F(Contacts, AVisitorWhoIsLostWhileWaitingKeepsThePlaceForAMinute) {
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.island->detach(vera, world.now);
    const auto amina = world.ready_agent("amina");
    world.pass(59s);
    EXPECT_EQ(world.island->figures().contacts_waiting, 1u);
    EXPECT_THAT(world.heard(amina), IsEmpty());

    world.island->attach(vera, {}, world.now);
    world.settle();

    EXPECT_THAT(world.heard(amina), Contains(StartsWith("contact_offered c1")));
}

TEST_F(Contacts, AVisitorWhoDoesNotComeBackIsLost) {
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.island->detach(vera, world.now);
    world.pass(0ms);  // the place is announced
    world.forget();

    world.pass(60s);

    EXPECT_THAT(world.heard(vera),
                ElementsAre("contact_state c1 closed owner lost=visitor lost_visitor", "call_ended c1 vera connection_lost"));
}

TEST_F(Contacts, NobodyEndsAConnectedContactWhileTheOtherEndReportsMedia) {
    const auto [vera, amina] = talking();

    world.island->detach(vera, world.now);
    world.pass(1h);
    EXPECT_EQ(world.island->figures().contacts_connected, 1u);
    world.say(amina, MediaState{c1, false});
    world.pass(45s);

    EXPECT_EQ(world.island->figures().contacts_connected, 0u);
    EXPECT_THAT(world.heard(amina), Contains("call_ended c1 vera connection_lost"));
}

TEST_F(Contacts, AnAgentWhoIsLostWithTheMediaLosesTheContactToTheFrontOfTheQueue) {
    const auto [vera, amina] = talking();
    world.call(world.visitor("walt"), "c0");

    world.island->detach(amina, world.now);
    world.say(vera, MediaState{c1, false});
    world.pass(15s);
    const auto ben = world.ready_agent("ben");
    world.settle();

    EXPECT_THAT(world.heard(vera), Contains("contact_state c1 queued owner needs_offer"));
    EXPECT_FALSE(world.island->view(ben).snapshot.contacts.empty());
    EXPECT_EQ(world.island->view(ben).snapshot.contacts.front().call, c1);
}

TEST_F(Contacts, WithoutMediaInTenSecondsTheContactIsRequeuedAndThenFails) {
    const auto amina = world.ready_agent("amina");
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.say(amina, AcceptContact{c1});
    world.pass(10s);
    EXPECT_EQ(world.island->figures().contacts_waiting, 1u);
    world.forget();
    world.say(amina, AcceptContact{c1});
    EXPECT_THAT(world.heard(vera), ElementsAre("contact_state c1 connecting agent=amina owner needs_offer"));

    world.pass(10s);

    EXPECT_THAT(world.heard(vera), Contains("contact_state c1 closed agent=amina owner media_failed"));
}

TEST_F(Contacts, RelaysGoToTheMediaOwnersSessionAlone) {
    const auto [vera, amina] = talking();
    const auto other_tab = world.connect("amina", Role::agent, 2);

    world.say(vera, IceCandidate{"amina", "{}", c1});
    world.say(other_tab, ClaimMedia{c1}, "1");
    world.say(vera, IceCandidate{"amina", "{}", c1});

    EXPECT_THAT(world.heard(amina), ElementsAre("ice_candidate vera {} c1", "contact_state c1 connected agent=amina lost=media"));
    EXPECT_THAT(world.heard(other_tab),
                ElementsAre("contact_state c1 connected agent=amina owner lost=media", "ack 1", "ice_candidate vera {} c1"));
}

TEST_F(Contacts, AVersion1PartyWhoVanishesEndsTheCallOfAnother) {
    const auto ben = world.agent("ben");
    world.join_room(ben, "agent-room");
    const auto vera = world.customer("vera");
    world.call(vera, "c1");
    world.say(ben, WebrtcAnswer{"vera", "{}", c1});
    world.forget();

    world.leave(ben);
    world.pass(4999ms);
    EXPECT_THAT(world.heard(vera), IsEmpty());
    world.pass(1ms);

    EXPECT_THAT(world.heard(vera), ElementsAre("call_ended c1 ben connection_lost"));
}

TEST_F(Contacts, AVersion1PageThatComesBackKeepsItsContact) {
    const auto ben = world.agent("ben");
    world.join_room(ben, "agent-room");
    const auto vera = world.customer("vera");
    world.call(vera, "c1");
    world.say(ben, WebrtcAnswer{"vera", "{}", c1});
    world.leave(vera);
    world.pass(3s);

    (void)world.customer("vera");
    world.pass(1h);

    EXPECT_EQ(world.island->figures().contacts_connected, 1u);
}

TEST_F(Contacts, OnlyStaffHaveAnIntentAndAccept) {
    const auto vera = world.visitor("vera");

    world.say(vera, SetAgentIntent{Intent::available, {}}, "1");
    world.say(vera, AcceptContact{c1}, "2");
    world.say(vera, SetMediaReady{true}, "3");

    EXPECT_THAT(world.heard(vera), ElementsAre("error forbidden 1", "error forbidden 2", "error forbidden 3"));
}

TEST_F(Contacts, AnUnknownContactIsNotFound) {
    const auto amina = world.ready_agent("amina");

    world.say(amina, AcceptContact{ContactId{"nothing"}}, "1");

    EXPECT_THAT(world.heard(amina), ElementsAre("error not_found 1"));
}

}  // namespace
}  // namespace calldocker::app::testing
