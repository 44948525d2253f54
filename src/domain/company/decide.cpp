#include "domain/company/decide.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/company/entering.hpp"
#include "domain/contacts/limits.hpp"
#include "domain/contacts/page_address.hpp"

namespace calldocker::domain {
namespace {

Facts as_facts(ContactFacts facts) { return {std::make_move_iterator(facts.begin()), std::make_move_iterator(facts.end())}; }

Result<Facts> as_facts(Result<ContactFacts> decided) {
    if (!decided) return fail(std::move(decided.error()));
    return as_facts(std::move(*decided));
}

class Decide {
public:
    explicit Decide(const State& state) : state_(state) {}

    // Coming.
    Result<Facts> operator()(const command::Open& open) const {
        const auto queue = wanted(open.queue);
        if (!queue) return fail(queue.error());
        if (auto room = is_room_for(open.call, open.visitor); !room) return fail(room.error());
        return Facts{ContactFact{fact::ContactCreated{
            open.call, open.visitor, open.endpoint, {}, kept_of(open.details), entry(**queue, open.visitor), true, {}, {}}}};
    }
    Result<Facts> operator()(const command::EnterQueue& enter) const {
        const Contact* known = state_.contact(enter.call);
        const bool was_opened = known != nullptr && known->state == ContactState::prequeue && known->visitor == enter.visitor;
        const auto queue = wanted(was_opened ? known->entry.queue : enter.queue);
        if (!queue) return fail(queue.error());
        if (!was_opened) {
            if (auto room = is_room_for(enter.call, enter.visitor); !room) return fail(room.error());
        }
        const auto taken_by = queue_for(state_, **queue);
        const Queue& taker = std::holds_alternative<const Queue*>(taken_by) ? *std::get<const Queue*>(taken_by) : **queue;
        const Entry into = entry(taker, enter.visitor);
        Facts facts;
        if (was_opened) {
            facts.emplace_back(ContactFact{fact::ContactEnqueued{enter.call, into, enter.room, "entered"}});
        } else {
            facts.emplace_back(ContactFact{
                fact::ContactCreated{enter.call, enter.visitor, enter.endpoint, enter.room, kept_of(enter.details), into, false, {}, {}}});
        }
        if (const auto* refused = std::get_if<EndReason>(&taken_by)) {
            facts.emplace_back(ContactFact{fact::ContactEnded{enter.call, *refused, Party::system, enter.visitor, "limit", {}}});
        } else if (auto rung = idle(enter.rung, enter.visitor); !rung.empty() && taker.metric == Metric::ring_all) {
            facts.emplace_back(ContactFact{fact::ContactOffered{enter.call, std::move(rung), {}, OfferKind::contact, {}, {}}});
        }
        return facts;
    }
    Result<Facts> operator()(const command::RingAgain& again) const {
        const auto contact = live(again.call);
        if (!contact) return fail(contact.error());
        std::vector<UserId> rung;
        for (const UserId& agent : idle(again.rung, (*contact)->visitor))
            if (!(*contact)->is_offered_to(agent)) rung.push_back(agent);
        const bool rings_all = state_.queue_of(**contact).metric == Metric::ring_all;
        if (rung.empty() || !rings_all || !(*contact)->is_waiting()) return Facts{};
        return Facts{ContactFact{fact::ContactOffered{again.call, std::move(rung), {}, OfferKind::contact, {}, {}}}};
    }
    Result<Facts> operator()(const command::TellWait& told) const {
        if (const auto contact = live(told.call); !contact) return fail(contact.error());
        return Facts{ContactFact{fact::WaitEstimated{told.call, told.half, told.most}}};
    }
    Result<Facts> operator()(const command::KeepPlace& keep) const {
        return with(keep.call, [&](const Contact& contact, const Queue&) { return keep_place(contact); });
    }
    Result<Facts> operator()(const command::RequestCallback& request) const {
        if (state_.contact(request.call) != nullptr) {
            return with(request.call, [&](const Contact& contact, const Queue& queue) {
                return request_callback(contact, queue, request.phone, request.note, false);
            });
        }
        const auto queue = wanted(request.queue);
        if (!queue) return fail(queue.error());
        if (!(*queue)->callback) return fail(ErrorCode::forbidden, "this queue makes no callbacks");
        if (auto room = is_room_for(request.call, request.visitor); !room) return fail(room.error());
        return Facts{
            ContactFact{fact::ContactCreated{
                request.call, request.visitor, request.endpoint, {}, {}, entry(**queue, request.visitor), false, {}, {}}},
            ContactFact{fact::CallbackRequested{request.call, request.phone, request.note, "visitor", (*queue)->callback_attempts_max}}};
    }
    Result<Facts> operator()(const command::LeaveVoicemail& leave) const {
        const auto queue = wanted(leave.queue);
        if (!queue) return fail(queue.error());
        if (!(*queue)->voicemail) return fail(ErrorCode::forbidden, "this queue takes no messages");
        Facts facts;
        ContactId name = leave.call;
        ContactDetails details = kept_of(leave.details);
        if (const Contact* waiting = state_.contact(leave.call); waiting != nullptr && waiting->visitor == leave.visitor) {
            auto given_up = leave_for_voicemail(*waiting);
            if (!given_up) return fail(given_up.error());
            facts = as_facts(std::move(*given_up));
            if (details == ContactDetails{}) details = waiting->details;
            // An agent who had the call still wraps it up: the message gets a name of its own.
            if (!waiting->wrap_ups.empty()) {
                name = ContactId{leave.call.str() + "-message"};
                if (!is_name(name.str())) return fail(ErrorCode::conflict, "the call is still wrapped up: its name is taken");
                if (auto room = is_room_for(name, leave.visitor); !room) return fail(room.error());
            }
        } else if (auto room = is_room_for(leave.call, leave.visitor); !room) {
            return fail(room.error());
        }
        details.channel = Channel::voicemail;
        facts.emplace_back(ContactFact{fact::ContactCreated{name,
                                                            leave.visitor,
                                                            leave.endpoint,
                                                            {},
                                                            std::move(details),
                                                            entry(**queue, leave.visitor),
                                                            false,
                                                            leave.recording,
                                                            leave.duration}});
        return facts;
    }
    Result<Facts> operator()(const command::Rate& rate) const {
        const auto ended_at = ended_for(rate.by, rate.call);
        if (!ended_at) return fail(ended_at.error());
        if (rate.at > *ended_at + rating_time_max) return fail(ErrorCode::gone, "it was too long ago");
        return Facts{ContactFact{fact::ContactRated{rate.call, rate.rating, rate.comment, rate.by}}};
    }

