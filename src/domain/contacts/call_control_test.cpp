#include "domain/contacts/call_control.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/configuration/configuration.hpp"
#include "domain/contacts/legs.hpp"
#include "domain/contacts/limits.hpp"

/// What the people in a contact do with it, and what becomes of it then.
namespace calldocker::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr Instant t0 = from_unix_ms(1'795'408'000'000);
const ContactId c1{"c1"};
const UserId vera{"vera"}, amina{"amina"}, ben{"ben"}, sue{"sue"};
const Queue queue = Configuration{}.queue_or_default(QueueId{default_queue});

struct Story {
    Contact contact;
    Instant now = t0;
    std::uint64_t number = 0;

    Story& then(const ContactFact& fact) {
        apply(contact, fact, Sequence{++number}, now);
        return *this;
    }
    Story& then(const Result<ContactFacts>& facts) {
        EXPECT_TRUE(facts.has_value()) << (facts ? "" : facts.error().detail);
        if (facts)
            for (const ContactFact& fact : *facts) then(fact);
        return *this;
    }
    Story& after(Milliseconds time) {
        now += time;
        return *this;
    }
};

Story connected(int visitor_version = 2) {
    Story story;
    story.then(fact::ContactCreated{c1, vera, {SessionId{"vera-tab"}, visitor_version}, RoomId{"agent-room"}})
        .then(fact::ContactOffered{c1, {amina}})
        .then(fact::ContactAccepted{c1, amina, "Amina", {SessionId{"amina-tab"}, 2}})
        .then(fact::MediaChanged{c1, Party::visitor, true})
        .then(fact::MediaChanged{c1, Party::agent, true})
        .then(fact::ContactConnected{c1});
    return story;
}
Accepting as_ben() { return {ben, "Ben", {SessionId{"ben-tab"}, 2}}; }
Accepting as_sue() { return {sue, "Sue", {SessionId{"sue-tab"}, 2}}; }
Story consulting() {
    Story story = connected();
    story.then(consult(story.contact, queue, amina, {ben, "Ben"}, "a refund"));
    return story.then(accept(story.contact, queue, as_ben()));
}
ErrorCode code_of(const Result<ContactFacts>& facts) {
    return facts ? ErrorCode::duplicate : facts.error().code;
}  // duplicate: was not refused

std::vector<std::string> legs(const Contact& contact) {
    std::vector<std::string> words;
    for (const Leg& leg : legs_of(contact)) words.push_back(leg.offers.str() + ">" + leg.answers.str());
    return words;
}

TEST(Hold, TheAgentPutsAContactOnHoldAndTakesItOff) {
    Story story = connected();

    story.then(hold(story.contact, amina));
    EXPECT_EQ(story.contact.state, ContactState::held);
    EXPECT_THAT(hold(story.contact, amina).value(), IsEmpty());
    story.then(resume(story.contact));

    EXPECT_EQ(story.contact.state, ContactState::connected);
}

TEST(Hold, AVisitorWhoHangsUpOnHoldHasAbandonedIt) {
    Story story = connected();
    story.then(hold(story.contact, amina)).then(end(story.contact, queue, {vera, Role::customer, ""}));

    EXPECT_EQ(story.contact.end_reason, EndReason::abandoned_hold);
}

TEST(Hold, AnAgentWhoIsLostLeavesNobodyOnHold) {
    Story story = connected();
    story.then(hold(story.contact, amina)).then(fact::PartyLost{c1, Party::agent}).then(fact::MediaChanged{c1, Party::visitor, false});
    story.after(connected_agent_grace).then(expire(story.contact, queue, story.now + connected_agent_grace));

    EXPECT_EQ(story.contact.state, ContactState::queued);
    EXPECT_TRUE(story.contact.held_by.empty());
    EXPECT_EQ(story.contact.entry.preferred, amina);
}

TEST(WrapUp, TheAgentWrapsUpWhileForTheVisitorItIsOver) {
    Story story = connected().after(1min);
    story.then(end(story.contact, queue, {vera, Role::customer, ""}));

    EXPECT_EQ(story.contact.state, ContactState::wrapup);
    EXPECT_EQ(story.contact.ended_at, story.now);
    EXPECT_EQ(deadline_of(story.contact), story.now + 30s);
    story.after(30s).then(expire(story.contact, queue, story.now));
    EXPECT_EQ(story.contact.state, ContactState::closed);
}

