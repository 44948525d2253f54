#pragma once
#include "base/log.hpp"

namespace calldocker::adapters {

/// From now on base/log.hpp writes to standard error: `2026-11-23T03:43:49.120Z level event name=value …`.
void log_to_standard_error(log::Level lowest);

}  // namespace calldocker::adapters
