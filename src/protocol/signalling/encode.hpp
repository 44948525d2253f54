#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "domain/messages/identity.hpp"
#include "domain/messages/notice.hpp"

namespace calldocker::protocol {

/// One notice as a whole JSON object (docs/protocol.md): `type` first, `timestamp` last. It is the same for every
/// recipient, so a broadcast is encoded once; `seq`, which differs, is added by append_seq().
/// @param version  1 or 2; makes a difference for `error` alone, whose `code` and `id` are version 2's
[[nodiscard]] std::string encode(const domain::Notice& notice, Instant now, int version);

/// Gives an encoded message its place in a session: ,"seq":N becomes its last member.
/// @param message  a whole JSON object with at least one member, as the functions here return it
void append_seq(std::string& message, std::uint64_t seq);

/// `connection_established` of version 1.
[[nodiscard]] std::string encode_established(const domain::Identity& identity, Instant now);

/// The members that version 2 adds to it.
struct SessionWelcome {
    SessionId session;
    std::string resume_token;
    std::string epoch;  ///< names this run of the server
    bool resumed{};
    Milliseconds heartbeat{};
    std::uint64_t seq{};  ///< 0 for a new session, the client's own for a resumed one
};

/// `connection_established` of version 2, `seq` included.
[[nodiscard]] std::string encode_established(const domain::Identity& identity, const SessionWelcome& welcome, Instant now);

/// `clock` of version 2. @param seq  of the message before it, which it repeats: it isn't counted, kept or replayed
[[nodiscard]] std::string encode_clock(std::uint64_t seq, Instant now);

}  // namespace calldocker::protocol
