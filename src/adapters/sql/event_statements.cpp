#include "adapters/sql/event_statements.hpp"

#include <fmt/format.h>

namespace calldocker::adapters::sql {

using soci::into;
using soci::use;

EventStatements::EventStatements(soci::session& session)
    : session_(session),
      head_((session.prepare << "select coalesce(max(seq), 0) from events where company_id = :company", use(company_), into(number_))),
      insert_((session.prepare << "insert into events (company_id, seq, at_ms, type, actor, command_id, data) "
                                  "values (:company, :seq, :at, :type, :actor, :command, :data)",
               use(company_), use(number_), use(at_), use(type_), use(actor_), use(command_id_), use(data_))) {}

Sequence EventStatements::head_of(const CompanyId& company) {
    company_ = company.str();
    head_.execute(true);
    const Sequence head{static_cast<std::uint64_t>(number_)};
    // Reading past the only row ends the statement; left open it would keep the write-ahead log from starting over.
    while (head_.fetch()) {
    }
    return head;
}

Result<Sequence> EventStatements::append(const CompanyId& company, Sequence expected, const std::vector<ports::StoredEvent>& events) {
    const Sequence head = head_of(company);
    if (head != expected) return fail(ErrorCode::conflict, fmt::format("the log is at {}, not at {}", value_of(head), value_of(expected)));
    if (head == Sequence{}) {
        const long long created_at = to_unix_ms(events.front().at);
        session_ << "insert into companies (company_id, created_at_ms) values (:company, :at) on conflict (company_id) do nothing",
            use(company.str()), use(created_at);
    }
    Sequence last = head;
    for (const ports::StoredEvent& event : events) {
        last = next(last);
        number_ = static_cast<long long>(value_of(last));
        at_ = to_unix_ms(event.at);
        type_ = event.type;
        actor_ = event.actor;
        command_id_ = event.command_id;
        data_ = event.data;
        insert_.execute(true);
    }
    return last;
}

Result<> EventStatements::keep_snapshot(const CompanyId& company, const ports::StoredSnapshot& snapshot) {
    if (snapshot.sequence > head_of(company)) return fail(ErrorCode::conflict, "a snapshot of what the log does not hold");
    const auto sequence = static_cast<long long>(value_of(snapshot.sequence));
    const long long at = to_unix_ms(snapshot.at);
    session_ << "insert into snapshots (company_id, seq, at_ms, data) values (:company, :seq, :at, :data) "
                "on conflict (company_id) do update set seq = excluded.seq, at_ms = excluded.at_ms, data = excluded.data "
                "where excluded.seq > snapshots.seq",
        use(company.str()), use(sequence), use(at), use(snapshot.data);
    return {};
}

ports::History EventStatements::load(const CompanyId& company) {
    ports::History history;
    long long sequence = 0;
    long long at = 0;
    ports::StoredSnapshot snapshot;
    session_ << "select seq, at_ms, data from snapshots where company_id = :company", use(company.str()), into(sequence), into(at),
        into(snapshot.data);
    if (session_.got_data()) {
        snapshot.sequence = Sequence{static_cast<std::uint64_t>(sequence)};
        snapshot.at = from_unix_ms(at);
        history.snapshot = std::move(snapshot);
    }
    const long long after = sequence;
    ports::StoredEvent event;
    soci::statement tail = (session_.prepare << "select seq, at_ms, type, actor, command_id, data from events "
                                                "where company_id = :company and seq > :after order by seq",
                            use(company.str()), use(after), into(sequence), into(at), into(event.type), into(event.actor),
                            into(event.command_id), into(event.data));
    tail.execute();
    while (tail.fetch()) {
        event.sequence = Sequence{static_cast<std::uint64_t>(sequence)};
        event.at = from_unix_ms(at);
        history.tail.push_back(event);
    }
    return history;
}

std::vector<CompanyId> EventStatements::companies() {
    std::vector<CompanyId> ids;
    std::string id;
    soci::statement all = (session_.prepare << "select company_id from companies order by company_id", into(id));
    all.execute();
    while (all.fetch()) ids.emplace_back(id);
    return ids;
}

Instant EventStatements::newest() {
    // The last of each company by the primary key: events have no index by time, and a company's are in order of it.
    long long at = 0;
    session_ << "select coalesce(max((select at_ms from events where events.company_id = companies.company_id "
                "order by seq desc limit 1)), 0) from companies",
        into(at);
    return from_unix_ms(at);
}

}  // namespace calldocker::adapters::sql
