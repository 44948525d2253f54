#include "domain/contacts/contact.hpp"

#include <algorithm>

#include "domain/contacts/limits.hpp"

namespace calldocker::domain {
namespace {

struct Apply {
    Contact& contact;
    Sequence number;
    Instant at;

    void operator()(const fact::ContactCreated& created) {
        contact = Contact{};
        contact.call = created.call;
        contact.number = number;
        contact.trace = created.trace;
        contact.room = created.room;
        contact.visitor = created.visitor;
        contact.details = created.details;
        contact.visitor_side.endpoint = created.endpoint;
        contact.visitor_side.media_since = at;
        contact.recording = created.recording;
        contact.entry = created.entry;
        contact.created_at = contact.enqueued_at = contact.entered_at = at;
        enter(created.prequeue ? ContactState::prequeue : ContactState::queued);
    }
    void operator()(const fact::ContactEnqueued& enqueued) {
        if (contact.state == ContactState::prequeue) {
            contact.enqueued_at = at;
        } else {
            ++contact.segment;
        }
        if (!enqueued.room.empty()) contact.room = enqueued.room;
        contact.entry = enqueued.entry;
        begin_entry();
        stop_ringing();
        wait();
    }
    void operator()(const fact::WaitEstimated& estimated) { contact.estimate = ToldWait{estimated.half, estimated.most}; }
    void operator()(const fact::ContactOffered& offered) {
        for (const UserId& agent : offered.agents) {
            if (!contact.offered.try_emplace(agent, at).second) continue;
            if (offered.ring > Milliseconds{0}) contact.offer_ends[agent] = at + offered.ring;
        }
        contact.offer_kind = offered.kind;
        contact.why = offered.why;
        wait();
    }
    void operator()(const fact::ContactRevoked& revoked) {
        // Who was chosen stays so: the offer comes back once both are there.
        for (const UserId& agent : revoked.agents) stop_ringing(agent);
        wait();
    }
    void operator()(const fact::ContactDeclined& declined) {
        refused_by(declined.agent);
        wait();
    }
    void operator()(const fact::ContactMissed& missed) {
        for (const UserId& agent : missed.agents) refused_by(agent);
        wait();
    }
    void operator()(const fact::ContactAccepted& accepted) {
        stop_ringing();
        const bool is_callback = contact.awaits_callback();
        contact.agent = accepted.agent;
        contact.agent_name = accepted.name;
        contact.agent_side = Side{accepted.endpoint, {}, accepted.endpoint.version == 1, at, false};
        contact.visitor_side.media_up = contact.visitor_side.is_original();
        contact.visitor_side.media_since = at;
        contact.accepted_at = at;
        contact.chosen = {};
        contact.place_kept_at.reset();
        if (is_callback) contact.dial_until = at + accepted.dial;
        enter(is_callback ? ContactState::callback_dialing : ContactState::connecting);
    }
    void operator()(const fact::ContactConnected&) {
        contact.connected_at = at;
        contact.dial_until.reset();
        // What is said on a telephone is vouched for by the agent.
        if (contact.is_by_telephone()) contact.visitor_side.media_up = contact.agent_side.media_up = true;
        if (contact.callback && !contact.is_by_telephone()) contact.callback->reached = true;
        if (!contact.first_connected_at) contact.first_connected_at = at;
        if (!contact.answered_at) contact.answered_at = at;
        enter(call_state());
    }
    void operator()(const fact::ResumeTokensVoided& voided) {
        auto& from = contact.way_back.resumes_from;
        std::erase_if(from, [this](const auto& entry) { return !is_named(entry.first); });
        if (is_named(voided.session)) from[voided.session] = std::max(from[voided.session], voided.before);
    }
    void operator()(const fact::ReturnCodeMade& made) {
        auto& codes = contact.way_back.codes;
        ++contact.way_back.codes_made;
        codes.push_back(made.code);
        if (codes.size() > return_codes_kept) codes.erase(codes.begin());
    }
    void operator()(const fact::ReturnCodeUsed& used) {
        std::erase_if(contact.way_back.codes, [&](const ReturnCode& code) { return code.hash == used.hash; });
    }
    void operator()(const fact::MediaChanged& changed) {
        Side& side = side_of(changed.party);
        side.media_up = changed.up;
        side.media_since = at;
    }
    void operator()(const fact::MediaClaimed& claimed) {
        // The new page has to build its own connection: what the old one said of its media no longer holds.
        Side& side = side_of(claimed.party);
        side = Side{claimed.endpoint, {}, claimed.endpoint.version == 1 && contact.has_agent(), at, side.muted};
        if (claimed.party == Party::visitor) contact.place_kept_at.reset();
    }
    void operator()(const fact::PartyLost& lost) {
        Side& side = side_of(lost.party);
        if (!side.lost_at) side.lost_at = at;
    }
    void operator()(const fact::PartyBack& back) {
        Side& side = side_of(back.party);
        side.endpoint = back.endpoint;
        side.lost_at.reset();
        // Who was away could not bring up media: the time for it starts again.
        if (contact.state == ContactState::connecting) contact.state_since = at;
    }
    void operator()(const fact::ContactRequeued& requeued) {
        if (requeued.cause == "no_media") ++contact.media_failures;
        if (requeued.cause == "agent_lost") contact.entry.preferred = contact.agent;
        contact.requeued = true;
        // Who was answered enters the queue anew; who was only about to be is still in it.
        if (contact.is_in_call() || contact.answered_at) {
            ++contact.segment;
            begin_entry();
        }
        release_agent(requeued.wrap_up);
        wait();
    }
    void operator()(const fact::ContactEnded& ended) {
        stop_ringing();
        contact.others.clear();
        contact.ended_at = at;
        contact.end_reason = ended.reason;
        contact.ended_by = ended.by;
        contact.held_by = {};
        begin_wrap_up(ended.wrap_up);
        close_unless_wrapping_up();
    }
    void operator()(const fact::WrapUpExtended& extended) {
        const auto found = contact.wrap_ups.find(extended.agent);
        if (found == contact.wrap_ups.end()) return;
        found->second.until += extended.by;
        ++found->second.extensions;
    }
    void operator()(const fact::WrapUpEnded& ended) {
        contact.wrap_ups.erase(ended.agent);
        if (contact.is_over()) close_unless_wrapping_up();
    }

