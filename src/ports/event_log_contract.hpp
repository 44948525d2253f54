#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ports/event_log.hpp"

namespace calldocker::ports {

/// What every EventLog must do. An adapter's test says how to make one:
///
///     struct MemoryLogUnderTest {
///         EventLog& log();      // a log of an empty installation
///         void run();           // until every call made so far has been answered, on the calling thread
///         void restart();       // the process ended, abruptly, and a new one has started
///     };
///     INSTANTIATE_TYPED_TEST_SUITE_P(Memory, EventLogContract, MemoryLogUnderTest);
template <class UnderTest>
class EventLogContract : public testing::Test {
protected:
    static StoredEvent event(std::string data, std::string type = "contact.created") {
        return {Sequence{}, from_unix_ms(1'795'405'429'120), std::move(type), "amina", "command-1", std::move(data)};
    }

    Result<Sequence> append(const CompanyId& company, std::uint64_t expected, std::vector<std::string> data) {
        std::vector<StoredEvent> events;
        for (std::string& one : data) events.push_back(event(std::move(one)));
        std::optional<Result<Sequence>> answer;
        under_test.log().append(company, Sequence{expected}, std::move(events), [&](Result<Sequence> last) { answer = std::move(last); });
        under_test.run();
        return answer.value();
    }
    Result<History> load(const CompanyId& company) {
        std::optional<Result<History>> answer;
        under_test.log().load(company, [&](Result<History> history) { answer = std::move(history); });
        under_test.run();
        return answer.value();
    }
    Result<> keep_snapshot(const CompanyId& company, std::uint64_t sequence, std::string data, std::uint64_t texts_from = 0) {
        std::optional<Result<>> answer;
        under_test.log().keep_snapshot(company, {Sequence{sequence}, from_unix_ms(5), std::move(data), Sequence{texts_from}},
                                       [&](Result<> kept) { answer = kept; });
        under_test.run();
        return answer.value();
    }
    Result<std::vector<CompanyId>> companies() {
        std::optional<Result<std::vector<CompanyId>>> answer;
        under_test.log().companies([&](Result<std::vector<CompanyId>> ids) { answer = std::move(ids); });
        under_test.run();
        return answer.value();
    }
    /// The data of the events after the snapshot, for short comparisons.
    std::vector<std::string> tail_of(const CompanyId& company) {
        const History history = load(company).value();  // named: a temporary would be gone before the loop begins
        std::vector<std::string> data;
        for (const StoredEvent& kept : history.tail) data.push_back(kept.data);
        return data;
    }

