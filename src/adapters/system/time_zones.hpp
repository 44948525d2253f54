#pragma once
#include "ports/time_zones.hpp"

namespace calldocker::adapters {

/// The operating system's time zone data (Debian's package tzdata), as it was when this process first asked for it.
/// Its files list the changes of clocks up to 2037; after that the last offset goes on.
class SystemTimeZones final : public ports::TimeZones {
public:
    /// Reads the list of zones, which takes some tens of milliseconds, so that later calls do not.
    SystemTimeZones();
    [[nodiscard]] Result<domain::ZoneOffsets> offsets(std::string_view zone, Instant from, Instant to) override;
};

}  // namespace calldocker::adapters
