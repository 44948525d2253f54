#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.hpp"
#include "domain/company/auditor.hpp"
#include "domain/company/testing/office.hpp"
#include "domain/contacts/limits.hpp"
#include "domain/presence/limits.hpp"

/// The rules that span contacts, agents and presence of one company.
namespace calldocker::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace domain::testing;

/// Every index says what the contacts say.
void expect_indexed(const State& state) {
    std::map<UserId, std::set<ContactId>> contacts_of, offers_to;
    std::set<std::pair<Instant, ContactId>> deadlines;
    std::size_t waiting = 0;
    for (const auto& [call, contact] : state.contacts()) {
        if (!contact.is_over()) contacts_of[contact.visitor].insert(call);
        if (contact.has_agent()) contacts_of[contact.agent].insert(call);
        for (const auto& [agent, wrap_up] : contact.wrap_ups) contacts_of[agent].insert(call);
        for (const auto& [agent, since] : contact.offered) offers_to[agent].insert(call);
        for (const Joined& one : contact.others) (one.is_ringing() ? offers_to : contacts_of)[one.who.user].insert(call);
        if (const auto due = deadline_of(contact)) deadlines.emplace(*due, call);
        if (!contact.is_in_queue()) continue;
        ++waiting;
        ASSERT_TRUE(state.line(contact.entry.queue).contains(turn_of(contact)));
    }
    ASSERT_EQ(state.deadlines(), deadlines);
    ASSERT_EQ(state.waiting_count(), waiting);
    ASSERT_EQ(state.index_errors(), 0u);
    for (const char* user : {"u0", "u1", "u2", "u3", "u4"}) {
        ASSERT_EQ(state.contacts_of(UserId{user}), contacts_of[UserId{user}]);
        ASSERT_EQ(state.offers_to(UserId{user}), offers_to[UserId{user}]);
    }
}

Entry entry_of(const char* queue) {
    Entry entry;
    entry.queue = QueueId{queue};
    return entry;
}

ContactFact any_fact(Rng& random) {
    const ContactId call{"c" + std::to_string(random.below(4))};
    const UserId user{"u" + std::to_string(random.below(5))}, other{"u" + std::to_string(random.below(5))};
    const Endpoint endpoint{SessionId{user.str()}, random.below(2) == 0 ? 1 : 2};
    const Party party = random.below(2) == 0 ? Party::visitor : Party::agent;
    switch (random.below(26)) {
        case 12: return fact::ContactEnqueued{call, entry_of(random.below(2) == 0 ? "default" : "sales"), {}, "overflow"};
        case 13: return fact::ContactMissed{call, {user}};
        case 14: return fact::WrapUpEnded{call, user};
        case 15: return fact::ContactHeld{call, user};
        case 16: return fact::ContactResumed{call};
        case 17: return fact::ContactTransferred{call, user, entry_of("sales"), other, {}, 30s};
        case 18: return fact::ConsultStarted{call, user, other, 20s, {}, {}};
        case 19: return fact::ConsultJoined{call, other, {}, endpoint};
        case 20: return fact::ConsultEnded{call, other, ConsultEnd::left};
        case 21: return fact::ConferenceStarted{call};
        case 22: return fact::ContactHandedOver{call, other, {}, endpoint, 30s, "transfer"};
        case 23: return fact::SupervisorJoined{call, other, {}, endpoint, SupervisionMode::whisper};
        case 24: return fact::CallbackRequested{call, {}, {}, "visitor", 3};
        case 25: return fact::CallbackFailed{call, "no_answer", 300s};
        case 0: return fact::ContactOffered{call, {user, other}};
        case 1: return fact::ContactRevoked{call, {user}, RevokeReason::not_routable};
        case 2: return fact::ContactDeclined{call, user, {}};
        case 3: return fact::ContactAccepted{call, user, "", endpoint};
        case 4: return fact::ContactConnected{call};
        case 5: return fact::MediaChanged{call, party, random.below(2) == 0};
        case 6: return fact::MediaClaimed{call, party, endpoint};
        case 7: return fact::PartyLost{call, party};
        case 8: return fact::PartyBack{call, party, endpoint};
        case 9: return fact::ContactRequeued{call, "no_media"};
        case 10: return fact::ContactEnded{call, EndReason::completed_agent, Party::agent, user, {}, random.below(2) * 30s};
        default: return fact::ContactCreated{call, user, endpoint, RoomId{"agent-room"}, {}, entry_of("default")};
    }
}

