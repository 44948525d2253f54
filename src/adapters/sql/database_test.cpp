#include "adapters/sql/database.hpp"

#include <gmock/gmock.h>
#include <soci.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "adapters/sql/key_values.hpp"
#include "adapters/sql/sql_test_support.hpp"

namespace calldocker::adapters::sql {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void fill(const std::filesystem::path& file) {
    const auto database = must_open(file);
    ASSERT_TRUE(database->write([](soci::session& session) {
        session << "insert into companies values ('acme', 0)";
        for (int i = 1; i <= 500; ++i)
            session << "insert into events values ('acme', :i, 0, 't', 'a', '', 'some data of some length')", soci::use(i);
    }));
}

TEST(Database, MakesItsFolderAndFileForItsOwnerOnly) {
    TemporaryFolder folder;
    const auto file = folder / "a folder" / "data.db";

    const auto database = must_open(file);

    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(file.parent_path()).permissions(), perms::owner_all);
    for (const char* suffix : {"", "-wal"})
        EXPECT_EQ(std::filesystem::status(file.string() + suffix).permissions(), perms::owner_read | perms::owner_write) << suffix;
}

TEST(Database, SyncsEveryCommitAndChecksForeignKeys) {
    TemporaryFolder folder;
    const auto database = must_open(folder / "data.db");
    std::string journal;
    int synchronous = 0;
    int foreign_keys = 0;
    ASSERT_TRUE(database->read([&](soci::session& session) {
        session << "pragma journal_mode", soci::into(journal);
        session << "pragma synchronous", soci::into(synchronous);
        session << "pragma foreign_keys", soci::into(foreign_keys);
    }));

    EXPECT_EQ(journal, "wal");
    EXPECT_EQ(synchronous, 2);  // full
    EXPECT_EQ(foreign_keys, 1);
}

TEST(Database, AFileThatIsNoDatabaseIsNamedAndLeftAsItIs) {
    TemporaryFolder folder;
    const auto file = folder / "data.db";
    std::ofstream(file) << std::string(5'000, 'x');

    const auto opened = Database::open(file, some_time);

    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::unavailable);
    EXPECT_THAT(opened.error().detail, AllOf(HasSubstr(file.string()), HasSubstr("not an SQLite database"), HasSubstr("backup")));
    EXPECT_EQ(bytes_of(file), std::string(5'000, 'x'));
}

TEST(Database, ADamagedPageIsFoundAtStartAndTheFileIsLeftAsItIs) {
    TemporaryFolder folder;
    const auto file = folder / "data.db";
    fill(file);
    std::string damaged = bytes_of(file);
    for (std::size_t at = 8 * 4096; at < 9 * 4096; ++at) damaged[at] = '\x5a';
    std::ofstream(file, std::ios::binary) << damaged;

    const auto opened = Database::open(file, some_time);

    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().detail, AllOf(HasSubstr(file.string()), HasSubstr("damaged"), HasSubstr("backup")));
    EXPECT_EQ(bytes_of(file), damaged);
}

TEST(Database, AReadOnlyFolderIsNamedWithTheRemedy) {
    TemporaryFolder folder;
    std::filesystem::permissions(folder.path(), std::filesystem::perms::others_read | std::filesystem::perms::others_exec |
                                                    std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    const auto file = folder / "data.db";

    const pid_t child = fork();
    if (child == 0) {
        // Root may write everywhere, so become nobody first.
        if (geteuid() == 0 && setuid(65'534) != 0) _exit(3);
        const auto opened = Database::open(file, some_time);
        const bool clear = !opened && opened.error().detail.find(file.string()) != std::string::npos &&
                           opened.error().detail.find("read-only") != std::string::npos;
        _exit(clear ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);

    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(Database, AnErrorNeverTellsBoundValues) {
    TemporaryFolder folder;
    const auto database = must_open(folder / "data.db");

    const auto written = database->write([](soci::session& session) {
        const std::string secret = "s3cret";
        session << "insert into events values (:company, 1, 0, '', '', '', '')", soci::use(secret);  // no such company
    });

    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::unavailable);
    EXPECT_EQ(written.error().detail.find("s3cret"), std::string::npos);
}

TEST(Database, ATransactionThatThrowsLeavesNothing) {
    TemporaryFolder folder;
    const auto database = must_open(folder / "data.db");

    EXPECT_THROW((void)database->write([](soci::session& session) {
        session << "insert into companies values ('acme', 0)";
        throw std::logic_error("a bug");
    }),
                 std::logic_error);

    int companies = -1;
    ASSERT_TRUE(database->write([&](soci::session& session) { session << "select count(*) from companies", soci::into(companies); }));
    EXPECT_EQ(companies, 0);
}

TEST(Database, LookingOnlyNeedsAFileAndChangesNothing) {
    TemporaryFolder folder;
    const auto file = folder / "data.db";
    EXPECT_EQ(Database::open_read_only(file).error().code, ErrorCode::not_found);
    fill(file);
    const std::string before = bytes_of(file);

    const auto database = Database::open_read_only(file);

    ASSERT_TRUE(database);
    EXPECT_TRUE((*database)->check_integrity());
    EXPECT_FALSE((*database)->write([](soci::session& session) { session << "delete from events"; }));
    EXPECT_EQ(bytes_of(file), before);
}

TEST(KeyValues, AGenerationOfTheKeysBeginsForAllWhoReadIt) {
    TemporaryFolder folder;
    const auto server = must_open(folder / "data.db");
    EXPECT_EQ(key_generation(*server), 0u);

    EXPECT_EQ(begin_key_generation(*must_open(folder / "data.db")), 1u);
    EXPECT_EQ(begin_key_generation(*must_open(folder / "data.db")), 2u);

    EXPECT_EQ(key_generation(*server), 2u);
    EXPECT_EQ(key_generation(**Database::open_read_only(folder / "data.db")), 2u);
}

TEST(KeyValues, ASecretIsMadeOnceAndKept) {
    TemporaryFolder folder;
    {
        const auto database = must_open(folder / "data.db");
        EXPECT_EQ(load_or_create_secret(*database, "resume", Secret<std::string>("first"))->reveal(), "first");
    }
    const auto database = must_open(folder / "data.db");

    EXPECT_EQ(load_or_create_secret(*database, "resume", Secret<std::string>("second"))->reveal(), "first");
    EXPECT_EQ(load_or_create_secret(*database, "another", Secret<std::string>("third"))->reveal(), "third");
}

}  // namespace
}  // namespace calldocker::adapters::sql
