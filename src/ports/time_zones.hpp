#pragma once
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/hours/zone_offsets.hpp"

namespace calldocker::ports {

/// The world's time zones by their names in the IANA database ("Europe/Berlin"; case matters). Any thread.
/// The first call for a zone may read a small file. Contract: time_zones_contract.hpp.
struct TimeZones {
    virtual ~TimeZones() = default;

    /// @return the offset in force at `from`, as of `from`, and each that differs from the one before, up to `to`
    /// @errors not_found (no zone of that name), unavailable (the machine has no time zone data); `detail` says what helps
    [[nodiscard]] virtual Result<domain::ZoneOffsets> offsets(std::string_view zone, Instant from, Instant to) = 0;
};

}  // namespace calldocker::ports
