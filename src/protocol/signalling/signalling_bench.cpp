#include <benchmark/benchmark.h>

#include "protocol/signalling/decode.hpp"
#include "protocol/signalling/encode.hpp"

namespace calldocker::protocol {
namespace {

void BM_DecodeAndEncodeCandidate(benchmark::State& state) {
    const std::string text =
        R"({"type":"ice_candidate","targetUserId":"agent-1","candidate":{"candidate":"candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx )"
        R"(raddr 10.0.0.5 rport 46154 generation 0 ufrag EEtu network-cost 50","sdpMid":"0","sdpMLineIndex":0},"callId":"call-1700000000000"})";
    for (auto _ : state) {
        const auto decoded = decode(text, 1);
        const auto& message = std::get<domain::IceCandidate>(decoded->message);
        std::string out =
            encode(domain::notice::Candidate{UserId("customer-1"), message.candidate, message.call}, from_unix_ms(1'700'000'000'000), 1);
        benchmark::DoNotOptimize(out.data());
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_DecodeAndEncodeCandidate);

void BM_DecodeAndEncodeOffer(benchmark::State& state) {  // a session description of so many bytes
    std::string sdp;
    while (sdp.size() < static_cast<std::size_t>(state.range(0))) sdp += R"(a=rtpmap:111 opus/48000/2\r\n)";
    const std::string text =
        R"({"type":"webrtc_offer","targetUserId":"agent-room","offer":{"type":"offer","sdp":")" + sdp + R"("},"callId":"call-1"})";
    for (auto _ : state) {
        const auto decoded = decode(text, 1);
        const auto& message = std::get<domain::WebrtcOffer>(decoded->message);
        std::string out =
            encode(domain::notice::Offer{UserId("customer-1"), message.offer, message.call}, from_unix_ms(1'700'000'000'000), 1);
        benchmark::DoNotOptimize(out.data());
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_DecodeAndEncodeOffer)->Arg(3000)->Arg(60000);

}  // namespace
}  // namespace calldocker::protocol
