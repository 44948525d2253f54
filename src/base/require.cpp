#include "base/require.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace calldocker {

void require(bool condition, const char* what, std::source_location where) {
    if (condition) return;
    throw std::logic_error(fmt::format("{}:{}: {}: broken requirement: {}", where.file_name(), where.line(), where.function_name(), what));
}

}  // namespace calldocker
