#include "domain/configuration/queue.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "domain/configuration/limits.hpp"

namespace calldocker::domain {
namespace {

constexpr int skill_level_max = 10;
constexpr int day_seconds = 86'400;

struct Bound {
    std::string_view name;
    int value, min, max;
};

tl::unexpected<Error> broken(const Queue& queue, std::string_view what) {
    return fail(ErrorCode::invalid, fmt::format("queue {}: {}", queue.id, what));
}

Result<> validate(const Queue& queue, const Requirement& requirement) {
    if (!is_name(requirement.skill)) return broken(queue, "a requirement needs the name of a skill");
    const auto is_level = [](int level, int min) { return level >= min && level <= skill_level_max; };
    if (!is_level(requirement.level, 1)) return broken(queue, "the level of a requirement goes from 1 to 10");
    if (requirement.weight < 0 || requirement.weight > 100) return broken(queue, "the weight of a requirement goes from 0 to 100");
    if (requirement.relaxations.size() > relaxations_per_requirement_max) return broken(queue, "a requirement has too many relaxations");
    int after = 0;
    for (const Relaxation& step : requirement.relaxations) {
        if (step.after_seconds <= after || step.after_seconds > day_seconds)
            return broken(queue, "relaxations come in rising order of after_seconds, within a day");
        if (!is_level(step.level, 0)) return broken(queue, "the level of a relaxation goes from 0 to 10");
        after = step.after_seconds;
    }
    return {};
}

}  // namespace

int Requirement::level_at_last() const {
    int least = level;
    for (const Relaxation& step : relaxations) least = std::min(least, step.level);
    return least;
}

Milliseconds Requirement::soonest_for(int has_level) const {
    if (has_level >= level) return {};
    Milliseconds wait{};
    for (const Relaxation& step : relaxations) {
        wait = std::chrono::seconds(step.after_seconds);
        if (has_level >= step.level) break;
    }
    return wait;
}

int Requirement::level_after(Milliseconds waited) const {
    int asked = level;
    for (const Relaxation& step : relaxations) {
        if (waited < std::chrono::seconds(step.after_seconds)) break;
        asked = step.level;
    }
    return asked;
}

const Member* Queue::member(const UserId& agent) const {
    const auto found =
        std::lower_bound(members.begin(), members.end(), agent, [](const Member& one, const UserId& wanted) { return one.agent < wanted; });
    return found != members.end() && found->agent == agent ? &*found : nullptr;
}

bool covers_language(std::string_view spoken, std::string_view wanted) {
    if (wanted.size() < spoken.size() || !equal_ignoring_case(wanted.substr(0, spoken.size()), spoken)) return false;
    return wanted.size() == spoken.size() || wanted[spoken.size()] == '-';
}

Result<> validate(const Queue& queue) {
    if (!is_name(queue.id.view())) return fail(ErrorCode::invalid, "a queue needs an id");
    if (!queue.name.empty() && !is_line(queue.name)) return broken(queue, "its name is too long or has control characters");
    if (!queue.overflow_to.empty() && !is_name(queue.overflow_to.view())) return broken(queue, "overflow_to is no id of a queue");
    if (queue.overflow_to == queue.id) return broken(queue, "it cannot overflow into itself");
    const Bound bounds[]{
        {"ring_seconds", queue.ring_seconds, 5, 120},
        {"emergency_class", queue.emergency_class, 0, 9},
        {"priority_seconds", queue.priority_seconds, 0, day_seconds},
        {"sticky_seconds", queue.sticky_seconds, 0, day_seconds},
        {"target_seconds", queue.target_seconds, 1, day_seconds},
        {"max_wait_seconds", queue.max_wait_seconds, 0, day_seconds},
        {"max_length", queue.max_length, 0, 10'000},
        {"callback_attempts_max", queue.callback_attempts_max, 1, 20},
        {"callback_ring_seconds", queue.callback_ring_seconds, 5, 120},
        {"callback_retry_seconds", queue.callback_retry_seconds, 10, day_seconds},
        {"wrap_up_seconds", queue.wrap_up_seconds, 0, 3'600},
        {"wrap_up_extension_seconds", queue.wrap_up_extension_seconds, 0, 3'600},
        {"wrap_up_extensions_max", queue.wrap_up_extensions_max, 0, 20},
        {"misses_max", queue.misses_max, 0, 100},
        {"declines_max", queue.declines_max, 0, 100},
    };
    for (const Bound& bound : bounds)
        if (bound.value < bound.min || bound.value > bound.max)
            return broken(queue, fmt::format("{} goes from {} to {}", bound.name, bound.min, bound.max));

    if (queue.requirements.size() > requirements_per_queue_max) return broken(queue, "it has too many requirements");
    for (const Requirement& requirement : queue.requirements)
        if (auto valid = validate(queue, requirement); !valid) return valid;

    if (queue.members.size() > members_per_queue_max) return broken(queue, "it has too many members");
    for (std::size_t i = 0; i < queue.members.size(); ++i) {
        const Member& member = queue.members[i];
        if (!member.agent.is_staff() || !is_name(member.agent.view())) return broken(queue, "a member needs the id of an agent");
        if (i > 0 && !(queue.members[i - 1].agent < member.agent)) return broken(queue, "members come in rising order, each once");
        if (member.tier < 1 || member.tier > 100) return broken(queue, "the tier of a member goes from 1 to 100");
        if (member.delay_seconds < 0 || member.delay_seconds > day_seconds) return broken(queue, "the delay of a member is at most a day");
    }
    if (queue.hours == Hours{}) return {};  // open at any time
    if (auto valid = validate(queue.hours); !valid) return broken(queue, valid.error().detail);
    return {};
}

}  // namespace calldocker::domain
