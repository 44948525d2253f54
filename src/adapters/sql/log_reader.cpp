#include "adapters/sql/log_reader.hpp"

#include <soci.h>

#include <utility>

#include "adapters/sql/database.hpp"
#include "adapters/sql/event_statements.hpp"

namespace calldocker::adapters::sql {
namespace {

// One statement must not stay open for as long as somebody reads what is told: the write-ahead log could not start over.
constexpr long long events_at_once = 1'000;

std::vector<ports::StoredEvent> some_events(soci::session& session, const CompanyId& company, Sequence from) {
    const auto first = static_cast<long long>(value_of(from));
    long long sequence = 0, at = 0;
    ports::StoredEvent event;
    soci::statement page = (session.prepare << "select seq, at_ms, type, actor, command_id, data from events "
                                               "where company_id = :company and seq >= :first order by seq limit :most",
                            soci::use(company.str()), soci::use(first), soci::use(events_at_once), soci::into(sequence), soci::into(at),
                            soci::into(event.type), soci::into(event.actor), soci::into(event.command_id), soci::into(event.data));
    std::vector<ports::StoredEvent> events;
    page.execute();
    while (page.fetch()) {
        event.sequence = Sequence{static_cast<std::uint64_t>(sequence)};
        event.at = from_unix_ms(at);
        events.push_back(event);
    }
    return events;
}

}  // namespace

LogReader::LogReader(std::unique_ptr<Database> database) : database_(std::move(database)) {}
LogReader::~LogReader() = default;
LogReader::LogReader(LogReader&&) noexcept = default;
LogReader& LogReader::operator=(LogReader&&) noexcept = default;

Result<LogReader> LogReader::open(const std::filesystem::path& file) {
    auto database = Database::open_read_only(file);
    if (!database) return fail(database.error());
    return LogReader(std::move(*database));
}

Result<std::vector<CompanyId>> LogReader::companies() {
    std::vector<CompanyId> ids;
    const auto read = database_->read([&](soci::session& session) { ids = EventStatements(session).companies(); });
    if (!read) return fail(read.error());
    return ids;
}

Result<Instant> LogReader::newest_event() {
    Instant newest{};
    const auto read = database_->read([&](soci::session& session) { newest = EventStatements(session).newest(); });
    if (!read) return fail(read.error());
    return newest;
}

Result<ports::History> LogReader::history(const CompanyId& company) {
    ports::History history;
    const auto read = database_->read([&](soci::session& session) { history = EventStatements(session).load(company); });
    if (!read) return fail(read.error());
    return history;
}

Result<> LogReader::events(const CompanyId& company, Sequence from, const std::function<Result<>(const ports::StoredEvent&)>& tell) {
    for (;;) {
        std::vector<ports::StoredEvent> page;
        const auto read = database_->read([&](soci::session& session) { page = some_events(session, company, from); });
        if (!read) return read;
        if (page.empty()) return {};
        for (const ports::StoredEvent& event : page)
            if (const auto told = tell(event); !told) return told;
        from = next(page.back().sequence);
    }
}

Result<std::set<std::string>> LogReader::recordings(const CompanyId& company) {
    std::set<std::string> recordings;
    const auto read = database_->read([&](soci::session& session) {
        std::string recording;
        soci::statement all = (session.prepare << "select json_extract(data, '$.recording') from events where company_id = :company "
                                                  "and type = 'contact.created' and json_extract(data, '$.recording') is not null",
                               soci::use(company.str()), soci::into(recording));
        all.execute();
        while (all.fetch()) recordings.insert(recording);
    });
    if (!read) return fail(read.error());
    return recordings;
}

}  // namespace calldocker::adapters::sql
