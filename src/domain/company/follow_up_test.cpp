#include "domain/company/follow_up.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/company/testing/office.hpp"
#include "domain/contacts/limits.hpp"
#include "domain/presence/limits.hpp"

/// What follows for contacts and agents from presence and time.
namespace calldocker::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace domain::testing;

TEST(Consequences, ALostVisitorStopsTheRingingAtOnce) {
    Office office;
    office.ready_agent(amina);
    const SessionKey tab = office.arrive(vera, Role::customer, "vera");
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);

    office.presence.find(tab)->detached_at = t0;
    office.write(consequences_for(office.state, office.presence, vera, t0));

    EXPECT_THAT(office.rung(c1), IsEmpty());
    EXPECT_EQ(office.state.contact(c1)->visitor_side.lost_at, t0);
    EXPECT_THAT(consequences_for(office.state, office.presence, vera, t0 + 1s), IsEmpty());
}

TEST(Consequences, AMessageRingsOnWhenItsVisitorLeaves) {
    Office office;
    office.set_up(QueueId{default_queue}, [](Queue& queue) { queue.voicemail = true; });
    office.ready_agent(amina);
    const SessionKey page = office.arrive(vera, Role::customer, "vera");
    ASSERT_TRUE(office.does(command::LeaveVoicemail{c1, vera, {SessionId{"vera"}, 2}, QueueId{default_queue}, {}, "rec-1", 5s}));
    office.ring(c1);
    office.presence.remove(page);
    office.follow(vera);

    EXPECT_THAT(office.rung(c1), ElementsAre("amina"));
}

TEST(Consequences, ALostAgentsOfferHoldsForTwoSeconds) {
    Office office;
    const SessionKey tab = office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);
    office.presence.find(tab)->detached_at = t0;
    office.presence.miss(amina, t0);

    EXPECT_THAT(consequences_for(office.state, office.presence, amina, t0 + offer_grace - 1ms), IsEmpty());
    office.write(consequences_for(office.state, office.presence, amina, t0 + offer_grace));

    EXPECT_THAT(office.rung(c1), IsEmpty());
}

TEST(Consequences, TheOtherTabOfALostAgentKeepsTheOffer) {
    Office office;
    const SessionKey tab = office.ready_agent(amina);
    office.arrive(amina, Role::agent, "other-tab");
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);
    office.presence.find(tab)->detached_at = t0;

    EXPECT_THAT(consequences_for(office.state, office.presence, amina, t0 + 1min), IsEmpty());
}

TEST(Consequences, AnAgentWhoSaidGoodbyeIsSignedOutAtOnce) {
    Office office;
    const SessionKey tab = office.ready_agent(amina);
    office.presence.remove(tab);

    office.follow(amina);

    EXPECT_FALSE(office.state.agents().contains(amina));
}

/// An agent whose only connection is lost at t0.
Office lost_agent() {
    Office office;
    const SessionKey tab = office.ready_agent(amina);
    office.presence.find(tab)->detached_at = t0;
    office.presence.miss(amina, t0);
    return office;
}

TEST(Consequences, ALostIdleAgentIsNotReadyAfterHalfAMinuteAndSignedOutAfterFive) {
    Office office = lost_agent();
    office.now = t0 + lost_agent_grace - 1ms;
    office.follow(amina);
    EXPECT_EQ(office.state.agent(amina).intent, Intent::available);

    office.now = t0 + lost_agent_grace;
    office.follow(amina);
    EXPECT_EQ(office.state.agent(amina).reason, sys_lost);
    EXPECT_EQ(office.state.agent(amina).label, AgentLabel::system);
    office.now = t0 + signed_out_after;
    office.follow(amina);

    EXPECT_FALSE(office.state.agents().contains(amina));
}

TEST(Consequences, BackWithinAMinuteTheFormerIntentIsRestoredAndLaterNot) {
    for (const Milliseconds away : {59s, 61s}) {
        Office office = lost_agent();
        office.now = t0 + lost_agent_grace;
        office.follow(amina);
        office.now = t0 + away;
        office.arrive(amina, Role::agent, "other-tab");
        office.follow(amina);

        EXPECT_EQ(office.state.agent(amina).intent, away <= intent_restored_within ? Intent::available : Intent::not_ready);
    }
}