    void operator()(const fact::ContactHeld& held) {
        contact.held_by = held.by;
        enter_call();
    }
    void operator()(const fact::ContactResumed&) {
        contact.held_by = {};
        enter_call();
    }
    void operator()(const fact::MuteChanged& changed) { side_of(changed.party).muted = changed.muted; }
    void operator()(const fact::ChatSaid& said) {
        contact.chat.push_back({++contact.chat_count, said.from, said.party, said.text, at});
        contact.chat_at.push_back(number);
        std::size_t bytes = 0, kept = 0;
        for (auto line = contact.chat.rbegin(); line != contact.chat.rend() && kept < chat_kept; ++line, ++kept)
            if (bytes += line->text.size(); bytes > chat_bytes_kept) break;
        contact.chat.erase(contact.chat.begin(), contact.chat.end() - static_cast<std::ptrdiff_t>(kept));
        contact.chat_at.erase(contact.chat_at.begin(), contact.chat_at.end() - static_cast<std::ptrdiff_t>(kept));
    }
    void operator()(const fact::NotesSet& set) {
        Writing& writing = writing_of(set.by);
        writing.notes = set.notes;
        writing.noted_at = number;
    }
    void operator()(const fact::DispositionSet& set) { writing_of(set.by).disposition = set.disposition; }

