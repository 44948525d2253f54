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

/// The name of a recording says whose it is, and when it came, to this installation alone: 16 characters, the last 8 of them made from
/// the sealer's key. It is told to its owner once the recording is on the disk; so whoever shows it has left a recording, and nobody
/// has to look it up. Guessing one takes 2^47 messages on average, of a visitor who may begin sixty contacts a minute.
/// Of visitors without a name of their own (anonymous tokens) any in the company may show it.
[[nodiscard]] std::string make_recording_id(const domain::Identity& owner, std::string_view random, ports::Sealer& sealer, Instant now);
[[nodiscard]] bool is_recording_of(std::string_view id, const domain::Identity& who, ports::Sealer& sealer, Instant now);

}  // namespace calldocker::server
