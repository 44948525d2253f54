#include "server/gateway/refusal_log.hpp"

#include "base/log.hpp"

namespace calldocker::server {

void RefusalLog::operator()(const domain::Budgets::Refused& refused) {
    const auto index = static_cast<std::size_t>(refused.budget) * domain::budget_scopes_count + static_cast<std::size_t>(refused.scope);
    Line& line = lines_.at(index);
    ++line.unsaid;
    const Instant now = clock_();
    if (now >= line.said_at && now - line.said_at < pause) return;
    log::warn("budget.refused", {{"company", refused.company},
                                 {"budget", name_of(refused.budget)},
                                 {"scope", name_of(refused.scope)},
                                 {"network", refused.is_ipv4 ? "ipv4" : "ipv6"},
                                 {"refusals", line.unsaid}});
    line = {now, 0};
}

}  // namespace calldocker::server