TEST(Consequences, ANextIntentIsAppliedWhenTheWorkIsDoneTheLastOneWins) {
    Office office;
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);
    ASSERT_TRUE(office.does(accept_by(amina)));
    ASSERT_TRUE(office.does(command::SetIntent{amina, Intent::not_ready, "MEAL"}));
    ASSERT_TRUE(office.does(command::SetIntent{amina, Intent::not_ready, "BREAK"}));
    EXPECT_EQ(office.state.agent(amina).intent, Intent::available);
    EXPECT_EQ(office.state.agent(amina).next, (NextIntent{Intent::not_ready, "BREAK"}));

    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));
    office.follow(amina);

    EXPECT_EQ(office.state.agent(amina).reason, "BREAK");
    EXPECT_FALSE(office.state.agent(amina).next);
}

TEST(Consequences, ANextIntentCanBeCancelled) {
    Office office;
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);
    ASSERT_TRUE(office.does(accept_by(amina)));
    ASSERT_TRUE(office.does(command::SetIntent{amina, Intent::offline, ""}));
    ASSERT_TRUE(office.does(command::CancelNextIntent{amina}));

    EXPECT_FALSE(office.state.agent(amina).next);
}

TEST(Consequences, NobodyChoosesAReasonOfTheSystems) {
    Office office;
    office.ready_agent(amina);

    EXPECT_EQ(office.refused(command::SetIntent{amina, Intent::not_ready, "SYS_RONA"}), ErrorCode::invalid);
}

TEST(Consequences, WhatWasChosenForAfterTheWorkIsWhatALostAgentComesBackAs) {
    Office office;
    const SessionKey tab = office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);
    ASSERT_TRUE(office.does(accept_by(amina)));
    ASSERT_TRUE(office.does(command::SetIntent{amina, Intent::not_ready, "MEAL"}));
    office.presence.remove(tab);
    office.presence.miss(amina, office.now);
    office.now = t0 + lost_agent_grace;
    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));
    office.follow(amina);
    ASSERT_EQ(office.state.agent(amina).reason, sys_lost);

    office.arrive(amina, Role::agent, "other-tab");
    office.follow(amina);

    EXPECT_EQ(office.state.agent(amina).reason, "MEAL");
}

TEST(Consequences, AnAgentWhoTalksIsNotSignedOutHoweverLongTheSignallingIsLost) {
    Office office;
    const SessionKey tab = office.ready_agent(amina);
    office.talk(vera, amina, c1);
    office.presence.remove(tab);
    office.presence.miss(amina, office.now);
    office.now = t0 + signed_out_after + 1min;
    office.follow(amina);
    EXPECT_TRUE(office.state.agent(amina).is_signed_in());

    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));
    office.now += 1min;
    office.expire_all();
    office.follow(amina);

    EXPECT_FALSE(office.state.agents().contains(amina)) << "but once the work is done";
}

/// An available agent whose page has lost its microphone at t0.
Office agent_without_media() {
    Office office;
    const SessionKey tab = office.ready_agent(amina);
    Session& page = *office.presence.find(tab);
    page.media_ready = false;
    page.media_since = t0;
    return office;
}

TEST(MediaReady, AnIdleAgentWhoHasNoneIsNotReadyAfterAFewSecondsAndAgainOnceThereIs) {
    Office office = agent_without_media();
    office.now = t0 + media_missing_grace - 1ms;
    office.follow(amina);
    EXPECT_EQ(office.state.agent(amina).intent, Intent::available) << "a page that is loaded again takes a moment";
    office.now = t0 + media_missing_grace;
    office.follow(amina);
    EXPECT_EQ(office.state.agent(amina).reason, sys_media);
    EXPECT_EQ(office.state.agent(amina).misses, 0);

    office.now += 1min;
    Session& page = *office.presence.find(SessionKey{1});
    page.media_ready = true;
    page.media_since = office.now;
    office.follow(amina);

    EXPECT_EQ(office.state.agent(amina).intent, Intent::available);
}

TEST(MediaReady, AnotherPageThatHasItIsEnough) {
    Office office = agent_without_media();
    office.arrive(amina, Role::agent, "other-tab");
    office.now = t0 + 1min;
    office.follow(amina);

    EXPECT_EQ(office.state.agent(amina).intent, Intent::available);
}

