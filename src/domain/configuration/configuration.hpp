#pragma once
#include <map>
#include <variant>

#include "domain/configuration/agent_profile.hpp"
#include "domain/configuration/company_settings.hpp"
#include "domain/configuration/queue.hpp"

namespace calldocker::domain {

namespace fact {
/// A queue is new or has new settings.
struct QueueConfigured {
    Queue queue;
};
struct QueueRemoved {
    QueueId queue;
};
struct AgentConfigured {
    AgentProfile profile;
};
struct AgentRemoved {
    UserId agent;
};
struct CompanyConfigured {
    CompanySettings settings;
};
/// Its hours begin, or end.
struct QueueOpened {
    QueueId queue;
};
struct QueueClosed {
    QueueId queue;
};
/// Midnight in the company's time zone: the figures of the day begin anew.
struct DayBegan {};
/// An admin has signed this user out: the user's earlier tokens and codes are void.
struct UserSignedOut {
    UserId user;
};
}  // namespace fact

using ConfigurationFact = std::variant<fact::QueueConfigured, fact::QueueRemoved, fact::AgentConfigured, fact::AgentRemoved,
                                       fact::CompanyConfigured, fact::QueueOpened, fact::QueueClosed, fact::DayBegan, fact::UserSignedOut>;

/// A company's settings. Without any, a company has the default queue, which is always open.
struct Configuration {
    CompanySettings company;
    std::map<QueueId, Queue> queues = with_default_queue();
    std::map<UserId, AgentProfile> agents;

    /// @return null for an unknown queue
    [[nodiscard]] const Queue* queue(const QueueId& id) const;
    /// The queue, or the default one if it has been removed.
    [[nodiscard]] const Queue& queue_or_default(const QueueId& id) const;
    [[nodiscard]] const AgentProfile* profile(const UserId& agent) const;
    /// @return a reason for not being ready, or null
    [[nodiscard]] const Reason* reason(std::string_view name) const;
    friend bool operator==(const Configuration&, const Configuration&) = default;

private:
    [[nodiscard]] static std::map<QueueId, Queue> with_default_queue();
};

/// Total. Hours, days and sign-outs (QueueOpened, QueueClosed, DayBegan, UserSignedOut) are no settings and change nothing.
void apply(Configuration& configuration, const ConfigurationFact& fact);

/// @errors invalid; the detail names the member that is out of its bounds
[[nodiscard]] Result<> validate(const Configuration& configuration);

/// The facts that turn `from` into `to`.
[[nodiscard]] std::vector<ConfigurationFact> difference(const Configuration& from, const Configuration& to);

}  // namespace calldocker::domain
