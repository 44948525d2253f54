#include "main/key_bindings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace calldocker::main {
namespace {

using adapters::jose::PublicKey;
using testing::HasSubstr;

std::vector<PublicKey> keys_named(std::initializer_list<const char*> ids) {
    std::vector<PublicKey> keys;
    for (const char* id : ids) keys.push_back({id, adapters::jose::PublicAlgorithm::es256, nullptr});
    return keys;
}

TEST(KeyBindings, EachKeyIsBoundAsItsRuleSays) {
    const auto rules = read_key_bindings(
        R"({"bindings":[{"key":"shop","companies":["acme","acme-b2b"],"iss":"https://shop.example","aud":"calldocker","secondsMax":3600},)"
        R"({"key":"own","companies":["*"]}]})");
    auto keys = keys_named({"own", "shop"});

    ASSERT_TRUE(rules) << rules.error().detail;
    ASSERT_TRUE(bind_keys(keys, *rules, std::chrono::hours(24), true));

    EXPECT_TRUE(keys[0].binding.companies.empty());
    EXPECT_EQ(keys[0].binding.lifetime_max, std::chrono::hours(24));
    EXPECT_EQ(keys[1].binding.companies, (std::set{CompanyId("acme"), CompanyId("acme-b2b")}));
    EXPECT_EQ(keys[1].binding.issuer, "https://shop.example");
    EXPECT_EQ(keys[1].binding.audience, "calldocker");
    EXPECT_EQ(keys[1].binding.lifetime_max, std::chrono::hours(1));
}

TEST(KeyBindings, ARuleWithoutAKeyIsForTheKeysThatNoOtherNames) {
    const auto rules = read_key_bindings(R"({"bindings":[{"companies":["acme"]},{"key":"shop","companies":["beta"]}]})");
    auto keys = keys_named({"", "shop"});

    ASSERT_TRUE(bind_keys(keys, rules.value(), std::chrono::hours(1), true));

    EXPECT_EQ(keys[0].binding.companies, std::set{CompanyId("acme")});
    EXPECT_EQ(keys[1].binding.companies, std::set{CompanyId("beta")});
}

TEST(KeyBindings, AKeyWithoutARuleIsRefusedInProductionWithTheRemedyAndSignsForAllInDevelopment) {
    auto keys = keys_named({"shop"});

    EXPECT_THAT(bind_keys(keys, {}, std::chrono::hours(1), true).error().detail,
                testing::AllOf(HasSubstr("shop"), HasSubstr("JWT_KEY_BINDINGS")));
    ASSERT_TRUE(bind_keys(keys, {}, std::chrono::hours(1), false));
    EXPECT_TRUE(keys[0].binding.companies.empty());
    EXPECT_EQ(keys[0].binding.lifetime_max, std::chrono::hours(1));
}

TEST(KeyBindings, ARuleForAKeyThatThereIsNotIsAMistake) {
    auto keys = keys_named({"shop"});
    const auto rules = read_key_bindings(R"({"bindings":[{"key":"shop","companies":["acme"]},{"key":"shpo","companies":["acme"]}]})");

    EXPECT_THAT(bind_keys(keys, rules.value(), std::chrono::hours(1), true).error().detail, HasSubstr("shpo"));
}

TEST(KeyBindings, WhatCannotBeMeantIsRefusedWithItsPlace) {
    for (const auto& [text, what] : std::vector<std::pair<std::string, std::string>>{
             {"", ""},
             {"[]", "bindings"},
             {"{}", "bindings"},
             {R"({"bindings":{}})", "bindings"},
             {R"({"bindings":[7]})", "bindings[0]"},
             {R"({"bindings":[{}]})", "companies is required"},
             {R"({"bindings":[{"companies":[]}]})", "companies"},
             {R"({"bindings":[{"companies":"acme"}]})", "companies"},
             {R"({"bindings":[{"companies":["acme","*"]}]})", "companies"},
             {R"({"bindings":[{"companies":["acme"],"issuer":"x"}]})", "issuer"},
             {R"({"bindings":[{"companies":["acme"],"iss":""}]})", "iss"},
             {R"({"bindings":[{"companies":["acme"],"secondsMax":1}]})", "secondsMax"},
             {R"({"bindings":[{"companies":["acme"],"secondsMax":99999999}]})", "secondsMax"},
             {R"({"bindings":[{"companies":["acme"]},{"companies":["beta"]}]})", "bindings[1]"}}) {
        const auto rules = read_key_bindings(text);

        ASSERT_FALSE(rules) << text;
        EXPECT_THAT(rules.error().detail, HasSubstr(what)) << text;
    }
}

}  // namespace
}  // namespace calldocker::main
