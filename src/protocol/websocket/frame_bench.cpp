#include <benchmark/benchmark.h>

#include "protocol/websocket/frame.hpp"

namespace calldocker::protocol::websocket {
namespace {

void BM_DecodeMaskedText(benchmark::State& state) {  // one whole frame of so many bytes
    std::string fresh;
    append_masked_text(fresh, std::string(static_cast<std::size_t>(state.range(0)), 'x'), {1, 2, 3, 4});
    std::string bytes = fresh;
    Decoder decoder(Decoder::Role::server, 256 * 1024);
    for (auto _ : state) {
        bytes.assign(fresh);  // decoding unmasks in place
        std::span<char> unread{bytes};
        while (auto event = decoder.next(unread)) benchmark::DoNotOptimize(event);
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_DecodeMaskedText)->Arg(100)->Arg(3000)->Arg(60000);

void BM_EncodeText(benchmark::State& state) {
    const std::string text(static_cast<std::size_t>(state.range(0)), 'x');
    std::string out;
    for (auto _ : state) {
        out.clear();
        append_text(out, text);
        benchmark::DoNotOptimize(out.data());
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_EncodeText)->Arg(100)->Arg(3000)->Arg(60000);

}  // namespace
}  // namespace calldocker::protocol::websocket
