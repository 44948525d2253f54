#include <benchmark/benchmark.h>
#include <malloc.h>

#include "server/http/transport_harness.hpp"
#include "server/net/websocket_connection.hpp"

// What an idle WebSocket costs in this process's heap, and what a relayed message costs on one shard, echo included.
namespace calldocker::server::testing {
namespace {

std::size_t heap_bytes() { return mallinfo2().uordblks; }

void BM_IdleConnection(benchmark::State& state) {
    TestServer server;
    std::vector<std::unique_ptr<Client>> clients;
    clients.reserve(8000);
    std::size_t before = 0;
    for (auto _ : state) {
        clients.clear();
        before = heap_bytes();
        for (int i = 0; i < 4000; ++i) {
            auto& client = *clients.emplace_back(std::make_unique<Client>(server.transport->websocket_port()));
            client.send(upgrade_request());
            client.until("welcome");
        }
    }
    const double bytes = static_cast<double>(heap_bytes() - before) / 4000.0;
    state.counters["heap_bytes_each_with_client"] = bytes;
    state.counters["object_bytes"] = static_cast<double>(sizeof(WebSocketConnection));
    state.counters["test_client_bytes"] = static_cast<double>(sizeof(Client));
}
BENCHMARK(BM_IdleConnection)->Iterations(1);

void BM_Echo(benchmark::State& state) {
    TransportSettings settings;
    settings.messages_per_second = 0;
    TestServer server(settings);
    Client client(server.transport->websocket_port());
    client.send(upgrade_request());
    client.until("welcome");
    const auto in_flight = static_cast<std::size_t>(state.range(0));
    std::string frames;
    for (std::size_t i = 0; i < in_flight; ++i) frames += masked("a message of some forty bytes, as they are");
    for (auto _ : state) {
        client.extend();
        client.send(frames);
        client.take(in_flight * 44);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_Echo)->Arg(1)->Arg(16)->UseRealTime();

}  // namespace
}  // namespace calldocker::server::testing
