#include "main/routing_reasons.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/company/testing/office.hpp"
#include "domain/routing/route.hpp"

namespace calldocker::main {
namespace {

using namespace domain;
using namespace domain::testing;
using ::testing::HasSubstr;

const QueueId sales{"sales"};
const UserId carla{"carla"}, dora{"dora"};

struct RoutingReasons : ::testing::Test {
    Office office;

    void SetUp() override {
        office.set_up(sales, [](Queue& queue) { queue.metric = Metric::longest_idle; });
    }
    /// Agents who come one after the other, so that the first is idle for longest.
    void arrive(std::initializer_list<UserId> agents) {
        for (const UserId& agent : agents) {
            office.ready_agent(agent);
            office.now += 10s;
        }
    }
    /// Who wants work, with a page that has no microphone.
    SessionKey arrive_without_media(const UserId& agent) {
        const SessionKey page = office.arrive(agent, Role::agent, agent.str().c_str(), false);
        office.follow(agent);
        EXPECT_TRUE(office.does(command::SetIntent{agent, Intent::available, {}}));
        return page;
    }
    /// Lets routing decide, and explains what it has decided of the contact.
    std::string decided(const ContactId& call) {
        std::string out;
        for (const Fact& fact : route(office.state, office.presence, office.now).facts) {
            const Event event{next(office.state.sequence()), office.now, UserId(system_actor), {}, fact};
            const auto& offered = std::get<fact::ContactOffered>(std::get<ContactFact>(fact));
            if (offered.call == call) out += explain(office.state, event, offered);
            office.write({fact});
        }
        return out;
    }
};

TEST_F(RoutingReasons, SayWhatSettledTheOrderAndWhereTheOthersStood) {
    arrive({amina, ben});
    ASSERT_TRUE(office.call(vera, c1, sales));
    office.now += 5s;

    const std::string why = decided(c1);

    EXPECT_THAT(why, HasSubstr(": c1 in queue sales was offered to amina\n"));
    EXPECT_THAT(why, HasSubstr("  why: idle for longest, of 2 candidates; it had waited 0:05; by the rules of event 1\n"));
    EXPECT_THAT(why, HasSubstr("    amina: tier 1, idle for 0:25\n"));
    EXPECT_THAT(why, HasSubstr("  not ben: came later in the order: tier 1, idle for 0:15\n"));
}

TEST_F(RoutingReasons, SayWhatEverybodyElseWasDoing) {
    arrive({amina, ben, carla, dora});
    ASSERT_TRUE(office.call(walt, c2, sales));
    decided(c2);
    ASSERT_TRUE(office.does(accept_by(amina, c2)));
    ASSERT_TRUE(office.does(command::SetIntent{ben, Intent::not_ready, "MEAL"}));
    ASSERT_TRUE(office.call(UserId::visitor("wanda"), ContactId("c3"), sales));
    decided(ContactId("c3"));
    ASSERT_TRUE(office.call(vera, c1, sales));

    const std::string why = decided(c1);

    EXPECT_THAT(why, HasSubstr("was offered to dora\n"));
    EXPECT_THAT(why, HasSubstr("why: the only candidate;"));
    EXPECT_THAT(why, HasSubstr("  not amina: busy: was in c2\n"));
    EXPECT_THAT(why, HasSubstr("  not ben: not ready: MEAL\n"));
    EXPECT_THAT(why, HasSubstr("  not carla: c3 was ringing there\n"));
}

TEST_F(RoutingReasons, SayWhatTheRecordSays) {
    office.set_up(sales, [](Queue& queue) {
        queue.everyone = false;
        queue.members = {{amina, 1, 0}, {ben, 1, 60}, {carla, 1, 0}};
        queue.requirements = {{"french", 5, 1, true, {}}};
    });
    office.give_skills(amina, {{"french", 7}});
    office.give_skills(ben, {{"french", 7}});
    office.give_skills(carla, {{"french", 2}});
    arrive({amina, ben, carla, dora});
    ASSERT_TRUE(office.call(vera, c1, sales));

    const std::string why = decided(c1);

    EXPECT_THAT(why, HasSubstr("  not ben: a member who takes part only in contacts that have waited longer\n"));
    EXPECT_THAT(why, HasSubstr("  not carla: below the level that the queue asks for in the skill french\n"));
    EXPECT_THAT(why, HasSubstr("  not dora: not a member of the queue\n"));
}

TEST_F(RoutingReasons, SayWhoseMicrophoneOrPageWasMissing) {
    arrive({amina});
    arrive_without_media(ben);
    office.presence.remove(arrive_without_media(carla));
    ASSERT_TRUE(office.call(vera, c1, sales));

    const std::string why = decided(c1);

    EXPECT_THAT(why, HasSubstr("  not ben: no microphone ready\n"));
    EXPECT_THAT(why, HasSubstr("  not carla: no page connected\n"));
}

TEST_F(RoutingReasons, WhatTheLogDoesNotSayIsNotMadeUp) {
    arrive({amina, ben});
    // One more than a record names.
    for (int i = 0; i <= 32; ++i) arrive_without_media(UserId{fmt::format("x{:02}", i)});
    ASSERT_TRUE(office.call(vera, c1, sales));

    const std::string why = decided(c1);

    EXPECT_THAT(why, HasSubstr("of 2 candidates"));
    EXPECT_THAT(why,
                HasSubstr("  not x32: came later in the order: tier 1, idle for 0:00; or no page of theirs was connected with a microphone "
                          "ready, which the log does not say\n"));
}

TEST_F(RoutingReasons, WhereItRingsAtAllTheFirstToAcceptHasIt) {
    arrive({amina, ben});
    ASSERT_TRUE(office.call(vera, c1));

    const std::string why = decided(c1);

    EXPECT_THAT(why, HasSubstr("was offered to amina, ben\n"));
    EXPECT_THAT(why, HasSubstr("why: all 2 candidates at once; the first to accept has it;"));
    EXPECT_THAT(why, ::testing::Not(HasSubstr("  not ")));
}

TEST_F(RoutingReasons, AnOfferByAnOriginalPageSaysThat) {
    arrive({amina, ben});
    ASSERT_TRUE(office.call(vera, c1));
    const fact::ContactOffered offered{c1, {amina}, {}, {}, {}, {}};

    const std::string why = explain(office.state, {next(office.state.sequence()), office.now, vera, {}, ContactFact{offered}}, offered);

    EXPECT_THAT(why, HasSubstr("why: their original pages were in the room"));
    EXPECT_THAT(why, HasSubstr("  not ben: no original page of theirs was in the room\n"));
}

}  // namespace
}  // namespace calldocker::main