    void operator()(const fact::ContactTransferred& transferred) {
        contact.chosen = transferred.to;
        contact.handed_over_by = {transferred.by, transferred.by_name};
        contact.handed_over_note = transferred.note;
        // Who waits, and is given to an agent, is still in the same queue.
        if (contact.has_agent() || contact.entry.queue != transferred.entry.queue) {
            begin_entry();
            ++contact.segment;
        }
        stop_ringing();
        release_agent(transferred.wrap_up);
        contact.entry = transferred.entry;
        wait();
    }
    void operator()(const fact::ConsultStarted& started) {
        contact.others.push_back({{started.agent, started.name}, LegKind::consult, {}, {}, at + started.ring, at, started.note});
        enter_call();
    }
    void operator()(const fact::ConsultJoined& joined) {
        if (Joined* colleague = find(joined.agent)) {
            colleague->who.name = joined.name;
            colleague->endpoint = joined.endpoint;
            colleague->rings_until.reset();
            colleague->since = at;
        }
    }
    void operator()(const fact::ConsultEnded& ended) {
        std::erase_if(contact.others, [&](const Joined& one) { return one.who.user == ended.agent && one.kind != LegKind::supervision; });
        enter_call();
    }
    void operator()(const fact::ConferenceStarted&) {
        for (Joined& one : contact.others)
            if (one.kind == LegKind::consult && !one.is_ringing()) one.kind = LegKind::conference;
        contact.held_by = {};
        enter_call();
    }
    void operator()(const fact::ContactHandedOver& handed) {
        begin_wrap_up(handed.wrap_up);
        const bool was_in_call = contact.is_in_call();
        std::erase_if(contact.others, [&](const Joined& one) { return one.who.user == handed.to || one.kind == LegKind::supervision; });
        stop_ringing();
        contact.wrap_ups.erase(handed.to);
        contact.agent = handed.to;
        contact.agent_name = handed.name;
        contact.agent_side = Side{handed.endpoint, {}, handed.endpoint.version == 1, at, false};
        contact.visitor_side.media_up = contact.visitor_side.is_original();
        contact.visitor_side.media_since = at;
        contact.accepted_at = at;
        contact.held_by = {};
        contact.chosen = {};
        if (was_in_call) ++contact.segment;
        contact.connected_at.reset();
        enter(ContactState::connecting);
    }
    void operator()(const fact::SupervisorJoined& joined) {
        Joined* known = find(joined.user);
        if (known == nullptr) known = &contact.others.emplace_back();
        *known = {{joined.user, joined.name}, LegKind::supervision, joined.mode, joined.endpoint, {}, at, {}};
    }
    void operator()(const fact::SupervisorLeft& left) {
        std::erase_if(contact.others, [&](const Joined& one) { return one.who.user == left.user && one.kind == LegKind::supervision; });
    }

