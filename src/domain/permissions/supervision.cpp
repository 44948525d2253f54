#include "domain/permissions/supervision.hpp"

#include <algorithm>

namespace calldocker::domain {
namespace {

bool has_teams(const Configuration& configuration) {
    return std::any_of(configuration.agents.begin(), configuration.agents.end(),
                       [](const auto& entry) { return !entry.second.teams.empty(); });
}

}  // namespace

Supervision::Supervision(const Identity& who, const Configuration& configuration) : configuration_(configuration) {
    const Role rank = rank_of(who);
    if (rank == Role::admin) scope_ = Scope::everybody;
    if (rank != Role::supervisor) return;
    own_ = configuration.profile(who.user);
    if (own_ != nullptr && !own_->teams.empty()) {
        scope_ = Scope::teams;
    } else if (!has_teams(configuration)) {
        scope_ = Scope::everybody;
    }
}

bool Supervision::covers(const UserId& agent) const {
    if (scope_ != Scope::teams) return scope_ == Scope::everybody;
    const AgentProfile* theirs = configuration_.profile(agent);
    return theirs != nullptr && std::any_of(theirs->teams.begin(), theirs->teams.end(), [&](const std::string& team) {
               return std::find(own_->teams.begin(), own_->teams.end(), team) != own_->teams.end();
           });
}

bool Supervision::covers(const Contact& contact) const { return contact.has_agent() ? covers(contact.agent) : scope_ != Scope::nobody; }

Supervision::Extent Supervision::extent() const {
    return {static_cast<int>(scope_), scope_ == Scope::teams ? own_->teams : std::vector<std::string>{}};
}

}  // namespace calldocker::domain
