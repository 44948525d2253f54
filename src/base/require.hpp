#pragma once
#include <source_location>

namespace calldocker {

/// Checks what only a bug can break; stays on in release builds. Throws std::logic_error with the place.
/// Never for input: that is validated and answered.
void require(bool condition, const char* what, std::source_location where = std::source_location::current());

}  // namespace calldocker
