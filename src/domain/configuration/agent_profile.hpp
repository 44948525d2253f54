#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/id.hpp"

namespace calldocker::domain {

/// The company's settings for one of its staff. An agent without a profile has no skills, and serves the queues of `everyone`.
struct AgentProfile {
    UserId agent;
    std::string name;                    ///< for people; empty: the token's name
    std::map<std::string, int> skills;   ///< levels 1 to 10
    std::vector<std::string> languages;  ///< language tags; empty: speaks every language
    std::vector<std::string> teams;      ///< an agent's own teams; a supervisor looks after the agents of these

    [[nodiscard]] int level_of(const std::string& skill) const {
        const auto found = skills.find(skill);
        return found == skills.end() ? 0 : found->second;
    }
    friend bool operator==(const AgentProfile&, const AgentProfile&) = default;
};

}  // namespace calldocker::domain
