#include "domain/routing/route.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.hpp"
#include "domain/company/testing/office.hpp"
#include "domain/contacts/limits.hpp"
#include "domain/presence/limits.hpp"
#include "domain/routing/eligibility.hpp"

namespace calldocker::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace domain::testing;

struct Office : domain::testing::Office {
    Routing route_all() {
        Routing routing = route(state, presence, now);
        write(routing.facts);
        return routing;
    }
};

TEST(CompanyProperty, OfFiftyAcceptsExactlyOneWinsAndTheOthersLoseTheReservation) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Rng random(seed);
        Office office;
        std::vector<UserId> agents;
        for (int i = 0; i < 50; ++i) {
            agents.emplace_back("agent-" + std::to_string(i));
            office.ready_agent(agents.back());
        }
        ASSERT_TRUE(office.call(vera, c1));
        office.route_all();
        for (std::size_t i = agents.size(); i > 1; --i) std::swap(agents[i - 1], agents[random.below(i)]);

        std::size_t won = 0, lost = 0;
        for (const UserId& agent : agents) {
            if (office.does(accept_by(agent))) {
                ++won;
            } else if (office.refused(accept_by(agent)) == ErrorCode::reservation_lost) {
                ++lost;
            }
        }

        EXPECT_EQ(won, 1u);
        EXPECT_EQ(lost, 49u);
        EXPECT_EQ(office.state.contact(c1)->agent, agents.front());
        for (const UserId& agent : agents) EXPECT_EQ(office.state.is_working(agent), agent == agents.front());
    }
}

TEST(Routable, NeedsIntentMediaAConnectionAndNoOtherWork) {
    Office office;
    const SessionKey key = office.ready_agent(amina);
    const auto routable = [&] { return is_routable(office.state, office.presence, amina); };
    ASSERT_TRUE(routable());

    office.presence.find(key)->media_ready = false;
    EXPECT_FALSE(routable());
    office.presence.find(key)->media_ready = true;
    office.presence.find(key)->detached_at = t0;
    EXPECT_FALSE(routable());
    office.presence.find(key)->detached_at.reset();
    ASSERT_TRUE(office.does(command::SetIntent{amina, Intent::not_ready, "MEAL"}));
    EXPECT_FALSE(routable());
    ASSERT_TRUE(office.does(command::SetIntent{amina, Intent::available, ""}));
    ASSERT_TRUE(office.call(vera, c1));
    office.route_all();
    EXPECT_FALSE(routable()) << "while it rings";
    ASSERT_TRUE(office.does(accept_by(amina)));
    EXPECT_FALSE(routable()) << "while in a contact";
}

TEST(Route, TheOldestContactRingsAllFreeAgentsAndTheNextOneWaits) {
    Office office;
    office.ready_agent(amina);
    office.ready_agent(ben);
    ASSERT_TRUE(office.call(vera, c2));
    ASSERT_TRUE(office.call(walt, c1));

    office.route_all();

    EXPECT_THAT(office.rung(c2), ElementsAre("amina", "ben"));
    EXPECT_THAT(office.rung(c1), IsEmpty());
}

TEST(Route, ARequeuedContactComesFirst) {
    Office office;
    ASSERT_TRUE(office.call(vera, c1));
    ASSERT_TRUE(office.call(walt, c2));
    office.write({ContactFact{fact::ContactRequeued{c2, "agent_lost"}}});

    office.ready_agent(amina);
    office.route_all();

    EXPECT_THAT(office.rung(c2), ElementsAre("amina"));
}

TEST(Route, NobodyIsRungForAVisitorWhoIsAway) {
    Office office;
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.write({ContactFact{fact::PartyLost{c1, Party::visitor}}});

    EXPECT_THAT(office.route_all().facts, IsEmpty());
}

TEST(Route, NobodyIsRungByHisOwnCall) {
    Office office;
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(amina, c1));

    EXPECT_THAT(office.route_all().facts, IsEmpty());
    office.ready_agent(ben);
    office.route_all();

    EXPECT_THAT(office.rung(c1), ElementsAre("ben"));
}

TEST(Route, WhoDeclinedIsPassedOverForAMinuteAndAloneForFiveSeconds) {
    Office office;
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.route_all();
    ASSERT_TRUE(office.does(command::Decline{c1, amina, ""}));

    const Routing alone = office.route_all();
    EXPECT_THAT(alone.facts, IsEmpty());
    EXPECT_EQ(alone.look_again, t0 + decline_pause);
    office.ready_agent(ben);
    const Routing together = office.route_all();

    EXPECT_THAT(office.rung(c1), ElementsAre("ben"));
    EXPECT_EQ(together.look_again, t0 + decline_exclusion);
    office.now = t0 + decline_exclusion;
    office.route_all();
    EXPECT_THAT(office.rung(c1), ElementsAre("amina", "ben"));
}

