#include <benchmark/benchmark.h>

#include "domain/company/decide.hpp"
#include "domain/company/follow_up.hpp"
#include "domain/routing/route.hpp"

namespace calldocker::domain {
namespace {

constexpr Instant t0 = from_unix_ms(1'795'408'000'000);
constexpr int queues = 20, skills = 20, agents = 1'000;

/// A company in full swing: all agents are in a call except the last few, who have just become free.
struct Company {
    State state;
    Presence presence;
    Instant now = t0;

    void write(const Facts& facts) {
        for (const Fact& fact : facts) apply(state, {next(state.sequence()), now, UserId{system_actor}, {}, fact});
    }
    void write(const Fact& fact) { write(Facts{fact}); }

    Company(int waiting, int free) {
        for (int i = 0; i < queues; ++i) {
            Queue queue;
            queue.id = QueueId{"queue-" + std::to_string(i)};
            queue.metric = static_cast<Metric>(1 + i % 5);
            queue.requirements = {{"skill-" + std::to_string(i % skills), 8, 1, true, {{30, 6}, {60, 4}}},
                                  {"skill-" + std::to_string((i + 7) % skills), 3, 1, true, {}}};
            write(ConfigurationFact{fact::QueueConfigured{queue}});
        }
        for (int i = 0; i < agents; ++i) add_agent(i, i >= agents - free);
        for (int i = 0; i < waiting; ++i) {
            const Queue& queue = *state.configuration().queue(QueueId{"queue-" + std::to_string(i % queues)});
            enter("waiting-" + std::to_string(i), queue);
            now += 1ms;
        }
    }

    void enter(const std::string& name, const Queue& queue) {
        Entry entry;
        entry.queue = queue.id;
        write(ContactFact{
            fact::ContactCreated{ContactId{name}, UserId{"of-" + name}, {SessionId{name}, 2}, RoomId{"agent-room"}, {}, entry}});
    }
    void add_agent(int number, bool is_free) {
        const UserId user{"agent-" + std::to_string(10'000 + number)};
        AgentProfile profile{user, {}, {}, {}, {}};
        for (int skill = 0; skill < skills; ++skill) profile.skills["skill-" + std::to_string(skill)] = 1 + (number * 7 + skill * 3) % 10;
        write(ConfigurationFact{fact::AgentConfigured{profile}});
        Session session;
        session.key = SessionKey{static_cast<std::uint64_t>(number) + 1};
        session.id = SessionId{user.str()};
        session.identity.user = user;
        session.identity.role = Role::agent;
        session.version = 2;
        session.media_ready = true;
        presence.add(session);
        write({AgentFact{fact::SignedIn{user, {}}}, AgentFact{fact::IntentChanged{user, Intent::available}}});
        if (is_free) return;
        const ContactId call{"of-" + user.str()};
        enter(call.str(), *state.configuration().queue(QueueId{"queue-0"}));
        write({ContactFact{fact::ContactOffered{call, {user}}}, ContactFact{fact::ContactAccepted{call, user, {}, {session.id, 2}}},
               ContactFact{fact::MediaChanged{call, Party::visitor, true}}, ContactFact{fact::MediaChanged{call, Party::agent, true}},
               ContactFact{fact::ContactConnected{call}}});
    }
};

/// One pass with this many waiting contacts and 1,000 agents of 20 skills, 5 of them free.
void BM_RoutingPass(benchmark::State& state) {
    const Company company(static_cast<int>(state.range(0)), 5);
    std::size_t offers = 0;
    for (auto _ : state) {
        const Routing routing = route(company.state, company.presence, company.now);
        offers = routing.facts.size();
        benchmark::DoNotOptimize(routing);
    }
    state.counters["offers"] = static_cast<double>(offers);
}
BENCHMARK(BM_RoutingPass)->Arg(100)->Arg(10'000)->Unit(benchmark::kMicrosecond);

/// The same where none of those who are free may have any of them: for want of a skill (0), or not yet (4): then all are
/// looked at, for when that will be.
void BM_RoutingPassWithoutAMatch(benchmark::State& state) {
    Company company(static_cast<int>(state.range(0)), 5);
    std::map<std::string, int> levels;
    for (int skill = 0; skill < skills; ++skill) levels["skill-" + std::to_string(skill)] = static_cast<int>(state.range(1));
    for (int i = agents - 5; i < agents; ++i)
        company.write(ConfigurationFact{fact::AgentConfigured{{UserId{"agent-" + std::to_string(10'000 + i)}, {}, levels, {}, {}}}});
    for (auto _ : state) benchmark::DoNotOptimize(route(company.state, company.presence, company.now));
}
BENCHMARK(BM_RoutingPassWithoutAMatch)->Args({10'000, 0})->Args({10'000, 4})->Unit(benchmark::kMicrosecond);

/// The same in three sizes (tools/growth.py), with contacts that nobody may have before they have waited.
void growth(benchmark::State& state) {
    Company company(static_cast<int>(state.range(0)), 5);
    std::map<std::string, int> levels;
    for (int skill = 0; skill < skills; ++skill) levels["skill-" + std::to_string(skill)] = 4;
    for (int i = agents - 5; i < agents; ++i)
        company.write(ConfigurationFact{fact::AgentConfigured{{UserId{"agent-" + std::to_string(10'000 + i)}, {}, levels, {}, {}}}});
    for (auto _ : state) benchmark::DoNotOptimize(route(company.state, company.presence, company.now));
}
BENCHMARK(growth)
    ->Name("growth/a routing pass that has to wait, by waiting contacts")
    ->Arg(625)
    ->Arg(2'500)
    ->Arg(10'000)
    ->Unit(benchmark::kMicrosecond);

/// One accept of an offered contact among 10,000 that wait: decided and applied.
void BM_Accept(benchmark::State& state) {
    Company company(10'000, 5);
    const UserId agent{"agent-" + std::to_string(10'000 + agents - 1)};
    std::uint64_t number = 0;
    for (auto _ : state) {
        state.PauseTiming();
        const std::string name = "accepted-" + std::to_string(++number);
        const ContactId call{name};
        company.enter(name, *company.state.configuration().queue(QueueId{"queue-1"}));
        company.write(ContactFact{fact::ContactOffered{call, {agent}, 20s}});
        state.ResumeTiming();
        const auto facts = decide(company.state, command::Accept{call, {agent, {}, {SessionId{agent.str()}, 2}}});
        company.write(*facts);
        state.PauseTiming();
        company.write(ContactFact{fact::ContactEnded{call, EndReason::completed_agent, Party::agent, agent, {}}});
        state.ResumeTiming();
    }
}
BENCHMARK(BM_Accept)->Unit(benchmark::kMicrosecond);

/// What looking for due timers costs with 10,000 contacts of which none is due.
void BM_TimersNotDue(benchmark::State& state) {
    const Company company(10'000, 5);
    for (auto _ : state) benchmark::DoNotOptimize(expired(company.state, company.presence, company.now));
}
BENCHMARK(BM_TimersNotDue);

}  // namespace
}  // namespace calldocker::domain
