#pragma once
#include <vector>

#include "domain/company/state.hpp"
#include "domain/permissions/supervision.hpp"
#include "domain/presence/presence.hpp"

/// A company as its staff may see it. Every figure is a fold of the log.
namespace calldocker::app {

/// The most contacts that a live view lists; it gives the total beside them.
inline constexpr std::size_t live_contacts_shown_max = 500;

/// The view that all watchers of a company share at one moment. Computed once; each watcher sees the part of it that concerns certain
/// agents. Valid as long as the state does not change.
class LiveFigures {
public:
    LiveFigures(const domain::State& state, const domain::Presence& presence, Instant now);
    /// @param mine  the agents that the watcher looks after; the view leaves out others
    [[nodiscard]] domain::LiveView shown_to(const domain::Supervision& mine) const;

private:
    struct Aged {
        Instant since;
        Sequence number;
        const domain::Contact* contact;
    };
    void add_queue_to_its_agents(const domain::Queue& queue);

    const domain::State& state_;
    domain::LiveView everything_;  // without the contacts
    std::vector<Aged> by_age_;
};
/// The queues and agents to consult or hand over to, and the company's reasons and dispositions.
[[nodiscard]] domain::Directory directory_of(const domain::State& state, const domain::Presence& presence);

}  // namespace calldocker::app
