#include "adapters/sql/log_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/sql/sql_test_support.hpp"

namespace calldocker::adapters::sql {
namespace {

using testing::ElementsAre;

const CompanyId acme("acme"), other("other");

struct LogReaderTest : testing::Test {
    TemporaryFolder folder;
    std::filesystem::path file = folder / "calldocker.db";
    LogInUse server{file};

    static std::vector<std::string> data_from(LogReader& reader, std::uint64_t from) {
        std::vector<std::string> data;
        const auto told = reader.events(acme, Sequence{from}, [&](const ports::StoredEvent& event) -> Result<> {
            EXPECT_EQ(value_of(event.sequence), from + data.size());
            data.push_back(event.data);
            return {};
        });
        EXPECT_TRUE(told);
        return data;
    }
};

TEST_F(LogReaderTest, ReadsWhatAServerWritesMeanwhile) {
    ASSERT_TRUE(server.append(acme, 0, {some_event("1"), some_event("2"), some_event("3")}));
    LogReader reader = LogReader::open(file).value();
    EXPECT_THAT(data_from(reader, 1), ElementsAre("1", "2", "3"));

    ASSERT_TRUE(server.append(acme, 3, {some_event("4")}));
    ASSERT_TRUE(server.append(other, 0, {some_event("of other")}));

    EXPECT_THAT(data_from(reader, 3), ElementsAre("3", "4"));
    EXPECT_THAT(data_from(reader, 5), ElementsAre());
    EXPECT_THAT(reader.companies().value(), ElementsAre(acme, other));
    EXPECT_EQ(reader.history(acme)->tail.size(), 4u);
}

TEST_F(LogReaderTest, KnowsWhenTheNewestEventOfAllCompaniesHappened) {
    LogReader reader = LogReader::open(file).value();
    EXPECT_EQ(reader.newest_event().value(), Instant{});
    const auto at = [](std::int64_t ms) {
        auto event = some_event("1");
        event.at = from_unix_ms(ms);
        return event;
    };
    ASSERT_TRUE(server.append(acme, 0, {at(1'000), at(5'000)}));
    ASSERT_TRUE(server.append(other, 0, {at(2'000), at(3'000)}));

    EXPECT_EQ(reader.newest_event().value(), from_unix_ms(5'000));
}

TEST_F(LogReaderTest, ALongLogIsReadToItsEnd) {
    std::vector<ports::StoredEvent> events(2'500, some_event());
    ASSERT_TRUE(server.append(acme, 0, std::move(events)));
    LogReader reader = LogReader::open(file).value();

    EXPECT_EQ(data_from(reader, 1).size(), 2'500u);
}

TEST_F(LogReaderTest, StopsWhenItsListenerHasAnError) {
    ASSERT_TRUE(server.append(acme, 0, {some_event("1"), some_event("2")}));
    LogReader reader = LogReader::open(file).value();
    int told = 0;

    const auto stopped = reader.events(acme, Sequence{1}, [&](const ports::StoredEvent&) -> Result<> {
        ++told;
        return fail(ErrorCode::invalid, "enough");
    });

    EXPECT_EQ(stopped.error().detail, "enough");
    EXPECT_EQ(told, 1);
}

TEST_F(LogReaderTest, KnowsTheRecordingsThatContactsName) {
    ports::StoredEvent ended = some_event(R"({"call":"c3","recording":"not a creation"})");
    ended.type = "contact.ended";
    ASSERT_TRUE(server.append(acme, 0, {some_event(R"({"call":"c1","recording":"r1"})"), some_event(R"({"call":"c2"})"), ended}));
    ASSERT_TRUE(server.append(other, 0, {some_event(R"({"call":"c1","recording":"r2"})")}));
    LogReader reader = LogReader::open(file).value();

    EXPECT_THAT(reader.recordings(acme).value(), ElementsAre("r1"));
    EXPECT_THAT(reader.recordings(other).value(), ElementsAre("r2"));
}

TEST_F(LogReaderTest, AFileThatIsNotThereIsNamed) { EXPECT_EQ(LogReader::open(folder / "none.db").error().code, ErrorCode::not_found); }

}  // namespace
}  // namespace calldocker::adapters::sql
