#pragma once
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "domain/agents/agent.hpp"
#include "domain/company/fact.hpp"
#include "domain/company/lately.hpp"
#include "domain/company/limits.hpp"
#include "domain/company/records.hpp"
#include "domain/company/remembered.hpp"
#include "domain/configuration/configuration.hpp"
#include "domain/contacts/contact.hpp"

namespace calldocker::domain {

/// A contact's turn in the one order of all contacts that wait in a company: emergency class first, then age with its head starts, then the
/// order of coming. Age is built in, and all ages grow alike: the order of two contacts never changes while they wait.
struct Turn {
    int emergency_class{};
    std::int64_t as_if_enqueued_ms{};  ///< the time of the first entry, less all head starts
    Sequence number{};
    const Contact* contact{};

    friend bool operator<(const Turn& a, const Turn& b) {
        if (a.emergency_class != b.emergency_class) return a.emergency_class > b.emergency_class;
        if (a.as_if_enqueued_ms != b.as_if_enqueued_ms) return a.as_if_enqueued_ms < b.as_if_enqueued_ms;
        return a.number < b.number;
    }
};
[[nodiscard]] Turn turn_of(const Contact& contact);

/// All facts of one company that are still live: a fold of its log, and nothing else. Only apply() changes it. Every collection that is
/// walked is ordered, so that the same log gives the same decisions.
class State {
public:
    using Line = std::set<Turn>;

    State() = default;
    State(State&&) = default;
    State& operator=(State&&) = default;

    [[nodiscard]] Sequence sequence() const { return sequence_; }
    [[nodiscard]] const std::map<ContactId, Contact>& contacts() const { return contacts_; }
    /// @return null unless the contact is live
    [[nodiscard]] const Contact* contact(const ContactId& call) const;
    /// @return whether a contact of this name has ended, lately, and none of this name is live
    [[nodiscard]] bool has_ended(const ContactId& call) const;
    /// @return when the user's contact of this name ended; null: never, too long ago to be remembered, or rated since
    [[nodiscard]] const Instant* unrated(const UserId& visitor, const ContactId& call) const;
    /// @return when the agent's part in the contact of this name ended, wrap-up included; null: never, or too long ago to be remembered
    [[nodiscard]] const Instant* worked_until(const UserId& agent, const ContactId& call) const;
    [[nodiscard]] bool has_had_effect(const std::string& command_key) const { return commands_.contains(command_key); }

    /// The live contacts that the user takes part in, or wraps up; empty when none.
    [[nodiscard]] const std::set<ContactId>& contacts_of(const UserId& user) const;
    /// The live contacts that ring the user.
    [[nodiscard]] const std::set<ContactId>& offers_to(const UserId& user) const;
    /// @return whether a live contact other than `except` employs the user
    [[nodiscard]] bool is_working(const UserId& user, const ContactId* except = nullptr) const;
    [[nodiscard]] Work work_of(const UserId& user) const;

    /// Staff who are signed in, or whose intent is not offline.
    [[nodiscard]] const std::map<UserId, Agent>& agents() const { return agents_; }
    /// Of these, agents whose label is `available`: they want work and have none.
    [[nodiscard]] const std::set<UserId>& available() const { return available_; }
    [[nodiscard]] const Agent& agent(const UserId& user) const;

    [[nodiscard]] const Configuration& configuration() const { return configuration_; }
    /// The log position of the configuration in force: the version of the rules.
    [[nodiscard]] Sequence configured_at() const { return configured_at_; }
    [[nodiscard]] bool is_open(const QueueId& queue) const { return !closed_queues_.contains(queue); }
    [[nodiscard]] const std::set<QueueId>& closed_queues() const { return closed_queues_; }
    [[nodiscard]] const Queue& queue_of(const Contact& contact) const { return configuration_.queue_or_default(contact.entry.queue); }

    /// Contacts without an agent, by queue, each in the order of their turn. No queue is empty.
    [[nodiscard]] const std::map<QueueId, Line>& lines() const { return lines_; }
    [[nodiscard]] const Line& line(const QueueId& queue) const;
    /// Of these, the few that were handed to an agent by name. No queue is empty.
    [[nodiscard]] const std::map<QueueId, Line>& handed_over() const { return handed_over_; }
    /// How many contacts wait in the queue to be put through. It leaves out callbacks and messages, for which nobody waits on the line.
    /// @param enough  stops counting there
    [[nodiscard]] std::size_t callers_in(const QueueId& queue, std::size_t enough) const;
    [[nodiscard]] std::size_t waiting_count() const { return waiting_count_; }
    /// The moments at which contacts expire, earliest first.
    [[nodiscard]] const std::set<std::pair<Instant, ContactId>>& deadlines() const { return deadlines_; }

