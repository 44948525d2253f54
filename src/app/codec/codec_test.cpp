#include "app/codec/codec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/codec/snapshot_cut.hpp"
#include "app/codec/stored_examples.hpp"
#include "base/rng.hpp"

/// What logs hold stays readable, and means what it meant.
namespace calldocker::app::codec {
namespace {

using namespace domain;
using ::testing::HasSubstr;

constexpr Instant t0 = from_unix_ms(1'795'408'000'000);
const ContactId c1{"c1"};
const Endpoint vera_tab{SessionId{"vera-tab"}, 2}, amina_tab{SessionId{"amina-tab"}, 2};

/// The facts of stored_examples, in the same order.
Facts example_facts() {
    const ContactDetails details{Channel::video, "Vera \"V\" Überall", "a\nb", "https://example.com/?a=1"};
    return {
        ContactFact{fact::ContactCreated{c1, UserId::visitor("vera"), vera_tab, RoomId{"agent-room"}, details}},
        ContactFact{fact::ContactOffered{c1, {UserId{"amina"}, UserId{"ben"}}}},
        ContactFact{fact::ContactRevoked{c1, {UserId{"ben"}}, RevokeReason::not_routable}},
        ContactFact{fact::ContactDeclined{c1, UserId{"amina"}, "busy"}},
        ContactFact{fact::ContactAccepted{c1, UserId{"amina"}, "Amina", amina_tab}},
        ContactFact{fact::ContactConnected{c1}},
        ContactFact{fact::MediaChanged{c1, Party::agent, true}},
        ContactFact{fact::MediaClaimed{c1, Party::visitor, {SessionId{"vera-tab"}, 1}}},
        ContactFact{fact::PartyLost{c1, Party::visitor}},
        ContactFact{fact::PartyBack{c1, Party::agent, amina_tab}},
        ContactFact{fact::ContactRequeued{c1, "agent_lost"}},
        ContactFact{fact::ContactEnded{c1, EndReason::lost_visitor, Party::system, UserId::visitor("vera"), "connection_lost"}},
        AgentFact{fact::IntentChanged{UserId{"amina"}, Intent::not_ready, "MEAL"}},
    };
}

ports::StoredEvent stored(std::uint64_t sequence, std::string_view type, std::string_view data) {
    return {Sequence{sequence}, t0, std::string(type), "amina", "", std::string(data)};
}

TEST(EventCodec, EveryFactIsWrittenAsLogsHoldIt) {
    const Facts facts = example_facts();
    ASSERT_EQ(facts.size(), stored_examples.size());
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const auto written = to_stored(Event{Sequence{i + 1}, t0, UserId{"amina"}, {}, facts[i]});

        EXPECT_EQ(written.type, stored_examples[i].type);
        EXPECT_EQ(written.data, stored_examples[i].data);
    }
}

TEST(EventCodec, WhatLogsHoldIsReadWithNothingLost) {
    std::vector<StoredExample> examples(stored_examples.begin(), stored_examples.end());
    examples.insert(examples.end(), contact_centre_examples.begin(), contact_centre_examples.end());
    std::set<std::string_view> types;
    for (const StoredExample& example : examples) {
        types.insert(example.type);
        const auto read = from_stored(stored(1, example.type, example.data));

        ASSERT_TRUE(read.has_value()) << example.type;
        EXPECT_EQ(to_stored(*read).data, example.data);
    }
    EXPECT_EQ(types.size(), std::variant_size_v<ContactFact> + std::variant_size_v<AgentFact> + std::variant_size_v<ConfigurationFact>)
        << "every type has an example";
}

TEST(EventCodec, WhoWhenAndWhichCommandAreKept) {
    const Event event{Sequence{7}, t0, UserId{"amina"}, "amina-tab 3", ContactFact{fact::ContactConnected{c1}}};

    const auto read = from_stored(to_stored(event));

    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->sequence, Sequence{7});
    EXPECT_EQ(read->at, t0);
    EXPECT_EQ(read->actor, UserId{"amina"});
    EXPECT_EQ(read->command_key, "amina-tab 3");
}

TEST(EventCodec, MissingMembersKeepTheirDefaults) {
    const auto read = from_stored(stored(1, "contact.media_changed", R"({"call":"c1","up":true})"));

    ASSERT_TRUE(read.has_value());
    const auto& changed = std::get<fact::MediaChanged>(std::get<ContactFact>(read->fact));
    EXPECT_EQ(changed.call, c1);
    EXPECT_EQ(changed.party, Party{});
    EXPECT_TRUE(changed.up);
}