TEST(StateProperty, AnyFactsInAnyOrderLeaveEveryIndexTrue) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Rng random(seed);
        State state;
        for (int i = 0; i < 200; ++i) {
            apply(state, {next(state.sequence()), t0 + i * 1s, UserId{"u0"}, {}, any_fact(random)});
            ASSERT_NO_FATAL_FAILURE(expect_indexed(state));
        }
    }
}

TEST(CompanyDecide, AContactThatHasEndedIsGoneAndOneThatNeverWasIsNotFound) {
    Office office;
    ASSERT_TRUE(office.call(vera, c1));
    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));

    EXPECT_EQ(office.refused(accept_by(amina)), ErrorCode::gone);
    EXPECT_EQ(office.refused(accept_by(amina, c2)), ErrorCode::not_found);
}

TEST(CompanyDecide, ANameThatIsTakenIsAConflict) {
    Office office;
    ASSERT_TRUE(office.call(vera, c1));

    EXPECT_EQ(office.refused(Office::entering(walt, c1)), ErrorCode::conflict);
}

TEST(CompanyDecide, OneUserCannotFillTheQueue) {
    Office office;
    for (std::size_t i = 0; i < live_contacts_per_user_max; ++i) ASSERT_TRUE(office.call(vera, ContactId{std::to_string(i)}));

    EXPECT_EQ(office.refused(Office::entering(vera, c1)), ErrorCode::overloaded);
    EXPECT_TRUE(office.call(walt, c1));
}

TEST(CompanyDecide, AnOriginalAgentInAnotherContactIsNotRungNorIsTheCaller) {
    Office office;
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(walt, c2));
    office.ring(c2);
    ASSERT_TRUE(office.does(accept_by(amina, c2)));

    command::EnterQueue entering = Office::entering(vera, c1);
    entering.rung = {amina, ben, vera};
    ASSERT_TRUE(office.does(entering));

    EXPECT_THAT(office.rung(c1), ElementsAre("ben"));
}

TEST(CompanyDecide, TheSameIntentAgainIsNoFactAndCustomersHaveNone) {
    Office office;
    ASSERT_TRUE(office.does(command::SetIntent{amina, Role::agent, Intent::not_ready, "MEAL"}));

    EXPECT_THAT(decide(office.state, command::SetIntent{amina, Role::agent, Intent::not_ready, "MEAL"}).value(), IsEmpty());
    EXPECT_THAT(decide(office.state, command::SetIntent{amina, Role::agent, Intent::not_ready, "BREAK"}).value(), SizeIs(1));
    EXPECT_EQ(office.refused(command::SetIntent{vera, Role::customer, Intent::available, ""}), ErrorCode::forbidden);
}

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
    ASSERT_TRUE(office.does(command::SetIntent{amina, Role::agent, Intent::not_ready, "MEAL"}));
    ASSERT_TRUE(office.does(command::SetIntent{amina, Role::agent, Intent::not_ready, "BREAK"}));
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
    ASSERT_TRUE(office.does(command::SetIntent{amina, Role::agent, Intent::offline, ""}));
    ASSERT_TRUE(office.does(command::CancelNextIntent{amina}));

    EXPECT_FALSE(office.state.agent(amina).next);
}

