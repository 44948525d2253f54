#include "server/net/address_guard.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "server/net/limits.hpp"

namespace calldocker::server {
namespace {

using namespace std::chrono_literals;
using Verdict = AddressGuard::Verdict;

constexpr SteadyTime t0{1h};

Address ipv4(std::uint32_t number) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(number);
    return Address::from(reinterpret_cast<const sockaddr&>(address));
}

Address ipv6(std::uint8_t network, std::uint8_t host) {
    Address address;
    address.bytes[0] = 0x20;
    address.bytes[7] = network;
    address.bytes[15] = host;
    return address;
}

TEST(Address, IsWrittenAsPeopleWriteIt) {
    EXPECT_EQ(ipv4(0x7f000001).text(), "127.0.0.1");
    EXPECT_EQ(ipv6(1, 2).text(), "2000:0:0:1::2");
}

TEST(Address, ANetworkIsOneNumber) {
    EXPECT_EQ(ipv4(0xc0000201).network_key(), 0xffff'c0000201u);
    EXPECT_EQ(ipv6(1, 2).network_key(), ipv6(1, 3).network_key());
    EXPECT_NE(ipv6(1, 2).network_key(), ipv6(2, 2).network_key());
    EXPECT_EQ(Address{}.network_key(), 1u);
}

TEST(AddressGuard, CountsConnectionsAtOnceAndForgetsThoseThatLeft) {
    AddressGuard guard({.connections_max = 2, .connections = {}, .requests = {}});

    EXPECT_EQ(guard.enter(ipv4(1), t0), Verdict::welcome);
    EXPECT_EQ(guard.enter(ipv4(1), t0), Verdict::welcome);
    EXPECT_EQ(guard.enter(ipv4(1), t0), Verdict::too_many);
    EXPECT_EQ(guard.enter(ipv4(2), t0), Verdict::welcome);
    guard.leave(ipv4(1), t0);
    EXPECT_EQ(guard.enter(ipv4(1), t0), Verdict::welcome);
}

TEST(AddressGuard, LetsABurstInAndThenTheRate) {
    AddressGuard guard({.connections_max = 0, .connections = {.per_second = 10, .burst = 3}, .requests = {}});

    for (int i = 0; i < 3; ++i) EXPECT_EQ(guard.enter(ipv4(1), t0), Verdict::welcome);
    EXPECT_EQ(guard.enter(ipv4(1), t0), Verdict::too_fast);
    EXPECT_EQ(guard.enter(ipv4(1), t0 + 100ms), Verdict::welcome);
    EXPECT_EQ(guard.enter(ipv4(1), t0 + 101ms), Verdict::too_fast);
}

TEST(AddressGuard, TakesAWholeIpv6NetworkForOneCustomer) {
    AddressGuard guard({.connections_max = 1, .connections = {}, .requests = {}});

    EXPECT_EQ(guard.enter(ipv6(1, 1), t0), Verdict::welcome);
    EXPECT_EQ(guard.enter(ipv6(1, 2), t0), Verdict::too_many);
    EXPECT_EQ(guard.enter(ipv6(2, 1), t0), Verdict::welcome);
}

TEST(AddressGuard, KeepsABoundedTableAndLocksNobodyOutWhenItIsFull) {
    AddressGuard guard({.connections_max = 1, .connections = {}, .requests = {}});
    for (std::uint32_t i = 0; i < limits::addresses_max; ++i) ASSERT_EQ(guard.enter(ipv4(i), t0), Verdict::welcome);

    EXPECT_EQ(guard.enter(ipv4(0xffffffff), t0), Verdict::welcome);
    EXPECT_EQ(guard.size(), limits::addresses_max);
}

TEST(AddressGuard, GivesUpQuietEntriesWhenTheTableIsFull) {
    AddressGuard guard({.connections_max = 0, .connections = {}, .requests = {.per_second = 1, .burst = 1}});
    for (std::uint32_t i = 0; i < limits::addresses_max; ++i) ASSERT_TRUE(guard.request(ipv4(i), t0));

    EXPECT_TRUE(guard.request(ipv4(0xffffffff), t0 + 5s));
    EXPECT_EQ(guard.size(), 1u);
}

}  // namespace
}  // namespace calldocker::server
