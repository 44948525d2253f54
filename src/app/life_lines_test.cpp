#include "app/testing/contact_centre.hpp"
#include "base/log.hpp"

/// What is written down of a contact, and what is not.
namespace calldocker::app::testing {
namespace {

using namespace domain;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> lines;

class Life : public ContactCentre {
protected:
    void SetUp() override {
        lines.clear();
        log::install([](log::Level level, std::string_view event,
                        std::span<const log::Field> fields) { lines.push_back(log::format_line(level, event, fields)); },
                     log::Level::info);
    }
    void TearDown() override { log::install(nullptr, log::Level::info); }

    void say_traced(SessionKey session, const ClientMessage& message, std::string_view trace) {
        world.island->handle(session, message, {}, world.now, trace);
        world.settle();
    }
};

TEST_F(Life, OfAContactIsOnTheLogFromTheClickToTheEndUnderItsTrace) {
    const auto amina = world.ready_agent("amina", "amina-tab");
    const auto vera = world.visitor("vera", "vera-tab");
    say_traced(vera, OpenContact{c1, {}, {}}, "click-1");
    world.pass(2s);
    say_traced(vera, WebrtcOffer{"agent-room", "{}", c1, {}, {}}, "another");
    world.pass(3s);
    world.say(amina, AcceptContact{c1});
    for (const auto party : {amina, vera}) world.say(party, MediaState{c1, true});
    world.pass(10s);
    world.say(vera, EndContact{c1, {}});

    EXPECT_THAT(lines, Each(AllOf(HasSubstr("company=acme contact=c1 number="), HasSubstr(" trace=click-1 "))));
    EXPECT_THAT(lines, ElementsAre(AllOf(StartsWith("info contact.created "), HasSubstr("channel=voice queue=default")),
                                   AllOf(StartsWith("info contact.queued "), HasSubstr("queue=default cause=entered")),
                                   AllOf(StartsWith("info contact.answered "), HasSubstr("agent=amina waited_ms=3000")),
                                   AllOf(StartsWith("info contact.ended "),
                                         HasSubstr("reason=completed_visitor by=visitor lasted_ms=15000 since_answer_ms=10000"))));
}

TEST_F(Life, TheTraceIsInTheFirstFactAndInWhatStaffSee) {
    const auto amina = world.ready_agent("amina", "amina-tab");
    const auto vera = world.visitor("vera", "vera-tab");
    say_traced(vera, WebrtcOffer{"agent-room", "{}", c1, {}, {}}, "click-1");

    const auto& events = world.log.events;
    const auto created = std::find_if(events.begin(), events.end(), [](const auto& event) { return event.type == "contact.created"; });
    ASSERT_NE(created, events.end());
    EXPECT_THAT(created->data, HasSubstr(R"("trace":"click-1")"));
    EXPECT_EQ(world.island->view(amina).snapshot.contacts.front().trace, "click-1");
    EXPECT_EQ(world.island->view(vera).snapshot.contacts.front().trace, "");
}

TEST_F(Life, AContactWithoutATraceGetsOneOfItsOwn) {
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");
    world.call(vera, "c2");

    EXPECT_NE(state().contact(c1)->trace, "");
    EXPECT_NE(state().contact(c1)->trace, state().contact(c2)->trace);
}

TEST_F(Life, KeysReachTheOtherSidesMediaOwnerAndNobodyWritesThemDown) {
    const auto [vera, amina] = talking();
    const auto second_tab = world.connect("amina", Role::agent, 2, "second-tab");
    world.forget();
    const std::size_t facts = world.log.events.size();

    world.say(vera, SendKeypad{c1, "4711"}, "1");
    world.say(amina, SendKeypad{c1, "99"}, "2");

    EXPECT_THAT(world.heard(amina), ElementsAre("keypad c1 visitor 4711", "ack 2"));
    EXPECT_THAT(world.heard(vera), ElementsAre("ack 1", "keypad c1 agent 99"));
    EXPECT_THAT(world.heard(second_tab), IsEmpty());
    EXPECT_EQ(world.log.events.size(), facts);
    EXPECT_THAT(codec::to_stored(state(), world.now).data, Not(HasSubstr("4711")));
    EXPECT_THAT(lines, Not(Contains(HasSubstr("4711"))));
}

TEST_F(Life, KeysBeforeAnAnswerAreAConflict) {
    const auto vera = world.visitor("vera");
    world.call(vera, "c1");

    world.say(vera, SendKeypad{c1, "1"}, "1");

    EXPECT_THAT(world.heard(vera), Contains("error conflict 1"));
}

}  // namespace
}  // namespace calldocker::app::testing
