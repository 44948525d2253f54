#pragma once
#include "domain/contacts/contact_rules.hpp"

/// Actions of the people in a contact. As in contact_rules.hpp: pure; facts, or the reason for a refusal.
namespace calldocker::domain {

/// @errors gone, conflict (not in a call)
[[nodiscard]] Result<ContactFacts> hold(const Contact& contact, const UserId& by);
[[nodiscard]] Result<ContactFacts> resume(const Contact& contact);
/// @errors conflict (nobody has it)
[[nodiscard]] Result<ContactFacts> set_muted(const Contact& contact, const UserId& by, bool muted);
/// The server passes keypad digits (card numbers, PINs) on to the other party and keeps them nowhere: they are no fact.
/// @return which party presses the keys. @errors gone, conflict (nobody has it)
[[nodiscard]] Result<Party> who_presses(const Contact& contact, const UserId& user);
/// @errors gone
[[nodiscard]] Result<ContactFacts> say(const Contact& contact, const Person& by, std::string text);
/// An agent's notes and outcome of a contact, during it and while wrapping it up.
[[nodiscard]] Result<ContactFacts> set_notes(const Contact& contact, const Person& by, std::string notes);
[[nodiscard]] Result<ContactFacts> set_disposition(const Contact& contact, const Person& by, std::string disposition);

struct Handover {
    Person by;
    Entry entry;  ///< into the queue, or of the queue that it stays in
    UserId to;    ///< empty: any agent that the queue chooses
    std::string note;
};
/// Hands over without asking. Also of a waiting contact, which is given to an agent or moved.
/// @errors gone, conflict (it cannot be handed over now)
[[nodiscard]] Result<ContactFacts> transfer(const Contact& contact, const Queue& queue, const Handover& handover);

/// @errors gone, conflict (not in a call, or somebody is asked already), overloaded (others_max)
[[nodiscard]] Result<ContactFacts> consult(const Contact& contact, const Queue& queue, const UserId& by, Person whom, std::string note);
[[nodiscard]] Result<ContactFacts> cancel_consult(const Contact& contact);
/// The colleague has it from now on. @errors conflict (nobody has joined)
[[nodiscard]] Result<ContactFacts> complete_transfer(const Contact& contact, const Queue& queue);
[[nodiscard]] Result<ContactFacts> start_conference(const Contact& contact);

/// @errors conflict (nobody has it, or one has it oneself), overloaded (others_max)
[[nodiscard]] Result<ContactFacts> supervise(const Contact& contact, const Accepting& by, std::optional<SupervisionMode> mode);
[[nodiscard]] Result<ContactFacts> take_over(const Contact& contact, const Queue& queue, const Accepting& by);

/// @errors conflict (no wrap-up of this agent, or as often as the queue allows)
[[nodiscard]] Result<ContactFacts> extend_wrap_up(const Contact& contact, const Queue& queue, const UserId& agent);
[[nodiscard]] Result<ContactFacts> end_wrap_up(const Contact& contact, const UserId& agent);

/// @errors conflict (not waiting)
[[nodiscard]] Result<ContactFacts> keep_place(const Contact& contact);
/// With `at_the_limit`, the system asks for the visitor. @errors forbidden (the queue makes none), conflict (not waiting)
[[nodiscard]] Result<ContactFacts> request_callback(const Contact& contact, const Queue& queue, std::string phone, std::string note,
                                                    bool at_the_limit);

/// The call ends and a recording replaces it. @errors conflict (somebody has it already, or it is a recording)
[[nodiscard]] Result<ContactFacts> leave_for_voicemail(const Contact& contact);

}  // namespace calldocker::domain
