#include <benchmark/benchmark.h>
#include <malloc.h>

#include <deque>

#include "app/codec/codec.hpp"
#include "app/live_island.hpp"

namespace calldocker::app {
namespace {

using namespace domain;

constexpr Instant t0 = from_unix_ms(1'795'408'000'000);

/// Takes every event, keeps none.
class Sink final : public ports::EventLog {
public:
    void append(const CompanyId&, Sequence, std::vector<ports::StoredEvent> events, Appended done) override {
        pending_.emplace_back(events.back().sequence, std::move(done));
    }
    void load(const CompanyId&, Loaded) override {}
    void keep_snapshot(const CompanyId&, ports::StoredSnapshot, Done) override {}
    void companies(Companies) override {}
    void settle() {
        for (; !pending_.empty(); pending_.pop_front()) pending_.front().second(pending_.front().first);
    }

private:
    std::deque<std::pair<Sequence, Appended>> pending_;
};

struct Nowhere final : Outbox {
    void deliver(std::span<const SessionKey> recipients, const Notice&, Sequence) override { delivered += recipients.size(); }
    void release(Sequence) override {}
    void fall_back(Sequence) override {}
    void close(std::span<const SessionKey>, std::uint16_t, std::string_view) override {}
    std::size_t delivered = 0;
};

struct Company {
    Sink log;
    Nowhere outbox;
    std::unique_ptr<Island> island = *Island::open(CompanyId{"acme"}, {}, {log, outbox}, t0);
    std::uint64_t keys = 0;

    SessionKey join(const std::string& user, Role role) {
        const SessionKey key{++keys};
        island->join({key, SessionId{"session-of-" + user}, {CompanyId{"acme"}, UserId{user}, role, "", "", false, {}}, 2}, t0);
        return key;
    }
    SessionKey ready_agent(const std::string& user) {
        const SessionKey key = join(user, Role::agent);
        say(key, SetMediaReady{true});
        say(key, SetAgentIntent{Intent::available, {}});
        return key;
    }
    void say(SessionKey session, const ClientMessage& message) {
        island->handle(session, message, {}, t0);
        log.settle();
    }
    void call(const std::string& visitor, const std::string& call) {
        say(join(visitor, Role::customer), WebrtcOffer{"agent-room", "{}", ContactId{call}, {}});
    }
};

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

/// A visitor who comes and goes, beside others who merely are there.
void BM_ConnectBeside(benchmark::State& state) {
    Company company;
    (void)company.ready_agent("amina");
    for (int i = 0; i < state.range(0); ++i) (void)company.join("visitor-" + std::to_string(i), Role::customer);
    for (auto _ : state) company.island->leave(company.join("vera", Role::customer), t0);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_ConnectBeside)->Arg(1'250)->Arg(5'000)->Arg(20'000);

/// A whole contact beside visitors who merely are there.
void BM_ContactBeside(benchmark::State& state) {
    Company company;
    const auto amina = company.ready_agent("amina");
    for (int i = 0; i < state.range(0); ++i) (void)company.join("visitor-" + std::to_string(i), Role::customer);
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
BENCHMARK(BM_ContactBeside)->Arg(500)->Arg(2'000)->Arg(8'000);

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
        const UserId visitor{"visitor-" + std::to_string(i % 5'000)}, agent{"agent-" + std::to_string(i % 50)};
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
