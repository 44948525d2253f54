#pragma once
#include <string>
#include <variant>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "domain/messages/client_message.hpp"
#include "domain/messages/notice.hpp"

namespace calldocker::domain {

namespace fact {
/// A person chose, or the system did so in his place: a version 1 agent who joins `agent-room`, the last session that left.
struct IntentChanged {
    UserId agent;
    Intent intent{};
    std::string reason;
};
}  // namespace fact

using AgentFact = std::variant<fact::IntentChanged>;

/// What is known of one of the staff. Work is not in here: it is derived from the live contacts that name the agent.
struct Agent {
    Intent intent = Intent::offline;
    std::string reason;  ///< of not_ready, as the agent gave it
    Instant intent_since{};
    Instant work_ended_at{};  ///< of the last contact; unset before the first
    friend bool operator==(const Agent&, const Agent&) = default;
};

void apply(Agent& agent, const AgentFact& fact, Instant at);

struct Work {
    bool is_reserved{}, is_on_call{};
};
/// The first label that matches, in this order: reserved, on call, not ready, available, offline.
[[nodiscard]] AgentLabel label_of(const Agent& agent, Work work);

/// What a version 1 `agent_status` says of the intent. The original pages use free words: what says offline, or busy,
/// away and the like is understood, everything else means that the agent is there.
[[nodiscard]] Intent intent_of_status(std::string_view status, std::string_view availability);

}  // namespace calldocker::domain
