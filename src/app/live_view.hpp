#pragma once
#include <vector>

#include "domain/company/state.hpp"
#include "domain/permissions/supervision.hpp"
#include "domain/presence/presence.hpp"

/// A company as its staff may see it. Every figure is a fold of the log.
namespace calldocker::app {

/// Contacts of a live view; the total is told beside it.
inline constexpr std::size_t live_contacts_shown_max = 500;

/// What all who watch a company are shown at one moment. Computed once; each watcher sees of it what concerns certain agents.
/// Holds as long as the state does not change.
class LiveFigures {
public:
    LiveFigures(const domain::State& state, const domain::Presence& presence, Instant now);
    /// @param mine  whom the watcher looks after; others are left out
    [[nodiscard]] domain::LiveView shown_to(const domain::Supervision& mine) const;

private:
    struct Aged {
        Instant since;
        Sequence number;
        const domain::Contact* contact;
    };
    void add_queue_to_its_agents(const domain::Queue& queue);

    const domain::State& state_;
    domain::LiveView everything_;  // but for the contacts
    std::vector<Aged> by_age_;
};
/// Whom to consult or hand over to, and the company's words.
[[nodiscard]] domain::Directory directory_of(const domain::State& state, const domain::Presence& presence);

}  // namespace calldocker::app
