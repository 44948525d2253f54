#include "domain/agents/agent.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace calldocker::domain {
namespace {

constexpr std::array<std::string_view, 3> words_of_offline{"offline", "logged_out", "logout"};
constexpr std::array<std::string_view, 10> words_of_not_ready{"busy",      "away",           "break",   "not_ready", "unavailable",
                                                              "not-ready", "do_not_disturb", "in_call", "in-call",   "on_call"};

bool is_one_of(std::string_view word, const auto& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view known) { return equal_ignoring_case(word, known); });
}

}  // namespace

void apply(Agent& agent, const AgentFact& fact, Instant at) {
    const auto& changed = std::get<fact::IntentChanged>(fact);
    agent.intent = changed.intent;
    agent.reason = changed.reason;
    agent.intent_since = at;
}

AgentLabel label_of(const Agent& agent, Work work) {
    if (work.is_reserved) return AgentLabel::reserved;
    if (work.is_on_call) return AgentLabel::on_call;
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
