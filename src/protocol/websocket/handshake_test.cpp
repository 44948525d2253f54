#include "protocol/websocket/handshake.hpp"

#include <gtest/gtest.h>

namespace calldocker::protocol::websocket {
namespace {

UpgradeHeaders good_headers() {
    return {.connection = "keep-alive, Upgrade", .upgrade = "websocket", .version = "13", .key = "dGhlIHNhbXBsZSBub25jZQ=="};
}

unsigned status_of(const UpgradeHeaders& headers) {
    const auto accepted = accept_upgrade(headers);
    return accepted ? 101 : accepted.error().status;
}

TEST(Handshake, AnswersTheExampleOfTheRfc) { EXPECT_EQ(accept_upgrade(good_headers()), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); }

TEST(Handshake, ComparesTokensWithoutCaseAndWithinLists) {
    auto headers = good_headers();
    headers.connection = "foo ,\tUPGRADE";
    headers.upgrade = "h2c, WebSocket";

    EXPECT_EQ(status_of(headers), 101);
    EXPECT_FALSE(has_token("upgraded, xupgrade", "upgrade"));
    EXPECT_FALSE(has_token("", "upgrade"));
}

TEST(Handshake, AnotherVersionIsAskedToComeBackWith13) {
    for (const std::string_view version : {"", "8", "14", "13, 13", "13a", "013"}) {
        auto headers = good_headers();
        headers.version = version;
        EXPECT_EQ(status_of(headers), 426) << version;
    }
}

TEST(Handshake, AKeyThatIsNotSixteenBytesOfCanonicalBase64IsRefused) {
    for (const std::string_view key :
         {"", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZR==", "dGhlIHNhbXBsZSBub25jZQ=a",
          "dGhlIHNhbXBsZSBub25jZ===", "dGhlIHNhbXBsZSBub25jZ_==", "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ=="}) {
        auto headers = good_headers();
        headers.key = key;
        EXPECT_EQ(status_of(headers), 400) << key;
    }
}

TEST(Handshake, ARequestThatIsNoUpgradeIsRefused) {
    auto without_connection = good_headers();
    without_connection.connection = "close";
    auto without_upgrade = good_headers();
    without_upgrade.upgrade = "";

    EXPECT_EQ(status_of(without_connection), 400);
    EXPECT_EQ(status_of(without_upgrade), 400);
    EXPECT_FALSE(wants_websocket("h2c"));
}

TEST(Handshake, SubprotocolsAreComparedExactly) {
    EXPECT_TRUE(offers_protocol("calldocker.v3, calldocker.v2", "calldocker.v2"));
    EXPECT_FALSE(offers_protocol("calldocker.V2, calldocker.v22", "calldocker.v2"));
    EXPECT_FALSE(offers_protocol("", "calldocker.v2"));
}

}  // namespace
}  // namespace calldocker::protocol::websocket
