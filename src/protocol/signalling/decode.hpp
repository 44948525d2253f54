#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "base/id.hpp"
#include "domain/messages/client_message.hpp"

namespace calldocker::protocol {

/// Why a message has no meaning: the text of the `error` that its sender gets, whose code in version 2 is `invalid`.
struct DecodeError {
    std::string message;          ///< "Invalid message format", or "Unknown message type: TYPE"
    std::string detail;           ///< what is wrong, for integrators; never repeats what was sent
    std::optional<CommandId> id;  ///< version 2: the command that failed, when its id could be read
    friend bool operator==(const DecodeError&, const DecodeError&) = default;
};

/// Reads one client message (docs/protocol.md). The whole text is validated as JSON before anything is taken from it.
/// Opaque parts of the result are views of `text`. Of members with the same name the last one counts.
/// In version 1 the members and types of version 2 are unknown: `id` and `ack` are ignored.
/// The parser's memory is kept per thread: a small multiple of the longest message it has seen.
/// @param version  1 or 2
[[nodiscard]] tl::expected<domain::ClientEnvelope, DecodeError> decode(std::string_view text, int version);

}  // namespace calldocker::protocol
