#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace calldocker::protocol {

/// `authenticate`: the first message of a version 2 client that has no token in its address (docs/protocol.md, "Connecting").
struct Authentication {
    std::string token;         ///< may be empty: none was given
    std::string resume_token;  ///< likewise
    std::optional<std::uint64_t> seq;
};

/// @return nothing when the text is any other message, or none at all
[[nodiscard]] std::optional<Authentication> decode_authentication(std::string_view text);

}  // namespace calldocker::protocol
