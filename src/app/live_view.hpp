#pragma once
#include "domain/company/state.hpp"
#include "domain/permissions/supervision.hpp"
#include "domain/presence/presence.hpp"

/// A company as its staff may see it. Every figure is a fold of the log.
namespace calldocker::app {

/// Contacts of a live view; the total is told beside it.
inline constexpr std::size_t live_contacts_shown_max = 500;

/// @param mine  whom the watcher looks after; others are left out
[[nodiscard]] domain::LiveView live_view_of(const domain::State& state, const domain::Presence& presence, const domain::Supervision& mine,
                                            Instant now);
/// Whom to consult or hand over to, and the company's words.
[[nodiscard]] domain::Directory directory_of(const domain::State& state, const domain::Presence& presence);

}  // namespace calldocker::app
