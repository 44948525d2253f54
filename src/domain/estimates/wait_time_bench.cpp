#include <benchmark/benchmark.h>

#include "domain/estimates/estimate.hpp"

namespace calldocker::domain {
namespace {

void BM_EstimateOfAPlace(benchmark::State& state) {  // mean and three quantiles
    const QueuePace pace{.agents = 50, .handle = RealSeconds{300}, .patience = RealSeconds{600}};
    for (auto _ : state) benchmark::DoNotOptimize(estimate(pace, static_cast<int>(state.range(0))));
}
BENCHMARK(BM_EstimateOfAPlace)->Arg(0)->Arg(10)->Arg(100)->Arg(10'000);

}  // namespace
}  // namespace calldocker::domain