TEST(WrapUp, IsExtendedAsOftenAsTheQueueAllows) {
    Story story = connected();
    story.then(end(story.contact, queue, {amina, Role::agent, ""}));
    story.then(extend_wrap_up(story.contact, queue, amina)).then(extend_wrap_up(story.contact, queue, amina));

    EXPECT_EQ(deadline_of(story.contact), story.now + 30s + 2 * 60s);
    EXPECT_EQ(code_of(extend_wrap_up(story.contact, queue, amina)), ErrorCode::conflict);
    EXPECT_EQ(code_of(extend_wrap_up(story.contact, queue, ben)), ErrorCode::conflict);
    story.then(end_wrap_up(story.contact, amina));
    EXPECT_EQ(story.contact.state, ContactState::closed);
}

TEST(WrapUp, IsOwedForNothingThatWasNeverHeard) {
    Story story;
    story.then(fact::ContactCreated{c1, vera, {SessionId{"vera-tab"}, 2}, RoomId{"agent-room"}})
        .then(fact::ContactAccepted{c1, amina, "Amina", {SessionId{"amina-tab"}, 2}});
    story.then(end(story.contact, queue, {amina, Role::agent, ""}));

    EXPECT_EQ(story.contact.state, ContactState::closed);
}

TEST(WrapUp, NotesAreTakenInIt) {
    Story story = connected();
    story.then(end(story.contact, queue, {amina, Role::agent, ""})).then(set_notes(story.contact, {amina, {}}, "calls again\non Monday"));
    story.then(set_disposition(story.contact, {amina, {}}, "refund"));

    EXPECT_EQ(story.contact.writing_of(amina).notes, "calls again\non Monday");
    EXPECT_EQ(story.contact.writing_of(amina).disposition, "refund");
}

TEST(WrapUp, WhoWritesWhileTheNextAgentTalksOverwritesNothingOfTheirs) {
    Story story = connected();
    story.then(transfer(story.contact, queue, {{amina, {}}, {QueueId{"billing"}, 0, 0, {}, {}}, {}, {}}))
        .then(fact::ContactOffered{c1, {ben}})
        .then(fact::ContactAccepted{c1, ben, "Ben", {SessionId{"ben-tab"}, 2}});

    story.then(set_notes(story.contact, {ben, "Ben"}, "sold two")).then(set_notes(story.contact, {amina, "Amina"}, "wants shoes"));

    EXPECT_EQ(story.contact.writing_of(ben).notes, "sold two");
    EXPECT_EQ(story.contact.writing_of(amina).notes, "wants shoes");
}

TEST(Transfer, ToAQueueItWaitsThereWithItsAgeWhileTheAgentWrapsUp) {
    Story story = connected().after(2min);
    story.then(transfer(story.contact, queue, {{amina, {}}, {QueueId{"billing"}, 0, 0, {}, {}}, {}, "wants an invoice"}));

    EXPECT_EQ(story.contact.state, ContactState::queued);
    EXPECT_EQ(story.contact.entry.queue, QueueId{"billing"});
    EXPECT_EQ(story.contact.enqueued_at, t0);
    EXPECT_EQ(story.contact.entered_at, story.now);
    EXPECT_EQ(story.contact.segment, 2);
    EXPECT_TRUE(story.contact.employs(amina));
    EXPECT_FALSE(story.contact.has_agent());
}

TEST(Transfer, ToAnAgentItRingsThereAndFallsBackToTheQueueWhenItIsDeclined) {
    Story story = connected();
    story.then(transfer(story.contact, queue, {{amina, {}}, story.contact.entry, ben, "a refund"}));
    EXPECT_EQ(story.contact.chosen, ben);
    story.then(fact::ContactOffered{c1, {ben}, 20s, OfferKind::transfer});
    EXPECT_EQ(story.contact.state, ContactState::transferring);

    story.then(decline(story.contact, ben, ""));

    EXPECT_EQ(story.contact.state, ContactState::queued);
    EXPECT_TRUE(story.contact.chosen.empty());
}

