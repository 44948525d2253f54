#include "domain/budgets/payer.hpp"

namespace calldocker::domain {

bool is_made_up(const UserId& user) {
    return user.empty() || user.view().starts_with(visitor_id_prefix) || user.view().starts_with(anonymous_id_prefix);
}

Standing standing_of(const Identity& identity) {
    if (is_staff(identity.role)) return Standing::staff;
    return identity.anonymous || is_made_up(identity.user) ? Standing::stranger : Standing::known;
}

}  // namespace calldocker::domain
