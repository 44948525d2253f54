#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.hpp"
#include "domain/company/decide.hpp"
#include "domain/company/follow_up.hpp"
#include "domain/contacts/limits.hpp"
#include "domain/presence/limits.hpp"

/// The rules that span contacts, agents and presence of one company.
namespace calldocker::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr Instant t0 = from_unix_ms(1'795'408'000'000);
const ContactId c1{"c1"}, c2{"c2"};
const UserId vera{"vera"}, walt{"walt"}, amina{"amina"}, ben{"ben"};

/// One company without an island around it.
struct Office {
    State state;
    Presence presence;
    Instant now = t0;
    std::uint64_t keys = 0;

    void write(const Facts& facts) {
        for (const Fact& fact : facts) apply(state, {next(state.sequence()), now, UserId{system_actor}, {}, fact});
    }
    ErrorCode refused(const Command& command) const {
        const auto facts = decide(state, command);
        return facts ? ErrorCode::duplicate : facts.error().code;  // duplicate: was not refused
    }
    bool does(const Command& command) {
        const auto facts = decide(state, command);
        if (facts) write(*facts);
        return facts.has_value();
    }
    SessionKey arrive(const UserId& user, Role role, const char* id, bool media_ready = true) {
        const SessionKey key{++keys};
        presence.add({.key = key,
                      .id = SessionId{id},
                      .identity = {CompanyId{"acme"}, user, role, "", "", false, {}},
                      .version = 2,
                      .detached_at = {},
                      .media_ready = media_ready,
                      .rooms = {}});
        return key;
    }
    SessionKey ready_agent(const UserId& agent) {
        EXPECT_TRUE(does(command::SetIntent{agent, Role::agent, Intent::available, {}}));
        return arrive(agent, Role::agent, agent.str().c_str());
    }
    bool call(const UserId& visitor, const ContactId& name) {
        return does(command::EnterQueue{name, visitor, {SessionId{visitor.str()}, 2}, RoomId{"agent-room"}, {}, {}});
    }
    Routing route_all() {
        Routing routing = route(state, presence, now);
        write(routing.facts);
        return routing;
    }
    [[nodiscard]] std::vector<std::string> rung(const ContactId& call) const {
        std::vector<std::string> agents;
        for (const auto& [agent, since] : state.contact(call)->offered) agents.push_back(agent.str());
        return agents;
    }
};

command::Accept accept_by(const UserId& agent, const ContactId& call = c1) { return {call, {agent, "", {SessionId{agent.str()}, 2}}}; }

/// Every index says what the contacts say.
void expect_indexed(const State& state) {
    std::map<UserId, std::set<ContactId>> contacts_of, offers_to;
    std::set<std::pair<Instant, ContactId>> deadlines;
    std::set<ContactId> waiting;
    for (const auto& [call, contact] : state.contacts()) {
        contacts_of[contact.visitor].insert(call);
        if (contact.has_agent()) contacts_of[contact.agent].insert(call);
        for (const auto& [agent, since] : contact.offered) offers_to[agent].insert(call);
        if (const auto due = deadline_of(contact)) deadlines.emplace(*due, call);
        if (contact.is_waiting()) waiting.insert(call);
    }
    ASSERT_EQ(state.deadlines(), deadlines);
    ASSERT_EQ(state.waiting().size(), waiting.size());
    for (const auto& [turn, call] : state.waiting()) ASSERT_TRUE(waiting.contains(call));
    for (const char* user : {"u0", "u1", "u2", "u3", "u4"}) {
        ASSERT_EQ(state.contacts_of(UserId{user}), contacts_of[UserId{user}]);
        ASSERT_EQ(state.offers_to(UserId{user}), offers_to[UserId{user}]);
    }
}

ContactFact any_fact(Rng& random) {
    const ContactId call{"c" + std::to_string(random.below(4))};
    const UserId user{"u" + std::to_string(random.below(5))}, other{"u" + std::to_string(random.below(5))};
    const Endpoint endpoint{SessionId{user.str()}, random.below(2) == 0 ? 1 : 2};
    const Party party = random.below(2) == 0 ? Party::visitor : Party::agent;
    switch (random.below(12)) {
        case 0: return fact::ContactOffered{call, {user, other}};
        case 1: return fact::ContactRevoked{call, {user}, RevokeReason::not_routable};
        case 2: return fact::ContactDeclined{call, user, {}};
        case 3: return fact::ContactAccepted{call, user, "", endpoint};
        case 4: return fact::ContactConnected{call};
        case 5: return fact::MediaChanged{call, party, random.below(2) == 0};
        case 6: return fact::MediaClaimed{call, party, endpoint};
        case 7: return fact::PartyLost{call, party};
        case 8: return fact::PartyBack{call, party, endpoint};
        case 9: return fact::ContactRequeued{call, "no_media"};
        case 10: return fact::ContactEnded{call, EndReason::completed_agent, Party::agent, user, {}};
        default: return fact::ContactCreated{call, user, endpoint, RoomId{"agent-room"}, {}};
    }
}

TEST(StateProperty, AnyFactsInAnyOrderLeaveEveryIndexTrue) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Rng random(seed);
        State state;
        for (int i = 0; i < 200; ++i) {
            apply(state, {next(state.sequence()), t0 + i * 1s, UserId{"u0"}, {}, any_fact(random)});
            ASSERT_NO_FATAL_FAILURE(expect_indexed(state));
        }
    }
}

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

