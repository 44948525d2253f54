#pragma once
#include "domain/contacts/contact_rules.hpp"

/// What the people in a contact do with it. As contact_rules.hpp: pure; facts, or why not.
namespace calldocker::domain {

/// @errors forbidden (not its agent), conflict (not in a call, or colleagues are in it)
[[nodiscard]] Result<ContactFacts> hold(const Contact& contact, const UserId& by);
[[nodiscard]] Result<ContactFacts> resume(const Contact& contact, const UserId& by);
/// @errors forbidden (not a party)
[[nodiscard]] Result<ContactFacts> set_muted(const Contact& contact, const UserId& by, bool muted);
[[nodiscard]] Result<ContactFacts> press_keys(const Contact& contact, const UserId& by, std::string digits);
/// By the visitor, the agent, and who has joined. @errors forbidden
[[nodiscard]] Result<ContactFacts> say(const Contact& contact, const Person& by, std::string text);
/// By who has it, or wraps it up. @errors forbidden
[[nodiscard]] Result<ContactFacts> set_notes(const Contact& contact, const Person& by, std::string notes);
[[nodiscard]] Result<ContactFacts> set_disposition(const Contact& contact, const Person& by, std::string disposition);

struct Handover {
    Person by;
    bool supervises{};  ///< may do so in the agent's place
    Entry entry;        ///< into the queue, or of the queue that it stays in
    UserId to;          ///< empty: whoever the queue gives it to
    std::string note;
};
/// Without asking. A waiting contact can be given to an agent, or moved, by a supervisor.
/// @errors forbidden, conflict (it cannot be handed over now)
[[nodiscard]] Result<ContactFacts> transfer(const Contact& contact, const Queue& queue, const Handover& handover);

/// @errors forbidden (not its agent), conflict (not in a call, or somebody is asked already), overloaded (others_max)
[[nodiscard]] Result<ContactFacts> consult(const Contact& contact, const Queue& queue, const UserId& by, Person whom, std::string note);
[[nodiscard]] Result<ContactFacts> cancel_consult(const Contact& contact, const UserId& by);
/// The colleague has it from here on. @errors conflict (nobody has joined)
[[nodiscard]] Result<ContactFacts> complete_transfer(const Contact& contact, const Queue& queue, const UserId& by);
[[nodiscard]] Result<ContactFacts> start_conference(const Contact& contact, const UserId& by);

/// @errors conflict (nobody has it, or one has it oneself), overloaded (others_max)
[[nodiscard]] Result<ContactFacts> supervise(const Contact& contact, const Accepting& by, std::optional<SupervisionMode> mode);
[[nodiscard]] Result<ContactFacts> take_over(const Contact& contact, const Queue& queue, const Accepting& by);

/// @errors forbidden (no wrap-up of this agent), conflict (as often as the queue allows)
[[nodiscard]] Result<ContactFacts> extend_wrap_up(const Contact& contact, const Queue& queue, const UserId& agent);
[[nodiscard]] Result<ContactFacts> end_wrap_up(const Contact& contact, const UserId& agent);

/// By its visitor. @errors forbidden, conflict (not waiting)
[[nodiscard]] Result<ContactFacts> keep_place(const Contact& contact, const UserId& by);
/// By its visitor, or, with `at_the_limit`, in its place. @errors forbidden (also where the queue makes none), conflict (not waiting)
[[nodiscard]] Result<ContactFacts> request_callback(const Contact& contact, const Queue& queue, const UserId& by, std::string phone,
                                                    std::string note, bool at_the_limit);

/// The call ends: a recording takes its place. @errors conflict (somebody has it already, or it is a recording)
[[nodiscard]] Result<ContactFacts> leave_for_voicemail(const Contact& contact);

}  // namespace calldocker::domain
