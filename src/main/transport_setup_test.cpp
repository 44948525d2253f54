#include "main/transport_setup.hpp"

#include <gtest/gtest.h>

#include "main/settings_table.hpp"
#include "server/net/address_guard.hpp"

namespace calldocker::main {
namespace {

using namespace std::chrono_literals;

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

/// The count of one address with the settings that nobody has changed, and so many descriptors.
server::AddressGuard guard(std::uint64_t open_files = 65'536) {
    const auto transport = transport_settings(defaults(), open_files);
    return server::AddressGuard({.connections_max = transport.connections_per_address_max,
                                 .connections = {transport.connections_per_address_per_second, transport.connections_per_address_burst},
                                 .requests = {transport.http_per_address_per_second, transport.http_per_address_burst}});
}
constexpr server::SteadyTime t0{1h};
constexpr auto welcome = server::AddressGuard::Verdict::welcome;

TEST(TransportSetup, AnOfficeOfTwoHundredBehindOneAddressBeginsItsDayWithinTheDefaults) {
    auto counted = guard();
    constexpr int agents = 200, connections_of_a_browser = 6, requests_of_a_desk = 15;

    // All within 5 s: the desk's files over as many connections as a browser opens, then the WebSocket.
    for (int agent = 0; agent < agents; ++agent) {
        const auto now = t0 + agent * 25ms;
        for (int i = 0; i < connections_of_a_browser + 1; ++i) ASSERT_EQ(counted.enter({}, now), welcome) << "agent " << agent;
        for (int i = 0; i < requests_of_a_desk + 1; ++i) ASSERT_TRUE(counted.request({}, now)) << "agent " << agent;
    }
}

TEST(TransportSetup, TheSameOfficeComesBackAtOnceAfterARestart) {
    auto counted = guard();

    for (int tab = 0; tab < 2 * 200; ++tab) {
        ASSERT_EQ(counted.enter({}, t0), welcome) << tab;
        ASSERT_TRUE(counted.request({}, t0)) << tab;
    }
}

TEST(TransportSetup, OneAttackerTakesAFractionOfTheServer) {
    for (const std::uint64_t open_files : {std::uint64_t{1024}, std::uint64_t{65'536}}) {
        auto counted = guard(open_files);
        std::size_t held = 0;

        for (int i = 0; i < 100'000; ++i) held += counted.enter({}, t0 + i * 1ms) == welcome ? 1u : 0u;

        EXPECT_LE(held, connections_possible(open_files) / 2);
    }
}

TEST(TransportSetup, TrustedProxiesAreRead) {
    Settings settings = defaults();
    settings.trusted_proxies = {"127.0.0.1", "10.0.0.0/8"};

    const auto transport = transport_settings(settings, 1024);

    EXPECT_TRUE(is_in_any(*server::parse_address("10.1.2.3"), transport.trusted_proxies));
    EXPECT_FALSE(is_in_any(*server::parse_address("11.1.2.3"), transport.trusted_proxies));
}

}  // namespace
}  // namespace calldocker::main
