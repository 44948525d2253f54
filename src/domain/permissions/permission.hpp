#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "domain/permissions/relation.hpp"

/// Who may send what: one table (table.hpp), read by the dispatcher, by its tests and by docs/permissions.md. The answer is no unless a row
/// says yes. The table does not say what a contact's present state allows: domain/contacts does.
namespace calldocker::domain {

/// One message: which relations each role needs, one of them, to send it.
struct Permission {
    std::size_t message{};  ///< its index in ClientMessage
    std::string_view name;  ///< on the wire
    Relations customer{};
    Relations agent{};
    Relations supervisor{};
    Relations admin{};
    /// Of these, those that are enough while a live contact keeps open a connection whose token is past its grace (or that was let in
    /// by a resume token beside an expired one).
    Relations after_expiry{};
    ErrorCode refusal = ErrorCode::forbidden;  ///< not_found: an outsider does not learn that there is such a contact
    std::string_view words{};                  ///< the text for a refused sender whose role could do it

    [[nodiscard]] constexpr Relations of(Role role) const {
        switch (role) {
            case Role::customer: return customer;
            case Role::agent: return agent;
            case Role::supervisor: return supervisor;
            case Role::admin: return admin;
        }
        return {};
    }
};

/// Whether a connection's token still counts.
enum class Validity { valid, expired };

[[nodiscard]] const Permission& permission_for(const ClientMessage& message);

/// @return whether the message may be sent. Changes nothing.
/// @errors forbidden, or not_found where the row hides the contact
[[nodiscard]] Result<> permits(const Permission& permission, Role rank, Relations relations, Validity validity);
[[nodiscard]] Result<> permits(const Surroundings& around, const Session& session, const ClientMessage& message, Validity validity);

/// @return whether this identity may read and set the company's configuration
[[nodiscard]] bool may_configure(const Identity& who);

/// docs/permissions.md
[[nodiscard]] std::string permissions_markdown();

}  // namespace calldocker::domain
