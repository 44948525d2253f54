#include "domain/contacts/page_address.hpp"

#include <gtest/gtest.h>

namespace calldocker::domain {
namespace {

const std::vector<std::string> listed{"utm_source", "ref"};

TEST(PageAddress, OriginAndPathStay) {
    EXPECT_EQ(page_address("https://shop.example/orders/7", {}), "https://shop.example/orders/7");
    EXPECT_EQ(page_address("HTTP://shop.example:8080", {}), "HTTP://shop.example:8080");
    EXPECT_EQ(page_address("https://[2001:db8::1]:8443/a", {}), "https://[2001:db8::1]:8443/a");
}

TEST(PageAddress, SecretsOfTheSiteGo) {
    EXPECT_EQ(page_address("https://shop.example/reset?reset_token=secret#access_token=secret", listed), "https://shop.example/reset");
    EXPECT_EQ(page_address("https://shop.example?token=secret", listed), "https://shop.example");
    EXPECT_EQ(page_address("https://shop.example/a#b?utm_source=x", listed), "https://shop.example/a");
    EXPECT_EQ(page_address("https://user:password@shop.example/", listed), "https://shop.example/");
    EXPECT_EQ(page_address("https://a@b:password@shop.example/p@q", listed), "https://shop.example/p@q");
    EXPECT_EQ(page_address("https://shop.example\\@other.example/", listed), "https://shop.example\\@other.example/");
}

TEST(PageAddress, ListedParametersStayAsTheyStand) {
    EXPECT_EQ(page_address("https://shop.example/?utm_source=mail%20shot&token=secret&ref=7#top", listed),
              "https://shop.example/?utm_source=mail%20shot&ref=7");
    EXPECT_EQ(page_address("https://shop.example/?utm_source=mail", {}), "https://shop.example/");
    EXPECT_EQ(page_address("https://shop.example/?UTM_SOURCE=mail&utm_source2=a&xutm_source=b", listed), "https://shop.example/");
    EXPECT_EQ(page_address("https://shop.example/?utm_source", listed), "https://shop.example/?utm_source");
}

TEST(PageAddress, OfOneThatIsRepeatedTheFirstStays) {
    EXPECT_EQ(page_address("https://shop.example/?utm_source=a&utm_source=secret&utm%5Fsource=secret", listed),
              "https://shop.example/?utm_source=a");
}

TEST(PageAddress, OddEncodingsSmuggleNothing) {
    EXPECT_EQ(page_address("https://shop.example/?utm%5fsource=a", listed), "https://shop.example/?utm%5fsource=a");
    EXPECT_EQ(page_address("https://shop.example/?utm_source=a%26token=b", listed), "https://shop.example/?utm_source=a%26token=b");
    EXPECT_EQ(page_address("https://shop.example/?utm_source=%zz&ref=%", listed), "https://shop.example/");
    EXPECT_EQ(page_address("https://shop.example/?%75tm_source%3Dsecret&%=secret&&&=secret", listed), "https://shop.example/");
    EXPECT_EQ(page_address("https://shop.example/??utm_source=a;token=secret", listed), "https://shop.example/");
}

TEST(PageAddress, WhatIsNoPageIsNothing) {
    for (const char* page : {"", "shop.example/a", "javascript:alert(1)", "file:///etc/passwd", "https:/shop.example", "https://",
                             "https://?a", "https://user@", "data:text/html,https://shop.example"})
        EXPECT_EQ(page_address(page, listed), "") << page;
}

}  // namespace
}  // namespace calldocker::domain
