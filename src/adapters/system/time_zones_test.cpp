#include "adapters/system/time_zones.hpp"

#include "ports/time_zones_contract.hpp"

namespace calldocker::ports {

INSTANTIATE_TYPED_TEST_SUITE_P(System, TimeZonesContract, adapters::SystemTimeZones);

}  // namespace calldocker::ports
