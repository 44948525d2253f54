#pragma once

namespace calldocker {

/// Checks what only a bug can break; stays on in release builds. Throws std::logic_error with the place.
/// Never for input: that is validated and answered.
/// The place comes from built-ins, because clang 14 has no std::source_location for libstdc++.
void require(bool condition, const char* what, const char* file = __builtin_FILE(), int line = __builtin_LINE(),
             const char* function = __builtin_FUNCTION());

}  // namespace calldocker
