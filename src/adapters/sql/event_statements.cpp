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

Result<Sequence> EventStatements::append(const CompanyId& company, Sequence expected, const std::vector<ports::StoredEvent>& events,
                                         std::optional<Sequence> known_head) {
    const Sequence head = known_head ? *known_head : head_of(company);
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

void EventStatements::keep_snapshot_part(const CompanyId& company, Sequence sequence, long long part, const std::string& data) {
    const auto number = static_cast<long long>(value_of(sequence));
    session_ << "insert into snapshot_parts (company_id, seq, part, data) values (:company, :seq, :part, :data) "
                "on conflict (company_id, seq, part) do update set data = excluded.data",
        use(company.str()), use(number), use(part), use(data);
}

Result<> EventStatements::keep_snapshot(const CompanyId& company, const ports::StoredSnapshot& snapshot, long long parts) {
    if (snapshot.sequence > head_of(company)) return fail(ErrorCode::conflict, "a snapshot of what the log does not hold");
    const auto sequence = static_cast<long long>(value_of(snapshot.sequence));
    const auto texts_from = static_cast<long long>(value_of(snapshot.texts_from));
    const long long at = to_unix_ms(snapshot.at);
    session_ << "insert into snapshots (company_id, seq, at_ms, texts_from_seq, parts) values (:company, :seq, :at, :texts, :parts) "
                "on conflict (company_id) do update set seq = excluded.seq, at_ms = excluded.at_ms, "
                "texts_from_seq = excluded.texts_from_seq, parts = excluded.parts where excluded.seq > snapshots.seq",
        use(company.str()), use(sequence), use(at), use(texts_from), use(parts);
    return {};
}

bool EventStatements::forget_old_part(const CompanyId& company) {
    long long sequence = 0, part = 0;
    session_ << "select p.seq, p.part from snapshot_parts p join snapshots s on s.company_id = p.company_id and p.seq < s.seq "
                "where p.company_id = :company order by p.seq, p.part limit 1",
        use(company.str()), into(sequence), into(part);
    if (!session_.got_data()) return false;
    session_ << "delete from snapshot_parts where company_id = :company and seq = :seq and part = :part", use(company.str()), use(sequence),
        use(part);
    return true;
}

ports::History EventStatements::load(const CompanyId& company) {
    ports::History history;
    long long sequence = 0, at = 0, texts_from = 0, parts = 0;
    session_ << "select seq, at_ms, texts_from_seq, parts from snapshots where company_id = :company", use(company.str()), into(sequence),
        into(at), into(texts_from), into(parts);
    const long long after = session_.got_data() ? sequence : 0;
    if (after > 0) {
        ports::StoredSnapshot snapshot{
            Sequence{static_cast<std::uint64_t>(sequence)}, from_unix_ms(at), {}, Sequence{static_cast<std::uint64_t>(texts_from)}};
        std::string part;
        soci::statement all = (session_.prepare << "select data from snapshot_parts where company_id = :company and seq = :seq "
                                                   "and part <= :parts order by part",
                               use(company.str()), use(after), use(parts), into(part));
        all.execute();
        while (all.fetch()) snapshot.data += part;
        history.snapshot = std::move(snapshot);
    }
    ports::StoredEvent event;
    const auto read = [&](soci::statement& statement, std::vector<ports::StoredEvent>& events) {
        statement.execute();
        while (statement.fetch()) {
            event.sequence = Sequence{static_cast<std::uint64_t>(sequence)};
            event.at = from_unix_ms(at);
            events.push_back(event);
        }
    };
    if (texts_from > 0) {
        const std::string chat(ports::text_types[0]), notes(ports::text_types[1]);
        soci::statement texts = (session_.prepare << "select seq, at_ms, type, actor, command_id, data from events "
                                                     "where company_id = :company and seq >= :first and seq <= :last "
                                                     "and type in (:chat, :notes) order by seq",
                                 use(company.str()), use(texts_from), use(after), use(chat), use(notes), into(sequence), into(at),
                                 into(event.type), into(event.actor), into(event.command_id), into(event.data));
        read(texts, history.texts);
    }
    soci::statement tail = (session_.prepare << "select seq, at_ms, type, actor, command_id, data from events "
                                                "where company_id = :company and seq > :after order by seq",
                            use(company.str()), use(after), into(sequence), into(at), into(event.type), into(event.actor),
                            into(event.command_id), into(event.data));
    read(tail, history.tail);
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
