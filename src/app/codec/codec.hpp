#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/company/state.hpp"
#include "ports/event_log.hpp"

/// Facts and state as JSON texts, and back.
namespace calldocker::app::codec {

/// How this version writes. An event or a snapshot of a later format says so in a member `format`; without one it is of the first.
inline constexpr int format = 1;

[[nodiscard]] ports::StoredEvent to_stored(const domain::Event& event);
/// @errors invalid: not JSON, or written in a way that this version does not know (type, format, member, word, kind). The detail
/// has the sequence and the path of the member; never a value, which may be personal. The same for snapshots
[[nodiscard]] Result<domain::Event> from_stored(const ports::StoredEvent& stored);

[[nodiscard]] ports::StoredSnapshot to_stored(const domain::State& state, Instant at);
/// @param texts  the events that it leans on (ports::History)
[[nodiscard]] Result<domain::State> from_stored(const ports::StoredSnapshot& stored, const std::vector<ports::StoredEvent>& texts);

/// The settings of a company, as one document: {company, queues, agents}. Omitted members take their defaults. The default queue is always
/// there.
[[nodiscard]] std::string to_json(const domain::Configuration& configuration);
/// @errors invalid: not JSON, an unknown member, or a member of another kind; the detail has its path
[[nodiscard]] Result<domain::Configuration> configuration_from_json(std::string_view text);

/// Snapshot and tail, folded. @errors invalid (which event, and why)
[[nodiscard]] Result<domain::State> replay(const ports::History& history);

}  // namespace calldocker::app::codec
