#include "adapters/sql/migrations.hpp"

#include <gmock/gmock.h>
#include <soci.h>

#include "adapters/sql/sql_test_support.hpp"

namespace calldocker::adapters::sql {
namespace {

TEST(Migrations, AreNumberedFromOneWithoutGapsAndReadable) {
    const auto& migrations = embedded_migrations();

    ASSERT_FALSE(migrations.empty());
    for (std::size_t i = 0; i < migrations.size(); ++i) {
        EXPECT_EQ(migrations[i].version, static_cast<std::int64_t>(i) + 1);
        EXPECT_FALSE(statements_of(migrations[i].text).empty()) << migrations[i].name;
    }
}

TEST(Migrations, StatementsEndWithASemicolonAtTheEndOfALine) {
    EXPECT_THAT(statements_of("-- a; comment;\ncreate table a (\n  b text default ';x'\n);\n\n drop table c;  \n"),
                testing::ElementsAre("create table a (\n  b text default ';x'\n)", " drop table c"));
    EXPECT_THROW((void)statements_of("create table a (b text)"), std::logic_error);
}

TEST(Migrations, ApplyOnceInOrder) {
    TemporaryFolder folder;
    const auto database = must_open(folder / "calldocker.db");
    std::vector<Migration> more = embedded_migrations();
    more.push_back({static_cast<std::int64_t>(more.size()) + 1, "extra", "create table extra (name text not null);\n"});

    std::vector<Result<std::int64_t>> before;
    for (int i = 0; i < 2; ++i)
        ASSERT_TRUE(database->write([&](soci::session& session) { before.push_back(migrate(session, more, some_time)); }));

    EXPECT_EQ(before[0], static_cast<std::int64_t>(more.size()) - 1);
    EXPECT_EQ(before[1], static_cast<std::int64_t>(more.size()));
}

TEST(Migrations, AMigrationThatFailsLeavesNothingOfItself) {
    TemporaryFolder folder;
    const auto database = must_open(folder / "calldocker.db");
    std::vector<Migration> more = embedded_migrations();
    more.push_back({99, "broken", "create table extra (name text not null);\ninsert into nothing values (1);\n"});

    const auto written = database->write([&](soci::session& session) { (void)migrate(session, more, some_time); });
    int tables = -1;
    (void)database->read(
        [&](soci::session& session) { session << "select count(*) from sqlite_master where name = 'extra'", soci::into(tables); });

    EXPECT_FALSE(written);
    EXPECT_EQ(tables, 0);
}

TEST(Migrations, ADatabaseOfANewerProgramIsRefusedAndLeftAsItIs) {
    TemporaryFolder folder;
    {
        const auto database = must_open(folder / "calldocker.db");
        ASSERT_TRUE(database->write([](soci::session& session) { session << "insert into schema_version values (4711, 'future', 0)"; }));
    }

    const auto opened = Database::open(folder / "calldocker.db", some_time);

    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().detail, testing::AllOf(testing::HasSubstr("version 4711"), testing::HasSubstr("newer")));
}

}  // namespace
}  // namespace calldocker::adapters::sql
