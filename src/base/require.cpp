#include "base/require.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace calldocker {

void require(bool condition, const char* what, const char* file, int line, const char* function) {
    if (condition) return;
    throw std::logic_error(fmt::format("{}:{}: {}: broken requirement: {}", file, line, function, what));
}

}  // namespace calldocker
