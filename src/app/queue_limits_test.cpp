#include <fmt/format.h>

#include "app/testing/contact_centre.hpp"
#include "app/testing/opening_hours.hpp"

/// What clocks and limits do to those who wait and to those who work, seen from outside.
namespace calldocker::app::testing {
namespace {

using namespace domain;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using QueueLimits = ContactCentre;

TEST_F(QueueLimits, QueuesThatCloseInTheSameMomentStrandNobodyInEachOther) {
    const std::string hours = open_until(world.now, 10);
    set_up(fmt::format(R"({{"queues":[{{"id":"default","overflow_to":"sales","callback":false,"hours":{0}}},)"
                       R"({{"id":"sales","overflow_to":"default","callback":false,"hours":{0}}}]}})",
                       hours)
               .c_str());
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.pass(9min);
    ASSERT_NE(state().contact(c1), nullptr);
    world.forget();

    world.pass(2min);

    EXPECT_EQ(state().contact(c1), nullptr);
    EXPECT_THAT(world.heard(vera), Contains(HasSubstr("rejected_closed")));
}

TEST_F(QueueLimits, WhoComesBackToAQueueThatHasClosedMeanwhileIsToldSo) {
    set_up(fmt::format(R"({{"queues":[{{"id":"default","callback":false,"hours":{}}}]}})", open_until(world.now, 10)).c_str());
    const auto [vera, amina] = talking();
    world.pass(11min);
    ASSERT_EQ(state().contact(c1)->state, ContactState::connected) << "a call goes on";

    world.island->leave(amina, world.now);
    world.say(vera, MediaState{c1, false});
    world.pass(1min);

    EXPECT_EQ(state().contact(c1), nullptr);
    EXPECT_THAT(world.heard(vera), Contains(HasSubstr("rejected_closed")));
}

TEST_F(QueueLimits, ADayBeginsAtMidnightWhetherAnythingHappensOrNot) {
    const auto sue = world.connect("sue", Role::supervisor, 2);
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.say(vera, EndContact{c1, {}});
    ASSERT_EQ(offered(state().records().of(QueueId{default_queue}).today), 1);
    world.say(sue, WatchLive{true});
    world.forget();

    world.pass(24h);

    EXPECT_EQ(offered(state().records().of(QueueId{default_queue}).today), 0);
    EXPECT_EQ(state().records().day_began_at(), std::chrono::floor<std::chrono::days>(world.now));
    EXPECT_THAT(world.heard(sue), Contains(StartsWith("live_state"))) << "and who watches sees it";
}

TEST_F(QueueLimits, WhoIsForcedAvailableWithoutAMicrophoneIsNotReadyAfterAMomentToo) {
    const auto amina = world.connect("amina", Role::agent, 2);
    world.pass(1min);
    const auto sue = world.connect("sue", Role::supervisor, 2);
    world.say(sue, ForceIntent{UserId{"amina"}, Intent::available, {}, "you are needed"});
    EXPECT_EQ(state().agent(UserId{"amina"}).intent, Intent::available);
    (void)world.heard(amina);

    world.pass(5s);

    EXPECT_EQ(state().agent(UserId{"amina"}).reason, sys_media);
}

TEST_F(QueueLimits, AfterClosingTimeAHandedOverCallOutlivesALostSocketAndEndsWithItsAgent) {
    set_up(fmt::format(R"({{"queues":[{{"id":"default","callback":false,"hours":{}}}]}})", open_until(world.now, 10)).c_str());
    const auto [vera, amina] = talking();
    const auto ben = world.ready_agent("ben", "ben-tab");
    world.pass(11min);
    world.say(amina, TransferContact{c1, {{}, ben_user}, ""});
    EXPECT_THAT(world.heard(ben), Contains(StartsWith("contact_offered c1")));

    world.island->detach(vera, world.now);
    world.settle();
    world.pass(1s);
    world.island->attach(vera, {}, world.now);
    world.settle();
    ASSERT_NE(state().contact(c1), nullptr);
    EXPECT_EQ(state().contact(c1)->state, ContactState::transferring);
    world.leave(ben);

    EXPECT_EQ(state().contact(c1)->end_reason, EndReason::rejected_closed);
}

TEST_F(QueueLimits, ALimitThatIsDueActsBeforeAnybodyIsRouted) {
    set_up(R"({"queues":[{"id":"default","metric":"longest_idle","max_wait_seconds":60,"callback":false}]})");
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.pass_in_darkness(60s);

    const auto amina = world.ready_agent("amina");

    EXPECT_EQ(state().contact(c1), nullptr);
    EXPECT_THAT(world.heard(amina), Not(Contains(HasSubstr("contact_offered"))));
}

TEST_F(QueueLimits, AnIdleAgentWhoseMicrophoneGoesIsNotReadyUntilThereIsOneAgain) {
    const auto amina = world.ready_agent("amina");
    world.say(amina, SetMediaReady{false});
    world.pass(4s);
    EXPECT_EQ(state().agent(UserId{"amina"}).intent, Intent::available);
    world.pass(1s);
    EXPECT_EQ(state().agent(UserId{"amina"}).reason, sys_media);

    world.pass(1min);
    world.say(amina, SetMediaReady{true});

    EXPECT_EQ(state().agent(UserId{"amina"}).intent, Intent::available);
}

TEST_F(QueueLimits, WhoSaysToBeAvailableAndHasNoMicrophoneIsNotReadyAfterAMoment) {
    const auto amina = world.connect("amina", Role::agent, 2);
    world.pass(1min);
    world.say(amina, SetAgentIntent{Intent::available, {}});
    EXPECT_EQ(state().agent(UserId{"amina"}).intent, Intent::available);

    world.pass(5s);

    EXPECT_EQ(state().agent(UserId{"amina"}).reason, sys_media);
}

}  // namespace
}  // namespace calldocker::app::testing
