#include "domain/contacts/call_control.hpp"

#include "domain/contacts/limits.hpp"

namespace calldocker::domain {
namespace {

tl::unexpected<Error> not_now(std::string_view why) { return fail(ErrorCode::conflict, std::string(why)); }
tl::unexpected<Error> nobody_has_it() { return not_now("nobody has it"); }
tl::unexpected<Error> not_by_telephone() { return not_now("this call is made by telephone"); }

/// What most of these need.
Result<> in_call(const Contact& contact) {
    if (contact.is_over()) return fail(ErrorCode::gone, "the contact has ended");
    if (!contact.is_in_call()) return not_now("the call is not connected");
    return {};
}

Result<const Joined*> joined_colleague(const Contact& contact) {
    if (auto talking = in_call(contact); !talking) return fail(talking.error());
    const Joined* colleague = contact.colleague();
    if (colleague == nullptr || colleague->is_ringing()) return not_now("nobody has joined");
    return colleague;
}

}  // namespace

Result<ContactFacts> hold(const Contact& contact, const UserId& by) {
    if (auto talking = in_call(contact); !talking) return fail(talking.error());
    if (contact.is_voicemail()) return not_now("a voicemail cannot be put on hold");
    if (contact.is_by_telephone()) return not_by_telephone();
    if (!contact.held_by.empty()) return ContactFacts{};
    return ContactFacts{fact::ContactHeld{contact.call, by}};
}

Result<ContactFacts> resume(const Contact& contact) {
    if (auto talking = in_call(contact); !talking) return fail(talking.error());
    if (contact.held_by.empty()) return ContactFacts{};
    return ContactFacts{fact::ContactResumed{contact.call}};
}

Result<ContactFacts> set_muted(const Contact& contact, const UserId& by, bool muted) {
    const auto party = contact.party_of(by);
    if (!party || !contact.has_agent()) return nobody_has_it();
    if (contact.side(*party).muted == muted) return ContactFacts{};
    return ContactFacts{fact::MuteChanged{contact.call, *party, muted}};
}

Result<Party> who_presses(const Contact& contact, const UserId& user) {
    if (contact.is_over()) return fail(ErrorCode::gone, "the contact has ended");
    const auto party = contact.party_of(user);
    if (!party || !contact.has_agent()) return nobody_has_it();
    return *party;
}

Result<ContactFacts> say(const Contact& contact, const Person& by, std::string text) {
    if (contact.is_over()) return fail(ErrorCode::gone, "the contact has ended");
    const Party party = by.user == contact.visitor ? Party::visitor : Party::agent;
    if (party == Party::visitor && !contact.has_agent()) return not_now("nobody is here to read it yet");
    return ContactFacts{fact::ChatSaid{contact.call, by, party, std::move(text)}};
}

Result<ContactFacts> set_notes(const Contact& contact, const Person& by, std::string notes) {
    if (contact.writing_of(by.user).notes == notes) return ContactFacts{};
    return ContactFacts{fact::NotesSet{contact.call, std::move(notes), by}};
}

Result<ContactFacts> set_disposition(const Contact& contact, const Person& by, std::string disposition) {
    if (contact.writing_of(by.user).disposition == disposition) return ContactFacts{};
    return ContactFacts{fact::DispositionSet{contact.call, std::move(disposition), by}};
}

Result<ContactFacts> transfer(const Contact& contact, const Queue& queue, const Handover& handover) {
    if (contact.is_over()) return fail(ErrorCode::gone, "the contact has ended");
    if (handover.to == contact.visitor) return not_now("it is this person's own call");
    if (contact.has_agent() && handover.to == contact.agent) return not_now("this agent has it already");
    const bool can_be_moved = contact.is_in_call() || contact.is_in_queue();
    if (!can_be_moved || !can_be_requeued(contact)) return not_now("it cannot be handed over now");
    return ContactFacts{fact::ContactTransferred{contact.call, handover.by.user, handover.entry, handover.to, handover.note,
                                                 wrap_up_after(contact, queue), handover.by.name}};
}

Result<ContactFacts> consult(const Contact& contact, const Queue& queue, const UserId& by, Person whom, std::string note) {
    if (auto talking = in_call(contact); !talking) return fail(talking.error());
    if (contact.is_by_telephone()) return not_by_telephone();
    if (contact.colleague() != nullptr) return not_now("a colleague is asked already");
    if (whom.user == by || whom.user == contact.visitor || contact.other(whom.user) != nullptr)
        return not_now("this person takes part already");
    if (contact.others.size() >= others_max) return fail(ErrorCode::overloaded, "too many take part");
    const Milliseconds ring = std::chrono::seconds(queue.ring_seconds);
    return ContactFacts{fact::ConsultStarted{contact.call, by, std::move(whom.user), ring, std::move(note), std::move(whom.name)}};
}

Result<ContactFacts> cancel_consult(const Contact& contact) {
    if (auto talking = in_call(contact); !talking) return fail(talking.error());
    const Joined* colleague = contact.colleague();
    if (colleague == nullptr) return ContactFacts{};
    return ContactFacts{fact::ConsultEnded{contact.call, colleague->who.user, ConsultEnd::cancelled}};
}

Result<ContactFacts> complete_transfer(const Contact& contact, const Queue& queue) {
    const auto colleague = joined_colleague(contact);
    if (!colleague) return fail(colleague.error());
    if (!can_be_requeued(contact)) return not_now("an original page cannot change its agent");
    const Joined& to = **colleague;
    return ContactFacts{
        fact::ContactHandedOver{contact.call, to.who.user, to.who.name, to.endpoint, wrap_up_after(contact, queue), "transfer"}};
}

Result<ContactFacts> start_conference(const Contact& contact) {
    const auto colleague = joined_colleague(contact);
    if (!colleague) return fail(colleague.error());
    if ((*colleague)->kind == LegKind::conference) return ContactFacts{};
    if (contact.visitor_side.is_original()) return not_now("an original page talks with one person");
    return ContactFacts{fact::ConferenceStarted{contact.call}};
}

Result<ContactFacts> supervise(const Contact& contact, const Accepting& by, std::optional<SupervisionMode> mode) {
    const Joined* known = contact.other(by.agent);
    if (!mode) {
        if (known == nullptr || known->kind != LegKind::supervision) return ContactFacts{};
        return ContactFacts{fact::SupervisorLeft{contact.call, by.agent}};
    }
    if (!contact.has_agent() || contact.is_voicemail()) return not_now("nobody talks");
    if (contact.agent_side.is_original()) return not_now("an original page cannot pass on what it hears");
    if (contact.is_by_telephone()) return not_by_telephone();
    if (contact.party_of(by.agent) || (known != nullptr && known->kind != LegKind::supervision))
        return not_now("this person takes part already");
    if (known == nullptr && contact.others.size() >= others_max) return fail(ErrorCode::overloaded, "too many take part");
    if (known != nullptr && known->mode == mode && known->endpoint == by.endpoint) return ContactFacts{};
    return ContactFacts{fact::SupervisorJoined{contact.call, by.agent, by.name, by.endpoint, *mode}};
}

Result<ContactFacts> take_over(const Contact& contact, const Queue& queue, const Accepting& by) {
    if (contact.is_over()) return fail(ErrorCode::gone, "the contact has ended");
    if (contact.party_of(by.agent)) return not_now("this person takes part already");
    if (contact.is_by_telephone()) return not_by_telephone();
    if (!contact.is_in_call() || contact.is_voicemail() || !can_be_requeued(contact)) return not_now("it cannot be taken over now");
    return ContactFacts{fact::ContactHandedOver{contact.call, by.agent, by.name, by.endpoint, wrap_up_after(contact, queue), "take_over"}};
}

Result<ContactFacts> extend_wrap_up(const Contact& contact, const Queue& queue, const UserId& agent) {
    const auto own = contact.wrap_ups.find(agent);
    if (own == contact.wrap_ups.end()) return not_now("there is no wrap-up of this agent");
    if (own->second.extensions >= queue.wrap_up_extensions_max) return not_now("it has been extended as often as it may be");
    return ContactFacts{fact::WrapUpExtended{contact.call, agent, std::chrono::seconds(queue.wrap_up_extension_seconds)}};
}

Result<ContactFacts> end_wrap_up(const Contact& contact, const UserId& agent) {
    if (!contact.wrap_ups.contains(agent)) return ContactFacts{};
    return ContactFacts{fact::WrapUpEnded{contact.call, agent}};
}

Result<ContactFacts> keep_place(const Contact& contact) {
    if (!contact.is_waiting()) return not_now("it does not wait");
    if (contact.place_kept_at) return ContactFacts{};
    ContactFacts facts = revoke_offers(contact, RevokeReason::visitor_left);
    facts.emplace_back(fact::PlaceKept{contact.call});
    return facts;
}

Result<ContactFacts> request_callback(const Contact& contact, const Queue& queue, std::string phone, std::string note, bool at_the_limit) {
    if (!queue.callback || contact.visitor_side.is_original()) return fail(ErrorCode::forbidden, "this queue makes no callbacks");
    if (contact.awaits_callback()) return ContactFacts{};
    if (contact.is_voicemail()) return not_now("it is a message");
    if (!contact.is_waiting() && contact.state != ContactState::prequeue) return not_now("it does not wait");
    return ContactFacts{fact::CallbackRequested{contact.call, std::move(phone), std::move(note), at_the_limit ? "limit" : "visitor",
                                                queue.callback_attempts_max}};
}

Result<ContactFacts> leave_for_voicemail(const Contact& contact) {
    const bool may = contact.state == ContactState::prequeue || contact.is_in_queue();
    if (!may || contact.is_voicemail()) return not_now("it does not wait");
    ContactFacts facts = revoke_offers(contact, RevokeReason::visitor_left);
    facts.emplace_back(fact::ContactEnded{contact.call, EndReason::flowout_voicemail, Party::visitor, contact.visitor, {}, {}});
    return facts;
}

}  // namespace calldocker::domain
