#pragma once
#include <soci.h>

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "ports/event_log.hpp"

namespace calldocker::adapters::sql {

/// The prepared statements of the event log, on one connection. Every method runs in the caller's transaction and
/// throws soci_error for whatever the engine refuses.
class EventStatements {
public:
    explicit EventStatements(soci::session& session);

    /// @param known_head  where this very transaction has left the company's log; else it is looked up
    /// @errors conflict
    Result<Sequence> append(const CompanyId& company, Sequence expected, const std::vector<ports::StoredEvent>& events,
                            std::optional<Sequence> known_head = std::nullopt);
    /// A snapshot is one part after another, from 1 on, and then the word that it counts.
    void keep_snapshot_part(const CompanyId& company, Sequence sequence, long long part, const std::string& data);
    /// @param snapshot  whose data is in so many parts
    /// @errors conflict
    Result<> keep_snapshot(const CompanyId& company, const ports::StoredSnapshot& snapshot, long long parts);
    /// Removes one part that no snapshot in force has. @return whether there was one
    bool forget_old_part(const CompanyId& company);
    ports::History load(const CompanyId& company);
    std::vector<CompanyId> companies();
    /// When the newest of all events happened; the epoch where there is none.
    Instant newest();

private:
    Sequence head_of(const CompanyId& company);

    soci::session& session_;
    // What the statements are bound to; long long is the widest integer that SOCI exchanges.
    std::string company_;
    long long number_ = 0, at_ = 0;
    std::string type_, actor_, command_id_, data_;
    soci::statement head_, insert_;
};

}  // namespace calldocker::adapters::sql
