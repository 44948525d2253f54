#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/outbox.hpp"
#include "ports/event_log.hpp"

namespace calldocker::app {

/// The writing end of one company's log. Appends without waiting, tells the outbox how far the log is durable, and keeps snapshots. After a
/// failed append it writes nothing until restart(). It ignores completions of calls from before a restart, or that come after the journal
/// is gone.
class Journal {
public:
    using Broken = std::function<void()>;
    /// @param broken  called once for each break, from a completion
    Journal(CompanyId company, ports::EventLog& log, Outbox& outbox, Sequence durable, Broken broken);
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// Numbered on from the last event written. Must not be called while broken.
    void append(std::vector<ports::StoredEvent> events);
    /// The snapshot is kept once the log is durable up to it.
    void snapshot(ports::StoredSnapshot snapshot);
    /// After a break: the log ends at `durable`.
    void restart(Sequence durable);

    [[nodiscard]] Sequence durable() const { return durable_; }
    [[nodiscard]] bool is_broken() const { return broken_; }
    [[nodiscard]] bool has_unwritten() const { return written_ != durable_; }

private:
    void keep_snapshot();
    void appended(std::uint64_t era, const Result<Sequence>& last);

    CompanyId company_;
    ports::EventLog& log_;
    Outbox& outbox_;
    Broken on_break_;
    Sequence written_;
    Sequence durable_;
    bool broken_ = false;
    std::uint64_t era_ = 0;
    std::optional<ports::StoredSnapshot> snapshot_;
    std::shared_ptr<Journal*> self_;  // completions look through a weak pointer to it
};

}  // namespace calldocker::app
