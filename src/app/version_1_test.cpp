#include "app/testing/world.hpp"

/// docs/protocol.md, "Version 1", rule by rule, for calls that are not contacts; contacts_test.cpp has those that are.
namespace calldocker::app::testing {
namespace {

using namespace domain;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

struct Version1 : ::testing::Test {
    World world;
};

TEST_F(Version1, AJoinTellsTheSenderWhoIsThereAndTheOthersWhoCame) {
    const auto amina = world.agent("amina");
    const auto ben = world.agent("ben");
    world.join_room(amina, "lobby");

    world.join_room(ben, "lobby");

    EXPECT_THAT(world.heard(ben), ElementsAre("room_joined lobby amina,ben"));
    EXPECT_THAT(world.heard(amina), ElementsAre("room_joined lobby amina", "user_joined ben lobby"));
}

TEST_F(Version1, ARepeatedJoinIsAnnouncedAgainAndKeepsThePlaceInTheOrder) {
    const auto amina = world.agent("amina");
    const auto ben = world.agent("ben");
    world.join_room(amina, "lobby");
    world.join_room(ben, "lobby");
    world.forget();

    world.join_room(amina, "lobby");

    EXPECT_THAT(world.heard(amina), ElementsAre("room_joined lobby amina,ben"));
    EXPECT_THAT(world.heard(ben), ElementsAre("user_joined amina lobby"));
}

TEST_F(Version1, LeavingWithoutARoomLeavesAllInOrderOfJoining) {
    const auto amina = world.agent("amina");
    const auto ben = world.agent("ben");
    for (const char* room : {"zulu", "alpha"}) {
        world.join_room(amina, room);
        world.join_room(ben, room);
    }
    world.forget();

    world.say(ben, LeaveRoom{});

    EXPECT_THAT(world.heard(ben), IsEmpty());
    EXPECT_THAT(world.heard(amina), ElementsAre("user_left ben zulu", "user_left ben alpha"));
}

TEST_F(Version1, LeavingARoomOneIsNotInIsNotAnnounced) {
    const auto amina = world.agent("amina");
    const auto ben = world.agent("ben");
    world.join_room(amina, "lobby");
    world.forget();

    world.say(ben, LeaveRoom{RoomId{"lobby"}});

    EXPECT_THAT(world.heard(amina), IsEmpty());
}

TEST_F(Version1, AUserLeavesARoomWithTheLastTab) {
    const auto amina = world.agent("amina");
    const auto ben_1 = world.agent("ben");
    const auto ben_2 = world.agent("ben");
    for (const auto session : {amina, ben_1, ben_2}) world.join_room(session, "lobby");
    world.forget();

    world.leave(ben_1);
    EXPECT_THAT(world.heard(amina), IsEmpty());
    world.leave(ben_2);

    EXPECT_THAT(world.heard(amina), ElementsAre("user_left ben lobby"));
}

TEST_F(Version1, ACustomerSeesHimselfAndStaffOnly) {
    const auto vera = world.customer("vera");
    const auto walt = world.customer("walt");
    const auto amina = world.agent("amina");
    world.join_room(vera, "public-calls");
    world.join_room(amina, "public-calls");
    world.forget();

    world.join_room(walt, "public-calls");
    world.leave(walt);

    EXPECT_THAT(world.heard(walt), ElementsAre("room_joined public-calls amina,walt"));
    EXPECT_THAT(world.heard(vera), IsEmpty());
    EXPECT_THAT(world.heard(amina), ElementsAre("user_joined walt public-calls", "user_left walt public-calls"));
}

TEST_F(Version1, ACustomerMayNotJoinTheAgentRoomAndNobodyIsTold) {
    const auto amina = world.agent("amina");
    const auto vera = world.customer("vera");
    world.join_room(amina, "agent-room");
    world.forget();

    world.join_room(vera, "agent-room");

    EXPECT_THAT(world.heard(vera), ElementsAre("error forbidden"));
    EXPECT_THAT(world.heard(amina), IsEmpty());
}

TEST_F(Version1, TheSixtyFifthRoomIsRefused) {
    const auto amina = world.agent("amina");
    for (int i = 0; i < 64; ++i) world.join_room(amina, ("r" + std::to_string(i)).c_str());
    world.forget();

    world.join_room(amina, "one too many");
    world.join_room(amina, "r5");

    EXPECT_THAT(world.heard(amina), ElementsAre("error overloaded", ::testing::StartsWith("room_joined r5")));
}

TEST_F(Version1, AStatusReachesAllOfTheCompanyButTheSender) {
    const auto amina = world.agent("amina");
    const auto ben = world.agent("ben");
    const auto vera = world.customer("vera");

    world.say(amina, AgentStatus{"online", "busy"});

    EXPECT_THAT(world.heard(ben), ElementsAre("agent_status_changed amina online busy"));
    EXPECT_THAT(world.heard(vera), ElementsAre("agent_status_changed amina online busy"));
    EXPECT_THAT(world.heard(amina), IsEmpty());
}

TEST_F(Version1, OnlyStaffSendAStatus) {
    const auto amina = world.agent("amina");
    const auto vera = world.customer("vera");

    world.say(vera, AgentStatus{"online", {}});

    EXPECT_THAT(world.heard(vera), ElementsAre("error forbidden"));
    EXPECT_THAT(world.heard(amina), IsEmpty());
}

TEST_F(Version1, AnOfferToAUserReachesEveryTabAndIsThenConfirmed) {
    const auto vera = world.customer("vera");
    const auto amina_1 = world.agent("amina");
    const auto amina_2 = world.agent("amina");

    world.say(vera, WebrtcOffer{"amina", "{}", ContactId{"c1"}, {}});

    EXPECT_THAT(world.heard(amina_1), ElementsAre("webrtc_offer vera {} c1"));
    EXPECT_THAT(world.heard(amina_2), ElementsAre("webrtc_offer vera {} c1"));
    EXPECT_THAT(world.heard(vera), ElementsAre("offer_sent amina c1"));
}

TEST_F(Version1, AnOfferToNobodyIsConfirmedAllTheSame) {
    const auto vera = world.customer("vera");

    world.say(vera, WebrtcOffer{"nobody", "{}", {}, {}});

    EXPECT_THAT(world.heard(vera), ElementsAre("offer_sent nobody"));
}

TEST_F(Version1, AnOfferOfStaffToARoomReachesAllInItTheSenderToo) {
    const auto amina = world.agent("amina");
    const auto ben = world.agent("ben");
    const auto vera = world.customer("vera");
    for (const auto session : {amina, vera}) world.join_room(session, "meeting-room");
    world.forget();

    world.say(amina, WebrtcOffer{"meeting-room", "{}", {}, {}});

    EXPECT_THAT(world.heard(amina), ElementsAre("webrtc_offer amina {}", "offer_sent meeting-room"));
    EXPECT_THAT(world.heard(vera), ElementsAre("webrtc_offer amina {}"));
    EXPECT_THAT(world.heard(ben), IsEmpty());
}

TEST_F(Version1, TheSenderOfAnOfferNeedNotBeInTheRoom) {
    const auto amina = world.agent("amina");
    const auto ben = world.agent("ben");
    world.join_room(ben, "meeting-room");
    world.forget();

    world.say(amina, WebrtcOffer{"meeting-room", "{}", {}, {}});

    EXPECT_THAT(world.heard(ben), ElementsAre("webrtc_offer amina {}"));
    EXPECT_THAT(world.heard(amina), ElementsAre("offer_sent meeting-room"));
}

TEST_F(Version1, ATargetThatContainsRoomIsAUserIfOneIsCalledSo) {
    const auto amina = world.agent("amina");
    const auto broom = world.agent("broomfield");

    world.say(amina, WebrtcOffer{"broomfield", "{}", {}, {}});

    EXPECT_THAT(world.heard(broom), ElementsAre("webrtc_offer amina {}"));
}

TEST_F(Version1, AnswersAndCandidatesNeverGoToARoom) {
    const auto amina = world.agent("amina");
    const auto ben = world.agent("ben");
    world.join_room(ben, "meeting-room");
    world.forget();

    world.say(amina, WebrtcAnswer{"meeting-room", "{}", {}});
    world.say(amina, IceCandidate{"meeting-room", "null", {}});

    EXPECT_THAT(world.heard(ben), IsEmpty());
    EXPECT_THAT(world.heard(amina), ElementsAre("answer_sent meeting-room"));
}

TEST_F(Version1, ACustomerAddressesStaffOnlyButIsToldNothingOfIt) {
    const auto vera = world.customer("vera");
    const auto walt = world.customer("walt");

    world.say(vera, WebrtcOffer{"walt", "{}", {}, {}});
    world.say(vera, WebrtcAnswer{"walt", "{}", {}});
    world.say(vera, IceCandidate{"walt", "{}", {}});

    EXPECT_THAT(world.heard(walt), IsEmpty());
    EXPECT_THAT(world.heard(vera), ElementsAre("offer_sent walt", "answer_sent walt"));
}

TEST_F(Version1, AnonymousMeansTheCallerWhoFirstUsedTheCall) {
    const auto first = world.connect("anonymous-1", Role::customer, 1, {}, true);
    const auto second = world.connect("anonymous-2", Role::customer, 1, {}, true);
    const auto amina = world.agent("amina");
    world.say(second, WebrtcOffer{"amina", "{}", ContactId{"c2"}, {}});
    world.forget();

    world.say(amina, WebrtcAnswer{"anonymous", "{}", ContactId{"c2"}});
    world.say(amina, IceCandidate{"anonymous", "{}", ContactId{"unknown"}});
    world.say(amina, IceCandidate{"anonymous", "{}", {}});

    EXPECT_THAT(world.heard(second), ElementsAre("webrtc_answer amina {} c2"));
    EXPECT_THAT(world.heard(first), IsEmpty());
    EXPECT_THAT(world.heard(amina), ElementsAre("answer_sent anonymous c2"));
}

TEST_F(Version1, AnonymousWithoutACallMeansTheOnlyAnonymousCustomer) {
    const auto only = world.connect("anonymous-1", Role::customer, 1, {}, true);
    const auto amina = world.agent("amina");
    (void)world.customer("vera");

    world.say(amina, IceCandidate{"anonymous", "{}", {}});

    EXPECT_THAT(world.heard(only), ElementsAre("ice_candidate amina {}"));
}

TEST_F(Version1, AnotherAgentsAnswerGetsAnErrorAndIsNotDelivered) {
    const auto vera = world.customer("vera");
    const auto amina = world.agent("amina");
    const auto ben = world.agent("ben");
    world.say(vera, WebrtcOffer{"amina", "{}", ContactId{"c1"}, {}});
    world.say(amina, WebrtcAnswer{"vera", "{}", ContactId{"c1"}});
    world.forget();

    world.say(ben, WebrtcAnswer{"vera", "{}", ContactId{"c1"}});
    world.say(amina, WebrtcAnswer{"vera", "{\"again\":1}", ContactId{"c1"}});

    EXPECT_THAT(world.heard(ben), ElementsAre("error reservation_lost"));
    EXPECT_THAT(world.heard(vera), ElementsAre("webrtc_answer amina {\"again\":1} c1"));
}

TEST_F(Version1, AnotherCustomersAnswerTakesNobodysPlace) {
    const auto vera = world.customer("vera");
    const auto amina = world.agent("amina");
    const auto walt = world.customer("walt");
    world.say(vera, WebrtcOffer{"amina", "{}", ContactId{"c1"}, {}});
    world.forget();

    world.say(walt, WebrtcAnswer{"vera", "{}", ContactId{"c1"}});
    world.say(amina, WebrtcAnswer{"vera", "{}", ContactId{"c1"}});

    EXPECT_THAT(world.heard(walt), ElementsAre("answer_sent vera c1"));
    EXPECT_THAT(world.heard(vera), ElementsAre("webrtc_answer amina {} c1"));
}

TEST_F(Version1, ACallIsAnnouncedInTheRoomToTheSenderAndToThoseHeMayMeet) {
    const auto vera = world.customer("vera");
    const auto walt = world.customer("walt");
    const auto amina = world.agent("amina");
    for (const auto session : {vera, walt, amina}) world.join_room(session, "public-calls");
    world.forget();

    world.say(vera, CallStarted{ContactId{"c1"}, RoomId{"public-calls"}, "video"});

    EXPECT_THAT(world.heard(vera), ElementsAre("call_started c1 vera video"));
    EXPECT_THAT(world.heard(amina), ElementsAre("call_started c1 vera video"));
    EXPECT_THAT(world.heard(walt), IsEmpty());
}

TEST_F(Version1, WhatIsSaidOfARoomOneIsNotInIsNotAnnounced) {
    const auto vera = world.customer("vera");
    const auto amina = world.agent("amina");
    world.join_room(amina, "public-calls");
    world.forget();

    world.say(vera, CallStarted{ContactId{"c1"}, RoomId{"public-calls"}, {}});
    world.say(vera, domain::CallEnded{ContactId{"c1"}, RoomId{"public-calls"}, {}});

    EXPECT_THAT(world.heard(amina), IsEmpty());
    EXPECT_THAT(world.heard(vera), IsEmpty());
}

TEST_F(Version1, BeforeAnAnswerStaffEndACallInTheRoomItRingsInAndInNoOther) {
    const auto vera = world.customer("vera");
    const auto amina = world.agent("amina");
    for (const char* room : {"lobby", "public-calls"}) {
        world.join_room(vera, room);
        world.join_room(amina, room);
    }
    world.say(vera, CallStarted{ContactId{"direct"}, RoomId{"lobby"}, {}});
    world.say(vera, WebrtcOffer{"public-calls", "{}", ContactId{"c1"}, {}});
    world.forget();

    world.say(amina, domain::CallEnded{ContactId{"direct"}, RoomId{"public-calls"}, {}});
    world.say(amina, domain::CallEnded{ContactId{"c1"}, RoomId{"lobby"}, {}});
    EXPECT_THAT(world.heard(amina), ElementsAre("error forbidden", "error forbidden"));
    EXPECT_THAT(world.heard(vera), IsEmpty());

    world.say(amina, domain::CallEnded{ContactId{"direct"}, RoomId{"lobby"}, {}});
    world.say(amina, domain::CallEnded{ContactId{"c1"}, RoomId{"public-calls"}, {}});
    EXPECT_THAT(world.heard(vera), ElementsAre("call_ended direct amina", "call_ended c1 amina"));
}

TEST_F(Version1, ACallFromTheQueueIsEndedBeforeAnAnswerWhereItsVisitorHasNamedItToo) {
    const auto vera = world.customer("vera");
    const auto amina = world.agent("amina");
    for (const char* room : {"lobby", "hall"}) {
        world.join_room(vera, room);
        world.join_room(amina, room);
    }
    for (const bool is_named_first : {true, false}) {
        const ContactId call{is_named_first ? "c1" : "c2"};
        if (is_named_first) world.say(vera, CallStarted{call, RoomId{"lobby"}, {}});
        world.say(vera, WebrtcOffer{"agent-room", "{}", call, {}});
        if (!is_named_first) world.say(vera, CallStarted{call, RoomId{"lobby"}, {}});
        world.forget();

        world.say(amina, domain::CallEnded{call, RoomId{"hall"}, {}});
        EXPECT_THAT(world.heard(amina), ElementsAre("error forbidden"));
        world.say(amina, domain::CallEnded{call, RoomId{"lobby"}, {}});
        EXPECT_THAT(world.heard(vera), ElementsAre("call_ended " + call.str() + " amina"));
    }
}

TEST_F(Version1, ACallToAPersonIsEndedBeforeAnAnswerByWhomItRingsAndByNoOtherStaff) {
    const auto vera = world.customer("vera");
    const auto amina = world.agent("amina");
    const auto ben = world.agent("ben");
    for (const auto session : {vera, amina, ben}) world.join_room(session, "lobby");
    world.say(vera, WebrtcOffer{"ben", "{}", ContactId{"c1"}, {}});
    world.say(vera, WebrtcOffer{"amina", "{}", ContactId{"c1"}, {}});
    world.forget();

    world.say(ben, domain::CallEnded{ContactId{"c1"}, RoomId{"lobby"}, {}});
    EXPECT_THAT(world.heard(ben), ElementsAre("error forbidden")) << "it rings at amina's now";
    EXPECT_THAT(world.heard(vera), IsEmpty());

    world.say(amina, domain::CallEnded{ContactId{"c1"}, RoomId{"lobby"}, {}});
    EXPECT_THAT(world.heard(vera), ElementsAre("call_ended c1 amina"));
}

TEST_F(Version1, ACallIsEndedWhereItsCallerHasNamedItLast) {
    const auto vera = world.customer("vera");
    const auto amina = world.agent("amina");
    for (const char* room : {"lobby", "hall"}) {
        world.join_room(vera, room);
        world.join_room(amina, room);
    }
    world.say(vera, WebrtcOffer{"ben", "{}", ContactId{"c1"}, {}});
    world.say(vera, CallStarted{ContactId{"c1"}, RoomId{"lobby"}, {}});
    world.say(amina, CallStarted{ContactId{"c1"}, RoomId{"hall"}, {}});
    world.forget();

    world.say(amina, domain::CallEnded{ContactId{"c1"}, RoomId{"hall"}, {}});
    EXPECT_THAT(world.heard(amina), ElementsAre("error forbidden")) << "another's word moves it nowhere";

    world.say(amina, domain::CallEnded{ContactId{"c1"}, RoomId{"lobby"}, {}});
    EXPECT_THAT(world.heard(vera), ElementsAre("call_ended c1 amina"));
}

TEST_F(Version1, OnlyAPartyEndsAnAnsweredCall) {
    const auto vera = world.customer("vera");
    const auto amina = world.agent("amina");
    const auto ben = world.agent("ben");
    for (const auto session : {vera, amina, ben}) world.join_room(session, "public-calls");
    world.say(vera, WebrtcOffer{"amina", "{}", ContactId{"c1"}, {}});
    world.say(amina, WebrtcAnswer{"vera", "{}", ContactId{"c1"}});
    world.forget();

    world.say(ben, domain::CallEnded{ContactId{"c1"}, RoomId{"public-calls"}, {}});
    EXPECT_THAT(world.heard(vera), IsEmpty());
    world.say(vera, domain::CallEnded{ContactId{"c1"}, RoomId{"public-calls"}, "done"});

    EXPECT_THAT(world.heard(ben), ElementsAre("error forbidden", "call_ended c1 vera done"));
    EXPECT_THAT(world.heard(vera), ElementsAre("call_ended c1 vera done"));
    EXPECT_THAT(world.heard(amina), ElementsAre("call_ended c1 vera done"));
}

TEST_F(Version1, TheEndOfACallDoesNotReachStaffInAnotherCall) {
    const auto vera = world.customer("vera");
    const auto walt = world.customer("walt");
    const auto amina = world.agent("amina");
    const auto ben = world.agent("ben");
    for (const auto session : {vera, walt, amina, ben}) world.join_room(session, "public-calls");
    world.say(vera, WebrtcOffer{"amina", "{}", ContactId{"c1"}, {}});
    world.say(amina, WebrtcAnswer{"vera", "{}", ContactId{"c1"}});
    world.say(walt, WebrtcOffer{"ben", "{}", ContactId{"c2"}, {}});
    world.say(ben, WebrtcAnswer{"walt", "{}", ContactId{"c2"}});
    world.forget();

    world.say(vera, domain::CallEnded{ContactId{"c1"}, RoomId{"public-calls"}, {}});

    EXPECT_THAT(world.heard(ben), IsEmpty());
    EXPECT_THAT(world.heard(walt), IsEmpty());
}

TEST_F(Version1, AfterFiveSecondsTheOtherPartyOfAVanishedPageIsTold) {
    const auto vera = world.customer("vera");
    const auto amina = world.agent("amina");
    world.say(vera, WebrtcOffer{"amina", "{}", ContactId{"c1"}, {}});
    world.say(amina, WebrtcAnswer{"vera", "{}", ContactId{"c1"}});
    world.forget();

    world.leave(vera);
    world.pass(4999ms);
    EXPECT_THAT(world.heard(amina), IsEmpty());
    world.pass(1ms);

    EXPECT_THAT(world.heard(amina), ElementsAre("call_ended c1 vera connection_lost"));
}

TEST_F(Version1, APageThatComesBackInTimeKeepsItsCall) {
    const auto vera = world.customer("vera");
    const auto amina = world.agent("amina");
    world.say(vera, WebrtcOffer{"amina", "{}", ContactId{"c1"}, {}});
    world.say(amina, WebrtcAnswer{"vera", "{}", ContactId{"c1"}});
    world.forget();

    world.leave(vera);
    world.pass(4s);
    (void)world.customer("vera");
    world.pass(60s);

    EXPECT_THAT(world.heard(amina), IsEmpty());
}

TEST_F(Version1, ARejectionTellsNobodyAnything) {
    const auto amina = world.agent("amina");
    const auto ben = world.agent("ben");

    world.say(amina, CallRejected{ContactId{"c1"}});

    EXPECT_THAT(world.heard(amina), IsEmpty());
    EXPECT_THAT(world.heard(ben), IsEmpty());
}

}  // namespace
}  // namespace calldocker::app::testing
