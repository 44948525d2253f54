#include "domain/company/state.hpp"

#include <algorithm>

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

State::Waiting turn_of(const Contact& contact) { return {!contact.requeued, contact.number}; }

}  // namespace

const Contact* State::contact(const ContactId& call) const {
    const auto found = contacts_.find(call);
    return found == contacts_.end() ? nullptr : &found->second;
}

bool State::has_ended(const ContactId& call) const { return ended_.contains(call.str()) && !contacts_.contains(call); }

const std::set<ContactId>& State::contacts_of(const UserId& user) const { return find_in(contacts_of_, user); }
const std::set<ContactId>& State::offers_to(const UserId& user) const { return find_in(offers_to_, user); }

bool State::is_working(const UserId& user, const ContactId* except) const {
    const auto& own = contacts_of(user);
    return std::any_of(own.begin(), own.end(),
                       [&](const ContactId& call) { return (except == nullptr || call != *except) && contacts_.at(call).agent == user; });
}

Agent State::agent(const UserId& user) const {
    const auto found = agents_.find(user);
    return found == agents_.end() ? Agent{} : found->second;
}

void apply(State& state, const Event& event) {
    state.sequence_ = event.sequence;
    if (!event.command_key.empty()) state.commands_.add(event.command_key);
    if (const auto* contact_fact = std::get_if<ContactFact>(&event.fact)) {
        state.apply_to_contact(*contact_fact, event.at);
    } else {
        state.apply_to_agent(std::get<AgentFact>(event.fact), event.at);
    }
}

void State::apply_to_contact(const ContactFact& fact, Instant at) {
    const ContactId& call = call_of(fact);
    auto found = contacts_.find(call);
    if (std::holds_alternative<fact::ContactCreated>(fact)) {
        if (found != contacts_.end()) return;
        found = contacts_.try_emplace(call).first;
    } else if (found == contacts_.end()) {
        return;
    } else {
        unindex(found->second);
    }
    Contact& contact = found->second;
    const UserId agent = contact.agent;
    domain::apply(contact, fact, sequence_, at);
    if (!agent.empty() && contact.agent != agent) {
        if (const auto former = agents_.find(agent); former != agents_.end()) former->second.work_ended_at = at;
    }
    if (contact.state != ContactState::closed) return index(contact);
    if (const auto last = agents_.find(contact.agent); last != agents_.end()) last->second.work_ended_at = at;
    ended_.add(call.str());
    contacts_.erase(found);
}

void State::apply_to_agent(const AgentFact& fact, Instant at) {
    const auto& changed = std::get<fact::IntentChanged>(fact);
    if (changed.intent == Intent::offline) {
        agents_.erase(changed.agent);
        return;
    }
    domain::apply(agents_[changed.agent], fact, at);
}

void State::index(const Contact& contact) {
    contacts_of_[contact.visitor].insert(contact.call);
    if (contact.has_agent()) contacts_of_[contact.agent].insert(contact.call);
    for (const auto& [agent, since] : contact.offered) offers_to_[agent].insert(contact.call);
    if (contact.is_waiting()) waiting_.emplace(turn_of(contact), contact.call);
    if (const auto due = deadline_of(contact)) deadlines_.emplace(*due, contact.call);
}

void State::unindex(const Contact& contact) {
    erase_from(contacts_of_, contact.visitor, contact.call);
    if (contact.has_agent()) erase_from(contacts_of_, contact.agent, contact.call);
    for (const auto& [agent, since] : contact.offered) erase_from(offers_to_, agent, contact.call);
    if (contact.is_waiting()) waiting_.erase(turn_of(contact));
    if (const auto due = deadline_of(contact)) deadlines_.erase({*due, contact.call});
}

State State::restore(Sequence sequence, std::vector<Contact> contacts, std::map<UserId, Agent> agents,
                     const std::vector<std::string>& ended_calls, const std::vector<std::string>& commands) {
    State state;
    state.sequence_ = sequence;
    state.agents_ = std::move(agents);
    for (const std::string& call : ended_calls) state.ended_.add(call);
    for (const std::string& command : commands) state.commands_.add(command);
    for (Contact& contact : contacts) {
        const ContactId call = contact.call;
        const auto [place, is_new] = state.contacts_.try_emplace(call, std::move(contact));
        if (is_new) state.index(place->second);
    }
    return state;
}

bool operator==(const State& a, const State& b) {
    return a.sequence_ == b.sequence_ && a.contacts_ == b.contacts_ && a.agents_ == b.agents_ && a.ended_ == b.ended_ &&
           a.commands_ == b.commands_;
}

}  // namespace calldocker::domain
