#include "app/testing/contact_centre.hpp"
#include "domain/permissions/table.hpp"

/// Every message by every role in every relation, against the island: what the table allows gets past it, and what it does not changes
/// nothing, tells nobody, and is answered as the row says.
namespace calldocker::app::testing {
namespace {

using namespace domain;
using ::testing::ElementsAre;

const ContactId the_call{"c1"};
const UserId actor{"actor"};
constexpr std::array roles{Role::customer, Role::agent, Role::supervisor, Role::admin};

/// What a message is about.
enum class About { sender, contact, named_call, call_in_a_room, room, staff_room, agent };

struct Said {
    About about{};
    ClientMessage message;
};

std::vector<Said> every_message(const ContactId& call) {
    const UserId amina{"amina"};
    const RoomId lobby{"lobby"};
    using enum About;
    return {
        {room, JoinRoom{RoomId{"somewhere"}}},
        {staff_room, JoinRoom{RoomId{agent_room}}},
        {sender, LeaveRoom{RoomId{"nowhere"}}},
        {call_in_a_room, domain::CallStarted{call, lobby, {}}},
        {call_in_a_room, domain::CallEnded{call, lobby, {}}},
        {About::named_call, WebrtcOffer{"amina", "{}", call, {}, {}}},
        {About::named_call, WebrtcAnswer{"amina", "{}", call}},
        {About::named_call, IceCandidate{"amina", "{}", call}},
        {sender, CallRejected{call}},
        {sender, AgentStatus{"busy", {}}},
        {sender, Ping{}},
        {sender, RefreshToken{"token"}},
        {About::named_call, GetIceServers{call}},
        {sender, SetAgentIntent{Intent::not_ready, {}}},
        {sender, SetMediaReady{true}},
        {contact, AcceptContact{call}},
        {contact, DeclineContact{call, {}}},
        {contact, MediaState{call, true}},
        {contact, domain::ClaimMedia{call}},
        {contact, EndContact{call, {}}},
        {sender, OpenContact{ContactId{"new"}, {}, {}}},
        {sender, GetQueueStatus{}},
        {contact, domain::KeepPlace{call}},
        {contact, domain::RequestCallback{call, "+49 30 1", "", {}}},
        {contact, domain::LeaveVoicemail{call, "rec-1", 5s, {}, {}}},
        {contact, RateContact{call, 5, ""}},
        {sender, domain::CancelNextIntent{}},
        {sender, GetDirectory{}},
        {contact, HoldContact{call}},
        {contact, ResumeContact{call}},
        {contact, CallbackReached{call}},
        {contact, domain::SetMuted{call, true}},
        {contact, SendKeypad{call, "1"}},
        {contact, SendChat{call, "hello"}},
        {contact, GetChat{call}},
        {contact, TransferContact{call, {QueueId{default_queue}, {}}, ""}},
        {contact, domain::Consult{call, {{}, UserId{"ben"}}, ""}},
        {contact, domain::CancelConsult{call}},
        {contact, domain::CompleteTransfer{call}},
        {contact, domain::StartConference{call}},
        {contact, RequeueContact{call, {}}},
        {contact, domain::SetNotes{call, "note"}},
        {contact, domain::SetDisposition{call, ""}},
        {contact, domain::ExtendWrapUp{call}},
        {sender, domain::EndWrapUp{call, {}}},
        {agent, domain::EndWrapUp{call, amina}},
        {contact, ReassignContact{call, UserId{"ben"}}},
        {contact, SuperviseContact{call, SupervisionMode::monitor}},
        {contact, TakeOverContact{call}},
        {agent, ForceIntent{amina, Intent::not_ready, {}, "note"}},
        {sender, WatchLive{true}},
    };
}

bool is_the_gateways(const ClientMessage& message) {
    return std::holds_alternative<Ping>(message) || std::holds_alternative<RefreshToken>(message) ||
           std::holds_alternative<GetIceServers>(message);
}

/// A company in which somebody of a role, the actor, relates to a call in one way.
class Scene : public ContactCentre {
public:
    Scene() {
        set_up(R"({"queues":[{"id":"default","metric":"longest_idle","callback":true,"voicemail":true}],
                   "agents":[{"agent":"amina","teams":["north"]},{"agent":"looks-after-amina","teams":["north"]}]})");
    }
    void TestBody() override {}