TEST(EventCodec, WhatThisVersionDoesNotKnowIsRefusedWithItsPlaceAndWithoutItsValue) {
    const std::tuple<const char*, const char*, const char*> misfits[] = {
        {"contact.ended", R"({"call":"c1","reason":"vaporised"})", "event 12 (contact.ended): reason: this version knows no such word"},
        {"contact.ended", R"({"call":"c1","by":"ghost"})", "by: this version knows no such word"},
        {"contact.ended", R"({"call":"c1","mood":{"deep":[1,2]}})", "mood: this version knows no such member"},
        {"contact.ended", R"({"call":7})", "call: must be text"},
        {"contact.ended", R"({"call":"c1","by":null})", "by: this version knows no such word"},
        {"contact.ended", R"({"call":"c1","cause":["x"]})", "cause: must be text"},
        {"contact.ended", R"({"call":"c1","wrap_up":"30"})", "wrap_up: must be a whole number"},
        {"contact.media_changed", R"({"call":"c1","up":1})", "up: must be true or false"},
        {"contact.created", R"({"call":"c1","details":{"channel":"hologram"}})", "details.channel: this version knows no such word"},
        {"contact.created", R"({"call":"c1","endpoint":{"version":3000000000}})", "endpoint.version: is out of range"},
        {"contact.created", R"({"call":"c1","endpoint":"vera"})", "endpoint: must be an object"},
        {"contact.offered", R"({"call":"c1","agents":{"0":"vera"}})", "agents: must be a list"},
        {"contact.offered", R"({"call":"c1","agents":["amina",7]})", "agents[1]: must be text"},
        {"contact.connected", R"({"format":2,"call":"c1","mood":1})", "format that this version does not know"},
        {"contact.connected", R"({"format":"vera","call":"c1"})", "format that this version does not know"},
    };
    for (const auto& [type, data, why] : misfits) {
        const auto read = from_stored(stored(12, type, data));

        ASSERT_FALSE(read.has_value()) << data;
        EXPECT_EQ(read.error().code, ErrorCode::invalid);
        EXPECT_THAT(read.error().detail, HasSubstr(why));
        for (const char* value : {"vaporised", "ghost", "hologram", "vera", "amina"})
            EXPECT_THAT(read.error().detail, ::testing::Not(HasSubstr(value)));
    }
}

TEST(EventCodec, AnUnknownTypeIsRefusedWithItsNameAndItsPlace) {
    const auto read = from_stored(stored(12, "contact.teleported", "{}"));

    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().code, ErrorCode::invalid);
    EXPECT_THAT(read.error().detail, HasSubstr("event 12"));
    EXPECT_THAT(read.error().detail, HasSubstr("contact.teleported"));
}

TEST(EventCodec, WhatIsNoJsonObjectIsRefusedWithItsPlace) {
    for (const char* data : {"", "[]", "{\"call\":", "\xff"}) {
        const auto read = from_stored(stored(12, "contact.connected", data));

        ASSERT_FALSE(read.has_value()) << data;
        EXPECT_THAT(read.error().detail, HasSubstr("event 12"));
    }
}

TEST(Replay, AGapInTheLogIsRefused) {
    const ports::History history{{}, {stored(1, "contact.connected", "{}"), stored(3, "contact.connected", "{}")}};

    EXPECT_EQ(replay(history).error().code, ErrorCode::invalid);
}

/// A state, and the events that it is a fold of.
struct Told {
    State state;
    std::vector<ports::StoredEvent> log;

    void write(const Fact& fact, std::string key = {}) {
        const Event event{next(state.sequence()), t0 + Milliseconds{log.size() + 1}, UserId{"amina"}, std::move(key), fact};
        apply(state, event);
        log.push_back(to_stored(event));
    }
    [[nodiscard]] ports::History from(const ports::StoredSnapshot& snapshot) const {
        ports::History history{snapshot, {log.begin() + static_cast<std::ptrdiff_t>(value_of(snapshot.sequence)), log.end()}, {}};
        std::copy_if(log.begin(), log.end(), std::back_inserter(history.texts),
                     [&](const ports::StoredEvent& event) { return ports::is_text_of(snapshot, event); });
        return history;
    }
};

