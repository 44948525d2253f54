#pragma once
#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace calldocker::main {

[[nodiscard]] std::string_view program_version();
/// When the build was configured; no healthy clock shows an earlier time. SOURCE_DATE_EPOCH is honoured.
[[nodiscard]] Instant built_at();
/// `calldocker version`: the program, its commit where known, and the libraries that matter for reports of problems.
[[nodiscard]] std::string version_page();

}  // namespace calldocker::main
