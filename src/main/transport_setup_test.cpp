#include "main/transport_setup.hpp"

#include <gtest/gtest.h>

#include "main/settings_table.hpp"

namespace calldocker::main {
namespace {

Settings defaults() {
    Settings settings;
    for (const Setting& setting : settings_table()) {
        if (!setting.default_value.empty()) setting.read(settings, setting.default_value);
    }
    return settings;
}

TEST(TransportSetup, ConnectionsLeaveDescriptorsForTheRest) {
    EXPECT_EQ(connections_possible(65'536), 65'280u);
    EXPECT_EQ(connections_possible(256), 192u);
    EXPECT_EQ(connections_possible(0), 0u);
    EXPECT_EQ(transport_settings(defaults(), 65'536).connections_max, 65'280u);
}

TEST(TransportSetup, ASettingLowersTheNumberOfConnectionsAndNeverRaisesItBeyondWhatIsPossible) {
    Settings settings = defaults();

    settings.connections_max = 100;
    EXPECT_EQ(transport_settings(settings, 65'536).connections_max, 100u);
    settings.connections_max = 100'000;
    EXPECT_EQ(transport_settings(settings, 65'536).connections_max, 65'280u);
}

TEST(TransportSetup, OneAddressNeverHasMoreThanHalfOfAllConnectionsUnlessItIsNotCounted) {
    Settings settings = defaults();

    EXPECT_EQ(transport_settings(settings, 256).connections_per_address_max, 96u);
    settings.connections_per_address_max = 10;
    EXPECT_EQ(transport_settings(settings, 256).connections_per_address_max, 10u);
    settings.connections_per_address_max = 0;
    EXPECT_EQ(transport_settings(settings, 256).connections_per_address_max, 0u);
}

}  // namespace
}  // namespace calldocker::main
