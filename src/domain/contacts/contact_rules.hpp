#pragma once
#include "domain/configuration/queue.hpp"
#include "domain/contacts/contact.hpp"
#include "domain/messages/identity.hpp"

/// The facts that a command means for one contact in its present state. Pure: no clock, no I/O, no exception. Each function returns the
/// facts to append, in order; none when nothing changes (a repeated command). `queue` is the contact's own. These rules do not ask whether
/// the sender may send the command: the table in domain/permissions has answered that before.
namespace calldocker::domain {

struct Accepting {
    UserId agent;
    std::string name;
    Endpoint endpoint;
};

/// One compare-and-set; for a consultation it joins it. A voicemail needs no media and is connected at once.
/// @errors reservation_lost (another accept won, or it is no longer offered to this agent): normal in races; gone (it is over)
[[nodiscard]] Result<ContactFacts> accept(const Contact& contact, const Queue& queue, const Accepting& by);
/// The answer of a version 1 page is its accept; such an agent has no reservation to hold, only the room's offer.
/// @errors reservation_lost (somebody else has answered), forbidden (by its own visitor), gone
[[nodiscard]] Result<ContactFacts> answer(const Contact& contact, const Accepting& by);
/// @errors reservation_lost (it is not offered to this agent)
[[nodiscard]] Result<ContactFacts> decline(const Contact& contact, const UserId& agent, std::string reason);

struct Ending {
    UserId user;
    Role role{};
    std::string cause;
};
/// The `cause` by which an agent says that a callback's visitor did not answer: the callback is tried again.
inline constexpr std::string_view no_answer = "no_answer";
/// A party ends it; a consultant, a guest or a supervisor leaves; before an accept, staff that it rings in a room may end it too.
/// @errors gone, conflict (somebody else has it)
[[nodiscard]] Result<ContactFacts> end(const Contact& contact, const Queue& queue, const Ending& by);

/// @errors conflict (nobody has accepted it, or another session carries the media)
[[nodiscard]] Result<ContactFacts> report_media(const Contact& contact, const UserId& user, const SessionId& session, bool up);
/// All users that it rings hear that they need not answer. Empty: it rings nobody.
[[nodiscard]] ContactFacts revoke_offers(const Contact& contact, RevokeReason reason);

/// The agent has the visitor on the telephone. @errors gone, conflict (no callback to a number)
[[nodiscard]] Result<ContactFacts> reached(const Contact& contact);
/// This session carries the media of somebody in the contact. @errors gone, conflict (takes no part yet)
[[nodiscard]] Result<ContactFacts> claim_media(const Contact& contact, const UserId& user, const Endpoint& endpoint);

/// What becomes of a contact whose deadline is due. The company handles the limits of waiting (wait_deadline_of), so these are left out
/// here.
[[nodiscard]] ContactFacts expire(const Contact& contact, const Queue& queue, Instant now);

/// The wrap-up that an agent has after a contact, if media was up; zero: none. Original pages know no wrap-up.
[[nodiscard]] Milliseconds wrap_up_after(const Contact& contact, const Queue& queue);

/// A version 1 page cannot be asked for a new offer, and its first one has gone to the agent who accepted.
[[nodiscard]] bool can_be_requeued(const Contact& contact);
/// Back to the front, or the end if that is not possible.
[[nodiscard]] ContactFacts requeue(const Contact& contact, std::string cause, Milliseconds wrap_up);
/// The agent is lost: a colleague who advises or has joined keeps the visitor, else the contact is requeued.
[[nodiscard]] ContactFacts give_up_agent(const Contact& contact);

}  // namespace calldocker::domain
