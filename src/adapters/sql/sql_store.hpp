#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "adapters/sql/limits.hpp"
#include "base/result.hpp"
#include "ports/event_log.hpp"
#include "ports/post.hpp"

namespace calldocker::adapters::sql {

class Database;
class EventStatements;

/// The database of one process: one connection, and one thread that does everything that was asked, in the order of
/// the asking. Whatever was asked while the last transaction was being synced shares the next one (group commit), so
/// that throughput does not hang on the disk's latency. A write that is refused for what it asks fails alone.
/// Shards talk to it through a SqlEventLog each.
class SqlStore {
public:
    explicit SqlStore(std::unique_ptr<Database> database, QueueLimits limits = {});
    /// Does what was accepted, then closes. The shards' `post` must still work.
    ~SqlStore();
    SqlStore(const SqlStore&) = delete;
    SqlStore& operator=(const SqlStore&) = delete;

    struct Append {
        CompanyId company;
        Sequence expected{};
        std::vector<ports::StoredEvent> events;
        ports::EventLog::Appended done;
    };
    struct KeepSnapshot {
        CompanyId company;
        ports::StoredSnapshot snapshot;
        ports::EventLog::Done done;
    };
    struct Load {
        CompanyId company;
        ports::EventLog::Loaded done;
    };
    struct ListCompanies {
        ports::EventLog::Companies done;
    };
    struct Job {
        std::variant<Append, KeepSnapshot, Load, ListCompanies> what;
        std::shared_ptr<const ports::Post> post;
        std::size_t bytes{};
    };
    /// Any thread. Takes jobs in order, until one is too much. @return how many were taken; the caller answers the others `overloaded`
    [[nodiscard]] std::size_t submit(std::span<Job> jobs);

    /// For /metrics and /health. Any thread.
    struct Figures {
        std::uint64_t appends{};       ///< that succeeded
        std::uint64_t events{};        ///< in them
        std::uint64_t transactions{};  ///< that were committed
        std::uint64_t failures{};      ///< transactions that the engine refused
        std::size_t jobs_waiting{};
        std::size_t snapshot_bytes_max{};  ///< the largest snapshot that was ever handed in; QueueLimits::bytes_max is the bound
        std::string failing;               ///< why the last transaction failed; empty when it did not
    };
    [[nodiscard]] Figures figures() const;

private:
    void run();
    /// @return empty when it is time to probe, or to end
    std::vector<Job> take_all();
    [[nodiscard]] bool is_closing() const;
    /// A small write, so that an outage is known to be over before somebody's call depends on it.
    void probe();
    void commit_together(std::span<Job> writes);
    /// Once the group was refused because of one of them: the others are written without it.
    Result<> commit_apart(std::span<Job> writes, std::vector<Result<Sequence>>& outcomes);
    /// Takes big snapshots out of what is written at once.
    void set_aside_big_snapshots(std::vector<Job>& batch);
    /// Writes the next part of the first big snapshot, or removes one of what it has replaced.
    void go_on_with_snapshot();
    void look_at_size(const KeepSnapshot& keep);
    void do_alone(Job& job);
    void count(const Result<>& committed);

    std::unique_ptr<Database> database_;  ///< the thread's, once it runs
    std::unique_ptr<EventStatements> statements_;
    const QueueLimits limits_;

    /// A snapshot that is written in parts, between the appends.
    struct BigSnapshot {
        Job job;
        std::size_t written = 0;  ///< bytes
        long long parts = 0;
        bool is_in_force = false;  ///< it has been answered; what it replaces is being removed
    };
    std::deque<BigSnapshot> big_;  ///< the thread's

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Job> queue_;
    std::size_t queued_bytes_ = 0;    ///< of all but snapshots
    std::size_t snapshot_bytes_ = 0;  ///< of snapshots, until they are written
    std::size_t snapshot_bytes_max_ = 0;
    bool closing_ = false;
    std::string failing_;

    std::atomic<std::uint64_t> appends_{0}, events_{0}, transactions_{0}, failures_{0};
    std::thread thread_;  ///< last: it uses all of the above
};

}  // namespace calldocker::adapters::sql
