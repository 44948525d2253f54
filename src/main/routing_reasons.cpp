#include "main/routing_reasons.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "domain/messages/names.hpp"
#include "domain/routing/eligibility.hpp"
#include "main/live_page.hpp"

namespace calldocker::main {
namespace {

using namespace domain;

std::string words_of(ExclusionReason reason, const std::string& detail) {
    switch (reason) {
        case ExclusionReason::not_available: return "not available";
        case ExclusionReason::no_session: return "no page connected";
        case ExclusionReason::no_media: return "no microphone ready";
        case ExclusionReason::busy: return "busy with another contact";
        case ExclusionReason::ringing: return "another contact was ringing there";
        case ExclusionReason::not_a_member: return "not a member of the queue";
        case ExclusionReason::delayed: return "a member who takes part only in contacts that have waited longer";
        case ExclusionReason::skill: return fmt::format("below the level that the queue asks for in the skill {}", detail);
        case ExclusionReason::language: return "does not speak the contact's language";
        case ExclusionReason::cooling_off: return "had declined or missed this contact a moment before";
        case ExclusionReason::held_for_another: return "the contact was held for its preferred agent";
        case ExclusionReason::own_contact: return "is the visitor";
    }
    return {};
}

/// What the queue's metric goes by.
std::string measure_of(const Agent& agent, const Fit& fit, Metric metric, Instant now) {
    std::string measure = fmt::format("tier {}", fit.tier);
    switch (metric) {
        case Metric::ring_all: break;
        case Metric::longest_idle: measure += ", idle for " + in_clock(now - agent.idle_since); break;
        case Metric::least_occupied: measure += fmt::format(", occupied for {} of the last hour", in_clock(agent.occupied(now))); break;
        case Metric::best_skill: measure += fmt::format(", skills of {}", fit.skill_score); break;
        case Metric::fewest_calls: measure += fmt::format(", {} contacts taken", agent.taken); break;
        case Metric::round_robin: measure += fmt::format(", last offered one at event {}", value_of(agent.offered_last)); break;
    }
    return measure;
}

std::string words_of(DecidedBy what, int candidates) {
    const auto among = [candidates](std::string_view why) { return fmt::format("{}, of {} candidates", why, candidates); };
    switch (what) {
        case DecidedBy::sticky: return among("the visitor's preferred agent");
        case DecidedBy::tier: return among("in a lower tier than all others");
        case DecidedBy::longest_idle: return among("idle for longest");
        case DecidedBy::least_occupied: return among("least occupied within the last hour");
        case DecidedBy::best_skill: return among("best in the skills that the queue asks for");
        case DecidedBy::fewest_calls: return among("with the fewest contacts taken");
        case DecidedBy::round_robin: return among("whose turn it was");
        case DecidedBy::agent_id: return among("first by id, all else being equal");
        case DecidedBy::only_candidate: return "the only candidate";
        case DecidedBy::ring_all: return fmt::format("all {} candidates at once; the first to accept has it", candidates);
        case DecidedBy::chosen: return "handed over to this agent";
    }
    return {};
}

class Explanation {
public:
    Explanation(const State& before, const Event& event, const fact::ContactOffered& offered)
        : before_(before),
          offered_(offered),
          at_(event.at),
          contact_(*before.contact(offered.call)),
          queue_(before.queue_of(contact_)),
          candidates_known_(count_possible() == (offered.why ? offered.why->candidates : 0)) {}

    [[nodiscard]] std::string text(Sequence sequence) const {
        std::vector<std::string> names;
        for (const UserId& agent : offered_.agents) names.push_back(named(agent));
        std::string out = fmt::format("event {}, {}: {} in queue {} was offered to {}\n", value_of(sequence), to_iso8601(at_),
                                      contact_.call, queue_.id, fmt::join(names, ", "));
        out += fmt::format("  why: {}\n", why());
        if (!contact_.trace.empty()) out += fmt::format("  trace: {}\n", contact_.trace);
        for (const UserId& agent : offered_.agents) out += fmt::format("    {}: {}\n", agent, measure(agent));
        for (const auto& [user, agent] : before_.agents())
            if (!is_offered(user)) out += fmt::format("  not {}: {}\n", named(user), why_not(user, agent));
        return out;
    }

private:
    [[nodiscard]] std::string named(const UserId& user) const {
        const std::string& name = before_.agent(user).name;
        return name.empty() ? user.str() : fmt::format("{} ({})", user, name);
    }
    [[nodiscard]] std::string measure(const UserId& user) const {
        return measure_of(before_.agent(user), fit_of(before_.configuration(), queue_, user), queue_.metric, at_);
    }
    [[nodiscard]] bool is_offered(const UserId& user) const {
        return std::find(offered_.agents.begin(), offered_.agents.end(), user) != offered_.agents.end();
    }
    [[nodiscard]] const Excluded* recorded(const UserId& user) const {
        const auto found =
            std::find_if(offered_.excluded.begin(), offered_.excluded.end(), [&](const Excluded& one) { return one.agent == user; });
        return found == offered_.excluded.end() ? nullptr : &*found;
    }

