#pragma once
#include <optional>

#include "domain/company/state.hpp"
#include "domain/presence/presence.hpp"

/// Who may be given what. Pure functions of facts, presence and time.
namespace calldocker::domain {

/// How an agent fits a queue, whatever waits in it.
struct Fit {
    bool is_member{};
    bool is_able{};  ///< a member who has every mandatory skill, as far as it is asked for after any wait
    int tier = 1;
    Milliseconds delay{};
    Milliseconds soonest{};  ///< of who is able: no contact that has waited less may be had, whatever else is asked of it
    int skill_score{};       ///< sum of weight x level over the queue's requirements
};
[[nodiscard]] Fit fit_of(const Configuration& configuration, const Queue& queue, const UserId& agent);

/// Whether an agent who is routable may have a waiting contact, and if not, why, and when that may change by itself.
struct Eligibility {
    std::optional<ExclusionReason> excluded;
    std::string detail;              ///< of a skill: which
    std::optional<Instant> changes;  ///< look again then; none: not by the passing of time
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
