#include "adapters/memory/memory_event_log.hpp"

#include <fmt/format.h>

#include <iterator>
#include <memory>
#include <utility>

#include "base/require.hpp"

namespace calldocker::adapters {
namespace {

Sequence head_of(const MemoryFacts::Company& company) { return Sequence{company.events.size()}; }

Result<Sequence> append_to(MemoryFacts& facts, const CompanyId& id, Sequence expected, std::vector<ports::StoredEvent> events) {
    const auto known = facts.companies.find(id);
    const Sequence head = known == facts.companies.end() ? Sequence{} : head_of(known->second);
    if (head != expected) return fail(ErrorCode::conflict, fmt::format("the log is at {}, not at {}", value_of(head), value_of(expected)));
    auto& kept = facts.companies[id].events;
    for (ports::StoredEvent& event : events) {
        event.sequence = Sequence{kept.size() + 1};
        kept.push_back(std::move(event));
    }
    return Sequence{kept.size()};
}

ports::History history_of(const MemoryFacts& facts, const CompanyId& id) {
    const auto known = facts.companies.find(id);
    if (known == facts.companies.end()) return {};
    const auto& events = known->second.events;
    const auto& snapshot = known->second.snapshot;
    const auto skipped = snapshot ? static_cast<std::ptrdiff_t>(value_of(snapshot->sequence)) : 0;
    ports::History history{snapshot, {std::next(events.begin(), skipped), events.end()}, {}};
    if (snapshot)
        std::copy_if(events.begin(), events.end(), std::back_inserter(history.texts),
                     [&](const ports::StoredEvent& event) { return ports::is_text_of(*snapshot, event); });
    return history;
}

Result<> keep(MemoryFacts& facts, const CompanyId& id, ports::StoredSnapshot snapshot) {
    const auto known = facts.companies.find(id);
    if (known == facts.companies.end() || snapshot.sequence > head_of(known->second))
        return fail(ErrorCode::conflict, "a snapshot of what the log does not hold");
    auto& kept = known->second.snapshot;
    if (!kept || kept->sequence < snapshot.sequence) kept = std::move(snapshot);
    return {};
}

}  // namespace

MemoryEventLog::MemoryEventLog(MemoryFacts& facts, ports::Post post) : facts_(facts), post_(std::move(post)) {}

void MemoryEventLog::later(std::function<void()> work) {
    post_([alive = std::weak_ptr<bool>(alive_), work = std::move(work)] {
        if (!alive.expired()) work();
    });
}

void MemoryEventLog::append(const CompanyId& company, Sequence expected, std::vector<ports::StoredEvent> events, Appended done) {
    require(!events.empty(), "an append has events");
    later([this, company, expected, events = std::move(events), done = std::move(done)]() mutable {
        if (broken_) return done(fail(*broken_));
        done(append_to(facts_, company, expected, std::move(events)));
    });
}

void MemoryEventLog::load(const CompanyId& company, Loaded done) {
    later([this, company, done = std::move(done)] { done(history_of(facts_, company)); });
}

void MemoryEventLog::keep_snapshot(const CompanyId& company, ports::StoredSnapshot snapshot, Done done) {
    later([this, company, snapshot = std::move(snapshot), done = std::move(done)]() mutable {
        if (broken_) return done(fail(*broken_));
        done(keep(facts_, company, std::move(snapshot)));
    });
}

void MemoryEventLog::companies(Companies done) {
    later([this, done = std::move(done)] {
        std::vector<CompanyId> ids;
        for (const auto& [id, company] : facts_.companies) ids.push_back(id);
        done(std::move(ids));
    });
}

}  // namespace calldocker::adapters