const QueueId sales{"sales"}, urgent{"urgent"};
const ContactId c3{"c3"};

/// Offers go to one agent at a time, by `metric`.
Office one_at_a_time(Metric metric = Metric::longest_idle) {
    Office office;
    office.set_up(QueueId{default_queue}, [&](Queue& queue) { queue.metric = metric; });
    return office;
}
const fact::ContactOffered& last_offer(const Office& office) {
    for (auto fact = office.written.rbegin(); fact != office.written.rend(); ++fact)
        if (const auto* contact_fact = std::get_if<ContactFact>(&*fact))
            if (const auto* offered = std::get_if<fact::ContactOffered>(contact_fact)) return *offered;
    throw std::logic_error("nothing was offered");
}

TEST(RouteOrder, EmergenciesGoFirstThenAgeWithItsHeadStart) {
    Office office = one_at_a_time();
    office.set_up(sales, [](Queue& queue) { queue.metric = Metric::longest_idle; });
    office.set_up(sales, [](Queue& queue) { queue.priority_seconds = 60; });
    office.set_up(urgent, [](Queue& queue) {
        queue.metric = Metric::longest_idle;
        queue.emergency_class = 1;
    });
    ASSERT_TRUE(office.call(vera, c1));
    office.now = t0 + 59s;
    ASSERT_TRUE(office.call(walt, c2, sales));
    office.now = t0 + 5min;
    ASSERT_TRUE(office.call(vera, c3, urgent));
    std::vector<std::string> order;
    for (const UserId& agent : {amina, ben, UserId{"carl"}}) {
        office.ready_agent(agent);
        office.route_all();
        order.push_back(last_offer(office).call.str());
    }

    EXPECT_THAT(order, ElementsAre("c3", "c2", "c1"));
}

TEST(RouteOrder, PriorityStarvesNobody) {
    Office office = one_at_a_time();
    office.set_up(sales, [](Queue& queue) { queue.priority_seconds = 60; });
    ASSERT_TRUE(office.call(vera, c1));
    office.now = t0 + 61s;
    ASSERT_TRUE(office.call(walt, c2, sales));
    office.ready_agent(amina);
    office.route_all();

    EXPECT_EQ(last_offer(office).call, c1);
}

TEST(RouteAgents, TheOneWhoHasBeenIdleLongestIsRungAlone) {
    Office office = one_at_a_time();
    office.now = t0 + 1s;
    office.ready_agent(ben);
    office.now = t0 + 2s;
    office.ready_agent(amina);
    office.now = t0 + 3s;
    ASSERT_TRUE(office.call(vera, c1));
    office.route_all();

    EXPECT_THAT(office.rung(c1), ElementsAre("ben"));
    EXPECT_EQ(last_offer(office).ring, 20s);
    EXPECT_EQ(last_offer(office).why->decided_by, DecidedBy::longest_idle);
    EXPECT_EQ(last_offer(office).why->candidates, 2);
    EXPECT_THAT(office.route_all().facts, IsEmpty()) << "one offer at a time";
}

TEST(RouteAgents, AShortBreakLosesNoTurnAndALongOneDoes) {
    for (const Milliseconds break_time : {59s, 60s}) {
        Office office = one_at_a_time();
        office.ready_agent(ben);
        office.now = t0 + 1s;
        office.ready_agent(amina);
        ASSERT_TRUE(office.does(command::SetIntent{ben, Intent::not_ready, "BREAK"}));
        office.now += break_time;
        ASSERT_TRUE(office.does(command::SetIntent{ben, Intent::available, ""}));
        ASSERT_TRUE(office.call(vera, c1));
        office.route_all();

        EXPECT_THAT(office.rung(c1), ElementsAre(break_time < 60s ? "ben" : "amina"));
    }
}

TEST(RouteAgents, LowerTiersComeFirstAndTheIdIsTheLastWord) {
    Office office = one_at_a_time();
    office.set_up(QueueId{default_queue}, [](Queue& queue) { queue.members = {{amina, 2, 0}}; });
    office.ready_agent(ben);
    office.ready_agent(UserId{"carl"});
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.route_all();

    EXPECT_THAT(office.rung(c1), ElementsAre("ben"));
    EXPECT_EQ(last_offer(office).why->decided_by, DecidedBy::agent_id);
}

