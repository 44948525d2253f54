#include "domain/budgets/payer.hpp"

namespace calldocker::domain {

Standing standing_of(const Identity& identity) {
    if (is_staff(identity.role)) return Standing::staff;
    const std::string_view user = identity.user.view();
    const bool is_made_up = user.empty() || user.starts_with(visitor_id_prefix) || user.starts_with(anonymous_id_prefix);
    return identity.anonymous || is_made_up ? Standing::stranger : Standing::known;
}

}  // namespace calldocker::domain
