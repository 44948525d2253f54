#include "domain/agents/agent.hpp"

#include <gtest/gtest.h>

namespace calldocker::domain {
namespace {

TEST(AgentLabel, WorkComesBeforeIntentAndRingingBeforeTalking) {
    Agent agent;
    apply(agent, fact::IntentChanged{UserId{"amina"}, Intent::not_ready, "BREAK"}, from_unix_ms(1));

    EXPECT_EQ(label_of(agent, {true, true}), AgentLabel::reserved);
    EXPECT_EQ(label_of(agent, {false, true}), AgentLabel::on_call);
    EXPECT_EQ(label_of(agent, {}), AgentLabel::not_ready);
}

TEST(AgentLabel, WithoutWorkItIsTheIntent) {
    Agent agent;
    EXPECT_EQ(label_of(agent, {}), AgentLabel::offline);

    apply(agent, fact::IntentChanged{UserId{"amina"}, Intent::available, ""}, from_unix_ms(1));

    EXPECT_EQ(label_of(agent, {}), AgentLabel::available);
}

TEST(AgentIntent, TheLatestOneWinsWithItsReasonAndItsTime) {
    Agent agent;

    apply(agent, fact::IntentChanged{UserId{"amina"}, Intent::not_ready, "MEAL"}, from_unix_ms(1));
    apply(agent, fact::IntentChanged{UserId{"amina"}, Intent::available, ""}, from_unix_ms(2));

    EXPECT_EQ(agent.intent, Intent::available);
    EXPECT_EQ(agent.reason, "");
    EXPECT_EQ(agent.intent_since, from_unix_ms(2));
}

/// The intents one after the other, at these seconds. @return the second since which the agent counts as idle
std::int64_t idle_since(std::initializer_list<std::pair<int, Intent>> intents) {
    Agent agent;
    apply(agent, fact::SignedIn{UserId{"amina"}, {}}, from_unix_ms(0));
    apply(agent, fact::IntentChanged{UserId{"amina"}, Intent::available, ""}, from_unix_ms(0));
    for (const auto& [second, intent] : intents) {
        const std::string reason = intent == Intent::not_ready ? "BREAK" + std::to_string(second) : "";
        apply(agent, fact::IntentChanged{UserId{"amina"}, intent, reason}, from_unix_ms(second * 1000));
    }
    return to_unix_ms(agent.idle_since) / 1000;
}

TEST(AgentIdle, AShortTimeOfNotBeingReadyLosesNoTurnAMinuteDoes) {
    EXPECT_EQ(idle_since({{100, Intent::not_ready}, {159, Intent::available}}), 0);
    EXPECT_EQ(idle_since({{100, Intent::not_ready}, {160, Intent::available}}), 160);
}

TEST(AgentIdle, ReasonsOneAfterTheOtherAreOneTimeOfNotBeingReady) {
    EXPECT_EQ(idle_since({{100, Intent::not_ready}, {140, Intent::not_ready}, {180, Intent::available}}), 180);
}

TEST(AgentIdle, WhoComesFromOfflineComesAnewWhateverWasBefore) {
    EXPECT_EQ(idle_since({{100, Intent::not_ready}, {300, Intent::offline}, {310, Intent::available}}), 310);
    EXPECT_EQ(idle_since({{100, Intent::offline}, {110, Intent::available}}), 110);
}

/// Two calls of a minute each, the second of which ends this time after the first. @return how many intervals the agent has then
std::size_t intervals_kept(Milliseconds second_ends_after_first) {
    Agent agent;
    const Instant end = from_unix_ms(0) + 2min;
    relabel(agent, AgentLabel::available, from_unix_ms(0));
    relabel(agent, AgentLabel::on_call, end - 1min);
    relabel(agent, AgentLabel::available, end);
    relabel(agent, AgentLabel::on_call, end + second_ends_after_first - 1min);
    relabel(agent, AgentLabel::available, end + second_ends_after_first);
    return agent.busy.size();
}

TEST(AgentOccupied, AnIntervalThatHasLeftTheWindowIsNotKept) {
    EXPECT_EQ(intervals_kept(occupancy_window - 1ms), 2u);
    EXPECT_EQ(intervals_kept(occupancy_window), 1u);
}

TEST(AgentOccupied, TimesThatTouchAreOne) {
    Agent agent;
    relabel(agent, AgentLabel::on_call, from_unix_ms(1000));
    relabel(agent, AgentLabel::on_hold, from_unix_ms(2000));
    relabel(agent, AgentLabel::wrapup, from_unix_ms(4000));
    relabel(agent, AgentLabel::available, from_unix_ms(7000));

    EXPECT_EQ(agent.busy.size(), 1u);
    EXPECT_EQ(agent.occupied(from_unix_ms(8000)), 6s);
}

TEST(AgentStatus, WordsOfOriginalPagesAreUnderstoodInAnyCaseAndInBothMembers) {
    EXPECT_EQ(intent_of_status("Offline", ""), Intent::offline);
    EXPECT_EQ(intent_of_status("online", "AWAY"), Intent::not_ready);
    EXPECT_EQ(intent_of_status("busy", ""), Intent::not_ready);
    EXPECT_EQ(intent_of_status("busy", "logged_out"), Intent::offline);
}

TEST(AgentStatus, WhatIsNotUnderstoodMeansThatTheAgentIsThere) {
    EXPECT_EQ(intent_of_status("available", "available"), Intent::available);
    EXPECT_EQ(intent_of_status("ready to rock", ""), Intent::available);
}

}  // namespace
}  // namespace calldocker::domain