TEST(RouteAgents, ALowerTierComesBeforeALongerIdleTime) {
    Office office = one_at_a_time();
    office.set_up(QueueId{default_queue}, [](Queue& queue) { queue.members = {{amina, 2, 0}}; });
    office.ready_agent(amina);
    office.now = t0 + 10min;
    office.ready_agent(ben);
    ASSERT_TRUE(office.call(vera, c1));
    office.route_all();

    EXPECT_THAT(office.rung(c1), ElementsAre("ben"));
    EXPECT_EQ(last_offer(office).why->decided_by, DecidedBy::tier);
}

TEST(RouteAgents, BestSkillWeighsLevelsAndFewestCallsCounts) {
    Office office = one_at_a_time(Metric::best_skill);
    office.set_up(QueueId{default_queue}, [](Queue& queue) {
        queue.requirements = {{"billing", 1, 2, true, {}}, {"french", 1, 1, false, {}}};
    });
    office.give_skills(amina, {{"billing", 3}, {"french", 1}});
    office.give_skills(ben, {{"billing", 2}, {"french", 9}});
    office.ready_agent(amina);
    office.ready_agent(ben);
    ASSERT_TRUE(office.call(vera, c1));
    office.route_all();

    EXPECT_THAT(office.rung(c1), ElementsAre("ben")) << "2x2 + 9 > 2x3 + 1";
    EXPECT_EQ(last_offer(office).why->decided_by, DecidedBy::best_skill);
}

TEST(RouteAgents, FewestCallsAndRoundRobinTakeTurns) {
    for (const Metric metric : {Metric::fewest_calls, Metric::round_robin}) {
        Office office = one_at_a_time(metric);
        office.ready_agent(amina);
        office.ready_agent(ben);
        std::vector<std::string> rung;
        for (const ContactId& call : {c1, c2, c3}) {
            ASSERT_TRUE(office.call(vera, call));
            office.route_all();
            const UserId agent = last_offer(office).agents.front();
            rung.push_back(agent.str());
            ASSERT_TRUE(office.does(accept_by(agent, call)));
            ASSERT_TRUE(office.does(command::End{call, {vera, Role::customer, ""}}));
        }

        EXPECT_THAT(rung, ElementsAre("amina", "ben", "amina"));
    }
}

TEST(RouteAgents, TheLeastOccupiedOfTheLastHourIsAsked) {
    Office office = one_at_a_time(Metric::least_occupied);
    office.ready_agent(amina);
    office.ready_agent(ben);
    ASSERT_TRUE(office.call(vera, c1));
    office.write({ContactFact{fact::ContactOffered{c1, {amina}}}});
    ASSERT_TRUE(office.does(accept_by(amina)));
    office.now += 5min;
    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));
    ASSERT_TRUE(office.call(walt, c2));
    office.route_all();
    EXPECT_THAT(office.rung(c2), ElementsAre("ben"));

    office.now += 61min;

    EXPECT_EQ(office.state.agent(amina).occupied(office.now), 0ms) << "it is forgotten after an hour";
}

TEST(RouteSkills, WhatIsAskedForRelaxesWithTheTimeWaitedAtThatMoment) {
    Office office = one_at_a_time();
    office.set_up(QueueId{default_queue}, [](Queue& queue) { queue.requirements = {{"billing", 5, 1, true, {{30, 3}, {60, 0}}}}; });
    office.give_skills(amina, {{"billing", 3}});
    office.ready_agent(amina);
    office.ready_agent(ben);
    ASSERT_TRUE(office.call(vera, c1));
    EXPECT_EQ(office.route_all().look_again, t0 + 30s);
    office.now = t0 + 30s - 1ms;
    EXPECT_THAT(office.route_all().facts, IsEmpty());

    office.now = t0 + 30s;
    office.route_all();

    EXPECT_THAT(office.rung(c1), ElementsAre("amina"));
    ASSERT_THAT(last_offer(office).excluded, ElementsAre(Excluded{ben, ExclusionReason::skill, "billing"}));
}

TEST(RouteSkills, AMemberWithADelayTakesPartOnceTheContactHasWaitedSoLong) {
    Office office = one_at_a_time();
    office.set_up(QueueId{default_queue}, [](Queue& queue) {
        queue.everyone = false;
        queue.members = {{amina, 1, 45}};
    });
    office.ready_agent(amina);
    office.ready_agent(ben);
    ASSERT_TRUE(office.call(vera, c1));
    EXPECT_EQ(office.route_all().look_again, t0 + 45s);

    office.now = t0 + 45s;
    office.route_all();

    EXPECT_THAT(office.rung(c1), ElementsAre("amina")) << "and never who is no member";
}

