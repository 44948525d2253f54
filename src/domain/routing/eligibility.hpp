#pragma once
#include <optional>

#include "domain/company/state.hpp"
#include "domain/presence/presence.hpp"

/// Which agent may get which contact. Pure functions of facts, presence and time.
namespace calldocker::domain {

/// How well an agent fits a queue, whatever waits in it.
struct Fit {
    bool is_member{};
    bool is_able{};  ///< a member who has every mandatory skill, at the level that is enough after the longest wait
    int tier = 1;
    Milliseconds delay{};
    Milliseconds soonest{};  ///< if able: the least wait of a contact that the agent may get, whatever else is asked of it
    int skill_score{};       ///< sum of weight x level over the queue's requirements
};
[[nodiscard]] Fit fit_of(const Configuration& configuration, const Queue& queue, const UserId& agent);

/// Whether a routable agent may get a waiting contact; if not, why, and when that may change by itself.
struct Eligibility {
    std::optional<ExclusionReason> excluded;
    std::string detail;              ///< of a skill: which
    std::optional<Instant> changes;  ///< look again then; none: the passing of time changes nothing
};
[[nodiscard]] Eligibility eligibility_of(const Configuration& configuration, const Queue& queue, const Fit& fit, const Contact& contact,
                                         const UserId& agent, Instant now);

/// Signed in, and takes contacts of this queue: free, or busy with one. "Nobody there" means that nobody is staffed.
[[nodiscard]] bool is_staffed(const State& state, const Presence& presence, const Queue& queue, const UserId& agent);

struct Staff {
    int staffed{}, free{};
};
[[nodiscard]] Staff staff_of(const State& state, const Presence& presence, const Queue& queue);

}  // namespace calldocker::domain
