#include "domain/routing/eligibility.hpp"

#include <algorithm>

#include "domain/company/follow_up.hpp"

namespace calldocker::domain {
namespace {

/// When the requirement next asks for less; none: it never does.
std::optional<Instant> next_relaxation(const Requirement& requirement, const Contact& contact, Milliseconds waited) {
    for (const Relaxation& step : requirement.relaxations)
        if (waited < std::chrono::seconds(step.after_seconds)) return contact.enqueued_at + std::chrono::seconds(step.after_seconds);
    return std::nullopt;
}

/// Would be rung: by an offer, or, an original page, by the visitor's own.
bool is_free(const State& state, const Presence& presence, const UserId& agent) {
    return is_routable(state, presence, agent) || is_original_and_free(state, presence, agent);
}

bool speaks(const AgentProfile* profile, const std::string& language) {
    if (profile == nullptr || profile->languages.empty()) return true;
    return std::any_of(profile->languages.begin(), profile->languages.end(),
                       [&](const std::string& spoken) { return covers_language(spoken, language); });
}

}  // namespace

Fit fit_of(const Configuration& configuration, const Queue& queue, const UserId& agent) {
    Fit fit;
    const Member* member = queue.member(agent);
    fit.is_member = queue.everyone || member != nullptr;
    if (member != nullptr) {
        fit.tier = member->tier;
        fit.delay = std::chrono::seconds(member->delay_seconds);
    }
    fit.is_able = fit.is_member;
    fit.soonest = fit.delay;
    const AgentProfile* profile = configuration.profile(agent);
    for (const Requirement& requirement : queue.requirements) {
        const int level = profile == nullptr ? 0 : profile->level_of(requirement.skill);
        fit.skill_score += requirement.weight * level;
        if (!requirement.mandatory) continue;
        if (level < requirement.level_at_last()) {
            fit.is_able = false;
        } else {
            fit.soonest = std::max(fit.soonest, requirement.soonest_for(level));
        }
    }
    return fit;
}

Eligibility eligibility_of(const Configuration& configuration, const Queue& queue, const Fit& fit, const Contact& contact,
                           const UserId& agent, Instant now) {
    if (agent == contact.visitor) return {ExclusionReason::own_contact, {}, {}};
    if (!fit.is_member) return {ExclusionReason::not_a_member, {}, {}};
    // A contact's age, and with it what it has waited for, is that of its first entry.
    const Milliseconds waited = now - contact.enqueued_at;
    if (waited < fit.delay) return {ExclusionReason::delayed, {}, contact.enqueued_at + fit.delay};
    if (!queue.requirements.empty()) {
        const AgentProfile* profile = configuration.profile(agent);
        for (const Requirement& requirement : queue.requirements) {
            if (!requirement.mandatory) continue;
            const int level = profile == nullptr ? 0 : profile->level_of(requirement.skill);
            if (level < requirement.level_after(waited))
                return {ExclusionReason::skill, requirement.skill, next_relaxation(requirement, contact, waited)};
        }
    }
    if (queue.match_language && !contact.details.language.empty() && !speaks(configuration.profile(agent), contact.details.language))
        return {ExclusionReason::language, {}, {}};
    return {};
}

bool is_staffed(const State& state, const Presence& presence, const Queue& queue, const UserId& agent) {
    if (!queue.everyone && queue.member(agent) == nullptr) return false;
    return is_free(state, presence, agent) || !state.work_of(agent).is_idle();
}

Staff staff_of(const State& state, const Presence& presence, const Queue& queue) {
    Staff staff;
    for (const auto& [user, agent] : state.agents()) {
        if (!is_staffed(state, presence, queue, user)) continue;
        ++staff.staffed;
        if (is_free(state, presence, user)) ++staff.free;
    }
    return staff;
}

}  // namespace calldocker::domain