TEST(RouteSkills, ALanguageIsSpokenOrCovered) {
    EXPECT_TRUE(covers_language("de", "de-CH"));
    EXPECT_TRUE(covers_language("DE", "de"));
    EXPECT_FALSE(covers_language("de-CH", "de"));
    EXPECT_FALSE(covers_language("d", "de"));
}

/// The agent of last time, in a queue that waits for him.
Office sticky() {
    Office office = one_at_a_time();
    office.set_up(QueueId{default_queue}, [](Queue& queue) { queue.sticky_seconds = 15; });
    office.ready_agent(amina);
    office.ready_agent(ben);
    EXPECT_TRUE(office.call(vera, c1));
    office.write({ContactFact{fact::ContactOffered{c1, {ben}}}});
    EXPECT_TRUE(office.does(accept_by(ben)));
    office.connect(vera, ben, c1);
    EXPECT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));
    EXPECT_TRUE(office.does(command::EndWrapUp{c1, ben}));
    return office;
}

TEST(RouteSticky, ThePreferredAgentTakesItIfEligible) {
    Office office = sticky();
    ASSERT_TRUE(office.call(vera, c2));
    office.route_all();

    EXPECT_THAT(office.rung(c2), ElementsAre("ben"));
    EXPECT_EQ(last_offer(office).why->decided_by, DecidedBy::sticky);
}

TEST(RouteSticky, ABusyOneIsWaitedForAndOneWhoIsNotThereIsNot) {
    Office office = sticky();
    ASSERT_TRUE(office.call(walt, c3));
    office.write({ContactFact{fact::ContactOffered{c3, {ben}}}});
    ASSERT_TRUE(office.does(accept_by(ben, c3)));
    ASSERT_TRUE(office.call(vera, c2));
    EXPECT_EQ(office.route_all().look_again, office.now + 15s);
    EXPECT_THAT(office.rung(c2), IsEmpty());
    office.now += 15s;
    office.route_all();
    EXPECT_THAT(office.rung(c2), ElementsAre("amina"));

    Office other = sticky();
    ASSERT_TRUE(other.does(command::SetIntent{ben, Intent::not_ready, "MEAL"}));
    ASSERT_TRUE(other.call(vera, c2));
    other.route_all();
    EXPECT_THAT(other.rung(c2), ElementsAre("amina")) << "stickiness never bypasses who is routable";
}

TEST(RouteChosen, AContactHandedToAnAgentRingsThereFirst) {
    Office office = one_at_a_time();
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.route_all();
    ASSERT_TRUE(office.does(accept_by(amina)));
    office.connect(vera, amina, c1);
    office.ready_agent(ben);
    office.ready_agent(UserId{"carl"});
    ASSERT_TRUE(office.does(command::Transfer{c1, amina, {{}, UserId{"carl"}}, "please"}));
    office.route_all();

    EXPECT_THAT(office.rung(c1), ElementsAre("carl"));
    EXPECT_EQ(last_offer(office).kind, OfferKind::transfer);
    ASSERT_TRUE(office.does(command::Decline{c1, UserId{"carl"}, ""}));
    office.route_all();
    EXPECT_THAT(office.rung(c1), ElementsAre("ben")) << "then whoever the queue gives it to";
}

TEST(RouteCallback, IsOfferedInItsTurnWithoutTheVisitorAndNotBeforeItIsDue) {
    Office office = one_at_a_time();
    ASSERT_TRUE(office.call(vera, c1));
    ASSERT_TRUE(office.does(command::RequestCallback{c1, vera, {}, {}, "+49 30 1", ""}));
    office.follow(vera);
    office.ready_agent(amina);
    office.route_all();
    EXPECT_EQ(office.state.contact(c1)->state, ContactState::callback_offering);
    EXPECT_EQ(last_offer(office).kind, OfferKind::callback);

    ASSERT_TRUE(office.does(accept_by(amina)));
    ASSERT_TRUE(office.does(command::End{c1, {amina, Role::agent, std::string(no_answer)}}));

    EXPECT_EQ(office.route_all().look_again, office.now + 300s);
}