TEST(Transfer, NeedsACallThatCanBeMovedAndSomebodyElseToMoveItTo) {
    const Contact contact = connected().contact;

    EXPECT_TRUE(transfer(contact, queue, {{sue, {}}, {}, {}, ""}).has_value());
    EXPECT_EQ(code_of(transfer(contact, queue, {{amina, {}}, {}, amina, ""})), ErrorCode::conflict);
    EXPECT_EQ(code_of(transfer(connected(1).contact, queue, {{amina, {}}, {}, {}, ""})), ErrorCode::conflict);
}

TEST(Consult, TheVisitorWaitsWhileTheColleagueIsAskedAndIsBackWhenNobodyAnswers) {
    Story story = connected();
    story.then(consult(story.contact, queue, amina, {ben, "Ben"}, "a refund"));
    EXPECT_EQ(story.contact.state, ContactState::consulting);
    EXPECT_THAT(legs(story.contact), ElementsAre("vera>amina"));

    story.after(20s).then(expire(story.contact, queue, story.now));

    EXPECT_EQ(story.contact.state, ContactState::connected);
    EXPECT_THAT(story.contact.others, IsEmpty());
}

TEST(Consult, WhoIsAskedTalksWithTheAgentAlone) {
    Story story = consulting();
    EXPECT_THAT(legs(story.contact), ElementsAre("vera>amina", "amina>ben"));
    EXPECT_TRUE(story.contact.employs(ben));
    EXPECT_EQ(code_of(consult(story.contact, queue, amina, {sue, ""}, "")), ErrorCode::conflict) << "one at a time";

    story.then(cancel_consult(story.contact));

    EXPECT_EQ(story.contact.state, ContactState::connected);
    EXPECT_FALSE(story.contact.employs(ben));
}

TEST(Consult, CompletedItIsTheColleaguesAndTheAgentWrapsUp) {
    Story story = consulting();
    story.then(complete_transfer(story.contact, queue));

    EXPECT_EQ(story.contact.agent, ben);
    EXPECT_EQ(story.contact.agent_name, "Ben");
    EXPECT_EQ(story.contact.state, ContactState::connecting);
    EXPECT_THAT(legs(story.contact), ElementsAre("vera>ben"));
    EXPECT_TRUE(story.contact.wrap_ups.contains(amina));
    EXPECT_EQ(code_of(complete_transfer(story.contact, queue)), ErrorCode::conflict) << "nobody else has joined";
}

TEST(Consult, AnAgentWhoIsLostLeavesTheVisitorToTheColleague) {
    Story story = consulting();
    story.then(fact::PartyLost{c1, Party::agent}).then(fact::MediaChanged{c1, Party::visitor, false});
    story.after(connected_agent_grace).then(expire(story.contact, queue, story.now + connected_agent_grace));

    EXPECT_EQ(story.contact.agent, ben);
    EXPECT_EQ(story.contact.state, ContactState::connecting);
}

TEST(Conference, AllThreeAreConnectedWithEachOther) {
    Story story = consulting();
    story.then(start_conference(story.contact));

    EXPECT_EQ(story.contact.state, ContactState::connected);
    EXPECT_THAT(legs(story.contact), ElementsAre("vera>amina", "amina>ben", "ben>vera"));
    EXPECT_THAT(start_conference(story.contact).value(), IsEmpty());
}

TEST(Supervision, TheAgentsBrowserCarriesItAndTheVisitorIsNotTold) {
    Story story = connected();
    story.then(supervise(story.contact, as_sue(), SupervisionMode::monitor));
    EXPECT_THAT(legs(story.contact), ElementsAre("vera>amina", "amina>sue"));
    EXPECT_FALSE(story.contact.employs(sue));

    story.then(supervise(story.contact, as_sue(), SupervisionMode::barge));
    ASSERT_THAT(story.contact.others, SizeIs(1));
    EXPECT_EQ(story.contact.others.front().mode, SupervisionMode::barge);
    story.then(supervise(story.contact, as_sue(), std::nullopt));

    EXPECT_THAT(story.contact.others, IsEmpty());
}

