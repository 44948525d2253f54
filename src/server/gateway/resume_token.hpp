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

/// A resume token proves that this installation gave this session to this identity. The company decides whether that still counts
/// (resumption.hpp).
struct ResumeClaim {
    SessionId session;
    domain::Identity identity;   ///< without the times of its access token
    Instant issued_at{};         ///< later than that of the session's previous token: it is their order, too
    std::uint64_t generation{};  ///< of the installation's keys; an operator ends one to void all tokens
};

[[nodiscard]] std::string make_resume_token(const ResumeClaim& claim, ports::Sealer& sealer);
/// @return nothing for anything that make_resume_token() of this installation did not make
[[nodiscard]] std::optional<ResumeClaim> read_resume_token(std::string_view token, ports::Sealer& sealer);
/// The same, and nothing for one that is past its life, or of another generation.
[[nodiscard]] std::optional<ResumeClaim> read_live_resume_token(std::string_view token, ports::Sealer& sealer, std::uint64_t generation,
                                                                Instant now);

}  // namespace calldocker::server