TEST(Consequences, NobodyChoosesAReasonOfTheSystems) {
    Office office;
    office.ready_agent(amina);

    EXPECT_EQ(office.refused(command::SetIntent{amina, Role::agent, Intent::not_ready, "SYS_RONA"}), ErrorCode::invalid);
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
    ASSERT_TRUE(office.does(command::SetIntent{amina, Role::agent, Intent::available, ""}));
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

const QueueId sales{"sales"}, night{"night"};

TEST(Limits, AClosedOrFullQueueOverflowsOrTurnsAwayHoweverTheContactCame) {
    Office office;
    office.set_up(night, [](Queue&) {});
    office.set_up(sales, [](Queue& queue) { queue.max_length = 1; });
    ASSERT_TRUE(office.call(walt, c2, sales));
    ASSERT_TRUE(office.call(vera, c1, sales));
    EXPECT_EQ(office.state.contact(c1), nullptr);
    EXPECT_EQ(std::get<fact::ContactEnded>(std::get<ContactFact>(office.written.back())).reason, EndReason::rejected_full);

    office.set_up(sales, [](Queue& queue) { queue.overflow_to = night; });
    ASSERT_TRUE(office.call(vera, ContactId{"c3"}, sales));

    EXPECT_EQ(office.state.contact(ContactId{"c3"})->entry.queue, night);
}

TEST(Limits, OverflowInACircleEnds) {
    Office office;
    office.set_up(night, [](Queue&) {});
    office.set_up(sales, [](Queue& queue) { queue.overflow_to = night; });
    office.set_up(night, [](Queue& queue) { queue.overflow_to = sales; });
    office.write({ConfigurationFact{fact::QueueClosed{sales}}, ConfigurationFact{fact::QueueClosed{night}}});

    ASSERT_TRUE(office.call(vera, c1, sales));

    EXPECT_EQ(std::get<fact::ContactEnded>(std::get<ContactFact>(office.written.back())).reason, EndReason::rejected_closed);
}

TEST(Limits, AtTheLongestWaitAContactIsMovedOrCalledBackWithItsAge) {
    Office office;
    office.set_up(night, [](Queue& queue) { queue.max_wait_seconds = 60; });
    office.set_up(sales, [](Queue& queue) {
        queue.max_wait_seconds = 30;
        queue.overflow_to = night;
    });
    ASSERT_TRUE(office.call(vera, c1, sales));
    office.now = t0 + 30s;
    office.expire_all();
    EXPECT_EQ(office.state.contact(c1)->entry.queue, night);

    office.now = t0 + 90s;
    office.expire_all();

    EXPECT_EQ(office.state.contact(c1)->state, ContactState::callback_waiting);
    EXPECT_EQ(office.state.contact(c1)->enqueued_at, t0);
}

TEST(Records, ADaysFiguresSayWhatBecameOfWhoEntered) {
    Office office;
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);
    office.now = t0 + 15s;
    ASSERT_TRUE(office.does(accept_by(amina)));
    office.connect(vera, amina, c1);
    ASSERT_TRUE(office.call(walt, c2));
    office.now = t0 + 18s;
    ASSERT_TRUE(office.does(command::End{c2, {walt, Role::customer, ""}}));

    const QueueCounts& day = office.state.records().of(QueueId{default_queue}).today;
    EXPECT_EQ(offered(day), 2);
    EXPECT_EQ(day.answered, 1);
    EXPECT_EQ(office.state.records().media_starts(), (MediaStarts{1, 1, 0})) << "connected in the moment of the accept";
    EXPECT_EQ(day.answered_in_target, 1);
    EXPECT_EQ(day.abandoned, 1);
    EXPECT_EQ(day.short_abandoned, 1);
    office.write({ConfigurationFact{fact::DayBegan{}}});
    EXPECT_EQ(office.state.records().of(QueueId{default_queue}).today, QueueCounts{});
}

TEST(Auditor, TheTimesOfAnAgentAddUpWhateverHappens) {
    Office office;
    Auditor auditor;
    office.ready_agent(amina);
    for (int round = 0; round < 20; ++round) {
        const ContactId call{"call-" + std::to_string(round)};
        office.now += Milliseconds{round * 977 + 1};
        ASSERT_TRUE(office.call(vera, call));
        office.ring(call);
        office.now += 3s;
        ASSERT_TRUE(office.does(accept_by(amina, call)));
        office.connect(vera, amina, call);
        office.now += 61s;
        ASSERT_TRUE(office.does(command::Hold{call, amina}));
        office.now += 7s;
        ASSERT_TRUE(office.does(command::End{call, {vera, Role::customer, ""}}));
        office.now += 30s;
        office.expire_all();
        ASSERT_THAT(auditor.look_at(office.state, office.now), IsEmpty());
    }
    const Agent& agent = office.state.agent(amina);

    EXPECT_EQ(agent.time_as(AgentLabel::on_hold, office.now), 20 * 7s);
    EXPECT_EQ(agent.time_as(AgentLabel::wrapup, office.now), 20 * 30s);
    EXPECT_EQ(agent.handled, 20);
    EXPECT_EQ(agent.talked, 20 * 68s);
    EXPECT_EQ(auditor.violations(), 0u);
}

TEST(Remembered, TheOldestNameGoesFirst) {
    Remembered names(2);
    for (const char* name : {"a", "b", "a", "c"}) names.add(name);

    EXPECT_FALSE(names.contains("a"));
    EXPECT_THAT(names.in_order(), ElementsAre("b", "c"));
}

}  // namespace
}  // namespace calldocker::domain
