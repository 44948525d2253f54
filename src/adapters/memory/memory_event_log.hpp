#pragma once
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "ports/event_log.hpp"
#include "ports/post.hpp"

namespace calldocker::adapters {

/// Plays the disk: it outlives the MemoryEventLog that writes it, as a file outlives a process.
struct MemoryFacts {
    struct Company {
        std::vector<ports::StoredEvent> events;
        std::optional<ports::StoredSnapshot> snapshot;
    };
    std::map<CompanyId, Company> companies;
};

/// The event log of tests and simulations. One thread. A request waits until the `post` of its shard runs it, so that callers meet the same
/// order as with a disk. A request that has not run when this is destroyed has not happened.
class MemoryEventLog final : public ports::EventLog {
public:
    /// @param facts  must outlive this and everything posted
    MemoryEventLog(MemoryFacts& facts, ports::Post post);

    void append(const CompanyId& company, Sequence expected, std::vector<ports::StoredEvent> events, Appended done) override;
    void load(const CompanyId& company, Loaded done) override;
    void keep_snapshot(const CompanyId& company, ports::StoredSnapshot snapshot, Done done) override;
    void companies(Companies done) override;

    /// From now on writes fail with `error` (a full disk), until heal().
    void break_writes(Error error) { broken_ = std::move(error); }
    void heal() { broken_.reset(); }

private:
    void later(std::function<void()> work);

    MemoryFacts& facts_;
    ports::Post post_;
    std::optional<Error> broken_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace calldocker::adapters
