#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/hours/hours.hpp"

namespace calldocker::domain {

/// The queue that every company has; `public-calls` and `agent-room` are its names on the wire of version 1.
inline constexpr std::string_view default_queue = "default";

/// How a queue orders the agents of one tier. ring_all offers to all of them at once, and the first accept wins.
enum class Metric { ring_all, longest_idle, least_occupied, best_skill, fewest_calls, round_robin };

[[nodiscard]] constexpr std::string_view name_of(Metric metric) {
    switch (metric) {
        case Metric::ring_all: return "ring_all";
        case Metric::longest_idle: return "longest_idle";
        case Metric::least_occupied: return "least_occupied";
        case Metric::best_skill: return "best_skill";
        case Metric::fewest_calls: return "fewest_calls";
        case Metric::round_robin: return "round_robin";
    }
    return {};
}

/// Once the contact has waited `after_seconds`, `level` is enough; 0: the agent no longer needs the skill.
struct Relaxation {
    int after_seconds{};
    int level{};
    friend bool operator==(const Relaxation&, const Relaxation&) = default;
};

/// A skill that the queue asks for. Levels go from 1 to 10; an agent without the skill has 0.
struct Requirement {
    std::string skill;
    int level = 1;
    int weight = 1;                       ///< in the sum of best_skill, 0 to 100
    bool mandatory = true;                ///< else it only counts in best_skill
    std::vector<Relaxation> relaxations;  ///< in rising order of time

    /// @return the level that is enough after `waited`
    [[nodiscard]] int level_after(Milliseconds waited) const;
    /// @return the lowest level that is enough after any wait
    [[nodiscard]] int level_at_last() const;
    /// @return after which wait the level is enough for the first time; for a level that never is, the last step's
    [[nodiscard]] Milliseconds soonest_for(int has_level) const;
    friend bool operator==(const Requirement&, const Requirement&) = default;
};

struct Member {
    UserId agent;
    int tier = 1;         ///< lower tiers are asked first
    int delay_seconds{};  ///< only contacts that have waited this long are offered to the agent
    friend bool operator==(const Member&, const Member&) = default;
};

/// An ordered set of waiting contacts with a routing policy. Times in seconds; 0 of a limit: no limit.
struct Queue {
    QueueId id;
    std::string name;  ///< for people; empty: the id
    Metric metric = Metric::ring_all;
    int ring_seconds = 20;  ///< 5 to 120

    int emergency_class{};   ///< higher ones go before all lower ones, 0 to 9
    int priority_seconds{};  ///< a head start: ranked as if it had waited this much longer
    int sticky_seconds{};    ///< how long a contact waits for its preferred agent, if that one is staffed but busy
    int target_seconds = 20;
    int max_wait_seconds{};
    int max_length{};
    QueueId overflow_to;  ///< where contacts go at a limit; empty: nowhere

    bool callback = true;   ///< visitors may ask for one, and a contact at its limit becomes one
    bool voicemail = true;  ///< visitors may leave one
    int callback_attempts_max = 3;
    int callback_ring_seconds = 30;
    int callback_retry_seconds = 300;

    int wrap_up_seconds = 30;  ///< 0: none
    int wrap_up_extension_seconds = 60;
    int wrap_up_extensions_max = 2;
    int misses_max = 1;    ///< calls in a row that ring unanswered, until the agent is set not ready; 0: never
    int declines_max = 5;  ///< likewise of declined calls

    bool match_language{};  ///< the agent must speak the contact's language, if it has one
    std::vector<Requirement> requirements;
    bool everyone = true;         ///< all staff are members of tier 1, beside those listed
    std::vector<Member> members;  ///< by agent, in rising order
    Hours hours;

    /// @return null for an agent who is not listed
    [[nodiscard]] const Member* member(const UserId& agent) const;
    friend bool operator==(const Queue&, const Queue&) = default;
};

/// @return whether the tag of an agent's language covers that of a contact: "de" covers "de-CH", not the reverse (RFC 4647, basic
/// filtering)
[[nodiscard]] bool covers_language(std::string_view spoken, std::string_view wanted);

/// @errors invalid; the detail names the member that is out of its bounds
[[nodiscard]] Result<> validate(const Queue& queue);

}  // namespace calldocker::domain
