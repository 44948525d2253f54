#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/configuration/configuration.hpp"
#include "domain/contacts/contact_rules.hpp"
#include "domain/contacts/limits.hpp"

/// docs/protocol.md, "Contacts" and "Disconnects": what facts make of one contact, and what commands mean for it.
namespace calldocker::domain {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr Instant t0 = from_unix_ms(1'795'408'000'000);
const ContactId c1{"c1"};
const UserId vera{"vera"}, amina{"amina"}, ben{"ben"};
const Queue queue = Configuration{}.queue_or_default(QueueId{default_queue});

/// A contact with its clock: each step is a fact at a moment.
struct Story {
    Contact contact;
    Instant now = t0;
    std::uint64_t number = 0;

    Story& then(const ContactFact& fact) {
        apply(contact, fact, Sequence{++number}, now);
        return *this;
    }
    Story& then(const Result<ContactFacts>& facts) {
        EXPECT_TRUE(facts.has_value());
        if (facts)
            for (const ContactFact& fact : *facts) then(fact);
        return *this;
    }
    Story& after(Milliseconds time) {
        now += time;
        return *this;
    }
    [[nodiscard]] std::optional<Milliseconds> time_left() const {
        const auto due = deadline_of(contact);
        return due ? std::optional{Milliseconds{*due - now}} : std::nullopt;
    }
};

Story queued(int visitor_version = 2) {
    return Story{}.then(fact::ContactCreated{c1, vera, {SessionId{"vera-tab"}, visitor_version}, RoomId{"agent-room"}, {}});
}
Story ringing(int visitor_version = 2) { return queued(visitor_version).then(fact::ContactOffered{c1, {amina, ben}}); }
Story connecting(int visitor_version = 2) {
    return ringing(visitor_version).then(fact::ContactAccepted{c1, amina, "Amina", {SessionId{"amina-tab"}, 2}});
}
Story connected() {
    return connecting()
        .then(fact::MediaChanged{c1, Party::visitor, true})
        .then(fact::MediaChanged{c1, Party::agent, true})
        .then(fact::ContactConnected{c1});
}
Story between_original_pages() {
    Story story = ringing(1);
    return story.then(answer(story.contact, {amina, "", {SessionId{"amina-page"}, 1}}));
}

template <class F>
const F* only(const ContactFacts& facts) {
    return facts.size() == 1 ? std::get_if<F>(&facts.front()) : nullptr;
}

Accepting accepting(const UserId& agent, const char* session = "amina-tab") { return {agent, "", {SessionId{session}, 2}}; }

TEST(ContactApply, ItRingsWhileItIsOfferedAndWaitsAgainWhenTheLastOfferIsGone) {
    Story story = queued();
    EXPECT_EQ(story.contact.state, ContactState::queued);

    story.then(fact::ContactOffered{c1, {amina, ben}});
    EXPECT_EQ(story.contact.state, ContactState::offering);
    story.then(fact::ContactDeclined{c1, amina, {}});
    EXPECT_EQ(story.contact.state, ContactState::offering);
    story.then(fact::ContactRevoked{c1, {ben}, RevokeReason::not_routable});

    EXPECT_EQ(story.contact.state, ContactState::queued);
    EXPECT_THAT(story.contact.offered, IsEmpty());
}

TEST(ContactApply, AnAcceptTakesItFromAllWhoWereRung) {
    const Story story = connecting();

    EXPECT_EQ(story.contact.state, ContactState::connecting);
    EXPECT_EQ(story.contact.agent, amina);
    EXPECT_EQ(story.contact.accepted_at, t0);
    EXPECT_THAT(story.contact.offered, IsEmpty());
}

TEST(ContactApply, ItNamesTheSessionsThatMayComeBackToIt) {
    const SessionId veras{"vera-tab"}, aminas{"amina-tab"};
    Story story = ringing();
    EXPECT_TRUE(story.contact.names(vera, veras));
    EXPECT_FALSE(story.contact.names(amina, aminas)) << "it rings at amina";
    EXPECT_FALSE(story.contact.names(amina, veras));

    story.then(fact::ContactAccepted{c1, amina, "Amina", {aminas, 2}});
    EXPECT_TRUE(story.contact.names(amina, aminas));
    EXPECT_FALSE(story.contact.names(vera, SessionId{"other-tab"}));

    story.then(fact::ContactEnded{c1, EndReason::completed_visitor, Party::visitor, vera, {}, 30s});
    EXPECT_FALSE(story.contact.names(vera, veras));
    EXPECT_FALSE(queued(1).contact.names(vera, veras)) << "version 1 does not come back";
}

TEST(ContactApply, WhichResumeTokensAreVoidIsKnownOfTheSessionsThatItNamesAlone) {
    const SessionId veras{"vera-tab"}, other{"other-tab"};
    Story story = queued().then(fact::ResumeTokensVoided{c1, veras, t0 + 2s}).then(fact::ResumeTokensVoided{c1, veras, t0 + 1s});
    story.then(fact::ResumeTokensVoided{c1, SessionId{"nobodys"}, t0 + 1s});
    EXPECT_EQ(story.contact.way_back.resumes_from, (std::map<SessionId, Instant>{{veras, t0 + 2s}}));

    story.then(fact::MediaClaimed{c1, Party::visitor, {other, 2}}).then(fact::ResumeTokensVoided{c1, other, t0 + 3s});

    EXPECT_EQ(story.contact.way_back.resumes_from, (std::map<SessionId, Instant>{{other, t0 + 3s}}));
}

TEST(ContactApply, OfItsOneTimeCodesTheOldestGoesAndAUsedOneIsGone) {
    Story story = queued();
    for (const char* hash : {"a", "b", "c", "d"})
        story.then(fact::ReturnCodeMade{c1, {hash, SessionId{"vera-tab"}, "user", "Vera", {}, t0 + 1h}});
    ASSERT_THAT(story.contact.way_back.codes, SizeIs(return_codes_kept));
    EXPECT_EQ(story.contact.way_back.codes.front().hash, "b");

    story.then(fact::ReturnCodeUsed{c1, "c"});

    EXPECT_THAT(story.contact.way_back.codes, SizeIs(return_codes_kept - 1));
    EXPECT_EQ(story.contact.way_back.codes_made, 4);
}

TEST(ContactApply, ARequeuedContactIsAsNewButForItsAgeAndItsTurn) {
    Story story = connected().after(1min);
    const Instant created = story.contact.created_at;

    story.then(fact::ContactRequeued{c1, "agent_lost"});

    EXPECT_EQ(story.contact.state, ContactState::queued);
    EXPECT_EQ(story.contact.created_at, created);
    EXPECT_EQ(story.contact.number, Sequence{1});
    EXPECT_TRUE(story.contact.requeued);
    EXPECT_FALSE(story.contact.has_agent());
    EXPECT_FALSE(story.contact.accepted_at || story.contact.connected_at || story.contact.visitor_side.media_up);
}

TEST(ContactApply, WhoeverClaimsTheMediaHasToReportItUpAnew) {
    Story story = connected();

    story.then(fact::MediaClaimed{c1, Party::agent, {SessionId{"other-tab"}, 2}});

    EXPECT_EQ(story.contact.agent_side.endpoint.session, SessionId{"other-tab"});
    EXPECT_FALSE(story.contact.agent_side.media_up);
}

TEST(ContactDecide, OfTwoAcceptsTheFirstWinsAndTheSecondLosesTheReservation) {
    Story story = ringing();

    story.then(accept(story.contact, queue, accepting(amina)));
    const auto late = accept(story.contact, queue, accepting(ben, "ben-tab"));

    EXPECT_EQ(late.error().code, ErrorCode::reservation_lost);
    EXPECT_EQ(story.contact.agent, amina);
}

TEST(ContactDecide, ARepeatedAcceptChangesNothingButFromAnotherTabItIsLost) {
    const Contact contact = connecting().contact;

    EXPECT_THAT(accept(contact, queue, accepting(amina)).value(), IsEmpty());
    EXPECT_EQ(accept(contact, queue, accepting(amina, "other-tab")).error().code, ErrorCode::reservation_lost);
}

TEST(ContactDecide, NobodyAcceptsWhatDoesNotRing) {
    EXPECT_EQ(accept(queued().contact, queue, accepting(amina)).error().code, ErrorCode::reservation_lost);
    EXPECT_EQ(accept(ringing().contact, queue, accepting(UserId{"carl"})).error().code, ErrorCode::reservation_lost);
}

TEST(ContactDecide, NobodyAnswersHisOwnCall) { EXPECT_EQ(answer(ringing().contact, accepting(vera)).error().code, ErrorCode::forbidden); }

TEST(ContactDecide, BetweenOriginalPagesTheAnswerConnects) { EXPECT_EQ(between_original_pages().contact.state, ContactState::connected); }

TEST(ContactDecide, MediaUpAtBothEndsConnectsAndOnlyThen) {
    Story story = connecting();

    story.then(report_media(story.contact, amina, SessionId{"amina-tab"}, true));
    EXPECT_EQ(story.contact.state, ContactState::connecting);
    story.then(report_media(story.contact, vera, SessionId{"vera-tab"}, true));

    EXPECT_EQ(story.contact.state, ContactState::connected);
}

TEST(ContactDecide, OnlyTheSessionThatCarriesTheMediaReportsOnIt) {
    const Contact contact = connecting().contact;

    EXPECT_EQ(report_media(contact, amina, SessionId{"other-tab"}, true).error().code, ErrorCode::conflict);
    EXPECT_EQ(report_media(contact, ben, SessionId{"ben-tab"}, true).error().code, ErrorCode::conflict);
    EXPECT_EQ(report_media(queued().contact, vera, SessionId{"vera-tab"}, true).error().code, ErrorCode::conflict);
}

TEST(ContactDecide, AReportThatSaysNothingNewChangesNothing) {
    EXPECT_THAT(report_media(connected().contact, amina, SessionId{"amina-tab"}, true).value(), IsEmpty());
}

TEST(ContactDecide, OnlyAPartyClaimsTheMedia) {
    const Contact contact = connected().contact;

    EXPECT_EQ(claim_media(contact, ben, {SessionId{"ben-tab"}, 2}).error().code, ErrorCode::conflict);
    EXPECT_THAT(claim_media(contact, amina, {SessionId{"amina-tab"}, 2}).value(), IsEmpty());
    EXPECT_THAT(claim_media(contact, amina, {SessionId{"other-tab"}, 2}).value(), SizeIs(1));
}

TEST(ContactDecide, ADeclineIsForWhoIsRungAndARepeatedOneChangesNothing) {
    Story story = ringing();

    EXPECT_EQ(decline(story.contact, UserId{"carl"}, "").error().code, ErrorCode::reservation_lost);
    story.then(decline(story.contact, amina, "busy"));

    EXPECT_FALSE(story.contact.is_offered_to(amina));
    EXPECT_THAT(decline(story.contact, amina, "busy").value(), IsEmpty());
}

struct EndOf {
    Story story;
    Ending by;
    EndReason reason;
    Party party;
};

TEST(ContactDecide, AnEndSaysWhoEndedItAndInWhichState) {
    const Ending visitor{vera, Role::customer, ""};
    const Ending agent{amina, Role::agent, ""};
    const EndOf ends[] = {
        {queued(), visitor, EndReason::abandoned_queue, Party::visitor},
        {ringing(), visitor, EndReason::abandoned_ringing, Party::visitor},
        {connecting(), visitor, EndReason::abandoned_ringing, Party::visitor},
        {connected(), visitor, EndReason::completed_visitor, Party::visitor},
        {connected(), agent, EndReason::completed_agent, Party::agent},
    };
    for (const EndOf& example : ends) {
        Story story = example.story;

        story.then(end(story.contact, queue, example.by));

        const bool was_in_call = example.story.contact.is_in_call();
        EXPECT_EQ(story.contact.state, was_in_call ? ContactState::wrapup : ContactState::closed);
        EXPECT_EQ(story.contact.end_reason, example.reason);
        EXPECT_EQ(story.contact.ended_by, example.party);
        EXPECT_EQ(deadline_of(story.contact).has_value(), was_in_call);
    }
}

TEST(ContactDecide, BeforeAnAcceptStaffWhomItRingsMayEndItAndAfterItNobodyButTheParties) {
    const Ending by_ben{ben, Role::agent, ""};

    EXPECT_TRUE(end(ringing().contact, queue, by_ben).has_value());
    EXPECT_EQ(end(connected().contact, queue, by_ben).error().code, ErrorCode::conflict);
}

TEST(ContactDeadline, AWaitingContactHasNoneWhileItsVisitorIsThere) {
    EXPECT_FALSE(queued().time_left().has_value());
    EXPECT_FALSE(ringing().time_left().has_value());
}

TEST(ContactDeadline, AVisitorLostWhileWaitingHasAMinuteAndAnOriginalPageFiveSeconds) {
    EXPECT_EQ(queued(2).then(fact::PartyLost{c1, Party::visitor}).time_left(), 60s);
    EXPECT_EQ(queued(1).then(fact::PartyLost{c1, Party::visitor}).time_left(), 5s);
}

TEST(ContactDeadline, AVisitorWhoIsNotBackInAMinuteIsLost) {
    Story story = queued().then(fact::PartyLost{c1, Party::visitor});

    EXPECT_THAT(expire(story.contact, queue, story.now + 60s - 1ms), IsEmpty());
    const ContactFacts facts = expire(story.contact, queue, story.now + 60s);

    ASSERT_NE(only<fact::ContactEnded>(facts), nullptr);
    EXPECT_EQ(only<fact::ContactEnded>(facts)->reason, EndReason::lost_visitor);
    EXPECT_EQ(only<fact::ContactEnded>(facts)->by, Party::system);
}

TEST(ContactDeadline, ConnectingHasTenSecondsToMediaAndTheSecondTimeItFails) {
    Story story = connecting();
    EXPECT_EQ(story.time_left(), 10s);

    story.after(10s).then(expire(story.contact, queue, story.now + 10s));
    EXPECT_EQ(story.contact.state, ContactState::queued);
    EXPECT_EQ(story.contact.media_failures, 1);
    story.then(fact::ContactOffered{c1, {amina}}).then(accept(story.contact, queue, accepting(amina))).after(10s);
    story.then(expire(story.contact, queue, story.now));

    EXPECT_EQ(story.contact.end_reason, EndReason::media_failed);
}

TEST(ContactDeadline, AnOriginalVisitorCannotOfferTwiceSoThatItsContactFailsTheFirstTime) {
    Story story = connecting(1).after(10s);

    story.then(expire(story.contact, queue, story.now));

    EXPECT_EQ(story.contact.end_reason, EndReason::media_failed);
}

TEST(ContactDeadline, WhoIsLostWhileConnectingSendsItBackWithoutAFailureOfTheMedia) {
    for (const Party party : {Party::visitor, Party::agent}) {
        Story story = connecting().after(3s).then(fact::PartyLost{c1, party});
        EXPECT_EQ(story.time_left(), 10s);

        const ContactFacts facts = expire(story.contact, queue, story.now + 10s);

        ASSERT_NE(only<fact::ContactRequeued>(facts), nullptr);
        EXPECT_EQ(only<fact::ContactRequeued>(facts)->cause, party == Party::visitor ? "visitor_lost" : "agent_lost");
        EXPECT_EQ(story.after(10s).then(facts.front()).contact.media_failures, 0);
    }
}

TEST(ContactDeadline, AVisitorLostWhileConnectingThenHasAMinuteAsInTheQueue) {
    Story story = connecting().then(fact::PartyLost{c1, Party::visitor}).after(10s);

    story.then(expire(story.contact, queue, story.now));

    EXPECT_EQ(story.time_left(), 60s);
}

TEST(ContactDeadline, NobodyEndsAConnectedContactWhileTheOtherEndReportsMedia) {
    EXPECT_FALSE(connected().then(fact::PartyLost{c1, Party::visitor}).time_left().has_value());
    EXPECT_FALSE(connected().then(fact::PartyLost{c1, Party::agent}).time_left().has_value());
}

TEST(ContactDeadline, WithTheMediaDownTooAVisitorHasFortyFiveSecondsFromThatMoment) {
    Story story = connected().then(fact::PartyLost{c1, Party::visitor}).after(7s).then(fact::MediaChanged{c1, Party::agent, false});
    EXPECT_EQ(story.time_left(), 45s);

    story.after(45s).then(expire(story.contact, queue, story.now + 45s));

    EXPECT_EQ(story.contact.end_reason, EndReason::lost_visitor);
}

TEST(ContactDeadline, WithTheMediaDownTooAnAgentHasFifteenSecondsAndThenTheContactIsRequeued) {
    Story story = connected().then(fact::PartyLost{c1, Party::agent}).then(fact::MediaChanged{c1, Party::visitor, false});
    EXPECT_EQ(story.time_left(), 15s);

    story.after(15s).then(expire(story.contact, queue, story.now + 15s));

    EXPECT_EQ(story.contact.state, ContactState::queued);
    EXPECT_TRUE(story.contact.requeued);
}

TEST(ContactDeadline, WhoComesBackStopsTheClock) {
    Story story = connected().then(fact::PartyLost{c1, Party::agent}).then(fact::MediaChanged{c1, Party::visitor, false}).after(14s);

    story.then(fact::PartyBack{c1, Party::agent, {SessionId{"amina-tab"}, 2}});

    EXPECT_EQ(story.time_left(), media_repair_time_max - 14s) << "and their media has its own";
    story.then(fact::MediaChanged{c1, Party::visitor, true});
    EXPECT_FALSE(story.time_left().has_value());
}

TEST(ContactDeadline, WithBothThereMediaThatDoesNotComeBackSendsItBackToTheQueue) {
    Story story = connected().then(fact::MediaChanged{c1, Party::agent, false}).after(media_repair_time_max);

    story.then(expire(story.contact, queue, story.now));

    EXPECT_EQ(story.contact.state, ContactState::queued);
    EXPECT_EQ(story.contact.media_failures, 1);
}

TEST(ContactDeadline, BothLostMeansThatNobodySpeaksForTheMedia) {
    Story story = connected().then(fact::PartyLost{c1, Party::agent}).after(2s).then(fact::PartyLost{c1, Party::visitor});

    EXPECT_EQ(story.time_left(), 15s);
}

TEST(ContactDeadline, AnOriginalPageThatVanishesFromAnotherHasFiveSeconds) {
    for (const Party party : {Party::visitor, Party::agent}) {
        Story story = between_original_pages().then(fact::PartyLost{c1, party});
        EXPECT_EQ(story.time_left(), 5s);

        story.after(5s).then(expire(story.contact, queue, story.now + 5s));

        EXPECT_EQ(story.contact.end_reason, party == Party::visitor ? EndReason::lost_visitor : EndReason::lost_agent);
    }
}

}  // namespace
}  // namespace calldocker::domain
