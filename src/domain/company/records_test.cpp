#include "domain/company/records.hpp"

#include <gtest/gtest.h>

#include "domain/company/testing/office.hpp"
#include "domain/contacts/limits.hpp"

/// What a company's queues have done, as a fold of its facts.
namespace calldocker::domain {
namespace {

using namespace domain::testing;

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

/// A call of Vera's that Amina has taken, 15 s after t0, in the default queue.
Office answered_call() {
    Office office;
    office.ready_agent(amina);
    office.ready_agent(ben);
    office.arrive(vera, Role::customer, "vera");
    EXPECT_TRUE(office.call(vera, c1));
    office.write({ContactFact{fact::WaitEstimated{c1, 10s, 14s}}, ContactFact{fact::ContactOffered{c1, {amina}}}});
    office.now = t0 + 15s;
    EXPECT_TRUE(office.does(accept_by(amina)));
    office.connect(vera, amina, c1);
    return office;
}
const QueueCounts& today(const Office& office) { return office.state.records().of(QueueId{default_queue}).today; }

TEST(Records, AnEstimateIsHeldAgainstWhatThenHappenedOnce) {
    Office office = answered_call();
    EXPECT_EQ(office.state.records().accuracy(), (EstimateAccuracy{1, 0, 5'000})) << "told 10 to 14 s, it was 15 s";
    office.write({ContactFact{fact::ContactHandedOver{c1, ben, "Ben", {SessionId{"ben"}, 2}, {}, "take_over"}}});
    office.connect(vera, ben, c1);

    EXPECT_EQ(office.state.records().accuracy().told, 1);
    EXPECT_TRUE(office.call(walt, c2));
    office.write({ContactFact{fact::WaitEstimated{c2, 10s, 14s}}, ContactFact{fact::ContactOffered{c2, {amina}}}});
    office.now += 12s;
    ASSERT_TRUE(office.does(accept_by(amina, c2)));
    office.connect(walt, amina, c2);
    EXPECT_EQ(office.state.records().accuracy(), (EstimateAccuracy{2, 1, 7'000}));
}

TEST(Records, WhoIsHandedFromAgentToAgentWasAnsweredOnce) {
    Office office = answered_call();
    office.now = t0 + 60s;
    office.write({ContactFact{fact::ContactHandedOver{c1, ben, "Ben", {SessionId{"ben"}, 2}, {}, "take_over"}}});
    office.now = t0 + 61s;
    office.connect(vera, ben, c1);

    EXPECT_EQ(offered(today(office)), 1);
    EXPECT_EQ(today(office).answered, 1);
    EXPECT_EQ(today(office).answered_wait_max, 15s);
}

TEST(Records, WhoComesBackToTheQueueEntersItAnew) {
    Office office = answered_call();
    office.now = t0 + 60s;
    ASSERT_TRUE(office.does(command::Requeue{c1}));
    office.write({ContactFact{fact::WaitEstimated{c1, 9s, 14s}}, ContactFact{fact::ContactOffered{c1, {ben}}}});
    office.now = t0 + 70s;
    ASSERT_TRUE(office.does(accept_by(ben)));
    office.connect(vera, ben, c1);

    EXPECT_EQ(office.state.records().accuracy(), (EstimateAccuracy{2, 1, 5'000 + 1'000}));
    EXPECT_EQ(today(office).answered, 2);
    EXPECT_EQ(today(office).answered_wait_max, 15s) << "10 s the second time";
    EXPECT_EQ(office.state.contact(c1)->segment, 2);
}

TEST(Records, WhoComesBackFromAHandOverThatFailedEntersItAnewToo) {
    Office office = answered_call();
    office.set_up(QueueId{default_queue}, [](Queue& queue) { queue.max_wait_seconds = 60; });
    office.now = t0 + 10min;
    office.write({ContactFact{fact::ContactHandedOver{c1, ben, "Ben", {SessionId{"ben"}, 2}, {}, "take_over"}}});
    office.now += connecting_time_max;
    office.expire_all();

    ASSERT_EQ(office.state.contact(c1)->state, ContactState::queued) << "not thrown out for a wait that was none";
    EXPECT_EQ(office.state.contact(c1)->entered_at, office.now);
    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));
    EXPECT_EQ(today(office).abandoned, 1) << "of the second entry";
}

TEST(Records, GivenToAnAgentByASupervisorAWaitIsAsLongAsItWas) {
    Office office;
    office.ready_agent(ben);
    office.arrive(vera, Role::customer, "vera");
    ASSERT_TRUE(office.call(vera, c1));
    office.now = t0 + 5min;
    ASSERT_TRUE(office.does(command::Transfer{c1, UserId{"sue"}, {{}, ben}, ""}));
    office.write({ContactFact{fact::ContactOffered{c1, {ben}, 20s, OfferKind::transfer}}});
    office.now += 5s;
    ASSERT_TRUE(office.does(accept_by(ben)));
    office.connect(vera, ben, c1);

    EXPECT_EQ(offered(today(office)), 1);
    EXPECT_EQ(today(office).answered_in_target, 0);
    EXPECT_EQ(today(office).answered_wait_max, 5min + 5s);
}

TEST(Records, WhoLeavesBeforeThereIsMediaHasAbandonedTheRinging) {
    Office office;
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.ring(c1);
    office.now = t0 + 8s;
    ASSERT_TRUE(office.does(accept_by(amina)));
    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));

    EXPECT_EQ(std::get<fact::ContactEnded>(std::get<ContactFact>(office.written.back())).reason, EndReason::abandoned_ringing);
    EXPECT_EQ(offered(today(office)), 1);
    EXPECT_EQ(today(office).abandoned, 1);
}

TEST(Records, WhoFoundNoMediaTwiceHasFlowedOut) {
    Office office;
    office.ready_agent(amina);
    office.arrive(vera, Role::customer, "vera");
    ASSERT_TRUE(office.call(vera, c1));
    for (int attempt = 0; attempt < media_failures_max; ++attempt) {
        office.write({ContactFact{fact::ContactOffered{c1, {amina}}}});
        ASSERT_TRUE(office.does(accept_by(amina)));
        office.now += connecting_time_max;
        office.expire_all();
    }

    EXPECT_EQ(office.state.contact(c1), nullptr);
    EXPECT_EQ(today(office).flowed_out, 1);
    EXPECT_EQ(offered(today(office)), 1);
}

TEST(Records, ARemovedQueueLeavesNoFiguresBehind) {
    Office office;
    const QueueId sales{"sales"};
    office.set_up(sales, [](Queue&) {});
    ASSERT_TRUE(office.call(vera, c1, sales));
    ASSERT_TRUE(office.call(walt, c2, sales));
    ASSERT_TRUE(office.does(command::End{c2, {walt, Role::customer, ""}}));
    ASSERT_EQ(office.state.records().queues().count(sales), 1u);
    Configuration configuration = office.state.configuration();
    configuration.queues.erase(sales);
    office.write(decide(office.state, command::Configure{configuration}).value());
    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));

    EXPECT_EQ(office.state.records().queues().count(sales), 0u);
    EXPECT_EQ(today(office).abandoned, 1) << "who still waited in it is the default queue's";
}

}  // namespace
}  // namespace calldocker::domain