    // Answering and ending.
    Result<Facts> operator()(const command::Accept& accepting) const {
        return with(accepting.call, [&](const Contact& contact, const Queue& queue) { return accept(contact, queue, accepting.by); });
    }
    Result<Facts> operator()(const command::Answer& answering) const {
        return with(answering.call, [&](const Contact& contact, const Queue& queue) -> Result<ContactFacts> {
            // With ring_all the room's offer is everybody's; else it is his who holds the reservation.
            const bool may = queue.metric == Metric::ring_all || contact.has_agent() || contact.is_offered_to(answering.by.agent);
            if (!may) return fail(ErrorCode::reservation_lost, "the contact is not offered to this agent");
            return answer(contact, answering.by);
        });
    }
    Result<Facts> operator()(const command::Decline& declining) const {
        auto facts =
            with(declining.call, [&](const Contact& contact, const Queue&) { return decline(contact, declining.agent, declining.reason); });
        if (!facts || facts->empty()) return facts;
        const int limit = state_.queue_of(*state_.contact(declining.call)).declines_max;
        const Agent& agent = state_.agent(declining.agent);
        if (limit > 0 && agent.declines + 1 >= limit && agent.intent == Intent::available)
            facts->emplace_back(AgentFact{fact::IntentChanged{declining.agent, Intent::not_ready, std::string(sys_decline_limit), {}, {}}});
        return facts;
    }
    Result<Facts> operator()(const command::End& ending) const {
        return with(ending.call, [&](const Contact& contact, const Queue& queue) { return end(contact, queue, ending.by); });
    }
    Result<Facts> operator()(const command::ReportMedia& report) const {
        return with(report.call,
                    [&](const Contact& contact, const Queue&) { return report_media(contact, report.user, report.session, report.up); });
    }
    Result<Facts> operator()(const command::Reached& reaching) const {
        return with(reaching.call, [&](const Contact& contact, const Queue&) { return reached(contact); });
    }
    Result<Facts> operator()(const command::ClaimMedia& claim) const {
        return with(claim.call, [&](const Contact& contact, const Queue&) { return claim_media(contact, claim.user, claim.endpoint); });
    }

