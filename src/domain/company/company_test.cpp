#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.hpp"
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

TEST(CompanyDecide, TheSameIntentAgainIsNoFact) {
    Office office;
    ASSERT_TRUE(office.does(command::SetIntent{amina, Intent::not_ready, "MEAL"}));

    EXPECT_THAT(decide(office.state, command::SetIntent{amina, Intent::not_ready, "MEAL"}).value(), IsEmpty());
    EXPECT_THAT(decide(office.state, command::SetIntent{amina, Intent::not_ready, "BREAK"}).value(), SizeIs(1));
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

TEST(Limits, AFullQueueIsFullOfCallersMessagesAndCallbacksTakeNobodysPlace) {
    Office office;
    office.set_up(sales, [](Queue& queue) {
        queue.max_length = 1;
        queue.voicemail = true;
    });
    ASSERT_TRUE(office.does(command::LeaveVoicemail{ContactId{"message"}, walt, {}, sales, {}, "rec-1", 5s}));
    ASSERT_TRUE(office.does(command::RequestCallback{ContactId{"back"}, ben, {SessionId{"ben"}, 2}, sales, "", ""}));

    ASSERT_TRUE(office.call(vera, c1, sales));
    ASSERT_TRUE(office.call(walt, c2, sales));

    EXPECT_NE(office.state.contact(c1), nullptr);
    EXPECT_EQ(office.state.contact(c2), nullptr) << "the second caller is one too many";
}

TEST(Limits, TheTimeTalkedIsNoTimeWaited) {
    Office office;
    office.set_up(sales, [](Queue& queue) { queue.max_wait_seconds = 60; });
    office.ready_agent(amina);
    office.talk(vera, amina, c1, sales);
    office.now = t0 + 10min;
    ASSERT_TRUE(office.does(command::Requeue{c1}));
    office.expire_all();

    ASSERT_EQ(office.state.contact(c1)->state, ContactState::queued);
    EXPECT_EQ(wait_deadline_of(*office.state.contact(c1)), office.now + 60s);
    EXPECT_EQ(office.state.contact(c1)->enqueued_at, t0) << "and its age is that of the first entry";
}

TEST(CallControl, AContactInWrapUpIsNotPutBack) {
    Office office;
    office.ready_agent(amina);
    office.talk(vera, amina, c1);
    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));
    ASSERT_EQ(office.state.contact(c1)->state, ContactState::wrapup);

    EXPECT_EQ(office.refused(command::Requeue{c1}), ErrorCode::conflict);
}

TEST(Limits, WhoComesToAClosedQueueIsShutOutUnlessAnAgentWasChosen) {
    Office office;
    office.set_up(sales, [](Queue& queue) { queue.callback = false; });
    office.ready_agent(amina);
    office.ready_agent(ben);
    office.talk(vera, amina, c1, sales);
    office.write({ConfigurationFact{fact::QueueClosed{sales}}});
    EXPECT_EQ(office.refused(command::Requeue{c1}), ErrorCode::conflict);
    EXPECT_EQ(office.refused(command::Transfer{c1, amina, {sales, {}}, ""}), ErrorCode::conflict);

    ASSERT_TRUE(office.does(command::Transfer{c1, amina, {{}, ben}, ""}));
    EXPECT_THAT(shut_out(office.state, c1), IsEmpty());
    office.write({ContactFact{fact::ContactOffered{c1, {ben}, 20s, OfferKind::transfer}}});
    ASSERT_TRUE(office.does(command::Decline{c1, ben, ""}));
    office.write(shut_out(office.state, c1));

    EXPECT_TRUE(office.state.contact(c1)->is_over()) << "nobody is left to wait for";
    EXPECT_EQ(office.state.contact(c1)->end_reason, EndReason::rejected_closed);
}

TEST(Limits, OneByOneTheyGoWhereThereIsStillRoom) {
    Office office;
    office.set_up(night, [](Queue& queue) { queue.max_length = 1; });
    office.set_up(sales, [](Queue& queue) {
        queue.max_wait_seconds = 30;
        queue.overflow_to = night;
    });
    ASSERT_TRUE(office.call(vera, c1, sales));
    ASSERT_TRUE(office.call(walt, c2, sales));
    office.now = t0 + 30s;
    office.expire_all();

    EXPECT_EQ(office.state.contact(c1)->entry.queue, night);
    EXPECT_EQ(office.state.contact(c2)->state, ContactState::callback_waiting) << "the first has filled the other queue";
}

TEST(Voicemail, OneThatTakesThePlaceOfACallStillWrappedUpIsNotLost) {
    Office office;
    office.set_up(sales, [](Queue& queue) { queue.voicemail = true; });
    office.ready_agent(amina);
    office.talk(vera, amina, c1, sales);
    ASSERT_TRUE(office.does(command::Requeue{c1}));

    ASSERT_TRUE(office.does(command::LeaveVoicemail{c1, vera, {SessionId{"vera"}, 2}, sales, {}, "rec-1", 5s}));

    const Contact* message = office.state.contact(ContactId{"c1-message"});
    ASSERT_NE(message, nullptr);
    EXPECT_EQ(message->recording, "rec-1");
    EXPECT_TRUE(office.state.contact(c1)->wrap_ups.contains(amina)) << "and the agent goes on wrapping up";
}

