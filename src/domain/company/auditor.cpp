#include "domain/company/auditor.hpp"

#include <fmt/format.h>

namespace calldocker::domain {
namespace {

void check_agents(std::vector<std::string>& found, const State& state, UserId& from, Instant now) {
    auto next = state.agents().upper_bound(from);
    for (std::size_t count = audited_at_once; next != state.agents().end() && count > 0; ++next, --count) {
        const auto& [user, agent] = *next;
        from = user;
        Milliseconds sum = now - agent.label_since;
        for (const auto& [label, time] : agent.times) sum += time;
        if (sum != now - agent.counted_since) found.push_back(fmt::format("the times of {} do not add up", user));
        if (agent.label != label_of(agent, state.work_of(user))) found.push_back(fmt::format("the label of {} is not the work", user));
    }
    if (next == state.agents().end()) from = {};
}

void check_contacts(std::vector<std::string>& found, const State& state, Instant now) {
    for (const auto& [due, call] : state.deadlines()) {
        if (due + overdue_after >= now) break;
        found.push_back(fmt::format("contact {} stands since {}", call, to_iso8601(due)));
    }
}

}  // namespace

std::vector<std::string> Auditor::look_at(State& state, Instant now) {
    std::vector<std::string> found;
    if (state.index_errors(looked_, audited_at_once) > 0) found.emplace_back("an index does not say what the contacts say");
    check_agents(found, state, agent_, now);
    if (!found.empty()) state.mend(now);
    check_contacts(found, state, now);
    violations_ += found.size();
    return found;
}

}  // namespace calldocker::domain
