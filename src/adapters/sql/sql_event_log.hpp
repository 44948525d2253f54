#pragma once
#include <memory>

#include "adapters/sql/sql_store.hpp"
#include "ports/event_log.hpp"
#include "ports/post.hpp"

namespace calldocker::adapters::sql {

/// One shard's way to the store. Answers come through `post`, on the shard.
class SqlEventLog final : public ports::EventLog {
public:
    /// @param store  must outlive this
    SqlEventLog(SqlStore& store, ports::Post post);

    void append(const CompanyId& company, Sequence expected, std::vector<ports::StoredEvent> events, Appended done) override;
    void load(const CompanyId& company, Loaded done) override;
    void keep_snapshot(const CompanyId& company, ports::StoredSnapshot snapshot, Done done) override;
    void companies(Companies done) override;

private:
    template <class What>
    void submit(What what, std::size_t bytes);

    SqlStore& store_;
    std::shared_ptr<const ports::Post> post_;
};

}  // namespace calldocker::adapters::sql
