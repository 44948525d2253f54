#pragma once
#include <gtest/gtest.h>
#include <stdlib.h>

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/database.hpp"
#include "adapters/sql/sql_event_log.hpp"
#include "adapters/sql/sql_store.hpp"

namespace calldocker::adapters::sql {

/// A folder of this test alone, removed with it.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "calldocker-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = pattern;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Stands for a shard's loop: what other threads post runs when the test says so.
class TestLoop {
public:
    ports::Post post() {
        return [this](std::function<void()> work) {
            {
                const std::lock_guard lock(mutex_);
                posted_.push_back(std::move(work));
            }
            arrived_.notify_one();
        };
    }
    /// Runs what is posted until `done` says so.
    void run_until(const std::function<bool()>& done) {
        while (!done()) {
            std::vector<std::function<void()>> works;
            {
                std::unique_lock lock(mutex_);
                arrived_.wait(lock, [this] { return !posted_.empty(); });
                works = std::exchange(posted_, {});
            }
            for (const auto& work : works) work();
        }
    }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<std::function<void()>> posted_;
};

inline constexpr Instant some_time = from_unix_ms(1'795'405'429'120);

inline std::unique_ptr<Database> must_open(const std::filesystem::path& file) {
    auto database = Database::open(file, some_time);
    if (!database) throw std::runtime_error(database.error().detail);
    return std::move(*database);
}

/// A store, one log on it, and waiting for its answers.
class LogInUse {
public:
    explicit LogInUse(const std::filesystem::path& file, QueueLimits limits = {})
        : store(must_open(file), limits), log(store, loop.post()) {}

    Result<Sequence> append(const CompanyId& company, std::uint64_t expected, std::vector<ports::StoredEvent> events) {
        std::optional<Result<Sequence>> answer;
        log.append(company, Sequence{expected}, std::move(events), [&](Result<Sequence> last) { answer = std::move(last); });
        loop.run_until([&] { return answer.has_value(); });
        return *answer;
    }
    Result<ports::History> load(const CompanyId& company) {
        std::optional<Result<ports::History>> answer;
        log.load(company, [&](Result<ports::History> history) { answer = std::move(history); });
        loop.run_until([&] { return answer.has_value(); });
        return *answer;
    }

    TestLoop loop;
    SqlStore store;
    SqlEventLog log;
};

inline ports::StoredEvent some_event(std::string data = "{}") {
    return {Sequence{}, some_time, "contact.created", "amina", "", std::move(data)};
}

}  // namespace calldocker::adapters::sql