TEST(Callback, OneThatHasReachedItsVisitorIsACallLikeAnyOther) {
    Office office;
    office.ready_agent(amina);
    office.arrive(vera, Role::customer, "vera");
    ASSERT_TRUE(office.call(vera, c1));
    ASSERT_TRUE(office.does(command::RequestCallback{c1, vera, {}, {}, "", ""}));
    office.ring(c1);
    ASSERT_TRUE(office.does(accept_by(amina)));
    EXPECT_EQ(office.state.contact(c1)->state, ContactState::callback_dialing);
    office.connect(vera, amina, c1);

    ASSERT_TRUE(office.does(command::Requeue{c1}));

    EXPECT_EQ(office.state.contact(c1)->state, ContactState::queued);
}

TEST(Callback, AnAttemptWhoseAgentIsLostOrWhoseMediaNeverComesHasFailedAndIsMadeAgainLater) {
    for (const bool agent_is_lost : {true, false}) {
        Office office;
        office.set_up(QueueId{default_queue}, [](Queue& queue) { queue.callback_ring_seconds = 30; });
        const SessionKey tab = office.ready_agent(amina);
        office.arrive(vera, Role::customer, "vera");
        ASSERT_TRUE(office.call(vera, c1));
        ASSERT_TRUE(office.does(command::RequestCallback{c1, vera, {}, {}, "", ""}));
        office.ring(c1);
        ASSERT_TRUE(office.does(accept_by(amina)));
        if (agent_is_lost) {
            office.presence.remove(tab);
            office.presence.miss(amina, office.now);
            office.follow(amina);
        } else {
            ASSERT_TRUE(office.does(command::ReportMedia{c1, vera, SessionId{"vera"}, true}));
        }
        office.now = t0 + 30s;
        office.expire_all();

        const Contact& contact = *office.state.contact(c1);
        EXPECT_EQ(contact.state, ContactState::callback_waiting);
        EXPECT_EQ(contact.callback->attempts, 1);
        EXPECT_GT(contact.callback->due_at, office.now);
        EXPECT_EQ(contact.enqueued_at, t0);
    }
}

TEST(Rating, AVisitorSaysItOnceWithinAnHourOfTheEnd) {
    Office office;
    const auto rating = [&](const UserId& by, Milliseconds after) { return command::Rate{c1, by, 5, "", t0 + after}; };
    ASSERT_TRUE(office.call(vera, c1));
    EXPECT_EQ(office.refused(rating(vera, 0s)), ErrorCode::conflict) << "it has not ended";
    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));

    EXPECT_EQ(office.refused(rating(walt, 1min)), ErrorCode::not_found);
    EXPECT_EQ(office.refused(rating(vera, 61min)), ErrorCode::gone);
    EXPECT_TRUE(office.does(rating(vera, 60min)));
    EXPECT_EQ(office.refused(rating(vera, 60min)), ErrorCode::not_found) << "there is nothing left to rate";
}

TEST(Rating, OfACallWhoseNameSomebodyElseUsesAgainIsStillOnesOwn) {
    Office office;
    ASSERT_TRUE(office.call(vera, c1));
    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));
    ASSERT_TRUE(office.call(walt, c1));

    EXPECT_TRUE(office.does(command::Rate{c1, vera, 5, "", t0}));
    EXPECT_EQ(office.refused(command::Rate{c1, vera, 1, "", t0}), ErrorCode::not_found);
    EXPECT_FALSE(office.state.contact(c1)->rated);
}

TEST(Rating, WhileTheAgentStillWrapsUpItCountsOnceToo) {
    Office office;
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);
    ASSERT_TRUE(office.does(accept_by(amina)));
    office.connect(vera, amina, c1);
    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));

    EXPECT_TRUE(office.does(command::Rate{c1, vera, 5, "", t0}));
    EXPECT_EQ(office.refused(command::Rate{c1, vera, 1, "", t0}), ErrorCode::conflict);
    office.now = t0 + 1min;
    office.expire_all();
    EXPECT_EQ(office.refused(command::Rate{c1, vera, 1, "", office.now}), ErrorCode::not_found);
}

TEST(LateWriting, IsTakenForAMinuteAfterTheWrapUp) {
    Office office;
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);
    ASSERT_TRUE(office.does(accept_by(amina)));
    office.connect(vera, amina, c1);
    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));
    office.now = t0 + 10min;
    ASSERT_TRUE(office.does(command::EndWrapUp{c1, amina}));
    const Instant ended = office.now;
    const auto notes = [&](const UserId& by, Milliseconds after) { return command::SetNotes{c1, {by, ""}, "calls again", ended + after}; };

    EXPECT_TRUE(office.does(notes(amina, 60s)));
    EXPECT_TRUE(office.does(command::SetDisposition{c1, {amina, ""}, "sold", ended + 60s}));
    EXPECT_EQ(office.refused(notes(amina, 61s)), ErrorCode::gone);
    EXPECT_EQ(office.refused(notes(ben, 1s)), ErrorCode::gone) << "it was never theirs";
    EXPECT_EQ(office.state.contact(c1), nullptr) << "it is over all the same";
}