    SessionKey me{};
    ContactId call = the_call;
    Relations to_contact;  ///< as they should be; supervisors have none by their role alone, admins look after everybody
    Relations to_call;     ///< where these are others
    Relations to_agent{Relation::outsider};

    SessionKey appear(Role role, const char* user = "actor") {
        me = world.connect(user, role, 2, "my-tab");
        if (role == Role::admin) to_agent = {Relation::supervisor_of};
        world.join_room(me, "lobby");
        return me;
    }
    SessionKey appear_ready(Role role) {
        appear(role);
        world.say(me, SetMediaReady{true});
        world.say(me, SetAgentIntent{Intent::available, {}});
        return me;
    }
    SessionKey vera_calls() {
        const auto vera = world.visitor("vera", "vera-tab");
        world.call(vera, "c1");
        return vera;
    }
    void connect(SessionKey vera, SessionKey agent) {
        world.say(agent, AcceptContact{the_call});
        world.say(agent, MediaState{the_call, true});
        world.say(vera, MediaState{the_call, true});
    }
    /// Of a live contact an admin is a supervisor, too.
    void relates(Role role, Relations relations) {
        to_contact = role == Role::admin ? relations | Relations{Relation::supervisor_of} : relations;
        to_call = to_contact;
    }
    [[nodiscard]] Relations to(About about) const {
        switch (about) {
            case About::sender: return {Relation::self};
            case About::contact: return to_contact;
            case About::named_call:
            case About::call_in_a_room: return to_call;
            case About::room: return {Relation::open_room};
            case About::staff_room: return {Relation::staff_room};
            case About::agent: return to_agent;
        }
        return {};
    }
};

using SetTheScene = void (*)(Scene&, Role);
struct Situation {
    const char* name;
    bool of_customers, of_agents, of_supervisors;
    SetTheScene set;
    [[nodiscard]] bool is_of(Role role) const {
        return role == Role::customer ? of_customers : role == Role::agent ? of_agents : of_supervisors;
    }
};

struct Between {
    SessionKey vera, amina;
};
Between vera_talks_with_amina(Scene& scene) {
    const auto amina = scene.world.ready_agent("amina", "amina-tab");
    const auto vera = scene.vera_calls();
    scene.connect(vera, amina);
    return {vera, amina};
}
Between amina_asks_the_actor(Scene& scene, Role role) {
    const Between talk = vera_talks_with_amina(scene);
    scene.appear_ready(role);
    scene.world.say(talk.amina, domain::Consult{the_call, {{}, actor}, ""});
    return talk;
}

const Situation situations[]{
    {"the call never was", true, true, true,
     [](Scene& scene, Role role) {
         scene.appear(role);
         scene.to_contact = scene.to_call = {Relation::unknown};
     }},
    {"the call has ended", true, true, true,
     [](Scene& scene, Role role) {
         scene.world.say(scene.vera_calls(), EndContact{the_call, {}});
         scene.appear(role);
         scene.to_contact = scene.to_call = {Relation::unknown};
     }},
    {"it was the actor's call", true, false, false,
     [](Scene& scene, Role role) {
         scene.world.call(scene.appear(role), "c1");
         scene.world.say(scene.me, EndContact{the_call, {}});
         scene.to_contact = scene.to_call = {Relation::unknown, Relation::past_visitor};
     }},
    {"it is the actor's call", true, false, false,
     [](Scene& scene, Role role) {
         const auto amina = scene.world.ready_agent("amina", "amina-tab");
         scene.world.call(scene.appear(role), "c1");
         scene.connect(scene.me, amina);
         scene.relates(role, {Relation::visitor});
     }},
    {"the actor's call is over and wrapped up", true, false, false,
     [](Scene& scene, Role role) {
         const auto amina = scene.world.ready_agent("amina", "amina-tab");
         scene.world.call(scene.appear(role), "c1");
         scene.connect(scene.me, amina);
         scene.world.say(scene.me, EndContact{the_call, {}});
         scene.relates(role, {Relation::past_visitor, Relation::ended});
     }},
    {"it is over and another wraps it up", true, true, true,
     [](Scene& scene, Role role) {
         const Between talk = vera_talks_with_amina(scene);
         scene.world.say(talk.vera, EndContact{the_call, {}});
         scene.appear(role);
         scene.relates(role, {Relation::ended});
     }},
    {"the actor has it", false, true, true,
     [](Scene& scene, Role role) {
         scene.appear_ready(role);
         scene.connect(scene.vera_calls(), scene.me);
         scene.relates(role, {Relation::agent});
     }},
    {"the actor wraps it up", false, true, true,
     [](Scene& scene, Role role) {
         scene.appear_ready(role);
         const auto vera = scene.vera_calls();
         scene.connect(vera, scene.me);
         scene.world.say(vera, EndContact{the_call, {}});
         scene.relates(role, {Relation::wrapping_up, Relation::ended});
     }},
    {"the actor has wrapped it up", false, true, true,
     [](Scene& scene, Role role) {
         scene.appear_ready(role);
         const auto vera = scene.vera_calls();
         scene.connect(vera, scene.me);
         scene.world.say(vera, EndContact{the_call, {}});
         scene.world.say(scene.me, EndWrapUp{});
         scene.to_contact = scene.to_call = {Relation::unknown, Relation::wrapped_up};
     }},
    {"it rings the actor", false, true, true,
     [](Scene& scene, Role role) {
         scene.appear_ready(role);
         (void)scene.vera_calls();
         scene.relates(role, {Relation::offered});
     }},
    {"the actor is asked for advice", false, true, true,
     [](Scene& scene, Role role) {
         (void)amina_asks_the_actor(scene, role);
         scene.relates(role, {Relation::asked});
     }},
    {"the actor advises", false, true, true,
     [](Scene& scene, Role role) {
         (void)amina_asks_the_actor(scene, role);
         scene.world.say(scene.me, AcceptContact{the_call});
         scene.relates(role, {Relation::consulted});
     }},
    {"the actor has joined", false, true, true,
     [](Scene& scene, Role role) {
         const Between talk = amina_asks_the_actor(scene, role);
         scene.world.say(scene.me, AcceptContact{the_call});
         scene.world.say(talk.amina, domain::StartConference{the_call});
         scene.relates(role, {Relation::conference});
     }},
    {"the actor listens in", false, false, true,
     [](Scene& scene, Role role) {
         (void)vera_talks_with_amina(scene);
         scene.appear(role, "looks-after-amina");
         scene.world.say(scene.me, SuperviseContact{the_call, SupervisionMode::monitor});
         scene.to_agent = {Relation::supervisor_of};
         scene.relates(role, {Relation::supervising, Relation::supervisor_of});
     }},
    {"the actor looks after its agent", false, false, true,
     [](Scene& scene, Role role) {
         (void)vera_talks_with_amina(scene);
         scene.appear(role, "looks-after-amina");
         scene.to_agent = {Relation::supervisor_of};
         scene.relates(role, {Relation::supervisor_of});
     }},
    {"it waits for an agent whom the actor looks after", false, false, true,
     [](Scene& scene, Role role) {
         (void)scene.vera_calls();
         scene.appear(role, "looks-after-amina");
         scene.to_agent = {Relation::supervisor_of};
         scene.relates(role, {Relation::supervisor_of});
     }},
    {"it is others' call", true, true, true,
     [](Scene& scene, Role role) {
         (void)vera_talks_with_amina(scene);
         scene.appear(role);
         const bool looks_after = role == Role::admin;
         scene.relates(role, looks_after ? Relations{} : Relations{Relation::outsider});
     }},
    {"the actor has called somebody by name", true, true, true,
     [](Scene& scene, Role role) {
         (void)scene.world.agent("amina");
         scene.world.say(scene.appear(role), WebrtcOffer{"amina", "{}", the_call, {}, {}});
         scene.to_contact = {Relation::unknown};
         scene.to_call = {Relation::party};
     }},
    {"the actor is called by name", true, true, true,
     [](Scene& scene, Role role) {
         const auto amina = scene.world.agent("amina");
         scene.appear(role);
         scene.world.say(amina, WebrtcOffer{"actor", "{}", the_call, {}, {}});
         scene.to_contact = {Relation::unknown};
         scene.to_call = {Relation::rung};
     }},
    {"others call each other by name", true, true, true,
     [](Scene& scene, Role role) {
         const auto amina = scene.world.agent("amina");
         (void)scene.world.agent("ben");
         scene.world.say(amina, WebrtcOffer{"ben", "{}", the_call, {}, {}});
         scene.appear(role);
         scene.to_contact = {Relation::unknown};
         scene.to_call = {Relation::outsider};
     }},
};

TEST(EveryMessage, IsInTheMatrix) {
    std::set<std::size_t> met;
    for (const Said& said : every_message(the_call)) met.insert(said.message.index());

    EXPECT_EQ(met.size(), std::variant_size_v<ClientMessage>);
}

TEST(EveryRelation, IsInTheMatrix) {
    // The rooms that one is not in, and what is asked without a call, have tests of their own below.
    Relations met{Relation::elsewhere, Relation::at_work};
    for (const Situation& situation : situations) {
        for (const Role role : roles) {
            if (!situation.is_of(role)) continue;
            Scene scene;
            situation.set(scene, role);
            for (const About about : {About::sender, About::contact, About::named_call, About::room, About::staff_room, About::agent})
                met |= scene.to(about);
        }
    }

    for (std::size_t i = 0; i < relation_count; ++i) EXPECT_TRUE(met.has(static_cast<Relation>(i))) << name_of(static_cast<Relation>(i));
}

/// What one message came to.
struct Outcome {
    std::vector<std::string> heard;
    std::size_t facts{};
    bool told_others{};
};

Outcome say_it(Scene& scene, const ClientMessage& message) {
    scene.world.forget();
    const std::size_t before = scene.world.log.events.size();
    scene.world.say(scene.me, message, "m");
    Outcome outcome;
    outcome.heard = scene.world.heard(scene.me);
    outcome.facts = scene.world.log.events.size() - before;
    for (std::uint64_t key = 1; key < 16; ++key) outcome.told_others |= !scene.world.heard(SessionKey{key}).empty();
    return outcome;
}

TEST(EveryMessage, OfEveryRoleInEveryRelationIsAllowedWhereTheTableSaysSoAndNowhereElse) {
    for (const Situation& situation : situations) {
        for (const Role role : roles) {
            if (!situation.is_of(role)) continue;
            for (const Said& said : every_message(the_call)) {
                const Permission& row = permission_for(said.message);
                SCOPED_TRACE(::testing::Message() << row.name << " of role " << static_cast<int>(role) << ", " << situation.name);
                Scene scene;
                situation.set(scene, role);
                const Relations relations = scene.to(said.about);

                for (const Validity validity : {Validity::valid, Validity::expired})
                    EXPECT_EQ(scene.world.island->permits(scene.me, said.message, validity).has_value(),
                              permits(row, role, relations, validity).has_value())
                        << "expired: " << (validity == Validity::expired);
                if (is_the_gateways(said.message)) continue;
                const Outcome outcome = say_it(scene, said.message);

                const auto permitted = permits(row, role, relations, Validity::valid);
                if (permitted) {
                    EXPECT_THAT(outcome.heard, ::testing::Not(::testing::Contains("error forbidden m")));
                } else {
                    EXPECT_THAT(outcome.heard, ElementsAre(fmt::format("error {} m", name_of(permitted.error().code))));
                    EXPECT_EQ(outcome.facts, 0u);
                    EXPECT_FALSE(outcome.told_others);
                }
            }
        }
    }
}

TEST(EveryMessage, IsAnsweredForAnotherCompanysCallAsForOneThatNeverWas) {
    Scene other_company;
    (void)vera_talks_with_amina(other_company);

    for (const Role role : roles) {
        for (std::size_t i = 0; i < every_message(the_call).size(); ++i) {
            const Said theirs = every_message(the_call)[i];
            const Said nobodys = every_message(ContactId{"zz"})[i];
            if (is_the_gateways(theirs.message) || theirs.about == About::sender) continue;
            Scene asks_for_theirs, asks_for_nobodys;
            asks_for_theirs.appear(role);
            asks_for_nobodys.appear(role);

            auto heard = say_it(asks_for_nobodys, nobodys.message).heard;
            for (std::string& line : heard)
                if (const auto at = line.find(" zz"); at != std::string::npos) line.replace(at, 3, " c1");
            EXPECT_EQ(say_it(asks_for_theirs, theirs.message).heard, heard) << permission_for(theirs.message).name;
        }
    }
}

TEST(EveryMessage, AboutARoomThatOneIsNotInDoesNothing) {
    for (const Role role : roles) {
        Scene scene;
        (void)vera_talks_with_amina(scene);
        scene.me = scene.world.connect("actor", role, 2);

        EXPECT_THAT(say_it(scene, domain::CallEnded{the_call, RoomId{"lobby"}, {}}).heard, ElementsAre("ack m"));
        EXPECT_FALSE(scene.state().contact(the_call)->is_over());
    }
}

TEST(EveryMessage, OfAnAnonymousSupervisorIsAnAgentsAtMost) {
    Scene scene;
    (void)vera_talks_with_amina(scene);
    scene.me = scene.world.connect("anonymous-1", Role::admin, 2, {}, true);

    EXPECT_THAT(say_it(scene, WatchLive{true}).heard, ElementsAre("error forbidden m"));
    EXPECT_THAT(say_it(scene, TakeOverContact{the_call}).heard, ElementsAre("error forbidden m"));
    EXPECT_THAT(say_it(scene, GetDirectory{}).heard, ElementsAre(::testing::StartsWith("directory"), "ack m"));
}

TEST(EveryMessage, OfACustomerInOthersCallReachesNobody) {
    Scene scene;
    (void)vera_talks_with_amina(scene);
    scene.appear(Role::customer);

    const Outcome answered = say_it(scene, WebrtcAnswer{"amina", "{}", the_call});
    const Outcome tried = say_it(scene, IceCandidate{"amina", "{}", the_call});

    EXPECT_THAT(answered.heard, ElementsAre("answer_sent amina c1", "ack m")) << "as if nobody were there";
    EXPECT_FALSE(answered.told_others || tried.told_others);
}

/// Ids of customers and staff are given by others, and may collide.
TEST(EveryMessage, OfACustomerWithAnAgentsIdIsSomebodyElses) {
    Scene scene;
    (void)vera_talks_with_amina(scene);
    scene.me = scene.world.connect("amina", Role::customer, 2);

    EXPECT_THAT(say_it(scene, domain::ClaimMedia{the_call}).heard, ElementsAre("error forbidden m"));
    EXPECT_THAT(say_it(scene, GetChat{the_call}).heard, ElementsAre("error not_found m"));
    EXPECT_THAT(say_it(scene, EndContact{the_call, {}}).heard, ElementsAre("error forbidden m"));
}

}  // namespace
}  // namespace calldocker::app::testing