    // Call control.
    Result<Facts> operator()(const command::Hold& holding) const {
        return with(holding.call, [&](const Contact& contact, const Queue&) { return hold(contact, holding.by); });
    }
    Result<Facts> operator()(const command::Resume& resuming) const {
        return with(resuming.call, [&](const Contact& contact, const Queue&) { return resume(contact); });
    }
    Result<Facts> operator()(const command::SetMuted& set) const {
        return with(set.call, [&](const Contact& contact, const Queue&) { return set_muted(contact, set.by, set.muted); });
    }
    Result<Facts> operator()(const command::Say& saying) const {
        return with(saying.call, [&](const Contact& contact, const Queue&) { return say(contact, saying.by, saying.text); });
    }
    Result<Facts> operator()(const command::SetNotes& set) const {
        return written(
            set, [&](const Contact& contact) { return set_notes(contact, set.by, set.notes); },
            fact::NotesSet{set.call, set.notes, set.by});
    }
    Result<Facts> operator()(const command::SetDisposition& set) const {
        const std::vector<std::string>& known = state_.configuration().company.dispositions;
        if (!known.empty() && !set.disposition.empty() && std::find(known.begin(), known.end(), set.disposition) == known.end())
            return fail(ErrorCode::invalid, "the company has no such disposition");
        return written(
            set, [&](const Contact& contact) { return set_disposition(contact, set.by, set.disposition); },
            fact::DispositionSet{set.call, set.disposition, set.by});
    }
    Result<Facts> operator()(const command::Transfer& handing) const {
        const auto contact = live(handing.call);
        if (!contact) return fail(contact.error());
        const auto queue = wanted(handing.to.queue.value_or((*contact)->entry.queue));
        if (!queue) return fail(queue.error());
        const UserId to = handing.to.agent.value_or(UserId{});
        const Person by{handing.by, state_.agent(handing.by).name};
        if (handing.to.queue || to.empty()) {
            const auto taken_by = queue_for(state_, **queue);
            if (!std::holds_alternative<const Queue*>(taken_by)) return fail(ErrorCode::conflict, "the queue is closed or full");
            return as_facts(
                transfer(**contact, state_.queue_of(**contact), {by, entry_of(*std::get<const Queue*>(taken_by), {}), to, handing.note}));
        }
        Entry entry = (*contact)->entry;
        entry.preferred = to;
        return as_facts(transfer(**contact, state_.queue_of(**contact), {by, entry, to, handing.note}));
    }
    Result<Facts> operator()(const command::Requeue& again) const {
        return with(again.call, [&](const Contact& contact, const Queue& queue) -> Result<ContactFacts> {
            if (!contact.has_agent()) return fail(ErrorCode::conflict, "nobody has it");
            if (!can_be_requeued(contact)) return fail(ErrorCode::conflict, "an original page cannot be put back");
            if (!state_.is_open(queue.id)) return fail(ErrorCode::conflict, "the queue is closed");
            return requeue(contact, "requeued", wrap_up_after(contact, queue));
        });
    }
    Result<Facts> operator()(const command::Consult& asking) const {
        return with(asking.call, [&](const Contact& contact, const Queue& queue) {
            return consult(contact, queue, asking.by, {asking.whom, state_.agent(asking.whom).name}, asking.note);
        });
    }
    Result<Facts> operator()(const command::CancelConsult& cancelling) const {
        return with(cancelling.call, [&](const Contact& contact, const Queue&) { return cancel_consult(contact); });
    }
    Result<Facts> operator()(const command::CompleteTransfer& completing) const {
        return with(completing.call, [&](const Contact& contact, const Queue& queue) { return complete_transfer(contact, queue); });
    }
    Result<Facts> operator()(const command::StartConference& starting) const {
        return with(starting.call, [&](const Contact& contact, const Queue&) { return start_conference(contact); });
    }
    Result<Facts> operator()(const command::Supervise& supervising) const {
        return with(supervising.call,
                    [&](const Contact& contact, const Queue&) { return supervise(contact, supervising.by, supervising.mode); });
    }
    Result<Facts> operator()(const command::TakeOver& taking) const {
        if (state_.is_working(taking.by.agent)) return fail(ErrorCode::conflict, "there is another contact at hand");
        return with(taking.call, [&](const Contact& contact, const Queue& queue) { return take_over(contact, queue, taking.by); });
    }
    Result<Facts> operator()(const command::ExtendWrapUp& extending) const {
        return with(extending.call,
                    [&](const Contact& contact, const Queue& queue) { return extend_wrap_up(contact, queue, extending.agent); });
    }
    Result<Facts> operator()(const command::EndWrapUp& ending) const {
        return with(ending.call, [&](const Contact& contact, const Queue&) { return end_wrap_up(contact, ending.agent); });
    }