    const CompanyId acme{"acme"};
    const CompanyId other{"other"};
    UnderTest under_test;
};

TYPED_TEST_SUITE_P(EventLogContract);

TYPED_TEST_P(EventLogContract, ACompanyWithoutEventsHasAnEmptyHistory) {
    const auto history = this->load(this->acme);

    ASSERT_TRUE(history);
    EXPECT_FALSE(history->snapshot);
    EXPECT_TRUE(history->tail.empty());
}

TYPED_TEST_P(EventLogContract, EventsComeBackWholeInOrderAndNumberedFromOne) {
    EXPECT_EQ(this->append(this->acme, 0, {R"({"n":1,"text":"ü 😀 ' \u0000"})", "{}"}), Sequence{2});
    EXPECT_EQ(this->append(this->acme, 2, {R"({"n":3})"}), Sequence{3});

    const auto history = this->load(this->acme);

    ASSERT_EQ(history->tail.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(history->tail[i].sequence, Sequence{i + 1});
    const StoredEvent& first = history->tail[0];
    EXPECT_EQ(first.data, R"({"n":1,"text":"ü 😀 ' \u0000"})");
    EXPECT_EQ(first.type, "contact.created");
    EXPECT_EQ(first.actor, "amina");
    EXPECT_EQ(first.command_id, "command-1");
    EXPECT_EQ(first.at, from_unix_ms(1'795'405'429'120));
}

TYPED_TEST_P(EventLogContract, OfTwoAppendsThatExpectTheSameSequenceExactlyOneWins) {
    std::vector<Result<Sequence>> answers;
    const auto remember = [&](Result<Sequence> last) { answers.push_back(std::move(last)); };
    this->under_test.log().append(this->acme, Sequence{0}, {this->event("1")}, remember);
    this->under_test.log().append(this->acme, Sequence{0}, {this->event("2")}, remember);
    this->under_test.run();

    ASSERT_EQ(answers.size(), 2u);
    EXPECT_EQ(answers[0], Sequence{1});
    EXPECT_EQ(answers[1].error().code, ErrorCode::conflict);
    EXPECT_THAT(this->tail_of(this->acme), testing::ElementsAre("1"));
}

TYPED_TEST_P(EventLogContract, AConflictFailsWhatBuildsOnItAndNothingElse) {
    std::vector<Result<Sequence>> answers;
    const auto remember = [&](Result<Sequence> last) { answers.push_back(std::move(last)); };
    auto& log = this->under_test.log();
    log.append(this->acme, Sequence{0}, {this->event("1")}, remember);
    log.append(this->acme, Sequence{7}, {this->event("8")}, remember);
    log.append(this->acme, Sequence{8}, {this->event("9")}, remember);
    log.append(this->other, Sequence{0}, {this->event("other 1")}, remember);
    log.append(this->acme, Sequence{1}, {this->event("2")}, remember);
    this->under_test.run();

    ASSERT_EQ(answers.size(), 5u);
    EXPECT_EQ(answers[0], Sequence{1});
    EXPECT_EQ(answers[1].error().code, ErrorCode::conflict);
    EXPECT_EQ(answers[2].error().code, ErrorCode::conflict);
    EXPECT_EQ(answers[3], Sequence{1});
    EXPECT_EQ(answers[4], Sequence{2});
    EXPECT_THAT(this->tail_of(this->acme), testing::ElementsAre("1", "2"));
}

TYPED_TEST_P(EventLogContract, CompaniesAreIslands) {
    EXPECT_EQ(this->append(this->acme, 0, {"a"}), Sequence{1});
    EXPECT_EQ(this->append(this->other, 0, {"b", "c"}), Sequence{2});

    EXPECT_THAT(this->tail_of(this->acme), testing::ElementsAre("a"));
    EXPECT_THAT(this->tail_of(this->other), testing::ElementsAre("b", "c"));
    EXPECT_THAT(this->companies().value(), testing::UnorderedElementsAre(this->acme, this->other));
}

TYPED_TEST_P(EventLogContract, AnswersComeLaterAndInTheOrderOfTheCalls) {
    std::vector<std::string> order;
    auto& log = this->under_test.log();
    log.append(this->acme, Sequence{0}, {this->event("1")}, [&](auto) { order.push_back("append 1"); });
    log.load(this->acme, [&](Result<History> history) { order.push_back("load of " + std::to_string(history->tail.size())); });
    log.append(this->acme, Sequence{1}, {this->event("2")}, [&](auto) { order.push_back("append 2"); });
    log.companies([&](auto) { order.push_back("companies"); });
    EXPECT_TRUE(order.empty());
    this->under_test.run();

    EXPECT_THAT(order, testing::ElementsAre("append 1", "load of 1", "append 2", "companies"));
}

TYPED_TEST_P(EventLogContract, WhatSucceededSurvivesACrash) {
    EXPECT_EQ(this->append(this->acme, 0, {"1", "2"}), Sequence{2});
    EXPECT_TRUE(this->keep_snapshot(this->acme, 1, "state at 1"));

    this->under_test.restart();

    EXPECT_EQ(this->load(this->acme)->snapshot->data, "state at 1");
    EXPECT_THAT(this->tail_of(this->acme), testing::ElementsAre("2"));
    EXPECT_EQ(this->append(this->acme, 1, {"x"}).error().code, ErrorCode::conflict);
    EXPECT_EQ(this->append(this->acme, 2, {"3"}), Sequence{3});
}

TYPED_TEST_P(EventLogContract, TheNewestSnapshotCountsAndTheTailStartsBehindIt) {
    EXPECT_EQ(this->append(this->acme, 0, {"1", "2", "3"}), Sequence{3});
    EXPECT_TRUE(this->keep_snapshot(this->acme, 2, "state at 2"));
    EXPECT_TRUE(this->keep_snapshot(this->acme, 1, "state at 1"));  // late: it changes nothing

    const auto history = this->load(this->acme);

    ASSERT_TRUE(history->snapshot);
    EXPECT_EQ(history->snapshot->sequence, Sequence{2});
    EXPECT_EQ(history->snapshot->data, "state at 2");
    EXPECT_EQ(history->snapshot->at, from_unix_ms(5));
    EXPECT_THAT(this->tail_of(this->acme), testing::ElementsAre("3"));
}

TYPED_TEST_P(EventLogContract, TheTextsThatASnapshotLeavesOutComeWithIt) {
    std::vector<StoredEvent> events;
    for (const char* type : {"contact.chat_said", "contact.chat_said", "contact.created", "contact.notes_set", "contact.chat_said"})
        events.push_back(this->event(std::to_string(events.size() + 1), type));
    this->under_test.log().append(this->acme, Sequence{0}, events, [](auto) {});
    EXPECT_TRUE(this->keep_snapshot(this->acme, 4, "state at 4", 2));

    const auto history = this->load(this->acme);

    ASSERT_TRUE(history);
    std::vector<std::string> texts;
    for (const StoredEvent& text : history->texts) texts.push_back(text.data);
    EXPECT_EQ(texts, (std::vector<std::string>{"2", "4"}));
    EXPECT_EQ(history->snapshot->texts_from, Sequence{2});
    EXPECT_EQ(history->tail.size(), 1u);
    EXPECT_EQ(history->texts.front().sequence, Sequence{2});
}

TYPED_TEST_P(EventLogContract, ASnapshotOfWhatTheLogDoesNotHoldIsRefused) {
    EXPECT_EQ(this->append(this->acme, 0, {"1"}), Sequence{1});

    EXPECT_EQ(this->keep_snapshot(this->acme, 2, "state at 2").error().code, ErrorCode::conflict);
    EXPECT_EQ(this->keep_snapshot(this->other, 1, "state at 1").error().code, ErrorCode::conflict);
    EXPECT_FALSE(this->load(this->acme)->snapshot);
}

REGISTER_TYPED_TEST_SUITE_P(EventLogContract, ACompanyWithoutEventsHasAnEmptyHistory, EventsComeBackWholeInOrderAndNumberedFromOne,
                            OfTwoAppendsThatExpectTheSameSequenceExactlyOneWins, AConflictFailsWhatBuildsOnItAndNothingElse,
                            CompaniesAreIslands, AnswersComeLaterAndInTheOrderOfTheCalls, WhatSucceededSurvivesACrash,
                            TheNewestSnapshotCountsAndTheTailStartsBehindIt, TheTextsThatASnapshotLeavesOutComeWithIt,
                            ASnapshotOfWhatTheLogDoesNotHoldIsRefused);

}  // namespace calldocker::ports
