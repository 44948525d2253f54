#include <benchmark/benchmark.h>
#include <malloc.h>

#include "app/codec/codec.hpp"
#include "app/testing/bench_company.hpp"

namespace calldocker::app {
namespace {

using namespace domain;

using testing::Company, testing::t0;

/// One candidate of a contact's party to the other, among other people.
void BM_Relay(benchmark::State& state) {
    Company company;
    const auto amina = company.ready_agent("amina");
    company.call("vera", "c1");
    company.say(amina, AcceptContact{ContactId{"c1"}});
    for (int i = 0; i < state.range(0); ++i) (void)company.join("visitor-" + std::to_string(i), Role::customer);
    const ClientMessage candidate = IceCandidate{"vera", "{}", ContactId{"c1"}};
    for (auto _ : state) company.island->handle(amina, candidate, {}, t0);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Relay)->Arg(10)->Arg(1'000);

/// A whole contact: offer, accept, media up at both ends, end, wrap-up; with other agents who are rung.
void BM_WholeContact(benchmark::State& state) {
    Company company;
    const auto amina = company.ready_agent("amina");
    for (int i = 1; i < state.range(0); ++i) (void)company.ready_agent("agent-" + std::to_string(i));
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
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_WholeContact)->Arg(1)->Arg(10)->Arg(50);

void BM_NextDeadline(benchmark::State& state) {
    Company company;
    for (int i = 0; i < state.range(0); ++i) company.call("visitor-" + std::to_string(i), "c" + std::to_string(i));
    for (auto _ : state) benchmark::DoNotOptimize(company.island->next_deadline());
}
BENCHMARK(BM_NextDeadline)->Arg(1'000);

/// What a contact that waits costs in memory, and what its visitor's session does.
void BM_BytesOfAWaitingContact(benchmark::State& state) {
    constexpr std::size_t contacts = 10'000;
    for (auto _ : state) {
        Company company;
        std::vector<SessionKey> visitors;
        visitors.reserve(contacts);
        const std::size_t before = mallinfo2().uordblks;
        for (std::size_t i = 0; i < contacts; ++i) visitors.push_back(company.join("visitor-" + std::to_string(i), Role::customer));
        const std::size_t sessions = mallinfo2().uordblks;
        for (std::size_t i = 0; i < contacts; ++i)
            company.say(visitors[i], WebrtcOffer{"agent-room", "{}", ContactId{"contact-" + std::to_string(i)}, {}});
        state.counters["bytes_per_session"] = static_cast<double>(sessions - before) / contacts;
        state.counters["bytes_per_contact"] = static_cast<double>(mallinfo2().uordblks - sessions) / contacts;
        state.counters["sizeof_contact"] = sizeof(Contact);
    }
}
BENCHMARK(BM_BytesOfAWaitingContact)->Iterations(1)->Unit(benchmark::kMillisecond);

std::vector<ports::StoredEvent> life_of(std::size_t events) {
    std::vector<ports::StoredEvent> log;
    const Endpoint vera_tab{SessionId{"vera-tab"}, 2}, amina_tab{SessionId{"amina-tab"}, 2};
    for (std::size_t i = 0; log.size() < events; ++i) {
        const ContactId call{"contact-" + std::to_string(i)};
        const UserId visitor = UserId::visitor("visitor-" + std::to_string(i % 5'000)), agent{"agent-" + std::to_string(i % 50)};
        const ContactFacts facts{
            fact::ContactCreated{call, visitor, vera_tab, RoomId{"agent-room"}, {}},
            fact::ContactOffered{call, {agent, UserId{"agent-1"}, UserId{"agent-2"}}},
            fact::ContactAccepted{call, agent, "Amina", amina_tab},
            fact::MediaChanged{call, Party::agent, true},
            fact::MediaChanged{call, Party::visitor, true},
            fact::ContactConnected{call},
            fact::ContactEnded{call, EndReason::completed_visitor, Party::visitor, visitor, {}},
        };
        for (const ContactFact& fact : facts)
            log.push_back(codec::to_stored(Event{Sequence{log.size() + 1}, t0, visitor, call.str() + " " + std::to_string(i), fact}));
    }
    return log;
}

void BM_Replay(benchmark::State& state) {
    const ports::History history{{}, life_of(static_cast<std::size_t>(state.range(0)))};
    for (auto _ : state) benchmark::DoNotOptimize(codec::replay(history));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(history.tail.size()));
}
BENCHMARK(BM_Replay)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void BM_Snapshot(benchmark::State& state) {
    Company company;
    for (int i = 0; i < state.range(0); ++i) company.call("visitor-" + std::to_string(i), "c" + std::to_string(i));
    const State& facts = static_cast<const LiveIsland&>(*company.island).state();
    std::size_t bytes = 0;
    for (auto _ : state) bytes = codec::to_stored(facts, t0).data.size();
    state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(BM_Snapshot)->Arg(100)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace calldocker::app
