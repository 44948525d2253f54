#pragma once
#include <span>
#include <string>

#include "main/settings_sources.hpp"

namespace calldocker::main {

/// `NAME=value` per setting with its origin, as an .env file. @param redact  leave secrets out
[[nodiscard]] std::string show(std::span<const Resolved> values, bool redact);

/// docs/settings.md.
[[nodiscard]] std::string reference_markdown();
/// env.example.
[[nodiscard]] std::string reference_env();

}  // namespace calldocker::main
