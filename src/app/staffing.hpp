#pragma once
#include <map>
#include <vector>

#include "domain/company/state.hpp"
#include "domain/presence/presence.hpp"
#include "domain/routing/eligibility.hpp"

namespace calldocker::app {

/// The time that agents have recently spent on each queue.
using RecentTimes = std::map<QueueId, Milliseconds>;
[[nodiscard]] RecentTimes recent_times(const domain::State& state, Instant now);

/// The staff of a company's queues at one moment. Built in one walk over the agents and one over the members of the queues, for all
/// receivers together. So estimates and live figures cost that sum, and not its square.
class Staffing {
public:
    /// Valid until the state or the presence changes.
    Staffing(const domain::State& state, const domain::Presence& presence);

    /// The same as staff_of(), for any queue at the cost of its members.
    [[nodiscard]] domain::Staff of(const domain::Queue& queue) const;

    /// How many agents a queue has. Each counts by the share of the agent's recent work, in all queues that the agent serves, that went to
    /// this queue.
    /// @param work  the same at every call
    [[nodiscard]] double effective_agents(const domain::Queue& queue, const RecentTimes& work);

private:
    struct Agent {
        const UserId* user;
        bool is_free{};
        Milliseconds all_work{};  // of the queues that the agent serves
    };
    void add_up(const RecentTimes& work);
    [[nodiscard]] const Agent* find(const UserId& user) const;
    template <class Seen>
    void for_each_of(const domain::Queue& queue, Seen seen) const;

    const domain::State& state_;
    std::vector<Agent> staffed_;  // free, or at work; in the order of their ids
    int free_ = 0;
    double shares_ = 0;  // sum of 1/all_work: of a queue that everybody serves
    bool is_added_up_ = false;
};

}  // namespace calldocker::app
