#pragma once
#include "base/result.hpp"
#include "domain/company/state.hpp"
#include "ports/event_log.hpp"

/// Facts and state as JSON texts, and back.
namespace calldocker::app::codec {

[[nodiscard]] ports::StoredEvent to_stored(const domain::Event& event);
/// @errors invalid (not JSON, or of a type that this version does not know)
[[nodiscard]] Result<domain::Event> from_stored(const ports::StoredEvent& stored);

[[nodiscard]] ports::StoredSnapshot to_stored(const domain::State& state, Instant at);
/// @errors invalid (not JSON)
[[nodiscard]] Result<domain::State> from_stored(const ports::StoredSnapshot& stored);

/// Snapshot and tail, folded. @errors invalid (which event, and why)
[[nodiscard]] Result<domain::State> replay(const ports::History& history);

}  // namespace calldocker::app::codec
