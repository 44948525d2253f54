#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <filesystem>

#include "adapters/sql/sql_test_support.hpp"

namespace calldocker::adapters::sql {
namespace {

const std::string typical_data(200, 'x');  // about what contact.created holds

/// `range(0)` companies append one event each, again and again, all at once: what the disk makes of group commit.
void BM_Append(benchmark::State& state) {
    TemporaryFolder folder;
    const auto file = folder / "bench.db";
    const auto companies = static_cast<std::size_t>(state.range(0));
    std::uint64_t events = 0;
    {
        LogInUse used(file);
        std::vector<CompanyId> ids;
        for (std::size_t i = 0; i < companies; ++i) ids.emplace_back(fmt::format("company-{}", i));
        std::uint64_t head = 0;
        for (auto _ : state) {
            std::size_t answered = 0;
            for (const CompanyId& id : ids) used.log.append(id, Sequence{head}, {some_event(typical_data)}, [&](auto) { ++answered; });
            used.loop.run_until([&] { return answered == companies; });
            ++head;
        }
        events = used.store.figures().events;
        state.counters["events_per_transaction"] = static_cast<double>(events) / static_cast<double>(used.store.figures().transactions);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(events));
    state.counters["bytes_per_event"] = static_cast<double>(std::filesystem::file_size(file)) / static_cast<double>(events);
}
BENCHMARK(BM_Append)->Arg(1)->Arg(64)->Arg(1'000)->UseRealTime();

/// Loading a company of `range(0)` events without a snapshot.
void BM_Load(benchmark::State& state) {
    TemporaryFolder folder;
    LogInUse used(folder / "bench.db");
    const CompanyId acme("acme");
    std::vector<ports::StoredEvent> events(static_cast<std::size_t>(state.range(0)), some_event(typical_data));
    if (!used.append(acme, 0, std::move(events))) return state.SkipWithError("the append failed");
    for (auto _ : state) benchmark::DoNotOptimize(used.load(acme));
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_Load)->Arg(1'000)->Arg(10'000)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace calldocker::adapters::sql