Told busy_company() {
    Told told;
    const auto write = [&](const Fact& fact, std::string key = {}) { told.write(fact, std::move(key)); };
    Queue sales = Configuration{}.queue_or_default(QueueId{default_queue});
    sales.id = QueueId{"sales"};
    sales.everyone = sales.callback = false;
    write(ConfigurationFact{fact::QueueConfigured{sales}});
    write(ConfigurationFact{fact::AgentConfigured{{UserId{"amina"}, "Amina", {{"billing", 3}}, {"de"}, {"north"}}}});
    write(ConfigurationFact{fact::CompanyConfigured{{"Europe/Berlin", {}, {"refund"}, {"utm_source"}}}});
    write(ConfigurationFact{fact::QueueClosed{QueueId{"sales"}}});
    write(AgentFact{fact::SignedIn{UserId{"amina"}, "Amina"}});
    write(AgentFact{fact::IntentChanged{UserId{"amina"}, Intent::available, ""}});
    for (const char* call : {"c1", "c2", "c3", "c4"}) {
        write(ContactFact{fact::ContactCreated{ContactId{call}, UserId::visitor("vera"), vera_tab, RoomId{"agent-room"}, {}}},
              std::string("k ") + call);
        write(ContactFact{fact::ContactOffered{ContactId{call}, {UserId{"amina"}, UserId{"ben"}}}});
    }
    write(ContactFact{fact::ContactAccepted{c1, UserId{"amina"}, "Amina", amina_tab}});
    write(ContactFact{fact::MediaChanged{c1, Party::agent, true}});
    write(ContactFact{fact::PartyLost{c1, Party::visitor}});
    write(ContactFact{fact::ContactDeclined{ContactId{"c2"}, UserId{"ben"}, ""}});
    write(ContactFact{fact::ContactRequeued{ContactId{"c3"}, "no_media"}});
    for (const char* call : {"c5", "c6"}) {
        const ContactId name{call};
        write(ContactFact{
            fact::ContactCreated{name, UserId::visitor("walt"), vera_tab, {}, {}, {QueueId{"sales"}, 1, 60, 90s, UserId{"ben"}}}});
        write(ContactFact{fact::WaitEstimated{name, 60s, 120s}});
        write(ContactFact{fact::ContactAccepted{name, UserId{"amina"}, "Amina", amina_tab}});
        write(ContactFact{fact::ContactConnected{name}});
        write(ContactFact{fact::ContactHeld{name, UserId{"amina"}}});
        write(ContactFact{fact::ChatSaid{name, {UserId::visitor("walt"), ""}, Party::visitor, "hello"}});
        write(ContactFact{fact::ConsultStarted{name, UserId{"amina"}, UserId{"ben"}, 20s, "help", "Ben"}});
        write(ContactFact{fact::SupervisorJoined{name, UserId{"sue"}, "Sue", vera_tab, SupervisionMode::barge}});
        write(ContactFact{fact::NotesSet{name, "a\nb"}});
    }
    write(ContactFact{fact::ContactEnded{ContactId{"c6"}, EndReason::completed_agent, Party::agent, UserId{"amina"}, "", 30s}});
    write(ContactFact{fact::CallbackRequested{ContactId{"c2"}, "+49", "", "visitor", 3}});
    write(ContactFact{fact::ContactEnded{ContactId{"c4"}, EndReason::completed_visitor, Party::visitor, UserId::visitor("vera"), ""}});
    return told;
}

TEST(SnapshotCodec, AStateReadBackIsTheSame) {
    const Told told = busy_company();
    const State& state = told.state;

    const auto read = replay(told.from(to_stored(state, t0)));

    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(*read, state);
    EXPECT_EQ(read->deadlines(), state.deadlines());
    EXPECT_EQ(read->waiting_count(), state.waiting_count());
    EXPECT_EQ(read->index_errors(), 0u);
    EXPECT_TRUE(read->has_ended(ContactId{"c4"}));
    EXPECT_TRUE(read->has_had_effect("k c2"));
}

TEST(ConfigurationCodec, WhatIsWrittenIsReadBackAndHandWrittenMistakesAreNamedWithTheirPath) {
    const Told told = busy_company();
    const Configuration& configuration = told.state.configuration();
    const auto read = configuration_from_json(to_json(configuration));
    ASSERT_TRUE(read.has_value()) << read.error().detail;
    EXPECT_EQ(*read, configuration);

    const std::pair<const char*, const char*> mistakes[] = {
        {"[]", "no JSON object"},
        {R"({"queue":[]})", "queue there is no such member"},
        {R"({"queues":{}})", "queues must be a list"},
        {R"({"queues":[{"id":"sales","ring_secconds":20}]})", "queues[0].ring_secconds"},
        {R"({"queues":[{"id":"sales","metric":"loudest"}]})", "queues[0].metric must be one of"},
        {R"({"agents":[{"agent":"amina","skills":{"billing":"good"}}]})", "agents[0].skills.billing must be a whole number"},
    };
    for (const auto& [text, named] : mistakes) {
        const auto wrong = configuration_from_json(text);
        ASSERT_FALSE(wrong.has_value()) << text;
        EXPECT_THAT(wrong.error().detail, HasSubstr(named));
    }
}

