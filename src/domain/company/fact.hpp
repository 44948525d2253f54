#pragma once
#include <string>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "domain/agents/agent.hpp"
#include "domain/configuration/configuration.hpp"
#include "domain/contacts/contact_fact.hpp"

namespace calldocker::domain {

using Fact = std::variant<ContactFact, AgentFact, ConfigurationFact>;
using Facts = std::vector<Fact>;

/// The actor of facts that no person asked for.
inline constexpr std::string_view system_actor = "system";

/// One durable fact of a company, at its position in the log.
struct Event {
    Sequence sequence{};
    Instant at{};
    UserId actor;             ///< or system_actor
    std::string command_key;  ///< of the command that caused it (command_key()); empty: none
    Fact fact;
};

/// Names a command in the whole company: its id is unique within its session only.
[[nodiscard]] inline std::string command_key(const SessionId& session, const CommandId& id) { return session.str() + ' ' + id.str(); }

}  // namespace calldocker::domain
