#pragma once
#include <string>
#include <utility>
#include <vector>

#include "domain/configuration/configuration.hpp"
#include "domain/contacts/contact.hpp"
#include "domain/messages/identity.hpp"

namespace calldocker::domain {

/// The role whose rights an identity has. An anonymous token has an agent's at most: the actions of supervisors and admins must have a
/// name.
[[nodiscard]] constexpr Role rank_of(const Identity& who) { return who.anonymous && is_staff(who.role) ? Role::agent : who.role; }

/// The agents that somebody looks after. Admins: everybody. Supervisors: the agents of their teams; if the company has set up no teams at
/// all, everybody; if it has, a supervisor without a team looks after nobody.
class Supervision {
public:
    /// @param configuration  must outlive this
    Supervision(const Identity& who, const Configuration& configuration);

    [[nodiscard]] bool covers(const UserId& agent) const;
    /// The contact of such an agent, or one that nobody has yet.
    [[nodiscard]] bool covers(const Contact& contact) const;

    /// Equal for supervisors who look after the same agents.
    using Extent = std::pair<int, std::vector<std::string>>;
    [[nodiscard]] Extent extent() const;

private:
    enum class Scope { nobody, teams, everybody };
    const Configuration& configuration_;
    const AgentProfile* own_ = nullptr;
    Scope scope_ = Scope::nobody;
};

}  // namespace calldocker::domain
