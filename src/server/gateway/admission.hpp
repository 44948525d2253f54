#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/messages/identity.hpp"
#include "ports/sealer.hpp"
#include "ports/token_verifier.hpp"
#include "server/gateway/resume_token.hpp"

namespace calldocker::server {

/// A client's proof of identity: in the address of its upgrade, decoded, or in its first message.
struct Credentials {
    std::optional<std::string> token;
    std::optional<std::string> resume;
    std::optional<std::uint64_t> seq;
    bool token_repeated{};
};
/// A parameter whose escapes are broken counts as given but empty of meaning: such a token is invalid, not missing.
[[nodiscard]] Credentials parse_upgrade_query(std::string_view query);
/// @return nothing when the text is not `authenticate`
[[nodiscard]] std::optional<Credentials> parse_first_message(std::string_view text);

/// A client that may come in, and its identity. Made on the accepting shard, used on the company's.
struct Ticket {
    domain::Identity identity;
    bool version_2{};
    std::optional<ResumeClaim> resumes;  ///< of a resume token that names the same identity
    std::optional<std::uint64_t> seen;   ///< the last `seq` the client has seen in it
    bool needs_live_contact{};           ///< the access token has expired: only a live contact that names the session lets it in
};

/// Everything that checks credentials.
struct Proof {
    ports::TokenVerifier& tokens;
    ports::Sealer& sealer;
    std::uint64_t generation{};  ///< of the keys; resume tokens of another one are void
};

/// @errors unauthenticated; `detail` is the close reason: "Authentication required" or "Invalid token"
[[nodiscard]] Result<Ticket> check(const Credentials& credentials, bool version_2, const Proof& proof, Instant now);

}  // namespace calldocker::server
