#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "ports/event_log.hpp"

namespace calldocker::adapters::sql {

class Database;

/// The log for those who only look: the command line, and what tidies up. A connection of its own, which changes
/// nothing and keeps no server waiting that writes meanwhile. Blocks.
class LogReader {
public:
    /// @errors not_found (no such file), unavailable
    static Result<LogReader> open(const std::filesystem::path& file);
    ~LogReader();
    LogReader(LogReader&&) noexcept;
    LogReader& operator=(LogReader&&) noexcept;

    /// @errors unavailable
    [[nodiscard]] Result<std::vector<CompanyId>> companies();
    /// When the newest of all companies' events happened; the epoch where there is none. @errors unavailable
    [[nodiscard]] Result<Instant> newest_event();
    /// The newest snapshot and what follows it. @errors unavailable
    [[nodiscard]] Result<ports::History> history(const CompanyId& company);
    /// Tells all events from number `from` on, in order, until `tell` has an error.
    /// @errors unavailable, and those of `tell`
    Result<> events(const CompanyId& company, Sequence from, const std::function<Result<>(const ports::StoredEvent&)>& tell);
    /// The recordings that the company's contacts have ever named. @errors unavailable
    [[nodiscard]] Result<std::set<std::string>> recordings(const CompanyId& company);

private:
    explicit LogReader(std::unique_ptr<Database> database);
    std::unique_ptr<Database> database_;
};

}  // namespace calldocker::adapters::sql
