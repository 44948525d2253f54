#include "app/codec/codec.hpp"
#include "app/live_island.hpp"
#include "app/testing/world.hpp"
#include "domain/contacts/limits.hpp"

/// Nobody hears of a fact before it is durable; durable facts survive a crash; facts that could not be written never happened.
namespace calldocker::app::testing {
namespace {

using namespace domain;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const ContactId c1{"c1"};

struct Durability : ::testing::Test {
    World world;

    /// Vera and Amina, both of version 2, in a connected contact.
    std::pair<SessionKey, SessionKey> talking() {
        const auto amina = world.ready_agent("amina");
        const auto vera = world.visitor("vera");
        world.call(vera, "c1");
        world.say(amina, AcceptContact{c1});
        world.say(amina, MediaState{c1, true});
        world.say(vera, MediaState{c1, true});
        world.forget();
        return {vera, amina};
    }
    /// A command that the log does not take.
    void break_with(SessionKey visitor) {
        world.log.broken = true;
        world.call(visitor, "c2");
    }
};

TEST_F(Durability, NobodyHearsOfAContactBeforeTheLogHasIt) {
    const auto ben = world.agent("ben");
    world.join_room(ben, "agent-room");
    const auto amina = world.ready_agent("amina");
    const auto vera = world.customer("vera");
    world.forget();
    world.writes_at_once = false;

    world.call(vera, "c1");
    EXPECT_THAT(world.heard(ben), IsEmpty());
    EXPECT_THAT(world.heard(amina), IsEmpty());
    EXPECT_THAT(world.heard(vera), IsEmpty());
    world.log.settle();

    EXPECT_THAT(world.heard(ben), ElementsAre("webrtc_offer vera {} c1"));
    EXPECT_THAT(world.heard(amina), Contains("contact_offered c1 offering"));
    EXPECT_THAT(world.heard(vera), ElementsAre("offer_sent agent-room c1"));
}

TEST_F(Durability, AnAnswerThatIsAnAcceptWaitsForTheLogAndACandidateBehindItDoesNotOvertake) {
    const auto ben = world.agent("ben");
    world.join_room(ben, "agent-room");
    const auto vera = world.customer("vera");
    world.call(vera, "c1");
    world.forget();
    world.writes_at_once = false;

    world.say(ben, WebrtcAnswer{"vera", "{}", c1});
    world.say(ben, IceCandidate{"vera", "{}", c1});
    EXPECT_THAT(world.heard(vera), IsEmpty());
    world.log.settle();

    EXPECT_THAT(world.heard(vera), ElementsAre("webrtc_answer ben {} c1", "ice_candidate ben {} c1"));
}

TEST_F(Durability, WhatCouldNotBeWrittenHasNeverHappened) {
    const auto amina = world.ready_agent("amina");
    const auto vera = world.visitor("vera");
    world.forget();
    world.log.broken = true;

    world.call(vera, "c1");

    EXPECT_EQ(world.outbox->fall_backs(), 1u);
    EXPECT_EQ(world.island->figures().contacts_waiting, 0u);
    EXPECT_THAT(world.heard(amina), ::testing::Not(Contains(StartsWith("contact_offered"))));

    world.log.broken = false;
    world.call(vera, "c1");
    EXPECT_THAT(world.heard(amina), Contains("contact_offered c1 offering"));
}

TEST_F(Durability, WhileTheLogCannotBeReadCommandsAreUnavailableAndItIsTriedAgain) {
    const auto vera = world.visitor("vera");
    world.log.broken = world.log.unreadable = true;
    world.call(vera, "c1");
    world.forget();

    world.say(vera, EndContact{c1, {}}, "1");
    world.log.broken = world.log.unreadable = false;
    world.pass(1s);
    world.call(vera, "c1");

    EXPECT_THAT(world.heard(vera), ElementsAre("error unavailable 1", StartsWith("contact_state c1 queued"), "offer_sent agent-room c1"));
}

TEST_F(Durability, WhileTheLogCannotBeReadNobodyHearsOfAContactThatItNeverTook) {
    const auto ben = world.agent("ben");
    world.join_room(ben, "agent-room");
    const auto vera = world.customer("vera");
    world.forget();
    world.writes_at_once = false;
    world.call(vera, "c1");
    world.say(ben, WebrtcAnswer{"vera", "{}", c1});
    world.log.broken = world.log.unreadable = true;
    world.log.settle();

    const auto other_tab = world.agent("ben");
    world.call(vera, "c1");

    EXPECT_THAT(world.heard(other_tab), IsEmpty());
}

TEST_F(Durability, WhileTheLogCannotBeReadWhatNeedsNoLogGoesOn) {
    const auto ben = world.agent("ben");
    const auto ada = world.agent("ada");
    const auto vera = world.customer("vera");
    world.log.broken = world.log.unreadable = true;
    world.call(world.customer("walt"), "c1");
    world.forget();

    world.join_room(ben, "agent-room");
    world.join_room(ada, "agent-room");
    world.say(vera, WebrtcOffer{"ben", "{}", ContactId{"direct"}, {}});
    world.say(ben, WebrtcAnswer{"vera", "{}", ContactId{"direct"}});
    world.say(vera, IceCandidate{"ben", "{}", ContactId{"direct"}});
    world.call(vera, "c2");

    EXPECT_THAT(world.heard(ben), ElementsAre("room_joined agent-room ben", "user_joined ada agent-room", "webrtc_offer vera {} direct",
                                              "answer_sent vera direct", "ice_candidate vera {} direct"));
    EXPECT_THAT(world.heard(vera), ElementsAre("offer_sent ben direct", "webrtc_answer ben {} direct", StartsWith("error unavailable")));
}

TEST_F(Durability, ALogThatCannotBeWrittenIsNotTriedWithoutEndAndThenEverythingFollows) {
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.log.broken = true;

    world.leave(vera);
    const auto ben = world.agent("ben");
    world.join_room(ben, "agent-room");
    world.pass(10s);
    EXPECT_LE(world.log.appends, 25u);
    EXPECT_EQ(world.island->figures().contacts_waiting, 1u);

    world.log.broken = false;
    world.pass(2s);
    EXPECT_EQ(world.island->figures().agents_available, 1u);
    world.pass(2min);
    EXPECT_EQ(world.island->figures().contacts_waiting, 0u);
}

TEST_F(Durability, WhileTheLogIsBrokenRoomsAndRelaysGoOnAndCommandsAreUnavailable) {
    const auto [vera, amina] = talking();
    world.log.unreadable = true;
    break_with(world.visitor("walt"));
    world.forget();

    world.join_room(amina, "agent-room");
    world.say(vera, WebrtcOffer{"amina", "{}", c1, {}});
    world.say(amina, WebrtcAnswer{"vera", "{}", c1});
    world.say(vera, IceCandidate{"amina", "{}", c1});
    world.say(amina, EndContact{c1, {}}, "1");

    EXPECT_THAT(world.heard(amina), ElementsAre("room_joined agent-room amina", "webrtc_offer vera {} c1", "answer_sent vera c1",
                                                "ice_candidate vera {} c1", "error unavailable 1"));
    EXPECT_THAT(world.heard(vera), ElementsAre("offer_sent amina c1", "webrtc_answer amina {} c1"));
}

TEST_F(Durability, ALogThatStaysBrokenIsTriedAgainAfterLongerAndLongerPausesAndResetsNobodyMeanwhile) {
    const auto [vera, amina] = talking();
    world.log.broken = true;
    world.island->detach(vera, world.now);
    world.settle();
    const std::size_t at_first = world.outbox->fall_backs();

    world.pass(1min);

    EXPECT_GE(world.outbox->fall_backs(), at_first);
    EXPECT_LE(world.outbox->fall_backs(), at_first + 14);
}

TEST_F(Durability, WhoCameAndWentWhileTheLogWasBrokenIsCaughtUpWith) {
    const auto [vera, amina] = talking();
    const auto old_page = world.agent("carl");
    world.log.broken = true;
    break_with(world.visitor("walt"));
    world.say(world.visitor("wanda"), WebrtcOffer{"agent-room", "{}", ContactId{"c3"}, {}});
    world.island->detach(vera, world.now);
    world.join_room(old_page, "agent-room");
    EXPECT_FALSE(world.island->view(amina).snapshot.contacts.front().visitor_lost);

    world.log.broken = false;
    world.pass(1min);

    EXPECT_TRUE(world.island->view(amina).snapshot.contacts.front().visitor_lost);
    EXPECT_EQ(world.island->figures().agents_available, 1u);
    world.say(amina, EndContact{c1, {}}, "1");
    EXPECT_THAT(world.heard(amina), Contains("ack 1"));
}

TEST_F(Durability, WhatAnAgentSaidOfTheMediaIsNotAnsweredFromTheLogAfterARestart) {
    world.call(world.visitor("vera", "vera-tab"), "c1");
    const auto amina = world.connect("amina", Role::agent, 2, "amina-tab");
    world.say(amina, SetAgentIntent{Intent::available, {}}, "1");
    world.say(amina, SetMediaReady{true}, "2");
    world.kill();
    world.start();
    const auto back = world.connect("amina", Role::agent, 2, "amina-tab");

    world.say(back, SetMediaReady{true}, "2");

    ASSERT_TRUE(world.island->view(back).snapshot.agent.has_value());
    EXPECT_TRUE(world.island->view(back).snapshot.agent->media_ready);
}

TEST_F(Durability, ACommandThatIsSentAgainAfterARestartChangesNothing) {
    const auto vera = world.visitor("vera", "vera-tab");
    world.say(vera, WebrtcOffer{"agent-room", "{}", c1, {}}, "1");
    world.say(vera, EndContact{c1, {}}, "2");
    world.kill();
    world.start();
    const auto back = world.connect("vera", Role::customer, 2, "vera-tab");
    const std::size_t written = world.log.events.size();

    world.say(back, WebrtcOffer{"agent-room", "{}", c1, {}}, "1");
    world.say(back, EndContact{c1, {}}, "2");

    EXPECT_EQ(world.log.events.size(), written);
    EXPECT_THAT(world.heard(back), ElementsAre("ack 1", "ack 2"));
}

TEST_F(Durability, ShortLivesOfTheServerAddUpToASnapshot) {
    for (int life = 0; life < 3; ++life) {
        const auto vera = world.visitor("vera", "vera-tab");
        for (int i = 0; i < 200; ++i) {
            world.call(vera, "c1");
            world.say(vera, EndContact{c1, {}});
        }
        world.kill();
        world.start();
    }

    EXPECT_TRUE(world.log.snapshot.has_value());
}

TEST_F(Durability, ARestartMidCallKeepsTheContactForBothToResume) {
    const auto amina = world.ready_agent("amina", "amina-tab");
    const auto vera = world.visitor("vera", "vera-tab");
    world.call(vera, "c1");
    world.say(amina, AcceptContact{c1});
    world.say(amina, MediaState{c1, true});
    world.say(vera, MediaState{c1, true});

    world.kill();
    world.pass_in_darkness(3s);
    world.start();
    const auto amina_back = world.connect("amina", Role::agent, 2, "amina-tab");
    const auto vera_back = world.connect("vera", Role::customer, 2, "vera-tab");
    world.pass(1h);

    EXPECT_EQ(world.island->figures().contacts_connected, 1u);
    EXPECT_TRUE(world.island->view(vera_back).snapshot.contacts.front().media_owner);
    world.say(amina_back, EndContact{c1, {}}, "1");
    EXPECT_THAT(world.heard(amina_back), Contains("ack 1"));
    EXPECT_FALSE(world.island->in_live_contact(UserId::visitor("vera")));
}

TEST_F(Durability, AfterARestartTheCommandThatHadItsEffectIsAcknowledgedAgain) {
    const auto amina = world.ready_agent("amina", "amina-tab");
    const auto vera = world.visitor("vera", "vera-tab");
    world.call(vera, "c1");
    world.say(amina, AcceptContact{c1}, "7");
    world.kill();
    world.start();
    const auto back = world.connect("amina", Role::agent, 2, "amina-tab");

    world.say(back, AcceptContact{c1}, "7");

    EXPECT_THAT(world.heard(back), Contains("ack 7"));
}

TEST_F(Durability, ASnapshotIsKeptAndAStartFromItIsTheSame) {
    const auto vera = world.visitor("vera", "vera-tab");
    for (int i = 0; i < 600; ++i) {
        world.call(vera, "c1");
        world.say(vera, EndContact{c1, {}});
    }
    world.call(vera, "c2");
    ASSERT_TRUE(world.log.snapshot.has_value());
    EXPECT_EQ(value_of(world.log.snapshot->sequence), 1000u);

    world.kill();
    world.start();

    EXPECT_TRUE(world.island->in_live_contact(UserId::visitor("vera")));
}

TEST_F(Durability, WhatWasWrittenIsThereAfterAStartFromASnapshot) {
    const auto amina = world.ready_agent("amina", "amina-tab");
    const auto vera = world.visitor("vera", "vera-tab");
    world.call(vera, "c1");
    world.say(amina, AcceptContact{c1});
    for (int i = 1; i <= 1'100; ++i) world.say(amina, SendChat{c1, "line " + std::to_string(i)});
    ASSERT_TRUE(world.log.snapshot.has_value());
    world.kill();
    world.start();
    const auto back = world.connect("amina", Role::agent, 2, "amina-tab");
    (void)world.heard(back);

    const auto& chat = static_cast<const LiveIsland&>(*world.island).state().contact(c1)->chat;
    ASSERT_EQ(chat.size(), chat_kept);
    EXPECT_EQ(chat.front().text, "line 901");
    EXPECT_EQ(chat.back().text, "line 1100");
    EXPECT_EQ(chat.back().number, 1'100);
}

/// Of a company that is big enough to be written in pieces.
TEST_F(Durability, ASnapshotInPiecesIsKeptWhileCallsGoOn) {
    for (int i = 0; i < 260; ++i) {
        const std::string name = std::to_string(i);
        world.call(world.visitor(("visitor-" + name).c_str()), ("call-" + name).c_str());
    }
    const auto vera = world.visitor("vera");
    for (int i = 0; !world.log.snapshot; ++i) {
        ASSERT_LT(i, 2'000);
        world.call(vera, "c1");
        world.say(vera, EndContact{c1, {}});
        world.pass(1ms);
    }
    const auto before = codec::replay(world.log.history());
    ASSERT_TRUE(before.has_value());
    EXPECT_EQ(*before, *codec::replay({{}, world.log.events, {}}));
    EXPECT_GT(world.log.events.size(), value_of(world.log.snapshot->sequence)) << "it took a while";
}

}  // namespace
}  // namespace calldocker::app::testing