TEST(CompanyDecide, AContactThatHasEndedIsGoneAndOneThatNeverWasIsNotFound) {
    Office office;
    ASSERT_TRUE(office.call(vera, c1));
    ASSERT_TRUE(office.does(command::End{c1, {vera, Role::customer, ""}}));

    EXPECT_EQ(office.refused(accept_by(amina)), ErrorCode::gone);
    EXPECT_EQ(office.refused(accept_by(amina, c2)), ErrorCode::not_found);
}

TEST(CompanyDecide, ANameThatIsTakenIsAConflict) {
    Office office;
    ASSERT_TRUE(office.call(vera, c1));

    EXPECT_EQ(office.refused(command::EnterQueue{c1, walt, {}, {}, {}, {}}), ErrorCode::conflict);
}

TEST(CompanyDecide, OneUserCannotFillTheQueue) {
    Office office;
    for (std::size_t i = 0; i < live_contacts_per_user_max; ++i) ASSERT_TRUE(office.call(vera, ContactId{std::to_string(i)}));

    EXPECT_EQ(office.refused(command::EnterQueue{c1, vera, {}, {}, {}, {}}), ErrorCode::overloaded);
    EXPECT_TRUE(office.call(walt, c1));
}

TEST(CompanyDecide, AnOriginalAgentInAnotherContactIsNotRungNorIsTheCaller) {
    Office office;
    office.ready_agent(amina);
    ASSERT_TRUE(office.call(walt, c2));
    office.route_all();
    ASSERT_TRUE(office.does(accept_by(amina, c2)));

    ASSERT_TRUE(office.does(command::EnterQueue{c1, vera, {SessionId{"vera"}, 2}, RoomId{"agent-room"}, {}, {amina, ben, vera}}));

    EXPECT_THAT(office.rung(c1), ElementsAre("ben"));
}

TEST(CompanyDecide, TheSameIntentAgainIsNoFactAndCustomersHaveNone) {
    Office office;
    ASSERT_TRUE(office.does(command::SetIntent{amina, Role::agent, Intent::not_ready, "MEAL"}));

    EXPECT_THAT(decide(office.state, command::SetIntent{amina, Role::agent, Intent::not_ready, "MEAL"}).value(), IsEmpty());
    EXPECT_THAT(decide(office.state, command::SetIntent{amina, Role::agent, Intent::not_ready, "BREAK"}).value(), SizeIs(1));
    EXPECT_EQ(office.refused(command::SetIntent{vera, Role::customer, Intent::available, ""}), ErrorCode::forbidden);
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
    ASSERT_TRUE(office.does(command::SetIntent{amina, Role::agent, Intent::not_ready, "MEAL"}));
    EXPECT_FALSE(routable());
    ASSERT_TRUE(office.does(command::SetIntent{amina, Role::agent, Intent::available, ""}));
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

TEST(Consequences, ALostVisitorStopsTheRingingAtOnce) {
    Office office;
    office.ready_agent(amina);
    const SessionKey tab = office.arrive(vera, Role::customer, "vera");
    ASSERT_TRUE(office.call(vera, c1));
    office.route_all();

    office.presence.find(tab)->detached_at = t0;
    office.write(consequences_for(office.state, office.presence, vera, t0));

    EXPECT_THAT(office.rung(c1), IsEmpty());
    EXPECT_EQ(office.state.contact(c1)->visitor_side.lost_at, t0);
    EXPECT_THAT(consequences_for(office.state, office.presence, vera, t0 + 1s), IsEmpty());
}

TEST(Consequences, ALostAgentsOfferHoldsForTwoSeconds) {
    Office office;
    const SessionKey tab = office.ready_agent(amina);
    ASSERT_TRUE(office.call(vera, c1));
    office.route_all();
    office.presence.find(tab)->detached_at = t0;

    EXPECT_THAT(consequences_for(office.state, office.presence, amina, t0 + offer_grace - 1ms), IsEmpty());
    office.write(consequences_for(office.state, office.presence, amina, t0 + offer_grace));

    EXPECT_THAT(office.rung(c1), IsEmpty());
}

TEST(Consequences, TheOtherTabOfALostAgentKeepsTheOffer) {
    Office office;
    const SessionKey tab = office.ready_agent(amina);
    office.arrive(amina, Role::agent, "other-tab");
    ASSERT_TRUE(office.call(vera, c1));
    office.route_all();
    office.presence.find(tab)->detached_at = t0;

    EXPECT_THAT(consequences_for(office.state, office.presence, amina, t0 + 1min), IsEmpty());
}

TEST(Consequences, AnAgentWhoseLastSessionLeavesIsOfflineUnlessARestartCutItOff) {
    Office office;
    ASSERT_TRUE(office.does(command::SetIntent{amina, Role::agent, Intent::available, ""}));
    office.presence.expect(amina, t0 + restart_grace);
    EXPECT_THAT(consequences_for(office.state, office.presence, amina, t0 + restart_grace - 1ms), IsEmpty());

    office.write(consequences_for(office.state, office.presence, amina, t0 + restart_grace));

    EXPECT_EQ(office.state.agent(amina).intent, Intent::offline);
}

TEST(Remembered, TheOldestNameGoesFirst) {
    Remembered names(2);
    for (const char* name : {"a", "b", "a", "c"}) names.add(name);

    EXPECT_FALSE(names.contains("a"));
    EXPECT_THAT(names.in_order(), ElementsAre("b", "c"));
}

}  // namespace
}  // namespace calldocker::domain
