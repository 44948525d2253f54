#include "app/testing/contact_centre.hpp"

/// The contact centre, seen by those who use it: the queue, reservations, call control, supervisors, restarts.
namespace calldocker::app::testing {
namespace {

using namespace domain;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(ContactCentre, AnOfferThatNobodyAnswersGoesToTheNextAgentAndTheFirstIsSetNotReady) {
    one_at_a_time();
    const auto amina = world.ready_agent("amina");
    world.pass(1s);
    const auto ben = world.ready_agent("ben");
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    EXPECT_THAT(world.heard(amina), Contains(StartsWith("contact_offered c1")));
    EXPECT_THAT(world.heard(ben), IsEmpty());

    world.pass(20s);

    EXPECT_THAT(world.heard(amina), Contains("contact_revoked c1 timeout"));
    EXPECT_THAT(world.heard(ben), Contains(StartsWith("contact_offered c1")));
    EXPECT_EQ(state().agent(UserId{"amina"}).reason, sys_rona);
    world.say(amina, AcceptContact{c1}, "late");
    EXPECT_THAT(world.heard(amina), ElementsAre("error reservation_lost late"));
}

TEST_F(ContactCentre, AWaitingVisitorIsToldThePlaceAndEveryChangeOfIt) {
    const auto vera = world.visitor("vera");
    const auto walt = world.visitor("walt");
    world.call(vera, "c1");
    world.call(walt, "c2");
    world.pass(2s);
    EXPECT_THAT(world.heard(walt), Contains("queue_place c2 2"));

    world.say(vera, EndContact{c1, {}});
    world.pass(2s);

    EXPECT_THAT(world.heard(walt), Contains("queue_place c2 1"));
    EXPECT_EQ(world.island->view(walt).snapshot.contacts.front().place->place, 1) << "and a page that is loaded anew knows it";
}

TEST_F(ContactCentre, WrapUpIsTheAgentsAloneAndEndsByItself) {
    const auto [vera, amina] = talking();
    world.say(vera, EndContact{c1, {}});

    EXPECT_THAT(world.heard(vera), ElementsAre(HasSubstr("contact_state c1 closed"), "call_ended c1 vera"));
    EXPECT_THAT(world.heard(amina), ElementsAre(AllOf(HasSubstr("contact_state c1 wrapup"), HasSubstr(" wrapup")), "call_ended c1 vera",
                                                "agent_state amina wrapup"));
    world.say(amina, domain::SetNotes{c1, "calls again"});
    world.pass(30s);

    EXPECT_THAT(world.heard(amina), Contains("agent_state amina available"));
    EXPECT_EQ(state().contact(c1), nullptr);
}

TEST_F(ContactCentre, AnIntentChosenInACallComesAfterTheWrapUp) {
    const auto [vera, amina] = talking();
    world.say(amina, SetAgentIntent{Intent::not_ready, "MEAL"});
    EXPECT_THAT(world.heard(amina), ElementsAre("agent_state amina on_call next=not_ready:MEAL"));
    world.say(vera, EndContact{c1, {}});
    world.say(amina, domain::EndWrapUp{c1, {}});

    EXPECT_THAT(world.heard(amina), Contains("agent_state amina not_ready"));
}

TEST_F(ContactCentre, HoldIsToldToBothAndMuteToo) {
    const auto [vera, amina] = talking();
    world.say(amina, HoldContact{c1}, "1");
    EXPECT_THAT(world.heard(vera), ElementsAre(AllOf(HasSubstr("c1 held"), HasSubstr("held_by=amina"))));
    EXPECT_THAT(world.heard(amina), ElementsAre(HasSubstr("c1 held"), "agent_state amina on_hold", "ack 1"));
    world.say(amina, ResumeContact{c1});
    world.say(amina, domain::SetMuted{c1, true});

    EXPECT_THAT(world.heard(vera), ElementsAre(HasSubstr("c1 connected"), HasSubstr("muted=agent")));
}

TEST_F(ContactCentre, ChatAndKeysReachTheOtherSideAndAreThereForAPageThatComesLater) {
    const auto [vera, amina] = talking();
    world.say(vera, SendChat{c1, "hello"});
    world.say(vera, SendKeypad{c1, "42"});
    EXPECT_THAT(world.heard(amina), ElementsAre("chat_message c1 #1 vera hello", "keypad c1 visitor 42"));

    const auto stranger = world.visitor("walt");
    world.say(stranger, GetChat{c1}, "g");
    world.say(amina, GetChat{c1});

    EXPECT_THAT(world.heard(amina), ElementsAre("chat_history c1 #1 vera hello"));
    EXPECT_THAT(world.heard(stranger), ElementsAre("error not_found g"));
}

TEST_F(ContactCentre, AConsultationRingsTheColleagueAndTheVisitorLearnsOnlyThatItIsOnHold) {
    const auto [vera, amina] = talking();
    const auto ben = world.ready_agent("ben", "ben-tab");
    world.forget();
    world.say(amina, domain::Consult{c1, {{}, ben_user}, "a refund"});
    EXPECT_THAT(world.heard(ben), ElementsAre(HasSubstr("offer=consult from=amina expires=20000ms"), "agent_state ben reserved"));
    EXPECT_THAT(world.heard(vera), ElementsAre(AllOf(HasSubstr("consulting"), Not(HasSubstr("ben")))));

    world.say(ben, AcceptContact{c1});
    EXPECT_THAT(world.heard(ben), Contains(HasSubstr("leg=amina:consult")));
    EXPECT_THAT(world.heard(amina), Contains(HasSubstr("leg=ben:consult:offers")));
    world.forget();
    world.say(amina, WebrtcOffer{"ben", "{1}", c1, {}});
    EXPECT_THAT(world.heard(ben), ElementsAre("webrtc_offer amina {1} c1"));
    world.say(amina, CompleteTransfer{c1});

    EXPECT_THAT(world.heard(vera), Contains(AllOf(HasSubstr("connecting agent=ben"), HasSubstr("needs_offer"))));
    EXPECT_THAT(world.heard(ben), Contains(AllOf(HasSubstr("connecting agent=ben owner"))));
    EXPECT_THAT(world.heard(amina), Contains(HasSubstr("c1 wrapup")));
}

TEST_F(ContactCentre, WhoAsksAColleagueIsToldWhoItRingsAtAndWhyNobodyCame) {
    const auto [vera, amina] = talking();
    const auto ben = world.ready_agent("ben", "ben-tab");
    const auto ask = [&, amina = amina] {
        world.say(amina, domain::Consult{c1, {{}, ben_user}, ""});
        world.forget();
    };

    ask();
    world.say(ben, DeclineContact{c1, {}});
    EXPECT_THAT(world.heard(amina),
                ElementsAre(StartsWith("contact_state c1 connected"), "consult_ended c1 ben declined", "agent_state amina on_call"));
    EXPECT_THAT(world.heard(ben), Contains("contact_revoked c1 declined"));
    EXPECT_THAT(world.heard(vera), Not(Contains(HasSubstr("ben"))));

    ask();
    world.pass(20s);
    EXPECT_THAT(world.heard(amina), Contains("consult_ended c1 ben missed"));

    ask();
    world.say(amina, CancelConsult{c1});
    EXPECT_THAT(world.heard(amina), Not(Contains(HasSubstr("consult_ended")))) << "it was her own doing";

    ask();
    world.say(ben, AcceptContact{c1});
    world.say(ben, EndContact{c1, {}});
    EXPECT_THAT(world.heard(amina), Contains("consult_ended c1 ben left"));
}

TEST_F(ContactCentre, AConferenceConnectsAllThreeAndSurvivesARestart) {
    const auto [vera, amina] = talking();
    const auto ben = world.ready_agent("ben", "ben-tab");
    world.say(amina, domain::Consult{c1, {{}, ben_user}, ""});
    world.say(ben, AcceptContact{c1});
    world.forget();
    world.say(amina, StartConference{c1});
    EXPECT_THAT(world.heard(vera), Contains(HasSubstr("leg=ben:conference")));
    EXPECT_THAT(world.heard(ben), Contains(HasSubstr("leg=vera:conference:offers")));
    world.say(vera, WebrtcOffer{"ben", "{2}", c1, {}});
    world.forget();
    world.say(ben, WebrtcAnswer{"vera", "{3}", c1}, "1");
    EXPECT_THAT(world.heard(vera), Contains("webrtc_answer ben {3} c1")) << "a page that was reloaded offers on every leg";
    EXPECT_THAT(world.heard(ben), Contains("ack 1"));

    world.kill();
    world.start();
    const auto back = world.connect("ben", Role::agent, 2, "ben-tab");

    const auto contacts = world.island->view(back).snapshot.contacts;
    ASSERT_EQ(contacts.size(), 1u);
    EXPECT_EQ(contacts.front().legs.size(), 2u);
}

TEST_F(ContactCentre, ASupervisorListensThroughTheAgentsBrowserAndTheVisitorIsNotTold) {
    const auto [vera, amina] = talking();
    const auto sue = world.connect("sue", Role::supervisor, 2, "sue-tab");
    world.say(sue, SuperviseContact{c1, SupervisionMode::monitor});
    EXPECT_THAT(world.heard(sue), Contains(HasSubstr("leg=amina:supervision:monitor")));
    EXPECT_THAT(world.heard(amina), Contains(HasSubstr("leg=sue:supervision:monitor:offers:mix")));
    EXPECT_THAT(world.heard(vera), Not(Contains(HasSubstr("sue"))));

    world.say(amina, SuperviseContact{c1, SupervisionMode::monitor}, "no");
    EXPECT_THAT(world.heard(amina), Contains("error forbidden no"));
    world.say(sue, TakeOverContact{c1});

    EXPECT_THAT(world.heard(vera), Contains(HasSubstr("connecting agent=sue")));
}

TEST_F(ContactCentre, ASupervisorWatchesAtMostOnceASecondAndForcesAnIntentWithANote) {
    const auto sue = world.connect("sue", Role::supervisor, 2);
    const auto amina = world.ready_agent("amina");
    world.say(sue, WatchLive{true});
    EXPECT_THAT(world.heard(sue), Contains(StartsWith("live_state")));
    for (int i = 0; i < 5; ++i) world.say(amina, SetAgentIntent{i % 2 ? Intent::available : Intent::not_ready, {}});
    world.pass(900ms);
    EXPECT_LE(world.heard(sue).size(), 1u);

    world.say(sue, ForceIntent{UserId{"amina"}, Intent::not_ready, "MEETING", "team meeting"});

    EXPECT_THAT(world.heard(amina), Contains("agent_state amina not_ready forced_by=sue"));
}

TEST_F(ContactCentre, WhoMerelyConnectsIsNoNewsForThoseWhoWaitOrWatch) {
    const auto sue = world.connect("sue", Role::supervisor, 2);
    world.say(sue, WatchLive{true});
    world.call(world.visitor("vera"), "c1");
    world.pass(10min);
    const auto before = world.island->next_deadline();

    const auto walt = world.visitor("walt");
    EXPECT_EQ(world.island->next_deadline(), before);
    world.island->detach(walt, world.now);
    EXPECT_EQ(world.island->next_deadline(), before);
    world.leave(walt);
    EXPECT_EQ(world.island->next_deadline(), before);

    (void)world.connect("amina", Role::agent, 2);
    EXPECT_EQ(world.island->next_deadline(), world.now) << "one who might take the call is";
}

TEST_F(ContactCentre, ASupervisorOfAnotherTeamMayNot) {
    set_up(R"({"queues":[{"id":"default"}],"agents":[{"agent":"sue","teams":["north"]},{"agent":"amina","teams":["south"]}]})");
    const auto sue = world.connect("sue", Role::supervisor, 2);
    (void)world.ready_agent("amina");
    world.forget();
    world.say(sue, ForceIntent{UserId{"amina"}, Intent::not_ready, "MEETING", "x"}, "1");

    EXPECT_THAT(world.heard(sue), ElementsAre("error forbidden 1"));
}

TEST_F(ContactCentre, ACallbackIsMadeWhenAnAgentIsFreeAndRingsTheVisitorsPage) {
    const auto vera = world.visitor("vera", "vera-tab");
    world.call(vera, "c1");
    world.say(vera, domain::RequestCallback{c1, "", "", {}});
    world.leave(vera);
    world.pass(10min);
    const auto amina = world.ready_agent("amina", "amina-tab");
    EXPECT_EQ(state().contact(c1)->state, ContactState::callback_offering);
    world.say(amina, AcceptContact{c1});
    const auto back = world.visitor("vera", "vera-new-tab");
    world.forget();

    world.say(back, ClaimMedia{c1});
    world.say(back, WebrtcOffer{"public-calls", "{9}", c1, {}});

    EXPECT_THAT(world.heard(amina), Contains("webrtc_offer vera {9} c1"));
}

TEST_F(ContactCentre, AKeptPlaceIsKeptWithoutTheVisitorAndNobodyIsRungForIt) {
    const auto vera = world.visitor("vera", "vera-tab");
    world.call(vera, "c1");
    world.say(vera, domain::KeepPlace{c1});
    world.leave(vera);
    const auto amina = world.ready_agent("amina");
    world.pass(30min);
    EXPECT_THAT(world.heard(amina), Not(Contains(StartsWith("contact_offered"))));
    ASSERT_NE(state().contact(c1), nullptr);

    const auto back = world.connect("vera", Role::customer, 2, "vera-tab");
    EXPECT_THAT(world.heard(amina), Not(Contains(StartsWith("contact_offered"))));

    world.say(back, ClaimMedia{c1});

    EXPECT_THAT(world.heard(amina), Contains(StartsWith("contact_offered c1")));
}

TEST_F(ContactCentre, WhoKeepsThePlaceOnAnOpenPageIsNotRungForUntilItIsClaimedThere) {
    const auto vera = world.visitor("vera", "vera-tab");
    world.call(vera, "c1");
    const auto amina = world.ready_agent("amina");
    ASSERT_EQ(state().contact(c1)->state, ContactState::offering);
    world.say(vera, domain::KeepPlace{c1});
    EXPECT_EQ(state().contact(c1)->state, ContactState::queued);
    world.pass(10min);
    EXPECT_EQ(state().contact(c1)->state, ContactState::queued);
    world.forget();

    world.say(vera, ClaimMedia{c1});

    EXPECT_THAT(world.heard(amina), Contains(StartsWith("contact_offered c1")));
}

TEST_F(ContactCentre, ACallbackByTelephoneIsConnectedOnceTheAgentSaysThatTheVisitorIsReached) {
    const auto vera = world.visitor("vera", "vera-tab");
    world.call(vera, "c1");
    world.say(vera, domain::RequestCallback{c1, "+49 30 1", "", {}});
    world.leave(vera);
    const auto amina = world.ready_agent("amina", "amina-tab");
    world.say(amina, AcceptContact{c1});
    world.forget();

    world.say(amina, CallbackReached{c1}, "1");

    EXPECT_THAT(world.heard(amina), Contains("ack 1"));
    EXPECT_EQ(state().contact(c1)->state, ContactState::connected);
    world.pass(10min);
    EXPECT_EQ(state().contact(c1)->state, ContactState::connected) << "a telephone call needs no page of the visitor's";
    world.say(amina, HoldContact{c1}, "2");
    EXPECT_THAT(world.heard(amina), Contains("error conflict 2"));
    world.say(amina, EndContact{c1, {}}, "3");
    EXPECT_EQ(state().contact(c1)->state, ContactState::wrapup);
}

TEST_F(ContactCentre, AVoiceMessageTakesThePlaceOfTheCallThatWaits) {
    const auto vera = world.visitor("vera", "vera-tab");
    world.call(vera, "c1");
    const auto amina = world.ready_agent("amina", "amina-tab");
    ASSERT_EQ(state().contact(c1)->state, ContactState::offering);
    world.forget();

    world.say(vera, domain::LeaveVoicemail{c1, "rec-1", 5s, {}, {}}, "1");

    EXPECT_THAT(world.heard(vera), Contains("ack 1"));
    EXPECT_THAT(world.heard(amina), Contains(StartsWith("contact_revoked c1")));
    ASSERT_NE(state().contact(c1), nullptr);
    EXPECT_TRUE(state().contact(c1)->is_voicemail());
    EXPECT_EQ(state().records().of(QueueId{default_queue}).today.flowed_out, 1);
    world.say(vera, domain::LeaveVoicemail{c1, "rec-2", 5s, {}, {}}, "2");
    EXPECT_THAT(world.heard(vera), Contains("error conflict 2"));
    world.say(world.visitor("walt", "walt-tab"), domain::LeaveVoicemail{c1, "rec-3", 5s, {}, {}}, "3");
    EXPECT_TRUE(state().contact(c1)->recording == "rec-1") << "another visitor's contact is nobody else's";
}

TEST_F(ContactCentre, OnlyACallbackToANumberCanBeReached) {
    const auto vera = world.visitor("vera", "vera-tab");
    world.call(vera, "c1");
    const auto amina = world.ready_agent("amina", "amina-tab");
    world.say(amina, AcceptContact{c1});
    world.forget();

    world.say(amina, CallbackReached{c1}, "1");
    world.say(vera, CallbackReached{c1}, "2");

    EXPECT_THAT(world.heard(amina), Contains("error conflict 1"));
    EXPECT_THAT(world.heard(vera), Contains("error forbidden 2"));
}

TEST_F(ContactCentre, InAQueueOfOneAtATimeAnOriginalPageRingsOnlyWithItsReservation) {
    one_at_a_time();
    const auto ben = world.agent("ben");
    world.join_room(ben, "agent-room");
    const auto carl = world.agent("carl");
    world.join_room(carl, "agent-room");
    const auto vera = world.customer("vera");
    world.forget();
    world.call(vera, "c1");
    EXPECT_THAT(world.heard(ben), ElementsAre("webrtc_offer vera {} c1"));
    EXPECT_THAT(world.heard(carl), IsEmpty());
    world.say(carl, WebrtcAnswer{"vera", "{}", c1});
    EXPECT_THAT(world.heard(carl), ElementsAre("error reservation_lost"));

    world.pass(20s);

    EXPECT_THAT(world.heard(ben), ElementsAre("call_ended c1 vera reservation_lost"));
    EXPECT_THAT(world.heard(carl), ElementsAre("webrtc_offer vera {} c1"));
}

TEST_F(ContactCentre, InTheNextQueueThePlaceIsToldAnew) {
    set_up(R"({"queues":[{"id":"default","metric":"longest_idle","max_wait_seconds":60,"overflow_to":"sales"},{"id":"sales"}]})");
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.pass(2s);
    EXPECT_THAT(world.heard(vera), Contains("queue_place c1 1"));

    world.pass(62s);

    ASSERT_EQ(state().contact(c1)->entry.queue, QueueId{"sales"});
    EXPECT_THAT(world.heard(vera), Contains("queue_place c1 1")) << "told once more, though the place is the same";
}

TEST_F(ContactCentre, WhatAFormerAgentWroteIsReadAndNotWrittenOver) {
    const auto [vera, amina] = talking();
    const auto ben = world.ready_agent("ben", "ben-tab");
    world.say(amina, domain::SetNotes{c1, "wants shoes"});
    world.say(amina, TransferContact{c1, {{}, ben_user}, ""});
    world.say(ben, AcceptContact{c1});
    world.say(ben, domain::SetNotes{c1, "sold two"});
    world.say(amina, domain::SetNotes{c1, "wants red shoes"});

    const ContactView seen = world.island->view(ben).snapshot.contacts.front();

    EXPECT_EQ(seen.notes, "sold two");
    ASSERT_EQ(seen.earlier_notes.size(), 1u);
    EXPECT_EQ(seen.earlier_notes.front().notes, "wants red shoes");
    EXPECT_TRUE(world.island->view(vera).snapshot.contacts.front().earlier_notes.empty()) << "staff alone";
}

TEST_F(ContactCentre, AnOriginalPageThatJoinsTheRoomLastIsRungByWhoWaits) {
    one_at_a_time();
    const auto vera = world.customer("vera");
    world.call(vera, "c1");
    const auto ben = world.agent("ben");
    world.say(ben, AgentStatus{"available", {}});
    (void)world.heard(ben);

    world.join_room(ben, "agent-room");

    EXPECT_THAT(world.heard(ben), Contains("webrtc_offer vera {} c1"));
}

TEST_F(ContactCentre, AConfigurationIsTheAdminsAndSurvivesARestart) {
    one_at_a_time();
    const Identity agent{CompanyId{"acme"}, UserId{"amina"}, Role::agent, "", "", false, {}};
    EXPECT_EQ(world.island->configure(agent, "{}", world.now).error().code, ErrorCode::forbidden);

    world.kill();
    world.start();

    EXPECT_EQ(state().configuration().queue_or_default(QueueId{default_queue}).metric, Metric::longest_idle);
    EXPECT_THAT(world.island->audit(world.now), IsEmpty());
}

}  // namespace
}  // namespace calldocker::app::testing
