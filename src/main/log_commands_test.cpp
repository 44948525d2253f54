#include "main/log_commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "adapters/sql/sql_test_support.hpp"
#include "app/codec/codec.hpp"
#include "base/testing/temporary_folder.hpp"
#include "domain/company/testing/office.hpp"
#include "main/log_text.hpp"

namespace calldocker::main {
namespace {

using namespace domain::testing;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

const CompanyId acme("acme");

/// A database in which vera has called, it has rung at amina, and she has accepted.
struct LogCommandsTest : testing::Test {
    TemporaryFolder folder;
    std::filesystem::path database = folder / "calldocker.db";
    Office office;
    std::string told;
    const Tell tell = [this](std::string_view text) { told += text; };

    void SetUp() override {
        office.ready_agent(amina);
        ASSERT_TRUE(office.call(vera, c1));
        office.ring(c1);
        ASSERT_TRUE(office.does(accept_by(amina)));
        std::vector<ports::StoredEvent> events;
        for (const domain::Fact& fact : office.written)
            events.push_back(app::codec::to_stored({Sequence{events.size() + 1}, t0, UserId(domain::system_actor), {}, fact}));
        adapters::sql::LogInUse server(database);
        ASSERT_TRUE(server.append(acme, 0, std::move(events)));
    }
    std::filesystem::path exported() {
        EXPECT_TRUE(export_log(database, acme, Sequence{1}, tell));
        std::ofstream(folder / "acme.jsonl") << std::exchange(told, {});
        return folder / "acme.jsonl";
    }
    [[nodiscard]] std::string last_event() const { return std::to_string(office.written.size()); }
};

TEST_F(LogCommandsTest, CompaniesAreListedAndShown) {
    EXPECT_TRUE(list_companies(database, tell));
    EXPECT_EQ(std::exchange(told, {}), "acme\n");

    EXPECT_TRUE(show_company(database, acme, false, t0, tell));
    EXPECT_THAT(std::exchange(told, {}),
                AllOf(StartsWith("company acme at event " + last_event() + ", "), HasSubstr("amina"), HasSubstr("c1")));

    EXPECT_TRUE(show_company(database, acme, true, t0, tell));
    EXPECT_EQ(told, app::codec::to_stored(office.state, t0).data + "\n");
}

TEST_F(LogCommandsTest, AnExportReplaysToTheSameState) {
    EXPECT_TRUE(replay_log(exported(), std::nullopt, true, tell));

    EXPECT_EQ(told, app::codec::to_stored(office.state, t0).data + "\n");
}

TEST_F(LogCommandsTest, AReplayStopsWhereItIsTold) {
    EXPECT_TRUE(replay_log(exported(), Sequence{1}, false, tell));

    EXPECT_THAT(told, AllOf(StartsWith("company acme at event 1, "), HasSubstr("CONTACT: none")));
}

TEST_F(LogCommandsTest, AReplayNeedsTheWholeLogAndSaysWhichLineIsWrong) {
    EXPECT_TRUE(export_log(database, acme, Sequence{2}, tell));
    std::ofstream(folder / "part.jsonl") << std::exchange(told, {});
    std::ofstream(folder / "broken.jsonl") << "nonsense\n";

    EXPECT_THAT(replay_log(folder / "part.jsonl", std::nullopt, false, tell).error().detail,
                HasSubstr("line 1: event 2 where 1 comes next"));
    EXPECT_THAT(replay_log(folder / "broken.jsonl", std::nullopt, false, tell).error().detail, HasSubstr("line 1: this is not a line"));
    EXPECT_EQ(replay_log(exported(), Sequence{99}, false, tell).error().code, ErrorCode::not_found);
    EXPECT_EQ(replay_log(folder / "none.jsonl", std::nullopt, false, tell).error().code, ErrorCode::not_found);
    EXPECT_EQ(told, "");
}

TEST_F(LogCommandsTest, AnEventThatThisVersionDoesNotKnowIsNamed) {
    const std::string exported_log = exported().string();
    std::ofstream(exported_log, std::ios::app) << export_line({Sequence{office.written.size() + 1}, t0, "contact.connected", "amina", "",
                                                               R"({"format":2,"call":"c1"})"})
                                               << "\n";

    EXPECT_THAT(replay_log(exported_log, std::nullopt, false, tell).error().detail, HasSubstr("format that this version does not know"));
}

TEST_F(LogCommandsTest, TheLogOfOneContactLeavesTheRestOut) {
    EXPECT_TRUE(show_log(database, acme, c1, tell));

    EXPECT_THAT(told, AllOf(HasSubstr("contact.accepted"), testing::Not(HasSubstr("agent.signed_in"))));
}

TEST_F(LogCommandsTest, OffersAreExplained) {
    EXPECT_TRUE(explain_offers(database, acme, c1, tell));

    EXPECT_THAT(told, HasSubstr("c1 in queue default was offered to amina\n"));
}

TEST_F(LogCommandsTest, WhatThereIsNotIsNamed) {
    EXPECT_THAT(show_company(database, CompanyId("other"), false, t0, tell).error().detail, HasSubstr("no company other"));
    EXPECT_THAT(show_log(database, acme, ContactId("c9"), tell).error().detail, HasSubstr("no contact c9"));
    EXPECT_THAT(explain_offers(database, acme, ContactId("c9"), tell).error().detail, HasSubstr("no contact c9"));
    EXPECT_EQ(list_companies(folder / "none.db", tell).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace calldocker::main