    void operator()(const fact::PlaceKept&) { contact.place_kept_at = at; }
    void operator()(const fact::CallbackRequested& requested) {
        stop_ringing();
        contact.callback = Callback{requested.phone, requested.note, 0, std::max(1, requested.attempts_max), at};
        contact.place_kept_at.reset();
        wait();
    }
    void operator()(const fact::CallbackFailed& failed) {
        if (contact.callback) {
            ++contact.callback->attempts;
            contact.callback->due_at = at + failed.again;
        }
        release_agent({});
        wait();
    }
    void operator()(const fact::ContactRated&) { contact.rated = true; }

private:
    [[nodiscard]] bool is_named(const SessionId& session) const {
        const auto& others = contact.others;
        return contact.visitor_side.endpoint.session == session || contact.agent_side.endpoint.session == session ||
               std::any_of(others.begin(), others.end(), [&](const Joined& one) { return one.endpoint.session == session; });
    }
    Side& side_of(Party party) { return party == Party::visitor ? contact.visitor_side : contact.agent_side; }
    Joined* find(const UserId& user) {
        const auto found =
            std::find_if(contact.others.begin(), contact.others.end(), [&](const Joined& one) { return one.who.user == user; });
        return found == contact.others.end() ? nullptr : &*found;
    }
    void enter(ContactState state) {
        if (contact.state != state || contact.state_since == Instant{}) contact.state_since = at;
        contact.state = state;
    }
    void begin_entry() {
        contact.entered_at = at;
        contact.answered_at.reset();
        contact.estimate.reset();
    }
    /// Facts that name no person are the agent's.
    Writing& writing_of(const Person& written_by) {
        const Person by = written_by.user.empty() ? Person{contact.agent, contact.agent_name} : written_by;
        const auto known =
            std::find_if(contact.writings.begin(), contact.writings.end(), [&](const Writing& one) { return one.by.user == by.user; });
        if (known != contact.writings.end()) return *known;
        if (contact.writings.size() == writings_kept) contact.writings.erase(contact.writings.begin());
        return contact.writings.emplace_back(Writing{by, {}, {}, {}});
    }
    /// Where a contact without an agent is.
    void wait() {
        const bool rings = !contact.offered.empty();
        if (contact.is_over()) return;
        if (contact.callback && !contact.callback->reached)
            return enter(rings ? ContactState::callback_offering : ContactState::callback_waiting);
        if (!rings) return enter(ContactState::queued);
        enter(contact.offer_kind == OfferKind::transfer ? ContactState::transferring : ContactState::offering);
    }
    [[nodiscard]] ContactState call_state() const {
        const Joined* colleague = contact.colleague();
        if (colleague != nullptr && colleague->kind == LegKind::consult) return ContactState::consulting;
        return contact.held_by.empty() ? ContactState::connected : ContactState::held;
    }
    void enter_call() {
        if (contact.is_in_call()) enter(call_state());
    }
    void stop_ringing() {
        contact.offered.clear();
        contact.offer_ends.clear();
    }
    void stop_ringing(const UserId& agent) {
        contact.offered.erase(agent);
        contact.offer_ends.erase(agent);
    }
    void forget_choice_of(const UserId& agent) {
        if (contact.chosen == agent) contact.chosen = {};
    }
    void refused_by(const UserId& agent) {
        stop_ringing(agent);
        forget_choice_of(agent);
        std::erase_if(contact.declined, [&](const auto& old) { return old.second + decline_exclusion <= at; });
        contact.declined[agent] = at;
    }
    void release_agent(Milliseconds wrap_up) {
        begin_wrap_up(wrap_up);
        contact.agent = {};
        contact.agent_name.clear();
        contact.agent_side = {};
        contact.visitor_side.media_up = false;
        contact.visitor_side.media_since = at;
        contact.accepted_at.reset();
        contact.connected_at.reset();
        contact.dial_until.reset();
        contact.held_by = {};
        contact.others.clear();
        // Who is lost gets the whole time of a waiting visitor.
        if (contact.visitor_side.lost_at) contact.visitor_side.lost_at = at;
    }
    void begin_wrap_up(Milliseconds time) {
        if (time <= Milliseconds{0} || !contact.has_agent()) return;
        contact.wrap_ups[contact.agent] = {at + time, 0, contact.accepted_at.value_or(at), contact.entry.queue};
    }
    void close_unless_wrapping_up() { enter(contact.wrap_ups.empty() ? ContactState::closed : ContactState::wrapup); }
};

bool comes_after_the_call(const ContactFact& fact) {
    return std::holds_alternative<fact::WrapUpExtended>(fact) || std::holds_alternative<fact::WrapUpEnded>(fact) ||
           std::holds_alternative<fact::NotesSet>(fact) || std::holds_alternative<fact::DispositionSet>(fact) ||
           std::holds_alternative<fact::ContactRated>(fact);
}

void take_earlier(std::optional<Instant>& earliest, std::optional<Instant> other) {
    if (other && (!earliest || *other < *earliest)) earliest = other;
}

}  // namespace

const Joined* Contact::other(const UserId& user) const {
    const auto found = std::find_if(others.begin(), others.end(), [&](const Joined& one) { return one.who.user == user; });
    return found == others.end() ? nullptr : &*found;
}

const Joined* Contact::colleague() const {
    const auto found = std::find_if(others.begin(), others.end(), [](const Joined& one) { return one.kind != LegKind::supervision; });
    return found == others.end() ? nullptr : &*found;
}

const Writing& Contact::writing_of(const UserId& user) const {
    static const Writing nothing;
    const auto found = std::find_if(writings.begin(), writings.end(), [&](const Writing& one) { return one.by.user == user; });
    return found == writings.end() ? nothing : *found;
}

bool Contact::employs(const UserId& user) const {
    if (has_agent() && agent == user) return true;
    if (wrap_ups.contains(user)) return true;
    const Joined* joined = other(user);
    return joined != nullptr && joined->kind != LegKind::supervision && !joined->is_ringing();
}

bool Contact::names(const UserId& user, const SessionId& session) const {
    const auto is_in = [&](const Endpoint& endpoint) { return endpoint.version == 2 && endpoint.session == session; };
    if (user == visitor && !is_over() && is_in(visitor_side.endpoint)) return true;
    if (has_agent() && user == agent && is_in(agent_side.endpoint)) return true;
    const Joined* joined = other(user);
    return joined != nullptr && !joined->is_ringing() && is_in(joined->endpoint);
}

std::optional<Party> Contact::party_of(const UserId& user) const {
    if (user == visitor) return Party::visitor;
    if (has_agent() && user == agent) return Party::agent;
    return std::nullopt;
}

void apply(Contact& contact, const ContactFact& fact, Sequence number, Instant at) {
    if (contact.is_over() && !comes_after_the_call(fact)) return;
    std::visit(Apply{contact, number, at}, fact);
}

std::optional<Instant> loss_deadline_of(const Contact& contact, Party party) {
    const Side& lost = contact.side(party);
    const Side& other = contact.side(party == Party::visitor ? Party::agent : Party::visitor);
    if (!contact.is_in_call() || !lost.lost_at) return std::nullopt;
    if (contact.is_voicemail() || contact.is_by_telephone()) {
        // No page of the visitor's takes part in it, and nobody's page can vouch for what there is.
        if (party == Party::visitor) return std::nullopt;
        return *lost.lost_at + connected_agent_grace;
    }
    if (other.vouches_for_media()) return std::nullopt;
    // The clock runs from the moment that nothing speaks for the media any more.
    Instant silent_since = *lost.lost_at;
    if (!other.is_original()) silent_since = std::max(silent_since, other.media_up ? *other.lost_at : other.media_since);
    if (lost.is_original()) return silent_since + original_party_grace;
    return silent_since + (party == Party::visitor ? connected_visitor_grace : connected_agent_grace);
}

std::optional<Instant> media_deadline_of(const Contact& contact) {
    const Side& visitor = contact.visitor_side;
    const Side& agent = contact.agent_side;
    if (!contact.is_in_call() || contact.is_voicemail() || visitor.lost_at || agent.lost_at) return std::nullopt;
    if (visitor.media_up && agent.media_up) return std::nullopt;
    return std::max(visitor.media_since, agent.media_since) + media_repair_time_max;
}

std::optional<Instant> place_deadline_of(const Contact& contact) {
    const Side& visitor = contact.visitor_side;
    if (!contact.visitor_is_away()) return std::nullopt;
    if (contact.place_kept_at) return *contact.place_kept_at + kept_place_time_max;
    if (visitor.is_original()) return *visitor.lost_at + original_party_grace;
    return *visitor.lost_at + waiting_visitor_grace;
}

std::optional<Instant> wait_deadline_of(const Contact& contact) {
    if (contact.awaits_callback()) return contact.enqueued_at + callback_time_max;
    if (contact.is_waiting() && contact.is_voicemail()) return contact.enqueued_at + voicemail_time_max;
    if (!contact.is_waiting() || contact.entry.wait_max == Milliseconds{0}) return std::nullopt;
    return contact.entered_at + contact.entry.wait_max;
}

std::optional<Instant> deadline_of(const Contact& contact) {
    std::optional<Instant> due;
    for (const auto& [agent, wrap_up] : contact.wrap_ups) take_earlier(due, wrap_up.until);
    switch (contact.state) {
        case ContactState::prequeue:
            take_earlier(due, contact.created_at + prequeue_time_max);
            take_earlier(due, place_deadline_of(contact));
            break;
        case ContactState::queued:
        case ContactState::offering:
        case ContactState::transferring:
        case ContactState::callback_waiting:
        case ContactState::callback_offering:
            take_earlier(due, place_deadline_of(contact));
            take_earlier(due, wait_deadline_of(contact));
            for (const auto& [agent, ends] : contact.offer_ends) take_earlier(due, ends);
            break;
        case ContactState::connecting: {
            const Instant visitor_lost = contact.visitor_side.lost_at.value_or(Instant{});
            const Instant agent_lost = contact.agent_side.lost_at.value_or(Instant{});
            take_earlier(due, std::max({contact.state_since, visitor_lost, agent_lost}) + connecting_time_max);
            break;
        }
        case ContactState::callback_dialing: take_earlier(due, contact.dial_until); break;
        case ContactState::connected:
        case ContactState::held:
        case ContactState::consulting:
            take_earlier(due, loss_deadline_of(contact, Party::visitor));
            take_earlier(due, loss_deadline_of(contact, Party::agent));
            take_earlier(due, media_deadline_of(contact));
            for (const Joined& one : contact.others) take_earlier(due, one.rings_until);
            break;
        case ContactState::wrapup:
        case ContactState::closed: break;
    }
    return due;
}

}  // namespace calldocker::domain
