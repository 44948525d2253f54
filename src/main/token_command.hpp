#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "main/settings.hpp"

namespace calldocker::main {

/// The arguments of `calldocker token create`.
struct NewToken {
    std::string user;
    std::string role;
    std::string company;
    std::string name;  ///< may be empty
    std::chrono::seconds good_for{};
    bool anonymous{};
};

/// "90", "90s", "15m", "8h" or "30d"; from 1 second to 365 days.
[[nodiscard]] std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// @return the token, signed with JWT_SECRET
/// @errors invalid (a claim that no server would accept), unavailable (no JWT_SECRET)
[[nodiscard]] Result<std::string> create_token(const NewToken& wanted, const Settings& settings, Instant now);

}  // namespace calldocker::main
