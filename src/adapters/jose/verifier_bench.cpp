#include <benchmark/benchmark.h>

#include "adapters/jose/signer.hpp"
#include "adapters/jose/verifier.hpp"

namespace calldocker::adapters::jose {
namespace {

void BM_VerifyHs256(benchmark::State& state) {
    VerifierSettings settings;
    settings.secret = Secret<std::string>("0123456789abcdef0123456789abcdef");
    const Instant now = from_unix_ms(1'700'000'000'000);
    const ports::TokenClaims claims{
        .company = CompanyId("acme"), .user = UserId("amina"), .role = "agent", .name = "Amina", .expires_at = now + 1h};
    const std::string token = sign_hs256(settings.secret, claims, now);
    Verifier verifier(settings);
    for (auto _ : state) benchmark::DoNotOptimize(verifier.verify(token, now));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_VerifyHs256);

}  // namespace
}  // namespace calldocker::adapters::jose
