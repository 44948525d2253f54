#pragma once
#include <map>
#include <optional>
#include <set>

#include "domain/agents/agent.hpp"
#include "domain/company/fact.hpp"
#include "domain/company/limits.hpp"
#include "domain/company/remembered.hpp"
#include "domain/contacts/contact.hpp"

namespace calldocker::domain {

/// All facts of one company that are still live: a fold of its log, and nothing else. Changed by apply() alone.
/// Everything that is walked is ordered, so that the same log gives the same decisions.
class State {
public:
    using Waiting = std::pair<bool, Sequence>;  ///< false first: who was requeued goes to the front

    [[nodiscard]] Sequence sequence() const { return sequence_; }
    [[nodiscard]] const std::map<ContactId, Contact>& contacts() const { return contacts_; }
    /// @return null unless the contact is live
    [[nodiscard]] const Contact* contact(const ContactId& call) const;
    /// @return whether a contact of this name has ended, lately, and none of this name is live
    [[nodiscard]] bool has_ended(const ContactId& call) const;
    [[nodiscard]] bool has_had_effect(const std::string& command_key) const { return commands_.contains(command_key); }

    /// The live contacts that the user is a party of; empty when none.
    [[nodiscard]] const std::set<ContactId>& contacts_of(const UserId& user) const;
    /// The live contacts that ring the user.
    [[nodiscard]] const std::set<ContactId>& offers_to(const UserId& user) const;
    /// @return whether a live contact other than `except` names the user as its agent
    [[nodiscard]] bool is_working(const UserId& user, const ContactId* except = nullptr) const;

    /// Staff whose intent is not offline.
    [[nodiscard]] const std::map<UserId, Agent>& agents() const { return agents_; }
    [[nodiscard]] Agent agent(const UserId& user) const;

    /// Contacts without an agent, in the order of their turn.
    [[nodiscard]] const std::map<Waiting, ContactId>& waiting() const { return waiting_; }
    /// The moments at which contacts expire, earliest first.
    [[nodiscard]] const std::set<std::pair<Instant, ContactId>>& deadlines() const { return deadlines_; }

    [[nodiscard]] const Remembered& ended_calls() const { return ended_; }
    [[nodiscard]] const Remembered& commands() const { return commands_; }

    /// Total: every event ever written keeps its meaning; one that names a contact that is not live changes nothing.
    friend void apply(State& state, const Event& event);
    /// A state as a snapshot tells of it.
    [[nodiscard]] static State restore(Sequence sequence, std::vector<Contact> contacts, std::map<UserId, Agent> agents,
                                       const std::vector<std::string>& ended_calls, const std::vector<std::string>& commands);

    /// The facts alone; the rest follows from them.
    friend bool operator==(const State& a, const State& b);

private:
    void apply_to_contact(const ContactFact& fact, Instant at);
    void apply_to_agent(const AgentFact& fact, Instant at);
    void index(const Contact& contact);
    void unindex(const Contact& contact);

    Sequence sequence_{};
    std::map<ContactId, Contact> contacts_;
    std::map<UserId, Agent> agents_;
    Remembered ended_{ended_calls_remembered};
    Remembered commands_{commands_remembered};

    // Indices: what the above says, by another key.
    std::map<UserId, std::set<ContactId>> contacts_of_;
    std::map<UserId, std::set<ContactId>> offers_to_;
    std::map<Waiting, ContactId> waiting_;
    std::set<std::pair<Instant, ContactId>> deadlines_;
};

void apply(State& state, const Event& event);

}  // namespace calldocker::domain
