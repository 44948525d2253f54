#include "domain/company/auditor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/company/testing/office.hpp"

namespace calldocker::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using namespace domain::testing;

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

TEST(Auditor, AWrongLabelAndTimesThatDoNotAddUpAreSaidOnceAndMended) {
    Office office;
    office.ready_agent(amina);
    office.now = t0 + 10s;
    State::Parts parts;
    parts.agents = office.state.agents();
    Agent& agent = parts.agents.at(amina);
    agent.label = AgentLabel::on_call;
    agent.times[AgentLabel::wrapup] += 3s;
    State state = State::restore(std::move(parts));
    Auditor auditor;

    EXPECT_THAT(auditor.look_at(state, office.now), ElementsAre("the times of amina do not add up", "the label of amina is not the work"));
    EXPECT_THAT(auditor.look_at(state, office.now), IsEmpty());
    EXPECT_EQ(auditor.violations(), 2u);
    EXPECT_EQ(state.agent(amina).label, AgentLabel::available);
    EXPECT_TRUE(state.available().contains(amina));
}

TEST(Auditor, ALargeCompanyIsLookedAtInPartsAndInTheEndAllOfIt) {
    Office office;
    office.ready_agent(amina);
    office.now = t0 + 10s;
    State::Parts parts;
    const Agent one = office.state.agent(amina);
    for (std::size_t i = 0; i < 2 * audited_at_once + 1; ++i) parts.agents.emplace("agent-" + std::to_string(10'000 + i), one);
    parts.agents.rbegin()->second.label = AgentLabel::on_call;
    State state = State::restore(std::move(parts));
    Auditor auditor;

    EXPECT_THAT(auditor.look_at(state, office.now), IsEmpty());
    EXPECT_THAT(auditor.look_at(state, office.now), IsEmpty());
    EXPECT_THAT(auditor.look_at(state, office.now), ElementsAre("the label of agent-10500 is not the work"));
    for (int look = 0; look < 3; ++look) EXPECT_THAT(auditor.look_at(state, office.now), IsEmpty());
}

TEST(Auditor, WhatIsLeftStandingIsSaidAndEnded) {
    Office office;
    office.set_up(QueueId{default_queue}, [](Queue& queue) { queue.max_wait_seconds = 30; });
    ASSERT_TRUE(office.call(vera, c1));
    Auditor auditor;
    office.now = t0 + 30s + overdue_after;
    EXPECT_THAT(auditor.look_at(office.state, office.now), IsEmpty());
    EXPECT_THAT(unstick(office.state, office.now), IsEmpty());

    office.now += 1ms;
    EXPECT_THAT(auditor.look_at(office.state, office.now), ElementsAre(StartsWith("contact c1 stands since ")));
    office.write(unstick(office.state, office.now));

    EXPECT_THAT(auditor.look_at(office.state, office.now), IsEmpty());
    EXPECT_EQ(office.state.contact(c1), nullptr);
}

}  // namespace
}  // namespace calldocker::domain
