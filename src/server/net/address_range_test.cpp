#include "server/net/address_range.hpp"

#include <gtest/gtest.h>

namespace calldocker::server {
namespace {

bool contains(std::string_view range, std::string_view address) {
    const auto parsed = AddressRange::parse(range);
    EXPECT_TRUE(parsed) << range;
    return parsed && parsed->contains(parse_address(address).value());
}

TEST(AddressRange, HoldsTheAddressesThatBeginWithItsBits) {
    EXPECT_TRUE(contains("10.0.0.0/8", "10.255.1.2"));
    EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
    EXPECT_TRUE(contains("192.168.4.0/22", "192.168.7.255"));
    EXPECT_FALSE(contains("192.168.4.0/22", "192.168.8.0"));
    EXPECT_TRUE(contains("2001:db8::/33", "2001:db8:7fff::1"));
    EXPECT_FALSE(contains("2001:db8::/33", "2001:db8:8000::1"));
    EXPECT_TRUE(contains("0.0.0.0/0", "203.0.113.9"));
    EXPECT_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
    EXPECT_TRUE(contains("::/0", "203.0.113.9"));
}

TEST(AddressRange, OfOneAddressIsThatAddressInEitherForm) {
    EXPECT_TRUE(contains("127.0.0.1", "127.0.0.1"));
    EXPECT_TRUE(contains("127.0.0.1", "::ffff:127.0.0.1"));
    EXPECT_FALSE(contains("127.0.0.1", "127.0.0.2"));
    EXPECT_TRUE(contains("::1/128", "::1"));
}

TEST(AddressRange, IsNothingElse) {
    for (const char* text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8 ", "10.0.0/8", "::/129", "[::1]",
                             "fe80::1%eth0", "10.0.0.1:80", "localhost", "10.0.0.0/8/8"})
        EXPECT_FALSE(AddressRange::parse(text)) << text;
}

}  // namespace
}  // namespace calldocker::server
