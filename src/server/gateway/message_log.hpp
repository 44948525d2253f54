#pragma once
#include <string>
#include <string_view>

#include "base/id.hpp"

namespace calldocker::server {

/// One debug line for a message: its type and the plain names in it. Fields that are not on the list of harmless ones are never written:
/// not a token, not a session description, not a candidate, not a visitor's words.
void log_received(const CompanyId& company, const UserId& user, std::string_view text);
void log_sent(const CompanyId& company, const UserId& user, std::string_view text);

/// @return `type=join_room roomId=agent-room`; fields that are kept back appear as `name=…`. Text that is no object: "malformed".
[[nodiscard]] std::string summarised(std::string_view text);

}  // namespace calldocker::server
