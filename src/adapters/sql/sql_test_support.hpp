#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/database.hpp"
#include "adapters/sql/sql_event_log.hpp"
#include "adapters/sql/sql_store.hpp"
#include "base/testing/temporary_folder.hpp"
#include "ports/testing/test_loop.hpp"

namespace calldocker::adapters::sql {

using ports::TestLoop;

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
