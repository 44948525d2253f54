#include "domain/agents/agent.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "domain/configuration/company_settings.hpp"

namespace calldocker::domain {
namespace {

constexpr std::array<std::string_view, 3> words_of_offline{"offline", "logged_out", "logout"};
constexpr std::array<std::string_view, 10> words_of_not_ready{"busy",      "away",           "break",   "not_ready", "unavailable",
                                                              "not-ready", "do_not_disturb", "in_call", "in-call",   "on_call"};

bool is_one_of(std::string_view word, const auto& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view known) { return equal_ignoring_case(word, known); });
}

constexpr bool is_busy(AgentLabel label) {
    return label == AgentLabel::on_call || label == AgentLabel::on_hold || label == AgentLabel::wrapup;
}

/// Intervals that touch are one; those that have left the window go, so that an agent has at most some dozens.
void keep_busy(std::vector<Agent::Busy>& busy, Agent::Busy added) {
    std::erase_if(busy, [&](const Agent::Busy& old) { return old.to + occupancy_window <= added.to; });
    if (!busy.empty() && busy.back().to == added.from) {
        busy.back().to = added.to;
    } else {
        busy.push_back(added);
    }
}

struct Apply {
    Agent& agent;
    Instant at;

    void operator()(const fact::IntentChanged& changed) {
        const bool stays_not_ready = agent.intent == Intent::not_ready && changed.intent == Intent::not_ready;
        if (agent.intent == Intent::not_ready && !stays_not_ready && at - agent.not_ready_since >= not_ready_resets_idle)
            agent.idle_since = at;
        if (agent.intent == Intent::offline && changed.intent != Intent::offline) agent.idle_since = at;
        if (changed.intent == Intent::not_ready && !stays_not_ready) agent.not_ready_since = at;
        if (changed.reason == sys_lost) {
            // What the agent has chosen for afterwards is what he is to be.
            agent.before_lost = agent.next.value_or(NextIntent{agent.intent, agent.reason});
        } else {
            agent.before_lost.reset();
        }
        if (changed.intent == Intent::available) agent.misses = agent.declines = 0;
        agent.intent = changed.intent;
        agent.reason = changed.reason;
        agent.intent_since = at;
        agent.forced_by = changed.by;
        agent.note = changed.note;
        agent.next.reset();
    }
    void operator()(const fact::NextIntentChosen& chosen) { agent.next = chosen.next; }
    void operator()(const fact::SignedIn& signed_in) {
        agent.name = signed_in.name;
        agent.signed_in_at = at;
        agent.idle_since = at;
    }
    void operator()(const fact::SignedOut&) { agent.signed_in_at.reset(); }
};

}  // namespace

Milliseconds Agent::occupied(Instant now) const {
    const Instant from = now - occupancy_window;
    const auto within = [&](Instant begin, Instant end) { return std::max(Milliseconds{0}, std::min(end, now) - std::max(begin, from)); };
    Milliseconds sum{0};
    for (const Busy& one : busy) sum += within(one.from, one.to);
    return is_busy(label) ? sum + within(label_since, now) : sum;
}

Milliseconds Agent::time_as(AgentLabel wanted, Instant now) const {
    const auto booked = times.find(wanted);
    const Milliseconds before = booked == times.end() ? Milliseconds{0} : booked->second;
    return label == wanted ? before + (now - label_since) : before;
}

void apply(Agent& agent, const AgentFact& fact, Instant at) { std::visit(Apply{agent, at}, fact); }

void end_work(Agent& agent, Instant at) { agent.work_ended_at = agent.idle_since = at; }

void relabel(Agent& agent, AgentLabel label, Instant at) {
    if (agent.label_since == Instant{}) agent.label_since = agent.counted_since = at;
    if (agent.label == label) return;
    if (at > agent.label_since) {
        agent.times[agent.label] += at - agent.label_since;
        if (is_busy(agent.label)) keep_busy(agent.busy, {agent.label_since, at});
    }
    agent.label = label;
    agent.label_since = at;
}

AgentLabel label_of(const Agent& agent, Work work) {
    if (agent.intent == Intent::not_ready && is_system_reason(agent.reason)) return AgentLabel::system;
    if (work.is_reserved) return AgentLabel::reserved;
    if (work.is_on_call) return AgentLabel::on_call;
    if (work.is_on_hold) return AgentLabel::on_hold;
    if (work.is_wrapping_up) return AgentLabel::wrapup;
    switch (agent.intent) {
        case Intent::not_ready: return AgentLabel::not_ready;
        case Intent::available: return AgentLabel::available;
        case Intent::offline: return AgentLabel::offline;
    }
    return AgentLabel::offline;
}

Intent intent_of_status(std::string_view status, std::string_view availability) {
    if (is_one_of(status, words_of_offline) || is_one_of(availability, words_of_offline)) return Intent::offline;
    if (is_one_of(status, words_of_not_ready) || is_one_of(availability, words_of_not_ready)) return Intent::not_ready;
    return Intent::available;
}

}  // namespace calldocker::domain