    // Staff and configuration.
    Result<Facts> operator()(const command::SetIntent& set) const {
        if (is_system_reason(set.reason)) return fail(ErrorCode::invalid, "this reason is the system's alone");
        if (!set.is_original && !is_listed(set.reason)) return fail(ErrorCode::invalid, "the company has no such reason");
        const Agent& agent = state_.agent(set.agent);
        const bool is_as_wished = agent.intent == set.intent && agent.reason == set.reason;
        // While there is work, the wish is kept, and the last one counts.
        if (state_.is_working(set.agent) && set.by.user.empty()) {
            const auto next = is_as_wished ? std::nullopt : std::optional{NextIntent{set.intent, set.reason}};
            if (agent.next == next) return Facts{};
            return Facts{AgentFact{fact::NextIntentChosen{set.agent, next}}};
        }
        if (is_as_wished && !agent.next) return Facts{};
        return Facts{AgentFact{fact::IntentChanged{set.agent, set.intent, set.reason, set.by, set.note}}};
    }
    Result<Facts> operator()(const command::CancelNextIntent& cancelling) const {
        if (!state_.agent(cancelling.agent).next) return Facts{};
        return Facts{AgentFact{fact::NextIntentChosen{cancelling.agent, std::nullopt}}};
    }
    Result<Facts> operator()(const command::Configure& configure) const {
        if (auto valid = validate(configure.to); !valid) return fail(valid.error());
        Facts facts;
        for (ConfigurationFact& fact : difference(state_.configuration(), configure.to)) facts.emplace_back(std::move(fact));
        return facts;
    }

private:
    /// Who of `agents` can be rung by `visitor`.
    [[nodiscard]] std::vector<UserId> idle(std::vector<UserId> agents, const UserId& visitor) const {
        std::erase_if(agents, [&](const UserId& agent) { return agent == visitor || state_.is_working(agent); });
        return agents;
    }
    [[nodiscard]] Result<const Contact*> live(const ContactId& call) const {
        if (const Contact* contact = state_.contact(call)) return contact;
        if (state_.has_ended(call)) return fail(ErrorCode::gone, "the contact has ended");
        return fail(ErrorCode::not_found, "no such contact");
    }
    /// @return whether it is one of the company's reasons for not being ready, or none
    [[nodiscard]] bool is_listed(const std::string& reason) const {
        const std::vector<Reason>& known = state_.configuration().company.reasons;
        return reason.empty() || std::any_of(known.begin(), known.end(), [&](const Reason& one) { return one.reason == reason; });
    }
    /// @return when the visitor's contact ended, if it has and he has not said yet how it was
    [[nodiscard]] Result<Instant> ended_for(const UserId& visitor, const ContactId& call) const {
        if (const Contact* contact = state_.contact(call); contact != nullptr && contact->visitor == visitor) {
            if (contact->rated) return fail(ErrorCode::conflict, "it has been rated");
            if (!contact->ended_at) return fail(ErrorCode::conflict, "it has not ended");
            return *contact->ended_at;
        }
        if (const Instant* ended_at = state_.unrated(visitor, call)) return *ended_at;
        return fail(ErrorCode::not_found, "no contact of this visitor that could be rated");
    }
    template <class Rule>
    [[nodiscard]] Result<Facts> with(const ContactId& call, Rule rule) const {
        const auto contact = live(call);
        if (!contact) return fail(contact.error());
        return as_facts(rule(**contact, state_.queue_of(**contact)));
    }
    /// An agent writes about a contact while at work on it, and for a minute afterwards: so no text is lost that the agent was typing when
    /// a timer, the visitor or a supervisor ended the work. For a contact that has ended, only the log keeps it.
    template <class Writing, class Rule, class Fact>
    [[nodiscard]] Result<Facts> written(const Writing& writing, Rule rule, Fact late) const {
        const Contact* contact = state_.contact(writing.call);
        const bool is_at_work = contact != nullptr && contact->writes(writing.by.user);
        const Instant* worked_until = is_at_work ? nullptr : state_.worked_until(writing.by.user, writing.call);
        if (!is_at_work && worked_until == nullptr) {
            if (contact == nullptr) return fail(live(writing.call).error());
            return fail(ErrorCode::forbidden, "only the agent who has the contact");
        }
        if (worked_until != nullptr && writing.at > *worked_until + late_writing_time_max)
            return fail(ErrorCode::gone, "it was too long ago");
        if (contact != nullptr) return as_facts(rule(*contact));
        return Facts{ContactFact{std::move(late)}};
    }
    [[nodiscard]] Result<const Queue*> wanted(const QueueId& id) const {
        if (const Queue* queue = state_.configuration().queue(id)) return queue;
        return fail(ErrorCode::not_found, "no such queue");
    }
    [[nodiscard]] Result<> is_room_for(const ContactId& call, const UserId& visitor) const {
        if (state_.contact(call) != nullptr) return fail(ErrorCode::conflict, "a live contact has this name");
        if (state_.contacts().size() >= live_contacts_max) return fail(ErrorCode::overloaded, "too many contacts");
        if (state_.contacts_of(visitor).size() >= live_contacts_per_user_max)
            return fail(ErrorCode::overloaded, "too many contacts of one user");
        return {};
    }
    [[nodiscard]] ContactDetails kept_of(ContactDetails details) const {
        details.page = page_address(details.page, state_.configuration().company.page_parameters);
        return details;
    }
    /// Where the queue asks for it, a visitor is to have the agent of the last time.
    [[nodiscard]] Entry entry(const Queue& queue, const UserId& visitor) const {
        const UserId* last = queue.sticky_seconds > 0 ? state_.served_by(visitor) : nullptr;
        return entry_of(queue, last == nullptr ? UserId{} : *last);
    }

    const State& state_;
};

}  // namespace

Result<Facts> decide(const State& state, const Command& command) { return std::visit(Decide{state}, command); }

}  // namespace calldocker::domain
