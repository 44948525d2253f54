#pragma once
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "domain/messages/identity.hpp"
#include "ports/sealer.hpp"

namespace calldocker::server {

/// How long after it was uploaded a recording may be named in a message: it is swept a day after, unless a contact names it
/// (server/api/limits.hpp).
inline constexpr std::chrono::hours recording_named_within{23};
inline constexpr std::size_t recording_random_bytes = 4;

/// The name of a recording tells this installation, and nobody else, who uploaded it and when: 16 characters, the last 8 of them made from
/// the sealer's key. Its owner gets it once the recording is on the disk. So anybody who shows it has left a recording, and nobody has to
/// look it up. Guessing one takes 2^47 messages on average, and a visitor may begin sixty contacts a minute. Among visitors without a name
/// of their own (anonymous tokens), anybody in the company may show it.
[[nodiscard]] std::string make_recording_id(const domain::Identity& owner, std::string_view random, ports::Sealer& sealer, Instant now);
[[nodiscard]] bool is_recording_of(std::string_view id, const domain::Identity& who, ports::Sealer& sealer, Instant now);

}  // namespace calldocker::server