TEST(MediaReady, AnOriginalPageAtWorkIsOneThatRings) {
    Office office = agent_without_media();
    office.now = t0 + 1min;
    office.follow(amina);
    ASSERT_EQ(office.state.agent(amina).reason, sys_media);
    const SessionKey page{++office.keys};
    office.presence.add({.key = page,
                         .id = SessionId{"old-page"},
                         .identity = {CompanyId{"acme"}, amina, Role::agent, "", "", false, {}},
                         .version = 1,
                         .detached_at = {},
                         .rooms = {}});
    ASSERT_TRUE(office.presence.join(*office.presence.find(page), RoomId{agent_room}).has_value());

    office.follow(amina);
    EXPECT_EQ(office.state.agent(amina).intent, Intent::available);
    office.now += 1h;
    office.follow(amina);
    EXPECT_EQ(office.state.agent(amina).intent, Intent::available);
}

TEST(MediaReady, WhoCouldNotBeHeardComesBackByAClickOrANewMicrophoneNotByItself) {
    Office office;
    office.ready_agent(amina);
    office.now = t0 + 1s;
    office.write({AgentFact{fact::IntentChanged{amina, Intent::not_ready, std::string(sys_media), {}, {}}}});
    office.now = t0 + 1min;
    office.follow(amina);

    EXPECT_EQ(office.state.agent(amina).reason, sys_media);
}

TEST(Rona, WhoDoesNotAnswerInTimeIsSetNotReadyAndTheContactKeepsItsPlace) {
    Office office;
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.write({ContactFact{fact::ContactOffered{c1, {amina}, 20s}}});
    office.now = t0 + 20s;
    office.expire_all();

    EXPECT_EQ(office.state.agent(amina).reason, sys_rona);
    EXPECT_EQ(office.state.contact(c1)->state, ContactState::queued);
    EXPECT_EQ(office.state.contact(c1)->enqueued_at, t0);
    ASSERT_TRUE(office.does(command::SetIntent{amina, Intent::available, ""}));
    EXPECT_EQ(office.state.agent(amina).misses, 0) << "one click and it is forgotten";
}

TEST(Rona, AVisitorWhoLeavesOrAnotherWhoAnswersIsNoMiss) {
    Office office;
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.write({ContactFact{fact::ContactOffered{c1, {amina}, 20s}}});
    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));
    office.now = t0 + 20s;
    office.expire_all();

    EXPECT_EQ(office.state.agent(amina).misses, 0);
    EXPECT_EQ(office.state.agent(amina).intent, Intent::available);
    EXPECT_EQ(office.refused(accept_by(amina)), ErrorCode::gone);
}

TEST(Rona, WhoDeclinesTooOftenInARowIsSetNotReady) {
    Office office;
    office.set_up(QueueId{default_queue}, [](Queue& queue) { queue.declines_max = 2; });
    office.ready_agent(amina);
    for (const ContactId& call : {c1, c2}) {
        EXPECT_EQ(office.state.agent(amina).intent, Intent::available);
        ASSERT_TRUE(office.call(vera, call));
        office.ring(call);
        ASSERT_TRUE(office.does(command::Decline{call, amina, ""}));
    }

    EXPECT_EQ(office.state.agent(amina).reason, sys_decline_limit);
}

TEST(Rona, AnAgentWhoCannotBeHeardIsSetNotReadyWithoutBlame) {
    Office office;
    office.ready_agent(amina);
    office.arrive(vera, Role::customer, "vera");
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);
    ASSERT_TRUE(office.does(accept_by(amina)));
    ASSERT_TRUE(office.does(command::ReportMedia{c1, vera, SessionId{"vera"}, true}));
    office.now = t0 + 10s;
    office.expire_all();

    EXPECT_EQ(office.state.agent(amina).reason, sys_media);
    EXPECT_TRUE(office.state.contact(c1)->requeued);
}

TEST(Rona, TheEndOfAFormerAgentsWrapUpBlamesNobody) {
    Office office;
    office.ready_agent(amina);
    office.ready_agent(ben);
    office.talk(vera, amina, c1);
    office.now = t0 + 1min;
    ASSERT_TRUE(office.does(command::Requeue{c1}));
    office.now = t0 + 1min + 29s;
    office.ring(c1);
    ASSERT_TRUE(office.does(accept_by(ben)));
    ASSERT_TRUE(office.does(command::ReportMedia{c1, vera, SessionId{"vera"}, true}));
    office.now = t0 + 1min + 30s;
    office.expire_all();

    EXPECT_FALSE(office.state.contact(c1)->wrap_ups.contains(amina));
    EXPECT_EQ(office.state.agent(ben).intent, Intent::available) << "who is just connecting";
}

}  // namespace
}  // namespace calldocker::domain
