#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/company/decide.hpp"
#include "domain/company/follow_up.hpp"

namespace calldocker::domain::testing {

inline constexpr Instant t0 = from_unix_ms(1'795'408'000'000);
inline const ContactId c1{"c1"}, c2{"c2"};
inline const UserId vera = UserId::visitor("vera"), walt = UserId::visitor("walt"), amina{"amina"}, ben{"ben"};

/// One company without an island around it.
struct Office {
    State state;
    Presence presence;
    Instant now = t0;
    std::uint64_t keys = 0;
    std::vector<Fact> written;

    void write(const Facts& facts) {
        for (const Fact& fact : facts) {
            apply(state, {next(state.sequence()), now, UserId{system_actor}, {}, fact});
            written.push_back(fact);
        }
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
        const SessionKey key = arrive(agent, Role::agent, agent.str().c_str());
        follow(agent);
        EXPECT_TRUE(does(command::SetIntent{agent, Intent::available, {}}));
        return key;
    }
    static command::EnterQueue entering(const UserId& visitor, const ContactId& name, const QueueId& queue = QueueId{default_queue}) {
        return {name, visitor, {SessionId{visitor.str()}, 2}, RoomId{"agent-room"}, queue, {}, {}};
    }
    bool call(const UserId& visitor, const ContactId& name, const QueueId& queue = QueueId{default_queue}) {
        return does(entering(visitor, name, queue));
    }
    /// Sets up one queue, new or as it is, as `change` makes it.
    template <class Change>
    void set_up(const QueueId& id, Change change) {
        Configuration configuration = state.configuration();
        Queue& queue = configuration.queues[id];
        queue.id = id;
        change(queue);
        const auto facts = decide(state, command::Configure{configuration});
        ASSERT_TRUE(facts.has_value()) << facts.error().detail;
        write(*facts);
    }
    void give_skills(const UserId& agent, std::map<std::string, int> skills) {
        Configuration configuration = state.configuration();
        configuration.agents[agent] = {agent, {}, std::move(skills), {}, {}};
        write(decide(state, command::Configure{configuration}).value());
    }
    /// Both ends report media: the contact is connected.
    void connect(const UserId& visitor, const UserId& agent, const ContactId& name) {
        EXPECT_TRUE(does(command::ReportMedia{name, visitor, SessionId{visitor.str()}, true}));
        EXPECT_TRUE(does(command::ReportMedia{name, agent, SessionId{agent.str()}, true}));
    }
    /// A visitor who is here, and an agent who is free, talk: through a queue, without routing.
    void talk(const UserId& visitor, const UserId& agent, const ContactId& name, const QueueId& queue = QueueId{default_queue}) {
        arrive(visitor, Role::customer, visitor.str().c_str());
        EXPECT_TRUE(call(visitor, name, queue));
        write({ContactFact{fact::ContactOffered{name, {agent}}}});
        EXPECT_TRUE(does({command::Accept{name, {agent, "", {SessionId{agent.str()}, 2}}}}));
        connect(visitor, agent, name);
    }
    void follow(const UserId& user) { write(consequences_for(state, presence, user, now)); }
    /// Lets all that is due happen.
    void expire_all() {
        for (Facts facts = expired(state, presence, now); !facts.empty(); facts = expired(state, presence, now)) write(facts);
    }
    /// Offers the contact to everybody who is free, without routing.
    void ring(const ContactId& call) {
        std::vector<UserId> free;
        for (const UserId& agent : state.available())
            if (is_routable(state, presence, agent)) free.push_back(agent);
        write({ContactFact{fact::ContactOffered{call, free}}});
    }
    [[nodiscard]] std::vector<std::string> rung(const ContactId& call) const {
        std::vector<std::string> agents;
        for (const auto& [agent, since] : state.contact(call)->offered) agents.push_back(agent.str());
        return agents;
    }
};

inline command::Accept accept_by(const UserId& agent, const ContactId& call = c1) {
    return {call, {agent, "", {SessionId{agent.str()}, 2}}};
}

}  // namespace calldocker::domain::testing
