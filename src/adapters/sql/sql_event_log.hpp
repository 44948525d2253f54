#pragma once
#include <memory>
#include <vector>

#include "adapters/sql/sql_store.hpp"
#include "ports/event_log.hpp"
#include "ports/post.hpp"

namespace calldocker::adapters::sql {

/// One shard's way to the store. Answers come through `post`, on the shard. What is asked in one round of the shard's loop is handed over
/// together at its end, so that the store's thread is woken once, and commits it together.
class SqlEventLog final : public ports::EventLog {
public:
    /// @param store           must outlive this
    /// @param at_end_of_round  runs a piece of work on the shard's thread when the round ends; without it everything is handed over at once
    SqlEventLog(SqlStore& store, ports::Post post, ports::Post at_end_of_round = nullptr);

    void append(const CompanyId& company, Sequence expected, std::vector<ports::StoredEvent> events, Appended done) override;
    void load(const CompanyId& company, Loaded done) override;
    void keep_snapshot(const CompanyId& company, ports::StoredSnapshot snapshot, Done done) override;
    void companies(Companies done) override;

private:
    template <class What>
    void submit(What what, std::size_t bytes);
    void hand_over();

    SqlStore& store_;
    std::shared_ptr<const ports::Post> post_;
    ports::Post at_end_of_round_;
    std::vector<SqlStore::Job> asked_;  ///< in this round
};

}  // namespace calldocker::adapters::sql