    [[nodiscard]] const Records& records() const { return records_; }
    [[nodiscard]] const Remembered& ended_calls() const { return ended_; }
    [[nodiscard]] const Lately<std::string, Instant>& unrated() const { return unrated_; }
    [[nodiscard]] const Lately<std::string, Instant>& worked() const { return worked_until_; }
    [[nodiscard]] const Remembered& commands() const { return commands_; }
    /// The agent who served a visitor last; none: nobody, or too long ago to be remembered.
    [[nodiscard]] const UserId* served_by(const UserId& visitor) const { return served_by_.find(visitor); }
    [[nodiscard]] const Lately<UserId, UserId>& last_agents() const { return served_by_; }

    /// When an admin signed the user out last; null: never, or too long ago to be remembered.
    [[nodiscard]] const Instant* signed_out_at(const UserId& user) const { return signed_out_.find(user); }
    [[nodiscard]] const Lately<UserId, Instant>& sign_outs() const { return signed_out_; }

    /// Total: every event ever written keeps its meaning; one that names a contact that is not live changes nothing.
    friend void apply(State& state, const Event& event);

    /// The content of a snapshot.
    struct Parts {
        Sequence sequence{}, configured_at{};
        Configuration configuration;
        std::set<QueueId> closed_queues;
        std::vector<Contact> contacts;
        std::map<UserId, Agent> agents;
        Records records;
        std::vector<std::string> ended_calls, commands;
        std::vector<std::pair<std::string, Instant>> unrated, worked;
        std::vector<std::pair<UserId, UserId>> served_by;
        std::vector<std::pair<UserId, Instant>> signed_out;
    };
    [[nodiscard]] static State restore(Parts parts);

    /// How far the auditor has got with each kind of entry.
    struct Looked {
        ContactId contact;
        UserId participant, rung, available, agent;
        std::pair<Instant, ContactId> deadline;
        std::pair<QueueId, Turn> turn;
    };
    /// Compares the indices with the contacts, in both directions. For the auditor. @return how many entries differ
    [[nodiscard]] std::size_t index_errors() const;
    /// The same for this many entries of each kind, from where the last look ended.
    [[nodiscard]] std::size_t index_errors(Looked& looked, std::size_t entries) const;
    /// Rebuilds them, with the labels that follow from them and the times under these.
    void mend(Instant now);

    /// Applies the facts alone; the rest follows from them.
    friend bool operator==(const State& a, const State& b);

private:
    void apply_to_contact(const ContactFact& fact, Instant at);
    void apply_to_agent(const AgentFact& fact, Instant at);
    void apply_to_configuration(const ConfigurationFact& fact, Instant at);
    [[nodiscard]] std::size_t turn_errors(Looked& looked, std::size_t entries) const;
    void sign_out(const UserId& user, Instant at);
    void reindex();
    void index(const Contact& contact);
    void unindex(const Contact& contact);
    /// The users who work on the contact, or that it rings: their labels may change with it.
    static void add_staff_of(const Contact& contact, std::vector<UserId>& staff);
    void settle_work(const UserId& user, const Work& before, Instant at);
    void relabel(const UserId& user, Instant at);

    Sequence sequence_{};
    Sequence configured_at_{};
    Configuration configuration_;
    std::set<QueueId> closed_queues_;
    std::map<ContactId, Contact> contacts_;
    std::map<UserId, Agent> agents_;
    Records records_;
    Remembered ended_{ended_calls_remembered};
    Lately<std::string, Instant> unrated_{ended_calls_remembered};       // by call and visitor: when it ended
    Lately<std::string, Instant> worked_until_{ended_calls_remembered};  // by call and agent: when that agent's part in it ended
    Remembered commands_{commands_remembered};
    Lately<UserId, UserId> served_by_{last_agents_remembered};
    Lately<UserId, Instant> signed_out_{sign_outs_remembered};

    // Indices: the same contents, by other keys.
    std::map<UserId, std::set<ContactId>> contacts_of_;
    std::map<UserId, std::set<ContactId>> offers_to_;
    std::map<QueueId, Line> lines_, handed_over_;
    std::size_t waiting_count_ = 0;
    std::set<std::pair<Instant, ContactId>> deadlines_;
    std::set<UserId> available_;
};

void apply(State& state, const Event& event);

}  // namespace calldocker::domain
