#include "server/http/forwarded.hpp"

#include <gtest/gtest.h>

namespace calldocker::server::http {
namespace {

const std::vector<AddressRange> trusted{*AddressRange::parse("10.0.0.0/8"), *AddressRange::parse("2001:db8:1::/48")};

std::string client(std::string_view peer, std::vector<Header> headers) {
    Request request;
    request.headers = std::move(headers);
    return std::string(client_address(parse_address(peer).value(), trusted, request).text());
}
std::string x_forwarded_for(std::string value, std::string_view peer = "10.0.0.1") {
    return client(peer, {{"X-Forwarded-For", std::move(value)}});
}
std::string forwarded(std::string value, std::string_view peer = "10.0.0.1") { return client(peer, {{"Forwarded", std::move(value)}}); }

TEST(Forwarded, OnlyAPeerThatIsTrustedSaysWhoTheCallerIs) {
    EXPECT_EQ(x_forwarded_for("198.51.100.7"), "198.51.100.7");
    EXPECT_EQ(x_forwarded_for("198.51.100.7", "203.0.113.1"), "203.0.113.1");
    EXPECT_EQ(forwarded("for=198.51.100.7", "203.0.113.1"), "203.0.113.1");
    EXPECT_EQ(client("10.0.0.1", {}), "10.0.0.1");
}

TEST(Forwarded, TheRightmostAddressThatIsNoTrustedProxyCounts) {
    EXPECT_EQ(x_forwarded_for("192.0.2.66, 198.51.100.7"), "198.51.100.7");
    EXPECT_EQ(x_forwarded_for("192.0.2.66, 198.51.100.7, 10.9.9.9,10.0.0.3"), "198.51.100.7");
    EXPECT_EQ(x_forwarded_for("10.1.1.1, 10.0.0.3"), "10.1.1.1") << "a caller from inside";
    EXPECT_EQ(client("10.0.0.1", {{"x-forwarded-for", "192.0.2.66"}, {"Host", "a"}, {"X-Forwarded-For", "198.51.100.7"}}), "198.51.100.7");
}

TEST(Forwarded, WhatIsNoAddressEndsTheChain) {
    EXPECT_EQ(x_forwarded_for("198.51.100.7, unknown"), "10.0.0.1");
    EXPECT_EQ(x_forwarded_for("198.51.100.7, , 10.0.0.3"), "10.0.0.3");
    EXPECT_EQ(x_forwarded_for(""), "10.0.0.1");
    EXPECT_EQ(x_forwarded_for("[::1"), "10.0.0.1");
    EXPECT_EQ(forwarded("for=_hidden"), "10.0.0.1");
    EXPECT_EQ(forwarded("proto=https"), "10.0.0.1");
    EXPECT_EQ(forwarded("for=\""), "10.0.0.1");
}

TEST(Forwarded, AddressesComeInEveryWayThatProxiesWriteThem) {
    EXPECT_EQ(x_forwarded_for("198.51.100.7:4711"), "198.51.100.7");
    EXPECT_EQ(x_forwarded_for("2001:db8::7"), "2001:db8::7");
    EXPECT_EQ(x_forwarded_for("[2001:db8::7]:4711", "2001:db8:1::1"), "2001:db8::7");
    EXPECT_EQ(forwarded("For=198.51.100.7;proto=https;by=10.0.0.1"), "198.51.100.7");
    EXPECT_EQ(forwarded("proto=https; for=\"[2001:db8::7]:4711\""), "2001:db8::7");
    EXPECT_EQ(forwarded("for=192.0.2.66, for=\"198.51.100.7:80\", for=10.0.0.3"), "198.51.100.7");
    EXPECT_EQ(forwarded(R"(for=198.51.100.7;host="a, for=192.0.2.1\", b")"), "198.51.100.7") << "a comma in a quoted string parts nothing";
}

bool by_https(std::vector<Header> headers, std::string_view peer = "10.0.0.1") {
    Request request;
    request.headers = std::move(headers);
    return came_by_https(parse_address(peer).value(), trusted, request);
}

TEST(Forwarded, ATrustedProxySaysWhetherTheCallerSpeaksTls) {
    EXPECT_TRUE(by_https({{"X-Forwarded-Proto", "https"}}));
    EXPECT_TRUE(by_https({{"x-forwarded-proto", "HTTPS"}}));
    EXPECT_TRUE(by_https({{"X-Forwarded-Proto", "http, https"}})) << "the nearest proxy's word comes last";
    EXPECT_TRUE(by_https({{"Forwarded", "for=192.0.2.66;proto=http, for=198.51.100.7; proto=\"https\""}}));
    EXPECT_TRUE(by_https({{"X-Forwarded-Proto", "wss"}}));
    EXPECT_FALSE(by_https({}));
    EXPECT_FALSE(by_https({{"X-Forwarded-Proto", "http"}}));
    EXPECT_FALSE(by_https({{"X-Forwarded-Proto", "https, http"}}));
    EXPECT_FALSE(by_https({{"Forwarded", "for=198.51.100.7"}}));
    EXPECT_FALSE(by_https({{"X-Forwarded-Proto", "https"}, {"Forwarded", "proto=http"}})) << "two that disagree";
    EXPECT_FALSE(by_https({{"X-Forwarded-Proto", "https"}}, "203.0.113.1")) << "a peer that isn't trusted";
}

TEST(Forwarded, TwoHeadersThatDisagreeAreNotBelieved) {
    EXPECT_EQ(client("10.0.0.1", {{"X-Forwarded-For", "198.51.100.7"}, {"Forwarded", "for=192.0.2.66"}}), "10.0.0.1");
    EXPECT_EQ(client("10.0.0.1", {{"X-Forwarded-For", "198.51.100.7"}, {"Forwarded", "for=198.51.100.7"}}), "198.51.100.7");
}

}  // namespace
}  // namespace calldocker::server::http