    [[nodiscard]] std::string why() const {
        if (!offered_.why) return "their original pages were in the room that the visitor called; it rings at all of them";
        const RoutingWhy& why = *offered_.why;
        const std::string rules = why.rule == "0" ? "the rules that every company has" : "the rules of event " + why.rule;
        return fmt::format("{}; it had waited {}; by {}", words_of(why.decided_by, why.candidates), in_clock(why.waited), rules);
    }

    /// Why somebody cannot have been a candidate, as far as the log tells; empty: may have been one.
    [[nodiscard]] std::string hindrance(const UserId& user, const Agent& agent) const {
        if (const Excluded* excluded = recorded(user)) return words_of(excluded->reason, excluded->detail);
        if (contact_.is_offered_to(user)) return "it was ringing there already";
        if (!agent.is_signed_in()) return "not signed in";
        if (before_.is_working(user)) return working_on(user);
        if (!before_.offers_to(user).empty())
            return fmt::format("{} was ringing there", fmt::join(texts_of(before_.offers_to(user)), ", "));
        if (agent.intent == Intent::not_ready) return "not ready: " + (agent.reason.empty() ? "no reason given" : agent.reason);
        if (agent.intent == Intent::offline) return "had not set out to take contacts";
        const Fit fit = fit_of(before_.configuration(), queue_, user);
        const Eligibility eligibility = eligibility_of(before_.configuration(), queue_, fit, contact_, user, at_);
        if (eligibility.excluded) return words_of(*eligibility.excluded, eligibility.detail);
        if (contact_.declined.contains(user)) return words_of(ExclusionReason::cooling_off, {});
        return {};
    }

    [[nodiscard]] std::string why_not(const UserId& user, const Agent& agent) const {
        std::string hindered = hindrance(user, agent);
        if (!hindered.empty()) return hindered;
        constexpr std::string_view no_page = "no page of theirs was connected with a microphone ready";
        if (!offered_.why) return "no original page of theirs was in the room";
        switch (offered_.why->decided_by) {
            case DecidedBy::chosen: return "it was handed over to another";
            case DecidedBy::only_candidate:
            case DecidedBy::ring_all: return std::string(no_page);
            default: break;
        }
        const std::string later = fmt::format("came later in the order: {}", measure(user));
        return candidates_known_ ? later : fmt::format("{}; or {}, which the log does not say", later, no_page);
    }

    [[nodiscard]] std::string working_on(const UserId& user) const {
        const Work work = before_.work_of(user);
        const std::string_view what = work.is_on_hold ? "had on hold" : work.is_on_call ? "was in" : "was wrapping up";
        return fmt::format("busy: {} {}", what, fmt::join(texts_of(before_.contacts_of(user)), ", "));
    }
    static std::vector<std::string> texts_of(const std::set<ContactId>& calls) {
        std::vector<std::string> texts;
        for (const ContactId& call : calls) texts.push_back(call.str());
        return texts;
    }

    /// Those who may have been candidates, as far as the log tells. As many as there were: then they are the ones.
    [[nodiscard]] int count_possible() const {
        return static_cast<int>(std::count_if(before_.agents().begin(), before_.agents().end(), [this](const auto& one) {
            return is_offered(one.first) || hindrance(one.first, one.second).empty();
        }));
    }

    const State& before_;
    const fact::ContactOffered& offered_;
    Instant at_;
    const Contact& contact_;
    const Queue& queue_;
    bool candidates_known_;
};

}  // namespace

std::string explain(const State& before, const Event& event, const fact::ContactOffered& offered) {
    return Explanation(before, event, offered).text(event.sequence);
}

}  // namespace calldocker::main
