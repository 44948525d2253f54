#pragma once
#include "domain/company/state.hpp"
#include "domain/presence/held_offers.hpp"
#include "domain/presence/presence.hpp"

/// Facts and presence as one session may see them.
namespace calldocker::app {

[[nodiscard]] domain::QueueRef queue_ref(const domain::Queue& queue);
[[nodiscard]] domain::ParticipantView participant_view(const domain::Joined& joined);
/// Notes, participants, offers and why are for staff alone; the visitor's part ends with the call.
[[nodiscard]] domain::ContactView view_of(const domain::Contact& contact, const domain::Session& viewer, const domain::State& state,
                                          const domain::HeldOffers& offers);
[[nodiscard]] domain::AgentView view_of_agent(const UserId& agent, const domain::State& state, const domain::Presence& presence);
[[nodiscard]] domain::Snapshot snapshot_of(const domain::Session& viewer, const domain::State& state, const domain::Presence& presence,
                                           const domain::HeldOffers& offers);
/// The users of a room that the viewer may see, in order of joining.
[[nodiscard]] std::vector<UserId> users_seen_by(const domain::Session& viewer, const domain::Room& room, const domain::Presence& presence);

}  // namespace calldocker::app
