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