TEST(SnapshotCodec, WhatThisVersionDoesNotKnowIsRefusedWithItsPlace) {
    const std::string written = to_stored(busy_company().state, t0).data;
    const std::tuple<const char*, const char*, const char*> changes[] = {
        {R"("format":1)", R"("format":2)", "format that this version does not know"},
        {R"("intent":"available")", R"("intent":"asleep")", "agents[0].intent: this version knows no such word"},
        {R"("state":"connecting")", R"("state":"ascended")", ".state: this version knows no such word"},
        {R"("closed_queues":)", R"("shut_queues":)", "shut_queues: this version knows no such member"},
        {R"("sequence":)", R"("sequence":1)", "it tells of another event"},
    };
    for (const auto& [old, changed, why] : changes) {
        auto stored = to_stored(busy_company().state, t0);
        const auto at = stored.data.find(old);
        ASSERT_NE(at, std::string::npos) << old << " in " << written;
        stored.data.replace(at, std::string_view(old).size(), changed);

        const auto read = from_stored(stored, {});

        ASSERT_FALSE(read.has_value()) << changed;
        EXPECT_EQ(read.error().code, ErrorCode::invalid);
        EXPECT_THAT(read.error().detail, HasSubstr("the snapshot at event "));
        EXPECT_THAT(read.error().detail, HasSubstr(why));
    }
}

TEST(SnapshotCodec, WhatIsNoJsonObjectIsRefused) {
    EXPECT_FALSE(from_stored(ports::StoredSnapshot{Sequence{1}, t0, "[]"}, {}).has_value());
    EXPECT_FALSE(from_stored(ports::StoredSnapshot{Sequence{1}, t0, "{"}, {}).has_value());
}

TEST(SnapshotCodec, WhatPeopleWroteIsNotRepeatedAndIsMissedWhereTheLogDoesNotHaveIt) {
    Told told = busy_company();
    const ContactId c5{"c5"};
    for (int i = 0; i < 250; ++i)
        told.write(ContactFact{fact::ChatSaid{c5, {UserId{"walt"}, ""}, Party::visitor, "said " + std::to_string(i)}});
    told.write(ContactFact{fact::NotesSet{c5, "noted", {UserId{"ben"}, "Ben"}}});
    const ports::StoredSnapshot snapshot = to_stored(told.state, t0);
    ports::History history = told.from(snapshot);

    EXPECT_THAT(snapshot.data, ::testing::Not(HasSubstr("said ")));
    EXPECT_THAT(snapshot.data, ::testing::Not(HasSubstr("noted\"")));
    EXPECT_EQ(replay(history).value().contact(c5)->chat, told.state.contact(c5)->chat);
    EXPECT_EQ(*replay(history), told.state);

    history.texts.pop_back();
    const auto read = replay(history);
    ASSERT_FALSE(read.has_value());
    EXPECT_THAT(read.error().detail, HasSubstr("1 texts are not in the log"));
}

/// What happens at random to a few contacts, whose names come back.
Fact something(Rng& random) {
    const ContactId call{"c" + std::to_string(random.below(12))};
    const UserId agent{"agent-" + std::to_string(random.below(3))};
    switch (random.below(9)) {
        case 0:
        case 1: return ContactFact{fact::ContactCreated{call, UserId{"of-" + call.str()}, vera_tab, RoomId{"agent-room"}, {}}};
        case 2: return ContactFact{fact::ContactOffered{call, {agent}}};
        case 3: return ContactFact{fact::ContactAccepted{call, agent, "Amina", amina_tab}};
        case 4:
            return ContactFact{
                fact::ContactEnded{call, EndReason::completed_agent, Party::agent, agent, "", random.below(2) == 0 ? 0s : 30s}};
        case 5: return ContactFact{fact::WrapUpEnded{call, agent}};
        case 6: return ContactFact{fact::NotesSet{call, "note " + std::to_string(random.below(100)), {agent, "Amina"}}};
        case 7: return AgentFact{fact::IntentChanged{agent, Intent::available, ""}};
        default: return ContactFact{fact::ChatSaid{call, {agent, ""}, Party::agent, "line " + std::to_string(random.below(100))}};
    }
}

TEST(SnapshotProperty, OneThatIsWrittenInPiecesTellsOfTheMomentAtWhichItWasBegun) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Rng random(seed);
        Told told;
        for (std::uint64_t i = 0; i < 40 + random.below(100); ++i) told.write(something(random));
        const ports::History until_then{{}, told.log, {}};
        SnapshotCut cut(told.state, t0);
        bool is_whole = false;
        while (!is_whole) {
            for (std::uint64_t i = random.below(6); i > 0; --i) {
                const Fact fact = something(random);
                if (const auto* contact_fact = std::get_if<ContactFact>(&fact)) cut.before_change(told.state, call_of(*contact_fact));
                told.write(fact);
            }
            is_whole = cut.go_on(told.state, 1 + random.below(1'500));
        }
        const ports::History history = told.from(std::move(cut).take());

        const auto read = from_stored(*history.snapshot, history.texts);
        ASSERT_TRUE(read.has_value()) << read.error().detail;
        ASSERT_EQ(*read, *replay(until_then));
        ASSERT_EQ(*replay(history), told.state);
    }
}

}  // namespace
}  // namespace calldocker::app::codec
