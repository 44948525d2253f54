#pragma once
#include <optional>
#include <string>

#include "base/id.hpp"
#include "base/instant.hpp"

namespace calldocker::domain {

enum class Role { customer, agent, supervisor, admin };
[[nodiscard]] constexpr bool is_staff(Role role) { return role != Role::customer; }

[[nodiscard]] constexpr RoleClass class_of(Role role) { return is_staff(role) ? RoleClass::staff : RoleClass::visitor; }

/// Who a connection speaks for, from its verified token alone.
struct Identity {
    CompanyId company;
    UserId user;  ///< of the role's class
    Role role{};
    std::string role_name;  ///< as the token spells it; echoed in connection_established
    std::string name;       ///< for people; may be empty
    bool anonymous{};       ///< the server has made `user` up for this connection
    std::optional<Instant> token_expires_at;
    std::optional<Instant> token_issued_at{};  ///< as the token's `iat` says; in whole seconds, as a rule
    friend bool operator==(const Identity&, const Identity&) = default;
};

}  // namespace calldocker::domain
