#include "main/log_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>
#include <variant>

#include "adapters/sql/log_reader.hpp"
#include "app/codec/codec.hpp"
#include "main/live_page.hpp"
#include "main/log_text.hpp"
#include "main/routing_reasons.hpp"

namespace calldocker::main {
namespace {

using adapters::sql::LogReader;

Result<LogReader> reader_of(const std::filesystem::path& database, const CompanyId& company) {
    auto reader = LogReader::open(database);
    if (!reader) return reader;
    const auto companies = reader->companies();
    if (!companies) return fail(companies.error());
    if (std::find(companies->begin(), companies->end(), company) == companies->end())
        return fail(ErrorCode::not_found, fmt::format("{} has no company {}", database.string(), company));
    return reader;
}

void tell_state(const CompanyId& company, const domain::State& state, bool as_json, Instant now, const Tell& tell) {
    tell(as_json ? app::codec::to_stored(state, now).data + "\n" : live_page(company, state, now));
}

const domain::fact::ContactOffered* offer_in(const domain::Event& event) {
    const auto* fact = std::get_if<domain::ContactFact>(&event.fact);
    return fact == nullptr ? nullptr : std::get_if<domain::fact::ContactOffered>(fact);
}

Error unknown_contact(const CompanyId& company, const ContactId& call) {
    return {ErrorCode::not_found, fmt::format("company {} has had no contact {}", company, call)};
}

}  // namespace

Result<> list_companies(const std::filesystem::path& database, const Tell& tell) {
    auto reader = LogReader::open(database);
    if (!reader) return fail(reader.error());
    const auto companies = reader->companies();
    if (!companies) return fail(companies.error());
    for (const CompanyId& company : *companies) tell(company.str() + "\n");
    return {};
}

Result<> show_company(const std::filesystem::path& database, const CompanyId& company, bool as_json, Instant now, const Tell& tell) {
    auto reader = reader_of(database, company);
    if (!reader) return fail(reader.error());
    const auto history = reader->history(company);
    if (!history) return fail(history.error());
    const auto state = app::codec::replay(*history);
    if (!state) return fail(state.error().code, fmt::format("company {}: {}", company, state.error().detail));
    tell_state(company, *state, as_json, now, tell);
    return {};
}

Result<> export_log(const std::filesystem::path& database, const CompanyId& company, Sequence from, const Tell& tell) {
    auto reader = reader_of(database, company);
    if (!reader) return fail(reader.error());
    return reader->events(company, from, [&](const ports::StoredEvent& event) -> Result<> {
        tell(export_line(event) + "\n");
        return {};
    });
}

Result<> show_log(const std::filesystem::path& database, const CompanyId& company, const ContactId& call, const Tell& tell) {
    auto reader = reader_of(database, company);
    if (!reader) return fail(reader.error());
    bool any = call.empty();
    const auto read = reader->events(company, Sequence{1}, [&](const ports::StoredEvent& event) -> Result<> {
        if (!call.empty() && call_of(event) != call.view()) return {};
        any = true;
        tell(line_of(event) + "\n");
        return {};
    });
    if (!read) return read;
    if (!any) return fail(unknown_contact(company, call));
    return {};
}

Result<> explain_offers(const std::filesystem::path& database, const CompanyId& company, const ContactId& call, const Tell& tell) {
    auto reader = reader_of(database, company);
    if (!reader) return fail(reader.error());
    domain::State state;
    bool has_been = false, was_offered = false;
    const auto read = reader->events(company, Sequence{1}, [&](const ports::StoredEvent& stored) -> Result<> {
        const auto event = app::codec::from_stored(stored);
        if (!event) return fail(event.error().code, fmt::format("company {}: {}", company, event.error().detail));
        if (const auto* offered = offer_in(*event); offered != nullptr && offered->call == call && state.contact(call) != nullptr) {
            tell((was_offered ? "\n" : "") + explain(state, *event, *offered));
            was_offered = true;
        }
        apply(state, *event);
        has_been = has_been || state.contact(call) != nullptr;
        return {};
    });
    if (!read) return read;
    if (!has_been) return fail(unknown_contact(company, call));
    if (!was_offered) tell(fmt::format("{} has not been offered to anybody\n", call));
    return {};
}

Result<> replay_log(const std::filesystem::path& file, std::optional<Sequence> at, bool as_json, const Tell& tell) {
    std::ifstream lines(file);
    if (!lines) return fail(ErrorCode::not_found, fmt::format("can't read {}", file.string()));
    domain::State state;
    Instant now{};
    std::string line;
    for (std::size_t number = 1; state.sequence() != at && std::getline(lines, line); ++number) {
        const auto wrong = [&](const std::string& why) {
            return fail(ErrorCode::invalid, fmt::format("{} line {}: {}", file.string(), number, why));
        };
        const auto stored = import_line(line);
        if (!stored) return wrong(stored.error().detail);
        if (stored->sequence != next(state.sequence()))
            return wrong(fmt::format("event {} where {} comes next; a replay needs all events from the first on",
                                     value_of(stored->sequence), value_of(next(state.sequence()))));
        const auto event = app::codec::from_stored(*stored);
        if (!event) return wrong(event.error().detail);
        apply(state, *event);
        now = event->at;
    }
    if (at && state.sequence() != *at)
        return fail(ErrorCode::not_found, fmt::format("{} ends at event {}", file.string(), value_of(state.sequence())));
    tell_state(CompanyId(file.stem().string()), state, as_json, now, tell);
    return {};
}

}  // namespace calldocker::main
