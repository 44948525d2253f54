#include "adapters/sql/sql_event_log.hpp"

#include <fmt/format.h>

#include <span>
#include <utility>
#include <variant>

#include "base/require.hpp"

namespace calldocker::adapters::sql {
namespace {

constexpr std::size_t job_overhead_bytes = 512;

std::size_t bytes_of(const std::vector<ports::StoredEvent>& events) {
    std::size_t bytes = 0;
    for (const auto& event : events)
        bytes += sizeof event + event.type.size() + event.actor.size() + event.command_id.size() + event.data.size();
    return bytes;
}

}  // namespace

SqlEventLog::SqlEventLog(SqlStore& store, ports::Post post, ports::Post at_end_of_round)
    : store_(store), post_(std::make_shared<const ports::Post>(std::move(post))), at_end_of_round_(std::move(at_end_of_round)) {}

template <class What>
void SqlEventLog::submit(What what, std::size_t bytes) {
    asked_.push_back({std::move(what), post_, job_overhead_bytes + bytes});
    if (!at_end_of_round_) return hand_over();
    if (asked_.size() == 1) at_end_of_round_([this] { hand_over(); });
}

void SqlEventLog::hand_over() {
    std::vector<SqlStore::Job> asked = std::exchange(asked_, {});
    for (SqlStore::Job& refused : std::span(asked).subspan(store_.submit(asked)))
        std::visit(
            [&](auto& what) {
                (*post_)([done = std::move(what.done)] {
                    done(fail(ErrorCode::overloaded, "too much is waiting to be written to the database"));
                });
            },
            refused.what);
}

void SqlEventLog::append(const CompanyId& company, Sequence expected, std::vector<ports::StoredEvent> events, Appended done) {
    require(!events.empty(), "an append has events");
    const std::size_t bytes = bytes_of(events);
    if (bytes > append_bytes_max) {
        (*post_)([done = std::move(done), bytes] {
            done(fail(ErrorCode::too_large, fmt::format("an append of {} bytes; at most {} are written at once", bytes, append_bytes_max)));
        });
        return;
    }
    submit(SqlStore::Append{company, expected, std::move(events), std::move(done)}, bytes);
}

void SqlEventLog::load(const CompanyId& company, Loaded done) { submit(SqlStore::Load{company, std::move(done)}, 0); }

void SqlEventLog::keep_snapshot(const CompanyId& company, ports::StoredSnapshot snapshot, Done done) {
    const std::size_t bytes = snapshot.data.size();
    submit(SqlStore::KeepSnapshot{company, std::move(snapshot), std::move(done)}, bytes);
}

void SqlEventLog::companies(Companies done) { submit(SqlStore::ListCompanies{std::move(done)}, 0); }

}  // namespace calldocker::adapters::sql
