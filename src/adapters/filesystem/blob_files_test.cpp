#include "adapters/filesystem/blob_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/testing/temporary_folder.hpp"

namespace calldocker::adapters {
namespace {

namespace fs = std::filesystem;
using ports::BlobId;
using testing::HasSubstr;

const CompanyId acme("acme"), other("other");
const Instant now = std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());

struct BlobFilesTest : testing::Test {
    TemporaryFolder temporary;
    fs::path folder = temporary / "recordings";
    BlobFiles files{folder, 0};

    Result<> write(const CompanyId& company, const char* id, const char* bytes = "bytes") const {
        return files.write(company, BlobId(id), {"audio/webm", std::make_shared<const std::string>(bytes)});
    }
    [[nodiscard]] bool has(const CompanyId& company, const char* id) const { return files.read(company, BlobId(id)).has_value(); }
    [[nodiscard]] std::vector<fs::path> all_files() const {
        std::vector<fs::path> found;
        for (const auto& entry : fs::recursive_directory_iterator(temporary.path()))
            if (entry.is_regular_file()) found.push_back(entry.path());
        return found;
    }
    /// As if it had been written `age` ago.
    void make_older(const fs::path& file, std::chrono::hours age) const {
        fs::last_write_time(file, fs::file_time_type::clock::now() - age);
    }
    static BlobFiles::InUse uses(std::set<BlobId> ids) {
        return [ids = std::move(ids)](const CompanyId&) { return ids; };
    }
};

TEST_F(BlobFilesTest, OnlyTheOwnerCanReadThem) {
    ASSERT_TRUE(write(acme, "r1"));

    EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
    EXPECT_EQ(fs::status(all_files().at(0).parent_path()).permissions(), fs::perms::owner_all);
    EXPECT_EQ(fs::status(all_files().at(0)).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(BlobFilesTest, NothingIsLeftBesideWhatWasWritten) {
    ASSERT_TRUE(write(acme, "r1"));
    ASSERT_TRUE(write(acme, "r1", "again"));

    EXPECT_EQ(all_files().size(), 1u);
}

TEST_F(BlobFilesTest, ADiskThatIsAlmostFullIsLeftToTheDatabase) {
    const BlobFiles careful(folder, std::uintmax_t{1} << 60u);

    const auto refused = careful.write(acme, BlobId("r1"), {"audio/webm", std::make_shared<const std::string>("bytes")});

    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    EXPECT_THAT(refused.error().detail, testing::AllOf(HasSubstr(folder.string()), HasSubstr("free some space")));
    EXPECT_TRUE(all_files().empty());
}

TEST_F(BlobFilesTest, AFolderThatCannotBeMadeIsNamed) {
    std::ofstream(temporary / "taken") << "a file";
    const BlobFiles nowhere(temporary / "taken" / "recordings", 0);

    const auto refused = nowhere.write(acme, BlobId("r1"), {"audio/webm", std::make_shared<const std::string>("bytes")});

    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    EXPECT_THAT(refused.error().detail, HasSubstr("taken"));
    EXPECT_EQ(nowhere.read(acme, BlobId("r1")).error().code, ErrorCode::unavailable);
}

TEST_F(BlobFilesTest, AWriteThatFailsLeavesWhatWasThere) {
    ASSERT_TRUE(write(acme, "r1", "first"));
    fs::create_directory(all_files().at(0).string() + ".part");  // in the way

    EXPECT_EQ(write(acme, "r1", "second").error().code, ErrorCode::unavailable);
    EXPECT_EQ(*files.read(acme, BlobId("r1"))->bytes, "first");
}

TEST_F(BlobFilesTest, AFileThatLostItsBeginningIsDamagedAndNotServed) {
    ASSERT_TRUE(write(acme, "r1"));
    std::ofstream(all_files().at(0)) << "no line";

    EXPECT_EQ(files.read(acme, BlobId("r1")).error().code, ErrorCode::unavailable);
}

TEST_F(BlobFilesTest, ASweepRemovesWhatIsOldAndNotInUse) {
    ASSERT_TRUE(write(acme, "used"));
    ASSERT_TRUE(write(acme, "orphan"));
    ASSERT_TRUE(write(other, "orphan"));
    for (const fs::path& file : all_files()) make_older(file, 25h);
    ASSERT_TRUE(write(acme, "new"));

    EXPECT_EQ(files.sweep(now - 24h, uses({BlobId("used")})), 2u);

    EXPECT_TRUE(has(acme, "used"));
    EXPECT_TRUE(has(acme, "new"));
    EXPECT_FALSE(has(acme, "orphan"));
    EXPECT_FALSE(has(other, "orphan"));
}

TEST_F(BlobFilesTest, ASweepAsksEachCompanyForItsOwn) {
    ASSERT_TRUE(write(acme, "r1"));
    ASSERT_TRUE(write(other, "r1"));
    for (const fs::path& file : all_files()) make_older(file, 25h);

    const auto of_acme_only = [](const CompanyId& company) {
        return company == acme ? std::set<BlobId>{BlobId("r1")} : std::set<BlobId>{};
    };
    EXPECT_EQ(files.sweep(now - 24h, of_acme_only), 1u);

    EXPECT_TRUE(has(acme, "r1"));
    EXPECT_FALSE(has(other, "r1"));
}

TEST_F(BlobFilesTest, ASweepThatCannotKnowWhatIsInUseRemovesNothing) {
    ASSERT_TRUE(write(acme, "r1"));
    make_older(all_files().at(0), 25h);

    const auto swept = files.sweep(
        now - 24h, [](const CompanyId&) -> Result<std::set<BlobId>> { return fail(ErrorCode::unavailable, "the database is away"); });

    EXPECT_EQ(swept.error().detail, "the database is away");
    EXPECT_TRUE(has(acme, "r1"));
}

TEST_F(BlobFilesTest, ASweepTidiesUpAfterWritesThatWereCutOff) {
    ASSERT_TRUE(write(acme, "r1"));
    const fs::path left = all_files().at(0).string() + ".part";
    std::ofstream(left) << "audio/webm\nhalf";

    EXPECT_EQ(files.sweep(now - 24h, uses({})), 0u);
    EXPECT_TRUE(fs::exists(left));  // its write may be going on
    make_older(left, 25h);
    EXPECT_EQ(files.sweep(now - 24h, uses({})), 0u);
    EXPECT_FALSE(fs::exists(left));
    EXPECT_TRUE(has(acme, "r1"));
}

TEST_F(BlobFilesTest, ASweepOfNothingIsFine) { EXPECT_EQ(files.sweep(now, uses({})), 0u); }

}  // namespace
}  // namespace calldocker::adapters
