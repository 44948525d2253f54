#include "adapters/sql/sql_event_log.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <soci.h>

#include <map>
#include <optional>

#include "adapters/sql/sql_test_support.hpp"
#include "ports/event_log_contract.hpp"

namespace calldocker::adapters::sql {
namespace {

class SqlLogUnderTest {
public:
    SqlLogUnderTest() { restart(); }
    ports::EventLog& log() { return *log_; }
    void run() {
        // Answers come in the order of the calls, so this one comes last.
        bool last = false;
        log_->companies([&](auto) { last = true; });
        loop_.run_until([&] { return last; });
    }
    void restart() {
        log_.reset();
        store_.reset();
        store_ = std::make_unique<SqlStore>(must_open(folder_ / "calldocker.db"));
        log_ = std::make_unique<SqlEventLog>(*store_, loop_.post());
    }

private:
    TemporaryFolder folder_;
    TestLoop loop_;
    std::unique_ptr<SqlStore> store_;
    std::unique_ptr<SqlEventLog> log_;
};

const CompanyId acme("acme");

TEST(SqlEventLog, WhatArrivesDuringATransactionSharesTheNextOne) {
    TemporaryFolder folder;
    LogInUse used(folder / "calldocker.db");
    const auto other_program = must_open(folder / "calldocker.db");
    int answered = 0;

    (void)other_program->write([&](soci::session&) {  // holds the writer up, until all have arrived
        for (std::uint64_t i = 0; i < 100; ++i)
            used.log.append(CompanyId(fmt::format("company {}", i)), Sequence{0}, {some_event(), some_event()}, [&](auto last) {
                EXPECT_EQ(last, Sequence{2});
                ++answered;
            });
    });
    used.loop.run_until([&] { return answered == 100; });

    const auto figures = used.store.figures();
    EXPECT_EQ(figures.appends, 100u);
    EXPECT_EQ(figures.events, 200u);
    EXPECT_LE(figures.transactions, 2u);  // the first may have left alone
}

TEST(SqlEventLog, WhatARoundAsksForIsHandedOverAtItsEndAndAnsweredTogether) {
    TemporaryFolder folder;
    ports::TestLoop loop;
    SqlStore store(must_open(folder / "calldocker.db"));
    std::vector<std::function<void()>> at_end;
    std::vector<std::size_t> answered_in;  // the piece of work that each answer came in
    std::size_t pieces = 0;
    SqlEventLog log(
        store, [&, post = loop.post()](std::function<void()> work) { post([&, work = std::move(work)] { ++pieces, work(); }); },
        [&](std::function<void()> work) { at_end.push_back(std::move(work)); });

    for (std::uint64_t i = 0; i < 10; ++i)
        log.append(acme, Sequence{i}, {some_event()}, [&, i](auto last) {
            EXPECT_EQ(last, Sequence{i + 1});
            answered_in.push_back(pieces);
        });
    EXPECT_EQ(store.figures().jobs_waiting + store.figures().transactions, 0u);
    ASSERT_EQ(at_end.size(), 1u);
    at_end.front()();
    loop.run_until([&] { return answered_in.size() == 10; });

    EXPECT_EQ(store.figures().transactions, 1u);
    EXPECT_EQ(answered_in, std::vector<std::size_t>(10, 1));
}

TEST(SqlEventLog, AnAnswerThatThrowsKeepsNoOtherFromComing) {
    TemporaryFolder folder;
    LogInUse used(folder / "calldocker.db");
    const auto other_program = must_open(folder / "calldocker.db");
    int answered = 0;

    (void)other_program->write([&](soci::session&) {  // so that all share one commit, but for the first
        for (std::uint64_t i = 0; i < 3; ++i)
            used.log.append(CompanyId(fmt::format("company {}", i)), Sequence{0}, {some_event()}, [&](auto) {
                ++answered;
                throw std::runtime_error("a bug");
            });
    });
    const auto run = [&] { used.loop.run_until([&] { return answered == 3; }); };
    while (answered < 3) EXPECT_THROW(run(), std::runtime_error);

    EXPECT_EQ(answered, 3);
}

TEST(SqlEventLog, AFullQueueAnswersOverloadedAtOnceAndRecovers) {
    TemporaryFolder folder;
    LogInUse used(folder / "calldocker.db", {.jobs_max = 4, .bytes_max = 1u << 20u});
    const auto other_program = must_open(folder / "calldocker.db");
    std::vector<Result<Sequence>> answers;

    std::size_t asked = 0;
    (void)other_program->write([&](soci::session&) {
        for (; asked < 20; ++asked)
            used.log.append(CompanyId(fmt::format("company {}", asked)), Sequence{0}, {some_event()},
                            [&](auto last) { answers.push_back(last); });
        used.loop.run_until([&] { return answers.size() >= 12; });
        for (const auto& answer : answers) EXPECT_EQ(answer.error().code, ErrorCode::overloaded);
    });
    used.loop.run_until([&] { return answers.size() == asked; });

    EXPECT_GE(used.store.figures().appends, 4u);
    EXPECT_EQ(used.append(acme, 0, {some_event()}), Sequence{1});
}

TEST(SqlEventLog, AnAppendBeyondItsBoundIsRefusedAndHarmsNoOther) {
    TemporaryFolder folder;
    LogInUse used(folder / "calldocker.db");

    EXPECT_EQ(used.append(acme, 0, {some_event(std::string(append_bytes_max + 1, 'x'))}).error().code, ErrorCode::too_large);
    EXPECT_EQ(used.append(acme, 0, {some_event()}), Sequence{1});
}

TEST(SqlEventLog, AWriteThatIsRefusedFailsAloneAndTheOthersOfItsTransactionAreKept) {
    TemporaryFolder folder;
    LogInUse used(folder / "calldocker.db");
    const auto other_program = must_open(folder / "calldocker.db");
    std::map<std::string, std::vector<Result<Sequence>>> answers;
    const auto append = [&](const std::string& company, std::uint64_t expected) {
        used.log.append(CompanyId(company), Sequence{expected}, {some_event(), some_event("refuse " + company)},
                        [&, company](auto last) { answers[company].push_back(last); });
    };

    (void)other_program->write([&](soci::session& session) {
        session << "create trigger refuse before insert on events when new.data = 'refuse acme' begin select raise(abort, 'no'); end";
        append("first", 0);  // may have left alone
        append("before", 0);
        append("acme", 0);
        append("acme", 2);
        append("after", 0);
    });
    used.loop.run_until([&] { return answers["after"].size() == 1; });

    EXPECT_EQ(answers["before"].front(), Sequence{2});
    EXPECT_EQ(answers["after"].front(), Sequence{2});
    EXPECT_EQ(answers["acme"].front().error().code, ErrorCode::unavailable);
    EXPECT_EQ(answers["acme"].back().error().code, ErrorCode::conflict) << "what builds on it fails, too";
    EXPECT_TRUE(used.load(acme)->tail.empty()) << "its first event was not refused, and is not there either";
    EXPECT_EQ(used.load(CompanyId("after"))->tail.size(), 2u);
    EXPECT_EQ(used.store.figures().appends, 3u);
    EXPECT_EQ(used.store.figures().failing, "") << "nothing ails the database";
}

TEST(SqlEventLog, ABigSnapshotIsWrittenBetweenTheAppendsOfOthersAndReplacesTheOneBefore) {
    TemporaryFolder folder;
    LogInUse used(folder / "calldocker.db");
    ASSERT_TRUE(used.append(acme, 0, {some_event(), some_event()}));
    const auto big = [](char letter) {
        std::string data;
        while (data.size() < 10 * snapshot_part_bytes) data += letter + std::string("ü😀");
        return data;
    };
    std::vector<std::string> order;
    used.log.keep_snapshot(acme, {Sequence{1}, some_time, big('a'), {}}, [&](auto kept) { order.emplace_back(kept ? "first" : "failed"); });
    used.log.append(CompanyId("other"), Sequence{0}, {some_event()}, [&](auto last) { order.emplace_back(last ? "append" : "failed"); });
    used.log.keep_snapshot(acme, {Sequence{2}, some_time, big('b'), {}},
                           [&](auto kept) { order.emplace_back(kept ? "second" : "failed"); });
    used.loop.run_until([&] { return order.size() == 3; });

    EXPECT_THAT(order, testing::ElementsAre("append", "first", "second"));
    const auto history = used.load(acme);
    ASSERT_TRUE(history);
    EXPECT_EQ(history->snapshot->sequence, Sequence{2});
    EXPECT_TRUE(history->snapshot->data == big('b'));
    EXPECT_GE(used.store.figures().snapshot_bytes_max, big('b').size());
}

TEST(SqlEventLog, OfASnapshotThatIsReplacedNothingIsLeft) {
    TemporaryFolder folder;
    {
        LogInUse used(folder / "calldocker.db");
        ASSERT_TRUE(used.append(acme, 0, {some_event(), some_event()}));
        for (std::uint64_t i = 1; i <= 2; ++i)
            used.log.keep_snapshot(acme, {Sequence{i}, some_time, std::string(3 * snapshot_part_bytes, 'x'), {}}, [](auto) {});
    }
    const auto database = must_open(folder / "calldocker.db");
    long long parts = 0;
    (void)database->read([&](soci::session& session) { session << "select count(*) from snapshot_parts", soci::into(parts); });

    EXPECT_EQ(parts, 3);
}

TEST(SqlEventLog, ASnapshotBeyondTheBoundIsRefusedAndTakesNoRoomFromAppends) {
    TemporaryFolder folder;
    LogInUse used(folder / "calldocker.db", {.jobs_max = 100, .bytes_max = 2 * snapshot_part_bytes});
    ASSERT_TRUE(used.append(acme, 0, {some_event()}));
    std::optional<Result<>> too_big, fits;
    used.log.keep_snapshot(acme, {Sequence{1}, some_time, std::string(2 * snapshot_part_bytes, 'x'), {}},
                           [&](Result<> kept) { too_big = kept; });
    used.loop.run_until([&] { return too_big.has_value(); });
    const auto other_program = must_open(folder / "calldocker.db");
    std::optional<Result<Sequence>> appended;
    (void)other_program->write([&](soci::session&) {  // holds the writer up
        used.log.keep_snapshot(acme, {Sequence{1}, some_time, std::string(3 * snapshot_part_bytes / 2, 'x'), {}},
                               [&](Result<> kept) { fits = kept; });
        used.log.append(acme, Sequence{1}, {some_event(std::string(snapshot_part_bytes, 'x'))}, [&](auto last) { appended = last; });
    });
    used.loop.run_until([&] { return fits.has_value() && appended.has_value(); });

    EXPECT_EQ(too_big->error().code, ErrorCode::overloaded);
    EXPECT_TRUE(*fits);
    EXPECT_TRUE(*appended);
}

TEST(SqlEventLog, ClosingTheStoreFinishesWhatWasAccepted) {
    TemporaryFolder folder;
    {
        LogInUse used(folder / "calldocker.db");
        for (std::uint64_t i = 0; i < 50; ++i) used.log.append(acme, Sequence{i}, {some_event()}, [](auto) {});
    }

    EXPECT_EQ(LogInUse(folder / "calldocker.db").load(acme)->tail.size(), 50u);
}

TEST(SqlEventLog, AFullDatabaseFailsWhatItCannotHoldAndGoesOnOnceThereIsRoom) {
    TemporaryFolder folder;
    auto database = must_open(folder / "calldocker.db");
    Database& connection = *database;
    const auto set_pages_max = [](soci::session& session, int pages) {
        int now = 0;
        session << fmt::format("pragma max_page_count = {}", pages), soci::into(now);
    };
    set_pages_max(connection.session(), 40);
    TestLoop loop;
    auto store = std::make_unique<SqlStore>(std::move(database));
    SqlEventLog log(*store, loop.post());
    std::vector<Result<Sequence>> answers;
    const auto append = [&](std::uint64_t expected, std::size_t bytes) {
        answers.clear();
        log.append(acme, Sequence{expected}, {some_event(std::string(bytes, 'x'))}, [&](auto last) { answers.push_back(last); });
        loop.run_until([&] { return answers.size() == 1; });
        return answers.front();
    };

    EXPECT_EQ(append(0, 10), Sequence{1});
    const auto refused = append(1, 1'000'000);
    const std::string failing = store->figures().failing;
    const auto stale = append(7, 10);  // as of somebody who has not heard of the failure yet
    const std::string still_failing = store->figures().failing;
    const auto small = append(1, 10);

    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    EXPECT_THAT(refused.error().detail, testing::AllOf(testing::HasSubstr("calldocker.db"), testing::HasSubstr("disk is full")));
    EXPECT_EQ(failing, refused.error().detail);
    EXPECT_EQ(stale.error().code, ErrorCode::conflict);
    EXPECT_EQ(still_failing, failing) << "a transaction that wrote nothing shows nothing";
    EXPECT_EQ(small, Sequence{2});
    EXPECT_EQ(store->figures().failing, "");
}

}  // namespace
}  // namespace calldocker::adapters::sql

namespace calldocker::ports {
INSTANTIATE_TYPED_TEST_SUITE_P(Sql, EventLogContract, adapters::sql::SqlLogUnderTest);
}
