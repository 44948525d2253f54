#pragma once
#include "domain/contacts/contact.hpp"
#include "domain/messages/identity.hpp"

/// What a command means for one contact. Pure: no clock, no I/O, no exception. Each returns the facts to append, in
/// order; none when nothing changes (a repeated command).
namespace calldocker::domain {

struct Accepting {
    UserId agent;
    std::string name;
    Endpoint endpoint;
};

/// One compare-and-set. @errors reservation_lost (another accept won, or it is no longer offered to this agent): normal in races
[[nodiscard]] Result<ContactFacts> accept(const Contact& contact, const Accepting& by);
/// The answer of a version 1 page is its accept; such an agent has no reservation to hold, only the room's offer.
/// @errors reservation_lost (somebody else has answered), forbidden (by its own visitor)
[[nodiscard]] Result<ContactFacts> answer(const Contact& contact, const Accepting& by);
/// @errors reservation_lost (it is not offered to this agent)
[[nodiscard]] Result<ContactFacts> decline(const Contact& contact, const UserId& agent, std::string reason);

struct Ending {
    UserId user;
    Role role{};
    std::string cause;
};
/// By a party; before an accept by its visitor, and by staff where `staff_may` (version 1, being in the room).
/// @errors forbidden
[[nodiscard]] Result<ContactFacts> end(const Contact& contact, const Ending& by, bool staff_may);

/// @errors forbidden (not a party, or not the session that carries its media)
[[nodiscard]] Result<ContactFacts> report_media(const Contact& contact, const UserId& user, const SessionId& session, bool up);
/// @errors forbidden (not a party)
[[nodiscard]] Result<ContactFacts> claim_media(const Contact& contact, const UserId& user, const Endpoint& endpoint);

/// What becomes of a contact whose deadline is due.
[[nodiscard]] ContactFacts expire(const Contact& contact, Instant now);

}  // namespace calldocker::domain
