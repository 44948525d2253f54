// What an acknowledged append is worth: children of this test that append are killed at any moment, or meet the limits
// of a disk; then the file is opened again.
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <optional>

#include "adapters/sql/sql_test_support.hpp"
#include "base/rng.hpp"

namespace calldocker::adapters::sql {
namespace {

const CompanyId acme("acme");

/// Appends for ever, several at a time; writes one byte to `acknowledged` per append that was answered, in order.
[[noreturn]] void append_until_killed(const std::filesystem::path& file, std::uint64_t head, int acknowledged) {
    LogInUse used(file);
    std::uint64_t next_expected = head;
    std::uint64_t answered = head;
    for (;;) {
        while (next_expected < answered + 8) {
            used.log.append(acme, Sequence{next_expected}, {some_event(fmt::format("{{\"n\":{}}}", next_expected + 1))},
                            [&](Result<Sequence> last) {
                                if (!last) _exit(2);
                                ++answered;
                                const char byte = '.';
                                if (write(acknowledged, &byte, 1) != 1) _exit(3);
                            });
            ++next_expected;
        }
        const std::uint64_t before = answered;
        used.loop.run_until([&] { return answered > before; });
    }
}

/// Reads until the pipe has given `wanted` bytes or has ended. @return how many came
std::uint64_t read_bytes(int pipe, std::uint64_t wanted) {
    std::uint64_t count = 0;
    char byte = 0;
    while (count < wanted && read(pipe, &byte, 1) == 1) ++count;
    return count;
}

TEST(SqlCrash, EveryAcknowledgedAppendSurvivesKillMinus9) {
    TemporaryFolder folder;
    const auto file = folder / "calldocker.db";
    std::uint64_t acknowledged = 0;
    Rng random(20'261'123);
    for (int round = 0; round < 12; ++round) {
        std::uint64_t head = 0;
        {
            LogInUse used(file);
            const auto history = used.load(acme);
            ASSERT_TRUE(history) << history.error().detail;
            head = history->tail.size();
            for (std::uint64_t i = 0; i < head; ++i) {
                ASSERT_EQ(history->tail[i].sequence, Sequence{i + 1});
                ASSERT_EQ(history->tail[i].data, fmt::format("{{\"n\":{}}}", i + 1));
            }
        }
        ASSERT_GE(head, acknowledged) << "round " << round << ": an acknowledged append is lost";
        int ends[2];
        ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
        const pid_t child = fork();
        if (child == 0) append_until_killed(file, head, ends[1]);
        close(ends[1]);

        // Killed after so many answers, that is: somewhere in the middle of writing the next ones.
        std::uint64_t seen = read_bytes(ends[0], 1 + random.below(60));
        kill(child, SIGKILL);
        seen += read_bytes(ends[0], UINT64_MAX);
        close(ends[0]);
        int status = 0;
        ASSERT_EQ(waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself, with " << WEXITSTATUS(status);
        acknowledged = head + seen;
    }
    EXPECT_GT(acknowledged, 12u);
}

TEST(SqlCrash, AtTheLimitOfTheDiskNothingConfirmedIsLostAndTheStoreGoesOnAfterwards) {
    TemporaryFolder folder;
    const auto file = folder / "calldocker.db";
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        LogInUse used(file);
        const rlimit small{400'000, RLIM_INFINITY};
        const rlimit large{RLIM_INFINITY, RLIM_INFINITY};
        if (setrlimit(RLIMIT_FSIZE, &small) != 0) _exit(10);
        std::uint64_t head = 0;
        Result<Sequence> last;
        while (head < 1'000) {
            last = used.append(acme, head, {some_event(std::string(2'000, 'x'))});
            if (!last) break;
            ++head;
        }
        if (last || last.error().code != ErrorCode::unavailable) _exit(11);
        if (last.error().detail.find(file.string()) == std::string::npos) _exit(12);
        if (used.load(acme)->tail.size() != head) _exit(13);
        if (setrlimit(RLIMIT_FSIZE, &large) != 0) _exit(14);
        if (used.append(acme, head, {some_event()}) != Sequence{head + 1}) _exit(15);
        if (used.load(acme)->tail.size() != head + 1) _exit(16);
        _exit(0);  // as abruptly as a crash
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);

    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
    EXPECT_GT(LogInUse(file).load(acme)->tail.size(), 10u);
}

}  // namespace
}  // namespace calldocker::adapters::sql