TEST(LateWriting, OfAnAgentWhoHasGivenTheCallAwayIsTheirOwn) {
    Office office;
    office.ready_agent(amina);
    office.ready_agent(ben);
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);
    ASSERT_TRUE(office.does(accept_by(amina)));
    office.connect(vera, amina, c1);
    ASSERT_TRUE(office.does(command::Transfer{c1, amina, {}, "wants shoes"}));
    ASSERT_TRUE(office.does(command::EndWrapUp{c1, amina}));

    EXPECT_TRUE(office.does(command::SetNotes{c1, {amina, ""}, "wants red shoes", office.now + 59s}));
    EXPECT_EQ(office.state.contact(c1)->writing_of(amina).notes, "wants red shoes");
    EXPECT_EQ(office.refused(command::SetNotes{c1, {amina, ""}, "wants blue shoes", office.now + 61s}), ErrorCode::gone);
    EXPECT_EQ(office.refused(command::SetNotes{c1, {ben, ""}, "sold two", office.now}), ErrorCode::forbidden);
}

TEST(Lists, ReasonsAndDispositionsAreTheCompanys) {
    Office office;
    office.ready_agent(amina);
    Configuration configuration = office.state.configuration();
    configuration.company.dispositions = {"sold", "refund"};
    office.write(decide(office.state, command::Configure{configuration}).value());
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);
    ASSERT_TRUE(office.does(accept_by(amina)));

    EXPECT_EQ(office.refused(command::SetDisposition{c1, {amina, ""}, "whatever"}), ErrorCode::invalid);
    EXPECT_TRUE(office.does(command::SetDisposition{c1, {amina, ""}, "sold"}));
    EXPECT_TRUE(office.does(command::SetDisposition{c1, {amina, ""}, ""})) << "it can be taken back";
    EXPECT_EQ(office.refused(command::SetIntent{amina, Intent::not_ready, "FISHING"}), ErrorCode::invalid);
    EXPECT_TRUE(office.does(command::SetIntent{amina, Intent::not_ready, "fishing", {}, {}, true})) << "of an original page";
}

TEST(Pages, AreKeptAsOriginAndPathAndWithTheParametersThatTheCompanyLists) {
    Office office;
    Configuration configuration = office.state.configuration();
    configuration.company.page_parameters = {"utm_source"};
    office.write(decide(office.state, command::Configure{configuration}).value());
    ContactDetails details;
    details.page = "https://shop.example/reset?reset_token=secret&utm_source=mail#access_token=secret";

    ASSERT_TRUE(office.does(command::Open{c1, vera, {}, QueueId{default_queue}, details}));
    ASSERT_TRUE(office.does(command::EnterQueue{ContactId{"c2"}, walt, {}, {}, QueueId{default_queue}, details, {}}));
    ASSERT_TRUE(office.does(command::LeaveVoicemail{ContactId{"c3"}, vera, {}, QueueId{default_queue}, details, "r1", 1s}));
    for (const char* call : {"c1", "c2", "c3"})
        EXPECT_EQ(office.state.contact(ContactId{call})->details.page, "https://shop.example/reset?utm_source=mail") << call;
}

TEST(Limits, WhoIsHandedToAFullQueueGoesWhereThatOneOverflowsOrStaysWhereHeIs) {
    Office office;
    office.set_up(night, [](Queue&) {});
    office.set_up(sales, [](Queue& queue) { queue.max_length = 1; });
    office.ready_agent(amina);
    office.arrive(vera, Role::customer, "vera");
    ASSERT_TRUE(office.call(walt, c2, sales));
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);
    ASSERT_TRUE(office.does(accept_by(amina)));
    office.connect(vera, amina, c1);
    EXPECT_EQ(office.refused(command::Transfer{c1, amina, {sales, {}}, ""}), ErrorCode::conflict);
    EXPECT_EQ(office.state.contact(c1)->state, ContactState::connected);

    office.set_up(sales, [](Queue& queue) { queue.overflow_to = night; });
    ASSERT_TRUE(office.does(command::Transfer{c1, amina, {sales, {}}, ""}));

    EXPECT_EQ(office.state.contact(c1)->entry.queue, night);
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

TEST(Remembered, TheOldestNameGoesFirst) {
    Remembered names(2);
    for (const char* name : {"a", "b", "a", "c"}) names.add(name);

    EXPECT_FALSE(names.contains("a"));
    EXPECT_THAT(names.in_order(), ElementsAre("b", "c"));
}

}  // namespace
}  // namespace calldocker::domain