/// Domain property: no call connects while a better-ranked call that is eligible for the same agent waits.
TEST(RouteProperty, NobodyIsOfferedAContactWhileABetterRankedOneThatHeMayHaveWaits) {
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Rng random(seed);
        Office office = one_at_a_time();
        office.set_up(sales, [&](Queue& queue) {
            queue.metric = Metric::best_skill;
            queue.priority_seconds = static_cast<int>(random.below(120));
            queue.requirements = {{"billing", 3, 1, true, {{20, 1}}}};
        });
        office.set_up(urgent, [&](Queue& queue) {
            queue.metric = Metric::fewest_calls;
            queue.emergency_class = static_cast<int>(random.below(2));
        });
        for (int i = 0; i < 12; ++i) {
            const QueueId queue = std::array{QueueId{default_queue}, sales, urgent}[random.below(3)];
            ASSERT_TRUE(office.call(UserId{"visitor-" + std::to_string(i)}, ContactId{"c" + std::to_string(i)}, queue));
            office.now += Milliseconds{static_cast<std::int64_t>(random.below(9'000))};
        }
        for (int i = 0; i < 5; ++i) {
            const UserId agent{"agent-" + std::to_string(i)};
            office.give_skills(agent, {{"billing", static_cast<int>(1 + random.below(5))}});
            office.ready_agent(agent);
        }
        const std::size_t before = office.written.size();
        office.route_all();

        std::map<UserId, Turn> given;
        for (std::size_t i = before; i < office.written.size(); ++i) {
            const auto& offered = std::get<fact::ContactOffered>(std::get<ContactFact>(office.written[i]));
            for (const UserId& agent : offered.agents) given.emplace(agent, turn_of(*office.state.contact(offered.call)));
        }
        ASSERT_FALSE(given.empty());
        for (const auto& [agent, turn] : given) {
            for (const auto& [call, contact] : office.state.contacts()) {
                if (!contact.offered.empty() || !(turn_of(contact) < turn)) continue;
                const Queue& queue = office.state.queue_of(contact);
                const Fit fit = fit_of(office.state.configuration(), queue, agent);
                EXPECT_TRUE(eligibility_of(office.state.configuration(), queue, fit, contact, agent, office.now).excluded.has_value())
                    << agent.str() << " was given another contact while " << call.str() << " waits";
            }
        }
    }
}

/// Who is too young for everybody is passed over without being looked at: nobody may be forgotten for it, now or until the time that
/// the pass has named.
TEST(RouteProperty, NobodyIsLeftWaitingBesideAnAgentWhoMayHaveTheContactBeforeTheNextLook) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Rng random(seed);
        Office office = one_at_a_time();
        office.set_up(sales, [&](Queue& queue) {
            queue.metric = Metric::longest_idle;
            queue.requirements = {{"billing", 8, 1, true, {{10, 7}, {20, static_cast<int>(random.below(9))}, {40, 3}}}};
            queue.everyone = false;
            for (int i = 0; i < 3; ++i)
                queue.members.push_back({UserId{"agent-" + std::to_string(i)}, 1, static_cast<int>(random.below(3)) * 15});
        });
        office.set_up(urgent, [&](Queue& queue) {
            queue.metric = Metric::longest_idle;
            queue.requirements = {{"tax", 5, 1, true, {{30, 2}}}};
        });
        for (int i = 0; i < 3; ++i) {
            const UserId agent{"agent-" + std::to_string(i)};
            office.give_skills(agent, {{"billing", static_cast<int>(1 + random.below(8))}, {"tax", static_cast<int>(1 + random.below(5))}});
        }
        for (int i = 0; i < 12; ++i) {
            // Head starts and classes change while people wait, so that lines are not in the order of age.
            office.set_up(sales, [&](Queue& queue) { queue.priority_seconds = static_cast<int>(random.below(3)) * 20; });
            office.set_up(urgent, [&](Queue& queue) { queue.emergency_class = static_cast<int>(random.below(3)); });
            const QueueId queue = std::array{sales, urgent}[random.below(2)];
            ASSERT_TRUE(office.call(UserId{"visitor-" + std::to_string(i)}, ContactId{"c" + std::to_string(i)}, queue));
            office.now += Milliseconds{static_cast<std::int64_t>(random.below(7'000))};
        }
        for (int i = 0; i < 3; ++i) office.ready_agent(UserId{"agent-" + std::to_string(i)});

        for (int looks = 0; looks < 20; ++looks) {
            const Routing routing = office.route_all();
            const Instant until = routing.look_again ? *routing.look_again - 1ms : office.now + 1h;
            ASSERT_GE(until, office.now);
            for (const auto& [call, contact] : office.state.contacts()) {
                if (!contact.offered.empty()) continue;
                for (const UserId& agent : office.state.available()) {
                    const Queue& queue = office.state.queue_of(contact);
                    const Fit fit = fit_of(office.state.configuration(), queue, agent);
                    EXPECT_TRUE(eligibility_of(office.state.configuration(), queue, fit, contact, agent, until).excluded.has_value())
                        << agent.str() << " might have had " << call.str();
                }
            }
            if (!routing.look_again) break;
            office.now = *routing.look_again;
        }
    }
}

}  // namespace
}  // namespace calldocker::domain