TEST(Supervision, TakingOverLeavesTheAgentWithTheWrapUp) {
    Story story = connected();
    story.then(supervise(story.contact, as_sue(), SupervisionMode::barge)).then(take_over(story.contact, queue, as_sue()));

    EXPECT_EQ(story.contact.agent, sue);
    EXPECT_THAT(story.contact.others, IsEmpty());
    EXPECT_TRUE(story.contact.wrap_ups.contains(amina));
    EXPECT_EQ(code_of(take_over(story.contact, queue, as_sue())), ErrorCode::conflict);
}

TEST(Chat, EverybodyWhoTakesPartWritesAndLinesAreNumbered) {
    Story story = consulting();
    story.then(say(story.contact, {vera, ""}, "hello")).then(say(story.contact, {ben, "Ben"}, "one moment"));

    ASSERT_THAT(story.contact.chat, SizeIs(2));
    EXPECT_EQ(story.contact.chat[0].party, Party::visitor);
    EXPECT_EQ(story.contact.chat[1].number, 2);
}

TEST(Chat, ALiveContactKeepsTheLastLines) {
    Story story = connected();
    for (std::size_t i = 0; i < chat_kept + 3; ++i) story.then(say(story.contact, {vera, ""}, "hello"));

    EXPECT_THAT(story.contact.chat, SizeIs(chat_kept));
    EXPECT_EQ(story.contact.chat.front().number, 4);
}

