#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "domain/messages/identity.hpp"
#include "ports/sealer.hpp"

namespace calldocker::server {

/// What a resume token proves: that this installation gave this session to this identity.
struct ResumeClaim {
    SessionId session;
    domain::Identity identity;  ///< without token_expires_at
};

[[nodiscard]] std::string make_resume_token(const ResumeClaim& claim, ports::Sealer& sealer);
/// @return nothing for anything that make_resume_token() of this installation did not make
[[nodiscard]] std::optional<ResumeClaim> read_resume_token(std::string_view token, ports::Sealer& sealer);

}  // namespace calldocker::server
