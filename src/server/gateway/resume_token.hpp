#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "domain/messages/identity.hpp"
#include "ports/sealer.hpp"

namespace calldocker::server {

/// What a resume token proves: that this installation gave this session to this identity. Whether that still counts, its
/// company says (resumption.hpp).
struct ResumeClaim {
    SessionId session;
    domain::Identity identity;   ///< without what its access token said of time
    Instant issued_at{};         ///< later than that of the session's token before: it is their order, too
    std::uint64_t generation{};  ///< of the installation's keys; an operator ends one to void all tokens
};

[[nodiscard]] std::string make_resume_token(const ResumeClaim& claim, ports::Sealer& sealer);
/// @return nothing for anything that make_resume_token() of this installation did not make
[[nodiscard]] std::optional<ResumeClaim> read_resume_token(std::string_view token, ports::Sealer& sealer);
/// The same, and nothing for one that is past its life, or of another generation.
[[nodiscard]] std::optional<ResumeClaim> read_live_resume_token(std::string_view token, ports::Sealer& sealer, std::uint64_t generation,
                                                                Instant now);

}  // namespace calldocker::server