TEST(Chat, ALiveContactKeepsSoMuchTextAtMost) {
    Story story = connected();
    const std::string line(2'000, 'x');
    for (std::size_t i = 0; i < chat_kept; ++i) story.then(say(story.contact, {vera, ""}, line));

    EXPECT_THAT(story.contact.chat, SizeIs(chat_bytes_kept / line.size()));
    EXPECT_EQ(story.contact.chat.back().number, static_cast<int>(chat_kept));
}

TEST(Chat, NobodyWritesToNobody) {
    Story story;
    story.then(fact::ContactCreated{c1, vera, {SessionId{"vera-tab"}, 2}, RoomId{"agent-room"}});
    EXPECT_EQ(code_of(say(story.contact, {vera, ""}, "hello?")), ErrorCode::conflict);
    story.then(fact::ContactOffered{c1, {amina}});
    EXPECT_EQ(code_of(say(story.contact, {vera, ""}, "hello?")), ErrorCode::conflict);
}

Story waiting_for_callback() {
    Story story;
    story.then(fact::ContactCreated{c1, vera, {SessionId{"vera-tab"}, 2}, RoomId{"agent-room"}}).after(10s);
    return story.then(request_callback(story.contact, queue, "+49 30 1", "", false));
}

TEST(Callback, KeepsThePlaceWithoutTheVisitor) {
    Story story = waiting_for_callback();
    story.then(fact::PartyLost{c1, Party::visitor}).after(1h);

    EXPECT_EQ(story.contact.state, ContactState::callback_waiting);
    EXPECT_EQ(story.contact.enqueued_at, t0);
    EXPECT_THAT(expire(story.contact, queue, story.now), IsEmpty());
}

TEST(Callback, AnAttemptThatNobodyAnswersIsMadeAgainLaterAndNotForEver) {
    Story story = waiting_for_callback();
    for (int attempt = 1; attempt <= queue.callback_attempts_max; ++attempt) {
        story.then(fact::ContactOffered{c1, {amina}, 20s, OfferKind::callback});
        EXPECT_EQ(story.contact.state, ContactState::callback_offering);
        story.then(accept(story.contact, queue, {amina, "", {SessionId{"amina-tab"}, 2}}));
        EXPECT_EQ(story.contact.state, ContactState::callback_dialing);
        story.after(30s).then(expire(story.contact, queue, story.now));
    }

    EXPECT_EQ(story.contact.state, ContactState::closed);
    EXPECT_EQ(story.contact.end_reason, EndReason::callback_failed);
}

TEST(Callback, AnAgentMaySayThatNobodyAnswers) {
    Story story = waiting_for_callback();
    story.then(fact::ContactOffered{c1, {amina}, 20s, OfferKind::callback})
        .then(accept(story.contact, queue, {amina, "", {SessionId{"amina-tab"}, 2}}));
    story.then(end(story.contact, queue, {amina, Role::agent, std::string(no_answer)}));

    EXPECT_EQ(story.contact.state, ContactState::callback_waiting);
    EXPECT_EQ(story.contact.callback->attempts, 1);
    EXPECT_EQ(story.contact.callback->due_at, story.now + 300s);
}

TEST(Place, IsKeptLongerForWhoSaidSo) {
    Story story;
    story.then(fact::ContactCreated{c1, vera, {SessionId{"vera-tab"}, 2}, RoomId{"agent-room"}});
    story.then(keep_place(story.contact)).then(fact::PartyLost{c1, Party::visitor});
    EXPECT_EQ(deadline_of(story.contact), t0 + kept_place_time_max);

    story.then(fact::PartyBack{c1, Party::visitor, {SessionId{"vera-tab"}, 2}});
    EXPECT_TRUE(story.contact.visitor_is_away()) << "the page is there again, the visitor has not said so";
    EXPECT_EQ(deadline_of(story.contact), t0 + kept_place_time_max);

    story.then(claim_media(story.contact, vera, {SessionId{"vera-tab"}, 2}));
    EXPECT_FALSE(story.contact.visitor_is_away());
    story.then(fact::PartyLost{c1, Party::visitor});
    EXPECT_EQ(deadline_of(story.contact), t0 + waiting_visitor_grace);
}

TEST(Place, KeepingItTakesTheOffersBack) {
    Story story;
    story.then(fact::ContactCreated{c1, vera, {SessionId{"vera-tab"}, 2}, RoomId{"agent-room"}})
        .then(fact::ContactOffered{c1, {amina}, 20s});
    story.then(keep_place(story.contact));

    EXPECT_EQ(story.contact.state, ContactState::queued);
    EXPECT_THAT(keep_place(story.contact).value(), IsEmpty()) << "once is enough";
}

TEST(Callback, ByTelephoneHasNoMediaAndIsVouchedForByItsAgent) {
    Story story;
    story.then(fact::ContactCreated{c1, vera, {SessionId{"vera-tab"}, 2}, RoomId{"agent-room"}});
    story.then(request_callback(story.contact, queue, "+49 30 1", "", false)).then(fact::PartyLost{c1, Party::visitor});
    story.then(fact::ContactOffered{c1, {amina}, 20s, OfferKind::callback})
        .then(accept(story.contact, queue, {amina, "", {SessionId{"amina-tab"}, 2}}));
    story.then(reached(story.contact));

    EXPECT_EQ(story.contact.state, ContactState::connected);
    EXPECT_THAT(legs(story.contact), IsEmpty());
    EXPECT_EQ(deadline_of(story.contact), std::nullopt);
    EXPECT_EQ(code_of(consult(story.contact, queue, amina, {UserId{"ben"}, ""}, "")), ErrorCode::conflict);
    story.then(fact::PartyLost{c1, Party::agent});
    EXPECT_EQ(deadline_of(story.contact), story.now + connected_agent_grace);
}

TEST(Consult, AnAdviserOrASupervisorTakesTheMediaToAnotherTabAndTheSameOneChangesNothing) {
    Story story = consulting();
    story.then(supervise(story.contact, as_sue(), SupervisionMode::monitor));

    for (const Accepting& joined : {as_ben(), as_sue()}) {
        EXPECT_THAT(claim_media(story.contact, joined.agent, joined.endpoint).value(), IsEmpty());
        const Endpoint other{SessionId{"other-tab"}, 2};
        story.then(claim_media(story.contact, joined.agent, other));
        EXPECT_EQ(story.contact.other(joined.agent)->endpoint, other);
    }
}

TEST(Voicemail, IsLeftFromTheFormOrTheQueueAndFromNowhereElse) {
    const Endpoint page{SessionId{"vera-tab"}, 2};
    Story form, waiting, message;
    form.then(fact::ContactCreated{c1, vera, page, RoomId{"agent-room"}, {}, {}, true});
    waiting.then(fact::ContactCreated{c1, vera, page, RoomId{"agent-room"}});
    message.then(fact::ContactCreated{c1, vera, page, RoomId{"agent-room"}, {}, {}, false, "rec-1"});
    ASSERT_EQ(form.contact.state, ContactState::prequeue);

    for (Story* story : {&form, &waiting}) {
        story->then(leave_for_voicemail(story->contact));
        EXPECT_EQ(story->contact.end_reason, EndReason::flowout_voicemail);
    }
    EXPECT_EQ(code_of(leave_for_voicemail(connected().contact)), ErrorCode::conflict);
    EXPECT_EQ(code_of(leave_for_voicemail(message.contact)), ErrorCode::conflict);
}

TEST(Voicemail, IsTakenWithoutMedia) {
    Story story;
    story.then(fact::ContactCreated{c1, vera, {SessionId{"vera-tab"}, 2}, {}, {}, {}, false, "rec-1", 12s})
        .then(fact::PartyLost{c1, Party::visitor})
        .after(1h)
        .then(fact::ContactOffered{c1, {amina}, 20s});
    story.then(accept(story.contact, queue, {amina, "", {SessionId{"amina-tab"}, 2}}));

    EXPECT_EQ(story.contact.state, ContactState::connected);
    EXPECT_THAT(legs(story.contact), IsEmpty());
    EXPECT_EQ(code_of(hold(story.contact, amina)), ErrorCode::conflict);
    EXPECT_EQ(deadline_of(story.contact), std::nullopt) << "it is heard to its end, wherever its visitor is";
}

TEST(Transfer, OfAWaitingContactToAnAgentIsNoNewEntryAndNamesWhoGaveIt) {
    Story story;
    story.then(fact::ContactCreated{c1, vera, {SessionId{"vera-tab"}, 2}, RoomId{"agent-room"}, {}, {QueueId{"sales"}, 0, 0, {}, {}}})
        .after(5min)
        .then(transfer(story.contact, queue, {{sue, "Sue"}, {QueueId{"sales"}, 0, 0, {}, ben}, ben, "knows her"}));

    EXPECT_EQ(story.contact.entered_at, t0);
    EXPECT_EQ(story.contact.segment, 1);
    EXPECT_EQ(story.contact.handed_over_by, (Person{sue, "Sue"}));
}

TEST(Transfer, TheChosenAgentStaysChosenUntilHeSaysNo) {
    Story story = connected();
    story.then(transfer(story.contact, queue, {{amina, {}}, {QueueId{"sales"}, 0, 0, {}, ben}, ben, ""}))
        .then(fact::ContactOffered{c1, {ben}, 20s, OfferKind::transfer})
        .then(fact::ContactRevoked{c1, {ben}, RevokeReason::visitor_left});
    EXPECT_EQ(story.contact.chosen, ben);

    story.then(fact::ContactOffered{c1, {ben}, 20s, OfferKind::transfer}).then(fact::ContactDeclined{c1, ben, ""});

    EXPECT_EQ(story.contact.chosen, UserId{});
}

TEST(Ending, WhoHangsUpWhileHandedOnHasBeenServed) {
    Story story = connected();
    story.then(fact::ContactHandedOver{c1, ben, "Ben", {SessionId{"ben-tab"}, 2}, {}, "transfer"});
    ASSERT_EQ(story.contact.state, ContactState::connecting);

    story.then(end(story.contact, queue, {vera, Role::customer, ""}));

    EXPECT_EQ(story.contact.end_reason, EndReason::completed_visitor);
}

TEST(Telephone, WhoseAgentIsLostIsGivenUpWhateverThePageOfTheVisitorSays) {
    Story story;
    story.then(fact::ContactCreated{c1, vera, {SessionId{"vera-tab"}, 2}, RoomId{"agent-room"}})
        .then(fact::CallbackRequested{c1, "+49 30 1", {}, "visitor", 3})
        .then(fact::ContactOffered{c1, {amina}})
        .then(fact::ContactAccepted{c1, amina, "Amina", {SessionId{"amina-tab"}, 2}, 30s})
        .then(fact::ContactConnected{c1});
    EXPECT_EQ(deadline_of(story.contact), std::nullopt);
    story.then(fact::PartyLost{c1, Party::visitor});
    EXPECT_EQ(deadline_of(story.contact), std::nullopt) << "the visitor is on the telephone";

    story.then(fact::PartyLost{c1, Party::agent});

    EXPECT_EQ(deadline_of(story.contact), story.now + connected_agent_grace);
}

}  // namespace
}  // namespace calldocker::domain
