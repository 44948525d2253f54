#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"

namespace calldocker::ports {

/// One durable fact of one company, as it is kept. `data` is the event's JSON, whose meaning is the domain's
/// (domain/company/fact.hpp) and never changes once written.
struct StoredEvent {
    Sequence sequence{};
    Instant at{};
    std::string type;        ///< "contact.created"
    std::string actor;       ///< a user id, or "system"
    std::string command_id;  ///< empty: none
    std::string data;
};

/// The events that hold people's texts. There may be so much of it that no snapshot repeats it.
inline constexpr std::string_view text_types[]{"contact.chat_said", "contact.notes_set"};

/// The whole state of a company at `sequence`, as JSON of the domain's making, without people's texts.
struct StoredSnapshot {
    Sequence sequence{};
    Instant at{};
    std::string data;
    Sequence texts_from{};  ///< the first event whose text the state has; none: no text
};

/// Everything that a restart needs: the newest snapshot, if any, the texts that it has left out, and every event after it, in order.
struct History {
    std::optional<StoredSnapshot> snapshot;
    std::vector<StoredEvent> tail;
    std::vector<StoredEvent> texts{};  ///< the events of text_types from `texts_from` up to the snapshot, in order
};

/// @return whether the snapshot leaves the event's text out: it is one of texts_from and later, up to the snapshot
[[nodiscard]] inline bool is_text_of(const StoredSnapshot& snapshot, const StoredEvent& event) {
    const bool is_text = std::find(std::begin(text_types), std::end(text_types), event.type) != std::end(text_types);
    return is_text && snapshot.texts_from != Sequence{} && event.sequence >= snapshot.texts_from && event.sequence <= snapshot.sequence;
}

/// The facts of each company, in order. Every method but companies() is scoped by company: there is no unscoped read.
/// Methods never block; completions run later, on the executor that the implementation was given for the caller's
/// shard, in the order of the calls. Contract (event_log_contract.hpp), run against every implementation: of two appends that expect the
/// same sequence exactly one wins; an append that succeeded survives a crash; appends of one company become durable in the order of the
/// calls, and after a failed one every later one that builds on it fails too (conflict). Only `overloaded` may overtake the answers of
/// earlier calls: it asks the caller to stop, and must not queue itself.
struct EventLog {
    virtual ~EventLog() = default;

    using Appended = std::function<void(Result<Sequence> last)>;
    using Loaded = std::function<void(Result<History>)>;
    using Companies = std::function<void(Result<std::vector<CompanyId>>)>;
    using Done = std::function<void(Result<>)>;

    /// Appends `events` (not empty; numbered from expected + 1 on) in one transaction.
    /// @errors conflict (the log is not at `expected`), unavailable (disk full, read-only…), overloaded (too much is waiting)
    virtual void append(const CompanyId& company, Sequence expected, std::vector<StoredEvent> events, Appended done) = 0;

    /// @errors unavailable, overloaded. A company without events has an empty history.
    virtual void load(const CompanyId& company, Loaded done) = 0;

    /// Replaces older snapshots; an older one changes nothing. Best effort: a lost snapshot costs time, never facts. A big one may be
    /// written in parts, between later calls, and is answered after them.
    /// @errors conflict (a snapshot of more than the log holds), unavailable, overloaded
    virtual void keep_snapshot(const CompanyId& company, StoredSnapshot snapshot, Done done) = 0;

    /// The companies that have events. @errors unavailable, overloaded
    virtual void companies(Companies done) = 0;
};

}  // namespace calldocker::ports
