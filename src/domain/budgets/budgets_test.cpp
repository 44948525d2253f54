#include "domain/budgets/budgets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/budgets/holdings.hpp"

/// docs/limits.md.
namespace calldocker::domain {
namespace {

using ::testing::HasSubstr;

constexpr Instant t0 = from_unix_ms(1'795'408'000'000);
constexpr AddressKey home{0xffff'c0000201u}, office{0xffff'c0000202u};
const CompanyId acme{"acme"}, other{"other"};

BudgetTable with(Budget budget, const Allowance& visitor, const Allowance& address, const Allowance& company) {
    BudgetTable table;
    table.of(budget, BudgetScope::visitor) = visitor;
    table.of(budget, BudgetScope::address) = address;
    table.of(budget, BudgetScope::company) = company;
    return table;
}

struct Somebody {
    UserId user;
    AddressKey address = home;
    Standing standing = Standing::stranger;
    CompanyId company = acme;
    operator Payer() const { return {company, user, address, standing}; }  // NOLINT(google-explicit-constructor)
};

TEST(Budgets, ABurstPassesAndThenTheRate) {
    Budgets budgets(with(Budget::contacts, {3, 1, 10s}, {}, {}));
    const Somebody vera{UserId("vera")};
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(budgets.ask(vera, Budget::contacts, 1, t0));

    const auto refused = budgets.ask(vera, Budget::contacts, 1, t0 + 4s);
    EXPECT_EQ(refused.error().code, ErrorCode::overloaded);
    EXPECT_EQ(refused.error().retry_after, 6s);
    EXPECT_EQ(refused.error().detail, "too many new contacts by you: try again in 6 s");
    EXPECT_TRUE(budgets.ask(vera, Budget::contacts, 1, t0 + 10s));
    EXPECT_FALSE(budgets.ask(vera, Budget::contacts, 1, t0 + 10s));
}

TEST(Budgets, WhatOneRefusesCostsTheOthersNothing) {
    Budgets budgets(with(Budget::contacts, {1, 1, 1h}, {2, 1, 1h}, {}));
    ASSERT_TRUE(budgets.ask(Somebody{UserId("vera")}, Budget::contacts, 1, t0));
    for (int i = 0; i < 50; ++i) EXPECT_FALSE(budgets.ask(Somebody{UserId("vera")}, Budget::contacts, 1, t0));

    EXPECT_TRUE(budgets.ask(Somebody{UserId("vito")}, Budget::contacts, 1, t0));
    EXPECT_FALSE(budgets.ask(Somebody{UserId("zoe")}, Budget::contacts, 1, t0));
    EXPECT_EQ(budgets.refusals()[0][static_cast<std::size_t>(BudgetScope::visitor)], 50u);
    EXPECT_EQ(budgets.refusals()[0][static_cast<std::size_t>(BudgetScope::address)], 1u);
}

TEST(Budgets, IdentitiesAreFreeAndAddressesAreNot) {
    Budgets budgets(with(Budget::tokens, {10, 1, 1h}, {100, 1, 1h}, {}));
    int granted = 0;
    for (int i = 0; i < 1000; ++i)
        granted += budgets.ask(Somebody{UserId(fmt::format("visitor-{}", i))}, Budget::tokens, 1, t0).has_value();

    EXPECT_EQ(granted, 100);
    EXPECT_TRUE(budgets.ask(Somebody{UserId("vera"), office}, Budget::tokens, 1, t0));
}

TEST(Budgets, StrangersCannotUseUpTheReserve) {
    Budgets budgets(with(Budget::contacts, {}, {}, {100, 100, 100s}));
    int granted = 0;
    for (int i = 0; i < 1000; ++i) {
        const Somebody stranger{UserId(fmt::format("visitor-{}", i)), AddressKey{0xffff'00000000u + static_cast<unsigned>(i)}};
        granted += budgets.ask(stranger, Budget::contacts, 1, t0).has_value();
    }
    EXPECT_EQ(granted, 75);

    // They go on; visitors known to the company get everything that refills first, too.
    for (int i = 0; i < 25; ++i) EXPECT_TRUE(budgets.ask(Somebody{UserId("customer-7"), office, Standing::known}, Budget::contacts, 1, t0));
    EXPECT_FALSE(budgets.ask(Somebody{UserId("customer-7"), office, Standing::known}, Budget::contacts, 1, t0));
    EXPECT_FALSE(budgets.ask(Somebody{UserId("visitor-1")}, Budget::contacts, 1, t0 + 1s));
    EXPECT_TRUE(budgets.ask(Somebody{UserId("customer-8"), office, Standing::known}, Budget::contacts, 1, t0 + 1s));
    EXPECT_TRUE(budgets.ask(Somebody{UserId("visitor-1"), home, Standing::stranger, other}, Budget::contacts, 1, t0));
}

TEST(Budgets, StaffPayNeitherForTheirOfficeNorForTheCompany) {
    Budgets budgets(with(Budget::log_bytes, {10, 1, 1s}, {1, 1, 1h}, {1, 1, 1h}));
    const Somebody amina{UserId("amina"), office, Standing::staff};

    for (int i = 0; i < 10 * staff_factor; ++i) EXPECT_TRUE(budgets.ask(amina, Budget::log_bytes, 1, t0));
    EXPECT_FALSE(budgets.ask(amina, Budget::log_bytes, 1, t0));
}

TEST(Budgets, ADebtIsPaidWithinTheTimeThatTheWholeRefills) {
    Budgets budgets(with(Budget::relayed_bytes, {1000, 100, 1s}, {}, {}));
    const Somebody vera{UserId("vera")};
    budgets.charge(vera, Budget::relayed_bytes, 1'000'000'000'000, t0);

    const auto refused = budgets.ask(vera, Budget::relayed_bytes, 1, t0);
    EXPECT_LE(refused.error().retry_after, 10s + 10ms);
    EXPECT_TRUE(budgets.ask(vera, Budget::relayed_bytes, 1, t0 + refused.error().retry_after));
}

TEST(Budgets, WhatIsMoreThanTheWholePassesOnceNothingIsUsed) {
    Budgets budgets(with(Budget::relayed_bytes, {1000, 100, 1s}, {}, {}));
    const Somebody vera{UserId("vera")};

    EXPECT_TRUE(budgets.ask(vera, Budget::relayed_bytes, 1500, t0));
    EXPECT_FALSE(budgets.ask(vera, Budget::relayed_bytes, 1, t0 + 4s));
    EXPECT_TRUE(budgets.ask(vera, Budget::relayed_bytes, 1, t0 + 6s));
}

TEST(Budgets, AClockThatIsSetBackRefusesNoLongerThanADebtLasts) {
    Budgets budgets(with(Budget::contacts, {1, 1, 1min}, {}, {}));
    const Somebody vera{UserId("vera")};
    ASSERT_TRUE(budgets.ask(vera, Budget::contacts, 1, t0));

    const auto refused = budgets.ask(vera, Budget::contacts, 1, t0 - 24h);
    EXPECT_LE(refused.error().retry_after, 2min);
}

TEST(Budgets, ThingsAtOnceAreCountedByEachOfTheThree) {
    Budgets budgets(with(Budget::live_contacts, {3, 0, {}}, {10, 0, {}}, {100, 0, {}}));
    const Somebody stranger{UserId("visitor-1")}, known{UserId("customer-7"), home, Standing::known};

    EXPECT_TRUE(budgets.ask(stranger, Budget::live_contacts, {2, 9, 74}));
    EXPECT_THAT(budgets.ask(stranger, Budget::live_contacts, {3, 0, 0}).error().detail, HasSubstr("too many contacts at once by you"));
    EXPECT_THAT(budgets.ask(stranger, Budget::live_contacts, {0, 10, 0}).error().detail, HasSubstr("from your network"));
    EXPECT_THAT(budgets.ask(stranger, Budget::live_contacts, {0, 0, 75}).error().detail, HasSubstr("for this company"));
    EXPECT_TRUE(budgets.ask(known, Budget::live_contacts, {0, 0, 99}));
    EXPECT_FALSE(budgets.ask(known, Budget::live_contacts, {0, 0, 100}));
}

TEST(Budgets, AnOfficeOf300BehindOneAddressCanCallWithinAMinute) {
    Budgets budgets;
    for (int i = 0; i < 300; ++i) {
        const Somebody person{UserId(fmt::format("visitor-{}", i)), office};
        const Instant now = t0 + i * 200ms;
        ASSERT_TRUE(budgets.ask(person, Budget::tokens, 1, now)) << i;
        ASSERT_TRUE(budgets.ask(person, Budget::contacts, 1, now)) << i;
        ASSERT_TRUE(budgets.ask(person, Budget::live_contacts, {0, static_cast<std::size_t>(i), static_cast<std::size_t>(i)})) << i;
        ASSERT_TRUE(budgets.ask(person, Budget::turn_credentials, 1, now)) << i;
        ASSERT_TRUE(budgets.ask(person, Budget::log_bytes, 4'096, now)) << i;
        for (int message = 0; message < 22; ++message) ASSERT_TRUE(budgets.ask(person, Budget::relayed_bytes, 600, now)) << i;
    }
}

TEST(Budgets, AVisitorsBurstOf100MessagesPassesAndEachOf64KiB) {
    Budgets budgets;
    const Somebody vera{UserId("visitor-1")};
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(budgets.ask(vera, Budget::relayed_bytes, 2'000, t0));
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(budgets.ask(vera, Budget::relayed_bytes, 64 * 1024, t0));
}

TEST(Budgets, ScaledToNothingTheyLimitNothing) {
    BudgetTable table = default_budgets();
    table.scale(0);
    Budgets budgets(table);
    for (int i = 0; i < 10'000; ++i) ASSERT_TRUE(budgets.ask(Somebody{UserId("visitor-1")}, Budget::contacts, 1, t0));
    EXPECT_TRUE(budgets.ask(Somebody{UserId("visitor-1")}, Budget::live_contacts, {1'000'000, 1'000'000, 1'000'000}));

    BudgetTable small = default_budgets();
    small.scale(1);
    EXPECT_EQ(small.of(Budget::live_contacts, BudgetScope::visitor).burst, 1);
}

TEST(Budgets, RefusalsAreTold) {
    std::vector<std::string> lines;
    Budgets budgets(with(Budget::contacts, {1, 1, 1h}, {}, {}), [&](const Budgets::Refused& refused) {
        lines.push_back(fmt::format("{} {} {} {}", refused.company, name_of(refused.budget), name_of(refused.scope), refused.is_ipv4));
    });
    for (int i = 0; i < 2; ++i) (void)budgets.ask(Somebody{UserId("visitor-1")}, Budget::contacts, 1, t0);

    EXPECT_THAT(lines, ::testing::ElementsAre("acme contacts visitor true"));
}

TEST(Bounded, ForgetsTheOneThatWasQuietLongest) {
    Bounded<int, int> map(3);
    for (const int key : {1, 2, 3}) map.at(key) = key;
    map.at(1) = 10;
    map.at(4) = 4;

    EXPECT_EQ(map.size(), 3u);
    EXPECT_EQ(map.at(1), 10);
    EXPECT_EQ(map.at(3), 3);
    EXPECT_EQ(map.at(2), 0);
}

TEST(Holdings, CountsWhatEachAddressHas) {
    Holdings<ContactId> holdings;
    holdings.add(ContactId("a"), home);
    holdings.add(ContactId("b"), home);
    holdings.add(ContactId("b"), office);
    holdings.add(ContactId("c"), no_address);
    EXPECT_EQ(holdings.of(home), 2u);
    EXPECT_EQ(holdings.of(office), 0u);

    holdings.remove(ContactId("a"));
    holdings.remove(ContactId("a"));
    EXPECT_EQ(holdings.of(home), 1u);
    holdings.retain([](const ContactId&) { return false; });
    EXPECT_EQ(holdings.of(home), 0u);
    EXPECT_EQ(holdings.size(), 0u);
}

TEST(Standing, TellsThoseWhomACompanyNamesFromThoseWhomWeMadeUp) {
    const auto standing = [](const char* user, Role role, bool anonymous = false) {
        return standing_of({.company = acme,
                            .user = UserId(user),
                            .role = role,
                            .role_name = {},
                            .name = {},
                            .anonymous = anonymous,
                            .token_expires_at = std::nullopt});
    };
    EXPECT_EQ(standing("customer-42", Role::customer), Standing::known);
    EXPECT_EQ(standing("visitor-AAAA", Role::customer), Standing::stranger);
    EXPECT_EQ(standing("anonymous-00", Role::customer), Standing::stranger);
    EXPECT_EQ(standing("", Role::customer), Standing::stranger);
    EXPECT_EQ(standing("customer-42", Role::customer, true), Standing::stranger);
    EXPECT_EQ(standing("amina", Role::agent), Standing::staff);
}

}  // namespace
}  // namespace calldocker::domain
