#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/id.hpp"

namespace calldocker::domain {

/// What the company says of one of its staff. Who has no profile has no skills, and serves the queues of `everyone`.
struct AgentProfile {
    UserId agent;
    std::string name;                    ///< for people; the token's where this is empty
    std::map<std::string, int> skills;   ///< levels 1 to 10
    std::vector<std::string> languages;  ///< language tags; empty: speaks whatever is asked for
    std::vector<std::string> teams;      ///< an agent's, and those that a supervisor looks after

    [[nodiscard]] int level_of(const std::string& skill) const {
        const auto found = skills.find(skill);
        return found == skills.end() ? 0 : found->second;
    }
    friend bool operator==(const AgentProfile&, const AgentProfile&) = default;
};

}  // namespace calldocker::domain
