// What strangers may cost, asked before anything is decided (docs/limits.md).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/live_island.hpp"
#include "app/testing/world.hpp"

namespace calldocker::app {
namespace {

using domain::Budget;
using domain::BudgetScope;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

struct IslandBudgets : ::testing::Test {
    domain::Budgets budgets;
    testing::World world;
    IslandBudgets() { restart(); }
    void restart(const domain::BudgetTable& table = domain::default_budgets()) {
        budgets = domain::Budgets(table);
        world.budgets = &budgets;
        world.address = domain::AddressKey{1};
        world.start();
    }
    void open(SessionKey visitor, const std::string& call) {
        world.say(visitor, domain::OpenContact{ContactId{call}, {}, {}}, call.c_str());
    }
    const domain::State& state() { return dynamic_cast<LiveIsland&>(*world.island).state(); }
    std::uint64_t refusals(Budget budget, BudgetScope scope) {
        return budgets.refusals().at(static_cast<std::size_t>(budget)).at(static_cast<std::size_t>(scope));
    }
};

TEST_F(IslandBudgets, AVisitorHasThreeLiveContactsAndNoMore) {
    const auto vera = world.visitor("visitor-1");
    for (const char* call : {"c1", "c2", "c3", "c4"}) open(vera, call);

    EXPECT_THAT(world.heard(vera), Contains("error overloaded c4"));
    EXPECT_EQ(state().contacts().size(), 3u);
    world.say(vera, domain::EndContact{ContactId{"c1"}, {}});
    open(vera, "c4");
    EXPECT_NE(state().contact(ContactId{"c4"}), nullptr);
}

TEST_F(IslandBudgets, WhatIsOnlyWrappedUpDoesNotCountForTheVisitor) {
    const auto amina = world.ready_agent("amina", "amina-tab");
    const auto vera = world.visitor("visitor-1", "vera-tab");
    for (const char* call : {"c1", "c2", "c3", "c4"}) {
        world.call(vera, call);
        world.say(amina, domain::AcceptContact{ContactId{call}});
        world.say(vera, domain::EndContact{ContactId{call}, {}});
        world.say(amina, domain::SetAgentIntent{domain::Intent::available, {}});
    }
    EXPECT_EQ(refusals(Budget::live_contacts, BudgetScope::visitor), 0u);
}

TEST_F(IslandBudgets, FortyStrangersOfOneAddressLeaveTheCompanyToOthers) {
    auto table = domain::default_budgets();
    table.of(Budget::live_contacts, BudgetScope::address).burst = 50;
    restart(table);
    for (int visitor = 0; visitor < 40; ++visitor) {
        const auto key = world.visitor(fmt::format("visitor-{}", visitor).c_str());
        for (int i = 0; i < 256; ++i) open(key, fmt::format("c-{}-{}", visitor, i));
    }
    EXPECT_EQ(state().contacts().size(), 50u);

    world.address = domain::AddressKey{2};
    open(world.visitor("visitor-new"), "new");
    EXPECT_NE(state().contact(ContactId{"new"}), nullptr);
}

TEST_F(IslandBudgets, WhoWasServedBeforeHasTheReserveToo) {
    auto table = domain::default_budgets();
    table.of(Budget::live_contacts, BudgetScope::company).burst = 4;
    restart(table);
    const auto amina = world.ready_agent("amina", "amina-tab");
    const auto vera = world.visitor("visitor-1", "vera-tab");
    world.call(vera, "c0");
    world.say(amina, domain::AcceptContact{ContactId{"c0"}});
    for (const SessionKey party : {amina, vera}) world.say(party, domain::MediaState{ContactId{"c0"}, true});
    world.say(vera, domain::EndContact{ContactId{"c0"}, {}});
    world.say(amina, domain::EndWrapUp{ContactId{"c0"}, {}});
    for (int i = 0; i < 5; ++i) open(world.visitor(fmt::format("visitor-x{}", i).c_str()), fmt::format("c{}", 10 + i));
    EXPECT_EQ(state().contacts().size(), 3u);

    open(vera, "c20");
    EXPECT_NE(state().contact(ContactId{"c20"}), nullptr);
}

TEST_F(IslandBudgets, WhoWritesWithoutEndIsStoppedAndMayAlwaysEnd) {
    auto table = domain::default_budgets();
    table.of(Budget::log_bytes, BudgetScope::visitor) = {8 * 1024, 1, 1s};
    restart(table);
    const auto amina = world.ready_agent("amina", "amina-tab");
    const auto vera = world.visitor("visitor-1", "vera-tab");
    world.call(vera, "c1");
    world.say(amina, domain::AcceptContact{ContactId{"c1"}});
    for (int i = 0; i < 100; ++i) world.say(vera, domain::SendChat{ContactId{"c1"}, std::string(2000, 'x')});

    EXPECT_LE(state().contact(ContactId{"c1"})->chat.size(), 5u);
    EXPECT_THAT(world.heard(vera), Contains("error overloaded"));
    world.say(vera, domain::EndContact{ContactId{"c1"}, {}});
    EXPECT_TRUE(state().contact(ContactId{"c1"}) == nullptr || state().contact(ContactId{"c1"})->is_over());
}

TEST_F(IslandBudgets, AVisitorOfVersion2ReachesStaffWithinACallAlone) {
    const auto amina = world.ready_agent("amina", "amina-tab");
    const auto vera = world.visitor("visitor-1", "vera-tab");
    (void)world.heard(vera);
    world.say(vera, domain::IceCandidate{"amina", "{}", {}});
    world.say(vera, domain::IceCandidate{"amina", "{}", ContactId{"nobody's"}});
    world.say(vera, domain::WebrtcOffer{"agent-room", "{}", {}, {}});
    EXPECT_THAT(world.heard(amina), IsEmpty());
    EXPECT_THAT(world.heard(vera), ElementsAre("error forbidden", "error forbidden"));

    world.call(vera, "c1");
    world.say(amina, domain::AcceptContact{ContactId{"c1"}});
    (void)world.heard(amina);
    world.say(vera, domain::IceCandidate{"amina", "{}", ContactId{"c1"}});
    EXPECT_THAT(world.heard(amina), ElementsAre(StartsWith("ice_candidate")));
}

TEST_F(IslandBudgets, WhatComesLateForACallThatHasEndedGoesNowhereWithoutAWord) {
    const auto amina = world.ready_agent("amina", "amina-tab");
    const auto vera = world.visitor("visitor-1", "vera-tab");
    world.call(vera, "c1");
    world.say(amina, domain::AcceptContact{ContactId{"c1"}});
    world.say(vera, domain::EndContact{ContactId{"c1"}, {}});
    (void)world.heard(vera), (void)world.heard(amina);

    world.say(vera, domain::IceCandidate{"amina", "{}", ContactId{"c1"}});
    EXPECT_THAT(world.heard(vera), IsEmpty());
    EXPECT_THAT(world.heard(amina), IsEmpty());
}

TEST_F(IslandBudgets, AVisitorOfVersion2HasADirectCallWithWhomItOffered) {
    const auto amina = world.agent("amina");
    const auto vera = world.visitor("visitor-1", "vera-tab");
    world.say(vera, domain::WebrtcOffer{"amina", "{}", ContactId{"d1"}, {}});
    world.say(vera, domain::IceCandidate{"amina", "{}", ContactId{"d1"}});
    world.say(amina, domain::WebrtcAnswer{"visitor-1", "{}", ContactId{"d1"}});

    EXPECT_THAT(world.heard(amina), ::testing::IsSupersetOf({StartsWith("webrtc_offer"), StartsWith("ice_candidate")}));
    EXPECT_THAT(world.heard(vera), Contains(StartsWith("webrtc_answer")));
}

TEST_F(IslandBudgets, APageOfVersion1MaySendBeforeAnyCallIsKnownAndHasItsBudgetAlone) {
    auto table = domain::default_budgets();
    table.of(Budget::relayed_bytes, BudgetScope::visitor) = {1000, 1, 1s};
    restart(table);
    const auto amina = world.agent("amina");
    const auto vera = world.customer("visitor-1");
    for (int i = 0; i < 20; ++i)
        world.say(vera,
                  domain::IceCandidate{
                      "amina",
                      std::string_view(R"({"candidate":"0123456789012345678901234567890123456789012345678901234567890123456789012"})"),
                      {}});

    EXPECT_LE(world.heard(amina).size(), 12u);
    EXPECT_THAT(world.heard(vera), Contains("error overloaded"));
}

TEST_F(IslandBudgets, ARoomIsNotRungWithoutEnd) {
    auto table = domain::default_budgets();
    table.of(Budget::relayed_bytes, BudgetScope::visitor) = {10'000, 1, 1s};
    restart(table);
    std::vector<SessionKey> staff;
    for (int i = 0; i < 20; ++i) {
        staff.push_back(world.agent(fmt::format("agent-{}", i).c_str()));
        world.join_room(staff.back(), "agent-room");
    }
    const auto vera = world.customer("visitor-1");
    const std::string offer = "\"" + std::string(1000, 'x') + "\"";
    world.forget();
    for (int i = 0; i < 10; ++i) world.say(vera, domain::WebrtcOffer{"agent-room", offer, ContactId{"c1"}, {}});

    EXPECT_LE(world.heard(staff.front()).size(), 3u);
    EXPECT_THAT(world.heard(vera), Contains("error overloaded"));
}

TEST_F(IslandBudgets, StrangersCallsLeaveStaffTheirs) {
    auto table = domain::default_budgets();
    table.of(Budget::direct_calls, BudgetScope::company).burst = 100;
    table.of(Budget::direct_calls, BudgetScope::address).burst = 0;
    restart(table);
    for (int visitor = 0; visitor < 4; ++visitor) {
        const auto key = world.customer(fmt::format("visitor-{}", visitor).c_str());
        world.join_room(key, "lobby");
        for (int i = 0; i < 50; ++i)
            world.say(key, domain::CallStarted{ContactId{fmt::format("d-{}-{}", visitor, i)}, RoomId{"lobby"}, {}});
    }
    EXPECT_GT(refusals(Budget::direct_calls, BudgetScope::company), 0u);

    const auto amina = world.agent("amina");
    world.join_room(amina, "lobby");
    (void)world.heard(amina);
    world.say(amina, domain::CallStarted{ContactId{"staff"}, RoomId{"lobby"}, {}});
    EXPECT_THAT(world.heard(amina), Not(Contains(StartsWith("error"))));
}

TEST_F(IslandBudgets, AnOfficeOf300BehindOneAddressCallsWithinAMinute) {
    for (int i = 0; i < 300; ++i) {
        const auto key = world.visitor(fmt::format("visitor-{}", i).c_str());
        world.call(key, fmt::format("c-{}", i).c_str());
        world.now += 200ms;
    }
    EXPECT_EQ(state().contacts().size(), 300u);
}

TEST_F(IslandBudgets, WhatHasEndedCountsForItsAddressNoLongerAlsoAfterABreakOfTheLog) {
    auto table = domain::default_budgets();
    table.of(Budget::live_contacts, BudgetScope::address).burst = 1;
    restart(table);
    const auto vera = world.visitor("visitor-1"), vito = world.visitor("visitor-2");
    open(vera, "c1");
    open(vito, "c2");
    EXPECT_EQ(state().contact(ContactId{"c2"}), nullptr);

    world.say(vera, domain::EndContact{ContactId{"c1"}, {}});
    open(vito, "c2");
    EXPECT_NE(state().contact(ContactId{"c2"}), nullptr);
}

TEST_F(IslandBudgets, AfterAFloodASupervisorClearsAwayWhatStrangersHaveLeft) {
    restart([] {
        auto table = domain::default_budgets();
        table.scale(0);
        return table;
    }());
    const std::vector<SessionKey> floods{world.visitor("visitor-1"), world.visitor("visitor-2"), world.visitor("visitor-3")};
    const auto customer = world.visitor("customer-42");
    for (std::size_t i = 0; i < 600; ++i) world.say(floods[i % 3], domain::RequestCallback{ContactId{fmt::format("c{}", i)}, {}, {}, {}});
    world.say(customer, domain::RequestCallback{ContactId{"hers"}, {}, {}, {}});
    open(floods[0], "call");
    const auto somebody = [](const char* user, domain::Role role) {
        return domain::Identity{CompanyId{"acme"}, UserId{user}, role, "", "", false, {}};
    };
    const auto clear = [&](const domain::Identity& by) { return world.island->clear(by, Island::Waiting::callbacks, true, world.now); };

    EXPECT_EQ(clear(somebody("amina", domain::Role::agent)).error().code, ErrorCode::forbidden);
    const auto first = clear(somebody("sue", domain::Role::supervisor));
    EXPECT_EQ(first->ended, 500u);
    EXPECT_EQ(first->left, 100u);
    const auto second = clear(somebody("ada", domain::Role::admin));
    EXPECT_EQ(second->ended, 100u);
    EXPECT_EQ(second->left, 0u);
    EXPECT_EQ(state().contacts().size(), 2u) << "the customer's callback and the call are not of these";
}

}  // namespace
}  // namespace calldocker::app
