#include <benchmark/benchmark.h>

#include <chrono>

#include "app/codec/codec.hpp"
#include "app/live_view.hpp"
#include "app/places.hpp"
#include "app/testing/bench_company.hpp"

/// How costs grow with the size of a company, up to the documented bounds: each at 1x, 4x and 16x.
/// tools/growth.py makes tables and plots of these.
namespace calldocker::app {
namespace {

using namespace domain;
using testing::Company, testing::t0;

constexpr int queues = 20;

const State& state_of(const Company& company) { return static_cast<const LiveIsland&>(*company.island).state(); }
const Presence& presence_of(const Company& company) { return static_cast<const LiveIsland&>(*company.island).presence(); }

Identity admin() { return {CompanyId{"acme"}, UserId{"ada"}, Role::admin, "", "", false, {}}; }

/// The first queue is everybody's, the others' members are all agents, one by one.
void set_up(Company& company, int agents) {
    Configuration configuration;
    for (int i = 0; i < queues; ++i) {
        Queue queue;
        queue.id = QueueId{"queue-" + std::to_string(i)};
        queue.metric = Metric::longest_idle;
        queue.everyone = i == 0;
        for (int agent = 0; i > 0 && agent < agents; ++agent) queue.members.push_back({UserId{"agent-" + std::to_string(10'000 + agent)}});
        configuration.queues.insert_or_assign(queue.id, queue);
    }
    const auto configured = company.island->configure(admin(), codec::to_json(configuration), t0);
    if (!configured) throw std::runtime_error(configured.error().detail);
    company.log.settle();
}
void add_visitors(Company& company, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) (void)company.join("visitor-" + std::to_string(i), Role::customer);
}
/// Who waits, with nobody there to answer.
void add_waiting(Company& company, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i)
        company.say(company.join("visitor-" + std::to_string(i), Role::customer),
                    WebrtcOffer{"agent-room",
                                "{}",
                                ContactId{"contact-" + std::to_string(100'000 + i)},
                                {},
                                QueueId{"queue-" + std::to_string(1 + i % (queues - 1))}});
}

/// A visitor who comes and goes, beside others who merely are there.
void connection(benchmark::State& state) {
    Company company;
    (void)company.ready_agent("amina");
    add_visitors(company, state.range(0));
    for (auto _ : state) company.island->leave(company.join("vera", Role::customer), t0);
}
BENCHMARK(connection)->Name("growth/a visitor comes and goes, by visitors who are there")->Arg(1'250)->Arg(5'000)->Arg(20'000);

void contact(benchmark::State& state) {
    Company company;
    const auto amina = company.ready_agent("amina");
    add_visitors(company, state.range(0));
    const auto vera = company.join("vera", Role::customer);
    const ContactId c1{"c1"};
    for (auto _ : state) {
        company.say(vera, WebrtcOffer{"agent-room", "{}", c1, {}});
        company.say(amina, AcceptContact{c1});
        company.say(amina, MediaState{c1, true});
        company.say(vera, MediaState{c1, true});
        company.say(vera, EndContact{c1, {}});
        company.say(amina, EndWrapUp{c1, {}});
    }
}
BENCHMARK(contact)->Name("growth/a whole contact, by visitors who are there")->Arg(500)->Arg(2'000)->Arg(8'000);

void live_view(benchmark::State& state) {
    Company company;
    set_up(company, static_cast<int>(state.range(0)));
    for (std::int64_t i = 0; i < state.range(0); ++i) (void)company.ready_agent("agent-" + std::to_string(10'000 + i));
    const Supervision everybody(admin(), state_of(company).configuration());
    for (auto _ : state) benchmark::DoNotOptimize(LiveFigures(state_of(company), presence_of(company), t0).shown_to(everybody));
}
BENCHMARK(live_view)->Name("growth/live view, by agents of 20 queues")->Arg(63)->Arg(250)->Arg(1'000)->Unit(benchmark::kMicrosecond);

/// What all who watch cost in a second, in which something has happened.
void watchers(benchmark::State& state) {
    Company company;
    set_up(company, 250);
    for (int i = 0; i < 250; ++i) (void)company.ready_agent("agent-" + std::to_string(10'000 + i));
    const auto vera = company.join("vera", Role::customer);
    for (std::int64_t i = 0; i < state.range(0); ++i)
        company.say(company.join("sue-" + std::to_string(i), Role::supervisor), WatchLive{true});
    Instant now = t0;
    for (auto _ : state) {
        now += 1s;
        company.island->handle(vera, OpenContact{ContactId{"c1"}, {}, {}}, {}, now);
        company.island->handle(vera, EndContact{ContactId{"c1"}, {}}, {}, now);
        company.log.settle();
        company.island->tick(now);
    }
}
BENCHMARK(watchers)->Name("growth/a second of live views, by watchers")->Arg(4)->Arg(16)->Arg(64)->Unit(benchmark::kMicrosecond);

void places(benchmark::State& state) {
    Company company;
    set_up(company, 250);
    add_waiting(company, state.range(0));
    Places told;
    Instant now = t0;
    for (auto _ : state) {
        now += 1s;
        benchmark::DoNotOptimize(told.take(state_of(company), presence_of(company), now));
    }
}
BENCHMARK(places)->Name("growth/places told, by waiting contacts")->Arg(600)->Arg(2'400)->Arg(9'600)->Unit(benchmark::kMicrosecond);

void audit(benchmark::State& state) {
    Company company;
    set_up(company, 10);
    add_waiting(company, state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(company.island->audit(t0));
}
BENCHMARK(audit)->Name("growth/a second's audit, by live contacts")->Arg(600)->Arg(2'400)->Arg(9'600)->Unit(benchmark::kMicrosecond);

/// The longest time for which the loop is held up while one snapshot is made, and how big that is.
void snapshot(benchmark::State& state, int chat_lines) {
    State facts;
    const auto write = [&facts](const ContactFact& fact) { apply(facts, {next(facts.sequence()), t0, UserId{system_actor}, {}, fact}); };
    for (std::int64_t i = 0; i < state.range(0); ++i) {
        const ContactId call{"contact-" + std::to_string(100'000 + i)};
        const UserId visitor = UserId::visitor("visitor-" + std::to_string(i));
        write(fact::ContactCreated{call, visitor, {SessionId{"session-of-" + visitor.str()}, 2}, RoomId{"agent-room"}, {}});
        for (int line = 0; line < chat_lines; ++line)
            write(fact::ChatSaid{call, {visitor, {}}, Party::visitor, "A line as people write them, neither short nor long."});
    }
    std::size_t bytes = 0;
    for (auto _ : state) {
        double longest = 0;
        const auto timed = [&longest](auto work) {
            const auto began = std::chrono::steady_clock::now();
            work();
            longest = std::max(longest, std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
        };
        std::optional<codec::SnapshotCut> cut;
        timed([&] { cut.emplace(facts, t0); });
        for (bool is_whole = false; !is_whole;) timed([&] { is_whole = cut->go_on(facts, snapshot_piece_bytes); });
        bytes = std::move(*cut).take().data.size();
        state.SetIterationTime(longest);
    }
    state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK_CAPTURE(snapshot, plain, 0)
    ->Name("growth/the longest stop for a snapshot, by live contacts")
    ->Arg(600)
    ->Arg(2'400)
    ->Arg(9'600)
    ->Unit(benchmark::kMicrosecond)
    ->UseManualTime();
BENCHMARK_CAPTURE(snapshot, chatty, 200)
    ->Name("growth/the longest stop with 200 lines of chat each, by live contacts")
    ->Arg(600)
    ->Arg(2'400)
    ->Arg(9'600)
    ->Unit(benchmark::kMicrosecond)
    ->UseManualTime();

}  // namespace
}  // namespace calldocker::app
