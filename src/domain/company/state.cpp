#include "domain/company/state.hpp"

#include <algorithm>
#include <limits>

#include "domain/contacts/limits.hpp"

namespace calldocker::domain {
namespace {

const std::set<ContactId>& find_in(const std::map<UserId, std::set<ContactId>>& by_user, const UserId& user) {
    static const std::set<ContactId> none;
    const auto found = by_user.find(user);
    return found == by_user.end() ? none : found->second;
}

void erase_from(std::map<UserId, std::set<ContactId>>& by_user, const UserId& user, const ContactId& call) {
    const auto found = by_user.find(user);
    if (found == by_user.end()) return;
    found->second.erase(call);
    if (found->second.empty()) by_user.erase(found);
}

std::string part_key(const ContactId& call, const UserId& visitor) { return call.str() + '\n' + visitor.qualified(); }

/// Calls `visit` with every user of the contact in the index contacts_of. For its visitor a contact is over with the call.
template <class Visit>
void for_each_participant(const Contact& contact, Visit visit) {
    if (!contact.is_over()) visit(contact.visitor);
    if (contact.has_agent()) visit(contact.agent);
    for (const auto& [agent, wrap_up] : contact.wrap_ups) visit(agent);
    for (const Joined& one : contact.others)
        if (!one.is_ringing()) visit(one.who.user);
}
template <class Visit>
void for_each_rung(const Contact& contact, Visit visit) {
    for (const auto& [agent, since] : contact.offered) visit(agent);
    for (const Joined& one : contact.others)
        if (one.is_ringing()) visit(one.who.user);
}

template <class Key, class Value>
const Key& key_of(const std::pair<const Key, Value>& entry) {
    return entry.first;
}
template <class Key>
const Key& key_of(const Key& key) {
    return key;
}
/// Shows so many entries, in their order, from behind `last`, which is then the last of these; at the end it begins anew.
template <class Entries, class Key, class See>
void look_on(const Entries& entries, Key& last, std::size_t count, See see) {
    auto entry = entries.upper_bound(last);
    for (; entry != entries.end() && count > 0; ++entry, --count) {
        see(*entry);
        last = key_of(*entry);
    }
    if (entry == entries.end()) last = {};
}

}  // namespace

Turn turn_of(const Contact& contact) {
    const auto head_start = std::chrono::seconds(contact.entry.priority_seconds) + (contact.requeued ? requeue_bonus : Milliseconds{0});
    return {contact.entry.emergency_class, to_unix_ms(contact.enqueued_at - head_start), contact.number, &contact};
}

const Contact* State::contact(const ContactId& call) const {
    const auto found = contacts_.find(call);
    return found == contacts_.end() ? nullptr : &found->second;
}

bool State::has_ended(const ContactId& call) const { return ended_.contains(call.str()) && !contacts_.contains(call); }

const Instant* State::unrated(const UserId& visitor, const ContactId& call) const { return unrated_.find(part_key(call, visitor)); }

const Instant* State::worked_until(const UserId& agent, const ContactId& call) const { return worked_until_.find(part_key(call, agent)); }

const std::set<ContactId>& State::contacts_of(const UserId& user) const { return find_in(contacts_of_, user); }
const std::set<ContactId>& State::offers_to(const UserId& user) const { return find_in(offers_to_, user); }

const State::Line& State::line(const QueueId& queue) const {
    static const Line nobody;
    const auto found = lines_.find(queue);
    return found == lines_.end() ? nobody : found->second;
}

std::size_t State::callers_in(const QueueId& queue, std::size_t enough) const {
    const Line& all = line(queue);
    if (all.size() < enough) return all.size();
    std::size_t callers = 0;
    for (auto turn = all.begin(); turn != all.end() && callers < enough; ++turn)
        callers += turn->contact->is_waiting() && !turn->contact->is_voicemail();
    return callers;
}

bool State::is_working(const UserId& user, const ContactId* except) const {
    const auto& own = contacts_of(user);
    return std::any_of(own.begin(), own.end(),
                       [&](const ContactId& call) { return (except == nullptr || call != *except) && contacts_.at(call).employs(user); });
}

Work State::work_of(const UserId& user) const {
    Work work;
    work.is_reserved = !offers_to(user).empty();
    for (const ContactId& call : contacts_of(user)) {
        const Contact& contact = contacts_.at(call);
        if (contact.wrap_ups.contains(user)) work.is_wrapping_up = true;
        const Joined* joined = contact.other(user);
        const bool advises = joined != nullptr && joined->kind != LegKind::supervision;
        if (contact.has_agent() && (contact.agent == user || advises)) {
            (contact.state == ContactState::held && !advises ? work.is_on_hold : work.is_on_call) = true;
        }
    }
    return work;
}

const Agent& State::agent(const UserId& user) const {
    static const Agent nobody;
    const auto found = agents_.find(user);
    return found == agents_.end() ? nobody : found->second;
}

void apply(State& state, const Event& event) {
    state.sequence_ = event.sequence;
    if (!event.command_key.empty()) state.commands_.add(event.command_key);
    if (const auto* contact_fact = std::get_if<ContactFact>(&event.fact)) {
        state.apply_to_contact(*contact_fact, event.at);
    } else if (const auto* agent_fact = std::get_if<AgentFact>(&event.fact)) {
        state.apply_to_agent(*agent_fact, event.at);
    } else {
        state.apply_to_configuration(std::get<ConfigurationFact>(event.fact), event.at);
    }
}

void State::add_staff_of(const Contact& contact, std::vector<UserId>& staff) {
    const auto add = [&](const UserId& user) {
        if (user != contact.visitor && std::find(staff.begin(), staff.end(), user) == staff.end()) staff.push_back(user);
    };
    for_each_participant(contact, add);
    for_each_rung(contact, add);
}

void State::apply_to_contact(const ContactFact& fact, Instant at) {
    const ContactId& call = call_of(fact);
    auto found = contacts_.find(call);
    const bool is_new = found == contacts_.end();
    if (const auto* rated = std::get_if<fact::ContactRated>(&fact); rated != nullptr && (is_new || found->second.visitor != rated->by)) {
        unrated_.erase(part_key(call, rated->by));
        return;
    }
    if (std::holds_alternative<fact::ContactCreated>(fact) != is_new) return;
    records_.book(is_new ? nullptr : &found->second, fact, configuration_, at);

    std::vector<UserId> staff;
    if (is_new) {
        found = contacts_.try_emplace(call).first;
    } else {
        add_staff_of(found->second, staff);
    }
    Contact& contact = found->second;
    std::vector<std::pair<UserId, Work>> before;
    for (const UserId& user : staff)
        if (agents_.contains(user)) before.emplace_back(user, work_of(user));
    const auto media_of_before = contact.is_in_call() ? contact.connected_at : std::nullopt;
    const UserId agent_before = contact.has_agent() ? contact.agent : UserId{};
    std::vector<UserId> writers;
    for (const UserId& user : staff)
        if (contact.writes(user)) writers.push_back(user);
    if (!is_new) unindex(contact);
    domain::apply(contact, fact, sequence_, at);
    const bool is_closed = contact.state == ContactState::closed;
    if (!is_closed) index(contact);

    const UserId agent_now = contact.has_agent() ? contact.agent : UserId{};
    for (const UserId& user : writers)
        if (!contact.writes(user)) worked_until_.set(part_key(call, user), at);
    if (agent_before != agent_now) {
        if (const auto former = agents_.find(agent_before); former != agents_.end() && media_of_before) {
            ++former->second.handled;
            former->second.talked += at - *media_of_before;
        }
        if (const auto taker = agents_.find(agent_now); taker != agents_.end()) {
            ++taker->second.taken;
            taker->second.misses = taker->second.declines = 0;
        }
    }
    if (const auto* offered = std::get_if<fact::ContactOffered>(&fact)) {
        for (const UserId& user : offered->agents)
            if (const auto rung = agents_.find(user); rung != agents_.end()) rung->second.offered_last = sequence_;
    } else if (const auto* missed = std::get_if<fact::ContactMissed>(&fact)) {
        for (const UserId& user : missed->agents)
            if (const auto absent = agents_.find(user); absent != agents_.end()) ++absent->second.misses;
    } else if (const auto* declined = std::get_if<fact::ContactDeclined>(&fact)) {
        if (const auto unwilling = agents_.find(declined->agent); unwilling != agents_.end()) ++unwilling->second.declines;
    }
    if (is_closed) {
        ended_.add(call.str());
        if (!contact.rated) unrated_.set(part_key(call, contact.visitor), contact.ended_at.value_or(at));
        if (!contact.agent.empty() && contact.first_connected_at) served_by_.set(contact.visitor, contact.agent);
        contacts_.erase(found);
    } else {
        add_staff_of(contact, staff);
    }
    for (const auto& [user, work] : before) settle_work(user, work, at);
    for (const UserId& user : staff) relabel(user, at);
}

void State::settle_work(const UserId& user, const Work& before, Instant at) {
    const bool worked = before.is_on_call || before.is_on_hold || before.is_wrapping_up;
    const Work now = work_of(user);
    if (worked && !now.is_on_call && !now.is_on_hold && !now.is_wrapping_up) end_work(agents_.at(user), at);
}

void State::relabel(const UserId& user, Instant at) {
    const auto found = agents_.find(user);
    if (found == agents_.end()) return;
    Agent& agent = found->second;
    domain::relabel(agent, label_of(agent, work_of(user)), at);
    if (agent.label == AgentLabel::available) {
        available_.insert(user);
    } else {
        available_.erase(user);
    }
}

void State::apply_to_agent(const AgentFact& fact, Instant at) {
    const UserId& user = agent_of(fact);
    const auto* changed = std::get_if<fact::IntentChanged>(&fact);
    const bool goes_offline = changed != nullptr && changed->intent == Intent::offline && !agent(user).is_signed_in();
    if (goes_offline || std::holds_alternative<fact::SignedOut>(fact)) {
        agents_.erase(user);
        available_.erase(user);
        return;
    }
    domain::apply(agents_[user], fact, at);
    relabel(user, at);
}

void State::apply_to_configuration(const ConfigurationFact& fact, Instant at) {
    if (std::holds_alternative<fact::DayBegan>(fact)) return records_.begin_day(at);
    if (const auto* signed_out = std::get_if<fact::UserSignedOut>(&fact)) return sign_out(signed_out->user, at);
    if (const auto* opened = std::get_if<fact::QueueOpened>(&fact)) {
        closed_queues_.erase(opened->queue);
    } else if (const auto* closed = std::get_if<fact::QueueClosed>(&fact)) {
        closed_queues_.insert(closed->queue);
    } else {
        domain::apply(configuration_, fact);
        configured_at_ = sequence_;
        if (const auto* removed = std::get_if<fact::QueueRemoved>(&fact)) {
            closed_queues_.erase(removed->queue);
            records_.forget(removed->queue);
        }
    }
}

void State::sign_out(const UserId& user, Instant at) {
    signed_out_.erase(user);  // the latest is remembered longest
    signed_out_.set(user, at);
    // A code is a way in, too.
    for (const ContactId& call : contacts_of(user))
        if (Contact& contact = contacts_.at(call); contact.visitor == user) contact.way_back.codes.clear();
}

void State::index(const Contact& contact) {
    for_each_participant(contact, [&](const UserId& user) { contacts_of_[user].insert(contact.call); });
    for_each_rung(contact, [&](const UserId& user) { offers_to_[user].insert(contact.call); });
    if (contact.is_in_queue()) {
        if (lines_[contact.entry.queue].insert(turn_of(contact)).second) ++waiting_count_;
        if (!contact.chosen.empty()) handed_over_[contact.entry.queue].insert(turn_of(contact));
    }
    if (const auto due = deadline_of(contact)) deadlines_.emplace(*due, contact.call);
}

void State::unindex(const Contact& contact) {
    for_each_participant(contact, [&](const UserId& user) { erase_from(contacts_of_, user, contact.call); });
    for_each_rung(contact, [&](const UserId& user) { erase_from(offers_to_, user, contact.call); });
    if (contact.is_in_queue()) {
        const auto line = lines_.find(contact.entry.queue);
        waiting_count_ -= line->second.erase(turn_of(contact));
        if (line->second.empty()) lines_.erase(line);
        if (const auto handed = handed_over_.find(contact.entry.queue); handed != handed_over_.end()) {
            handed->second.erase(turn_of(contact));
            if (handed->second.empty()) handed_over_.erase(handed);
        }
    }
    if (const auto due = deadline_of(contact)) deadlines_.erase({*due, contact.call});
}

std::size_t State::index_errors() const {
    Looked looked;
    return index_errors(looked, std::numeric_limits<std::size_t>::max());
}

std::size_t State::index_errors(Looked& looked, std::size_t entries) const {
    std::size_t errors = 0;
    look_on(contacts_, looked.contact, entries, [&](const auto& entry) {
        const ContactId& call = entry.first;
        const Contact& contact = entry.second;
        for_each_participant(contact, [&](const UserId& user) { errors += !contacts_of(user).contains(call); });
        for_each_rung(contact, [&](const UserId& user) { errors += !offers_to(user).contains(call); });
        const auto turn = turn_of(contact);
        errors += contact.is_in_queue() != line(contact.entry.queue).contains(turn);
        const auto handed = handed_over_.find(contact.entry.queue);
        errors += (contact.is_in_queue() && !contact.chosen.empty()) != (handed != handed_over_.end() && handed->second.contains(turn));
        if (const auto due = deadline_of(contact)) errors += !deadlines_.contains({*due, call});
    });
    const auto names = [this](const ContactId& call, const UserId& user, auto for_each) {
        const Contact* contact = this->contact(call);
        bool is_there = false;
        if (contact != nullptr) for_each(*contact, [&](const UserId& other) { is_there = is_there || other == user; });
        return is_there;
    };
    look_on(contacts_of_, looked.participant, entries, [&](const auto& entry) {
        for (const ContactId& call : entry.second)
            errors += !names(call, entry.first, [](const Contact& contact, auto visit) { for_each_participant(contact, visit); });
    });
    look_on(offers_to_, looked.rung, entries, [&](const auto& entry) {
        for (const ContactId& call : entry.second)
            errors += !names(call, entry.first, [](const Contact& contact, auto visit) { for_each_rung(contact, visit); });
    });
    look_on(deadlines_, looked.deadline, entries, [&](const auto& entry) {
        const Contact* contact = this->contact(entry.second);
        errors += contact == nullptr || deadline_of(*contact) != entry.first;
    });
    look_on(agents_, looked.agent, entries,
            [&](const auto& entry) { errors += (entry.second.label == AgentLabel::available) != available_.contains(entry.first); });
    look_on(available_, looked.available, entries, [&](const UserId& user) { errors += !agents_.contains(user); });
    return errors + turn_errors(looked, entries);
}

/// Of the lines: each place in them is a contact's, and they are as long as is said.
std::size_t State::turn_errors(Looked& looked, std::size_t entries) const {
    std::size_t errors = 0, waiting = 0;
    for (const auto& [queue, line] : lines_) waiting += line.size();
    errors += waiting != waiting_count_;
    auto line = lines_.lower_bound(looked.turn.first);
    while (line != lines_.end() && entries > 0) {
        const auto& [queue, turns] = *line;
        auto turn = queue == looked.turn.first ? turns.upper_bound(looked.turn.second) : turns.begin();
        for (; turn != turns.end() && entries > 0; ++turn, --entries) {
            const Contact& contact = *turn->contact;
            const Turn own = turn_of(contact);
            errors += !contact.is_in_queue() || contact.entry.queue != queue || own < *turn || *turn < own;
            looked.turn = {queue, *turn};
        }
        if (turn == turns.end()) ++line;
    }
    if (line == lines_.end()) looked.turn = {};
    return errors;
}

void State::reindex() {
    contacts_of_.clear();
    offers_to_.clear();
    lines_.clear();
    handed_over_.clear();
    deadlines_.clear();
    waiting_count_ = 0;
    for (const auto& [call, contact] : contacts_) index(contact);
    available_.clear();
    for (const auto& [user, agent] : agents_)
        if (agent.label == AgentLabel::available) available_.insert(user);
}

void State::mend(Instant now) {
    reindex();
    for (auto& [user, agent] : agents_) {
        relabel(user, now);
        Milliseconds counted = now - agent.label_since;
        for (const auto& [label, time] : agent.times) counted += time;
        agent.counted_since = now - counted;
    }
}

State State::restore(Parts parts) {
    State state;
    state.sequence_ = parts.sequence;
    state.configured_at_ = parts.configured_at;
    state.configuration_ = std::move(parts.configuration);
    state.closed_queues_ = std::move(parts.closed_queues);
    state.agents_ = std::move(parts.agents);
    state.records_ = std::move(parts.records);
    for (const std::string& call : parts.ended_calls) state.ended_.add(call);
    for (const auto& [visit, ended_at] : parts.unrated) state.unrated_.set(visit, ended_at);
    for (const auto& [part, ended_at] : parts.worked) state.worked_until_.set(part, ended_at);
    for (const auto& [visitor, agent] : parts.served_by) state.served_by_.set(visitor, agent);
    for (const auto& [user, at] : parts.signed_out) state.signed_out_.set(user, at);
    for (const std::string& command : parts.commands) state.commands_.add(command);
    for (Contact& contact : parts.contacts) {
        const ContactId call = contact.call;
        state.contacts_.try_emplace(call, std::move(contact));
    }
    state.reindex();
    return state;
}

bool operator==(const State& a, const State& b) {
    return a.sequence_ == b.sequence_ && a.configured_at_ == b.configured_at_ && a.configuration_ == b.configuration_ &&
           a.closed_queues_ == b.closed_queues_ && a.contacts_ == b.contacts_ && a.agents_ == b.agents_ && a.records_ == b.records_ &&
           a.ended_ == b.ended_ && a.unrated_ == b.unrated_ && a.worked_until_ == b.worked_until_ && a.served_by_ == b.served_by_ &&
           a.signed_out_ == b.signed_out_ && a.commands_ == b.commands_;
}

}  // namespace calldocker::domain
