#pragma once
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "domain/messages/client_message.hpp"
#include "domain/messages/notice.hpp"

namespace calldocker::domain {

/// How long an agent must have been not ready for idleness to begin anew at its end: a short break costs no turn.
inline constexpr Milliseconds not_ready_resets_idle = 60s;
/// How far least_occupied looks back.
inline constexpr Milliseconds occupancy_window = 60min;

namespace fact {
/// Set by the agent, or for the agent: by the system (a call not answered, a lost connection) or by a supervisor.
struct IntentChanged {
    UserId agent;
    Intent intent{};
    std::string reason{};
    Person by{};         ///< a supervisor who forced it; empty: the agent, or the system if the reason is one of its own
    std::string note{};  ///< of that supervisor
};
/// What the agent will be once the present work is done. Unset: the intent stays.
struct NextIntentChosen {
    UserId agent;
    std::optional<NextIntent> next;
};
/// The first session of one of the staff has come; the last one has left for good.
struct SignedIn {
    UserId agent;
    std::string name;
};
struct SignedOut {
    UserId agent;
};
}  // namespace fact

using AgentFact = std::variant<fact::IntentChanged, fact::NextIntentChosen, fact::SignedIn, fact::SignedOut>;

[[nodiscard]] inline const UserId& agent_of(const AgentFact& fact) {
    return std::visit([](const auto& content) -> const UserId& { return content.agent; }, fact);
}

/// What an agent works on, derived from the contacts that name the agent.
struct Work {
    bool is_reserved{}, is_on_call{}, is_on_hold{}, is_wrapping_up{};
    [[nodiscard]] bool is_idle() const { return !is_reserved && !is_on_call && !is_on_hold && !is_wrapping_up; }
};

/// The state of one of the staff who is signed in. Work is not in here: it is derived from the live contacts.
/// Invariant: the times of all labels, the present one included, add up to the time since the first of them.
struct Agent {
    std::string name;
    std::optional<Instant> signed_in_at;
    Intent intent = Intent::offline;
    std::string reason;  ///< of not_ready, as the agent gave it, or the system's
    Instant intent_since{};
    Instant not_ready_since{};  ///< whatever the reasons, one after the other
    Person forced_by;
    std::string note;
    std::optional<NextIntent> next;
    std::optional<NextIntent> before_lost;  ///< the intent that SYS_LOST replaced

    Instant work_ended_at{};  ///< of the last contact, wrap-up included; unset before the first
    Instant idle_since{};     ///< the latest of: that, signing in, the end of being offline, or of not_ready for 60 s and more
    int misses{};             ///< calls in a row that rang unanswered
    int declines{};           ///< calls in a row that were declined
    int taken{};              ///< contacts accepted since signing in
    int handled{};            ///< of these, contacts that had media
    Milliseconds talked{};
    Sequence offered_last{};  ///< for the round robin

    AgentLabel label = AgentLabel::offline;
    Instant label_since{};
    Instant counted_since{};                   ///< when the first label began
    std::map<AgentLabel, Milliseconds> times;  ///< of the labels before the present one
    struct Busy {
        Instant from{}, to{};
        friend bool operator==(const Busy&, const Busy&) = default;
    };
    std::vector<Busy> busy;  ///< with contacts, within the last occupancy_window

    [[nodiscard]] bool is_signed_in() const { return signed_in_at.has_value(); }
    /// @return the time busy with contacts within the last occupancy_window
    [[nodiscard]] Milliseconds occupied(Instant now) const;
    /// @return the time under a label since signing in
    [[nodiscard]] Milliseconds time_as(AgentLabel wanted, Instant now) const;
    friend bool operator==(const Agent&, const Agent&) = default;
};

/// Total. The company (domain/company/state.hpp) applies SignedOut and `offline` to the list of its staff.
void apply(Agent& agent, const AgentFact& fact, Instant at);

/// The agent's work has ended, its wrap-up included.
void end_work(Agent& agent, Instant at);
/// Adds the time so far to the present label, if a new label begins now.
void relabel(Agent& agent, AgentLabel label, Instant at);

/// The first label that matches, in this order: system, reserved, on call, on hold, wrap-up, not ready, available, offline.
[[nodiscard]] AgentLabel label_of(const Agent& agent, Work work);

/// What a version 1 `agent_status` says of the intent. The original pages use free words: what says offline, or busy,
/// away and the like is understood, everything else means that the agent is there.
[[nodiscard]] Intent intent_of_status(std::string_view status, std::string_view availability);

}  // namespace calldocker::domain
