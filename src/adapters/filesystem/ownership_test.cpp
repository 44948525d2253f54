#include "adapters/filesystem/ownership.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <functional>

#include "base/testing/temporary_folder.hpp"

namespace calldocker::adapters {
namespace {

/// A process that runs `work`, says so, and then lives until it is killed.
class OtherProcess {
public:
    explicit OtherProcess(const std::function<bool()>& work) {
        std::array<int, 2> pipe{};
        EXPECT_EQ(::pipe(pipe.data()), 0);
        pid_ = ::fork();
        if (pid_ == 0) {
            const char said = work() ? 'y' : 'n';
            if (::write(pipe[1], &said, 1) == 1)
                for (;;) ::pause();
            ::_exit(1);
        }
        ::close(pipe[1]);
        char said = 0;
        worked_ = ::read(pipe[0], &said, 1) == 1 && said == 'y';
        ::close(pipe[0]);
    }
    ~OtherProcess() { crash(); }
    OtherProcess(const OtherProcess&) = delete;
    OtherProcess& operator=(const OtherProcess&) = delete;

    [[nodiscard]] bool worked() const { return worked_; }
    void crash() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        pid_ = 0;
    }

private:
    pid_t pid_{};
    bool worked_{};
};

struct OwnershipTest : ::testing::Test {
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "data" / "owner.lock";
};

TEST_F(OwnershipTest, OfTwoProcessesOneHasItAndTheOtherHearsWho) {
    const OtherProcess first([&] { return new Ownership(std::move(*Ownership::take(file, "pid 7 on web1"))) != nullptr; });
    ASSERT_TRUE(first.worked());

    const auto second = Ownership::take(file, "pid 8 on web1");

    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::conflict);
    EXPECT_EQ(second.error().detail.substr(0, 14), "pid 7 on web1 ");
}

TEST_F(OwnershipTest, ACrashLeavesItFreeAtOnceEvenWhileAChildOfTheDeadLivesOn) {
    std::array<int, 2> until{};
    ASSERT_EQ(::pipe(until.data()), 0);
    OtherProcess first([&] {
        const auto* taken = new Ownership(std::move(*Ownership::take(file, "the first")));
        if (::fork() == 0) {  // lives until the test lets go of its end of the pipe
            char nothing = 0;
            ::close(until[1]);
            while (::read(until[0], &nothing, 1) > 0) {
            }
            ::_exit(0);
        }
        return taken != nullptr;
    });
    ASSERT_TRUE(first.worked());
    ASSERT_FALSE(Ownership::take(file, "too early"));

    first.crash();

    EXPECT_TRUE(Ownership::take(file, "the next"));
    ::close(until[0]);
    ::close(until[1]);
}

TEST_F(OwnershipTest, WordsThatALongDeadProcessLeftBehindKeepNobodyOut) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << "pid 1 on web1\n";

    const auto taken = Ownership::take(file, "pid 9 on web1");

    ASSERT_TRUE(taken);
    std::string words;
    std::getline(std::ifstream(file), words);
    EXPECT_EQ(words.substr(0, 14), "pid 9 on web1 ");
}

TEST_F(OwnershipTest, GivenUpItIsFree) {
    { const auto first = Ownership::take(file, "the first"); }
    const OtherProcess second([&] { return Ownership::take(file, "the second").has_value(); });
    EXPECT_TRUE(second.worked());
}

TEST_F(OwnershipTest, AFileThatCannotBeMadeIsNamedWithTheRemedy) {
    std::ofstream(folder.path() / "data") << "a file, no folder";

    const auto taken = Ownership::take(file, "me");

    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, ErrorCode::unavailable);
    EXPECT_NE(taken.error().detail.find(file.string()), std::string::npos) << taken.error().detail;
}

}  // namespace
}  // namespace calldocker::adapters
