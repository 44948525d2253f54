#include "protocol/turn/credentials.hpp"

#include <gtest/gtest.h>

namespace calldocker::protocol {
namespace {

const Instant now = from_unix_ms(1'699'996'400'500);

const CompanyId acme("acme");
const UserId vera("vera"), amina("amina");
const std::optional<ContactId> call(ContactId("c-1")), none;

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
    const auto answer = make_ice_servers(settings(), {acme, vera, call}, now);

    ASSERT_EQ(answer.servers.size(), 2u);
    EXPECT_EQ(answer.servers[0].urls.size(), 2u);
    EXPECT_TRUE(answer.servers[0].username.empty());
    EXPECT_EQ(answer.servers[1].username, "1699997000:" + turn_user_of({acme, vera, call}));
    EXPECT_FALSE(answer.servers[1].credential.empty());
    EXPECT_EQ(answer.call, ContactId("c-1"));
    EXPECT_EQ(answer.ttl_seconds, 600);
}

TEST(TurnUser, IsTheCallsForEverybodyInItAndNobodyElses) {
    const std::optional<ContactId> another(ContactId("c-2"));

    const std::string user = turn_user_of({acme, vera, call});
    EXPECT_EQ(turn_user_of({acme, amina, call}), user);
    EXPECT_NE(turn_user_of({acme, vera, another}), user);
    EXPECT_NE(turn_user_of({CompanyId("other"), vera, call}), user) << "equal names of two companies' calls";
    EXPECT_NE(turn_user_of({acme, amina, none}), turn_user_of({acme, vera, none}));
    EXPECT_NE(turn_user_of({acme, UserId("c-1"), none}), user) << "no id can be taken for a call's name";
}

TEST(TurnUser, NamesNobodyAndIsOfOneLengthWithoutAColon) {
    const std::optional<ContactId> telling(ContactId("call of Vera:+49 30 1"));

    EXPECT_EQ(turn_user_of({acme, vera, telling}).size(), 33u);
    EXPECT_EQ(turn_user_of({acme, vera, telling}).find_first_not_of("0123456789abcdef/"), std::string::npos);
}

TEST(IceServers, NothingIsInventedWhereNothingIsConfigured) {
    EXPECT_TRUE(make_ice_servers({}, {acme, vera, none}, now).servers.empty());

    auto without_secret = settings();
    without_secret.turn_secret = {};
    EXPECT_TRUE(make_ice_servers(without_secret, {acme, vera, none}, now).servers[1].username.empty());
}

}  // namespace
}  // namespace calldocker::protocol
