#include "protocol/turn/credentials.hpp"

#include <gtest/gtest.h>

namespace calldocker::protocol {
namespace {

const Instant now = from_unix_ms(1'699'996'400'500);

IceSettings settings() {
    return {.stun_urls = {"stun:a:3478", "stun:b:3478"},
            .turn_urls = {"turn:a:3478?transport=udp"},
            .turn_secret = Secret<std::string>("north")};
}

TEST(TurnRest, AreWhatCoturnComputes) {
    const auto credentials = make_turn_credentials(Secret<std::string>("north"), "u-1", from_unix_ms(1'700'000'000'999));

    EXPECT_EQ(credentials.username, "1700000000:u-1");
    EXPECT_EQ(credentials.password,
              "7KdUNX6Q4TJWJoKjUgJ8UatHMsQ=");  // printf 1700000000:u-1 | openssl dgst -sha1 -hmac north -binary | base64
}

TEST(IceServers, StunComesWithoutCredentialsAndTurnWithThem) {
    const auto answer = make_ice_servers(settings(), UserId("u-1"), ContactId("c-1"), now);

    ASSERT_EQ(answer.servers.size(), 2u);
    EXPECT_EQ(answer.servers[0].urls.size(), 2u);
    EXPECT_TRUE(answer.servers[0].username.empty());
    EXPECT_EQ(answer.servers[1].username, "1700000000:u-1");
    EXPECT_FALSE(answer.servers[1].credential.empty());
    EXPECT_EQ(answer.call, ContactId("c-1"));
    EXPECT_EQ(answer.ttl_seconds, 3600);
}

TEST(IceServers, NothingIsInventedWhereNothingIsConfigured) {
    EXPECT_TRUE(make_ice_servers({}, UserId("u-1"), std::nullopt, now).servers.empty());

    auto without_secret = settings();
    without_secret.turn_secret = {};
    EXPECT_TRUE(make_ice_servers(without_secret, UserId("u-1"), std::nullopt, now).servers[1].username.empty());
}

}  // namespace
}  // namespace calldocker::protocol
