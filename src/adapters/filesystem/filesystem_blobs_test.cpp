#include "adapters/filesystem/filesystem_blobs.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <condition_variable>
#include <memory>
#include <mutex>

#include "base/testing/temporary_folder.hpp"
#include "ports/blobs_contract.hpp"
#include "ports/testing/test_loop.hpp"

namespace calldocker::adapters {
namespace {

class FilesystemBlobsUnderTest {
public:
    FilesystemBlobsUnderTest() { restart(); }
    ports::Blobs& blobs() { return *blobs_; }
    void run() {
        // Answers come in the order of the calls, so this one comes last.
        bool last = false;
        blobs_->remove(CompanyId("nobody"), ports::BlobId("nothing"), [&](auto) { last = true; });
        loop_.run_until([&] { return last; });
    }
    void restart() {
        worker_ = std::make_unique<Worker>();
        blobs_ = std::make_unique<FilesystemBlobs>(files_, *worker_, loop_.post());
    }

private:
    TemporaryFolder folder_;
    BlobFiles files_{folder_ / "recordings", 0};
    ports::TestLoop loop_;
    std::unique_ptr<Worker> worker_;
    std::unique_ptr<FilesystemBlobs> blobs_;
};

/// Holds the worker up until the test lets it go on.
class Obstacle {
public:
    explicit Obstacle(Worker& worker) {
        const bool accepted = worker.submit(0, [this] {
            std::unique_lock lock(mutex_);
            reached_ = true;
            changed_.notify_all();
            changed_.wait(lock, [this] { return cleared_; });
        });
        EXPECT_TRUE(accepted);
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return reached_; });
    }
    void clear() {
        const std::lock_guard lock(mutex_);
        cleared_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool reached_ = false, cleared_ = false;
};

struct BoundsTest : testing::Test {
    TemporaryFolder folder;
    BlobFiles files{folder / "recordings", 0};
    ports::TestLoop loop;
    std::vector<Result<>> answers;

    void put(ports::Blobs& blobs, std::size_t bytes) {
        blobs.put(CompanyId("acme"), ports::BlobId("r1"), {"audio/webm", std::make_shared<const std::string>(bytes, 'x')},
                  [this](auto done) { answers.push_back(std::move(done)); });
    }
};

TEST_F(BoundsTest, WhatIsTooMuchToWaitIsRefusedAtOnceAndLaterCallsWork) {
    for (const WorkerLimits limits : {WorkerLimits{.jobs_max = 2, .bytes_max = 1'000}, WorkerLimits{.jobs_max = 100, .bytes_max = 25}}) {
        Worker worker(limits);
        FilesystemBlobs blobs(files, worker, loop.post());
        Obstacle obstacle(worker);
        answers.clear();

        for (int i = 0; i < 5; ++i) put(blobs, 10);
        loop.run_until([&] { return answers.size() == 3; });
        for (const auto& answer : answers) EXPECT_EQ(answer.error().code, ErrorCode::overloaded);
        obstacle.clear();
        loop.run_until([&] { return answers.size() == 5; });
        put(blobs, 10);
        loop.run_until([&] { return answers.size() == 6; });

        for (std::size_t i = 3; i < 6; ++i) EXPECT_TRUE(answers[i]);
    }
}

TEST(WorkerTest, TidyingYieldsToEverythingElse) {
    int nice = 0;
    {
        Worker worker({}, Worker::Kind::tidying);
        EXPECT_TRUE(worker.submit(0, [&] { nice = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())); }));
    }

    EXPECT_EQ(nice, 19);
}

TEST_F(BoundsTest, TheEndWaitsForWhatWasAccepted) {
    {
        Worker worker;
        FilesystemBlobs blobs(files, worker, loop.post());
        for (int i = 0; i < 20; ++i) put(blobs, 10);
    }

    EXPECT_TRUE(files.read(CompanyId("acme"), ports::BlobId("r1")));
    loop.run_until([&] { return answers.size() == 20; });
}

}  // namespace
}  // namespace calldocker::adapters

namespace calldocker::ports {
INSTANTIATE_TYPED_TEST_SUITE_P(Filesystem, BlobsContract, adapters::FilesystemBlobsUnderTest);
}
