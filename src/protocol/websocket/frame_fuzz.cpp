#include <cstdlib>
#include <string>
#include <vector>

#include "protocol/websocket/frame.hpp"

using namespace calldocker::protocol::websocket;

namespace {

void append_event(std::string& log, const Event& event) {
    struct Visitor {
        std::string operator()(const Text& e) const { return "t" + std::string(e.text); }
        std::string operator()(const Ping& e) const { return "p" + std::string(e.payload); }
        std::string operator()(const Pong& e) const { return "q" + std::string(e.payload); }
        std::string operator()(const Close& e) const { return "c" + std::to_string(e.code) + std::string(e.reason); }
        std::string operator()(const Failure& e) const { return "f" + std::to_string(e.code); }
    };
    log += std::visit(Visitor{}, event) + '\n';
}

std::string decode(Decoder::Role role, std::string_view bytes, std::size_t piece_bytes) {
    Decoder decoder(role, 512);
    std::string log;
    for (std::size_t at = 0; at < bytes.size(); at += piece_bytes) {
        const std::string_view piece = bytes.substr(at, piece_bytes);
        std::vector<char> buffer(piece.begin(), piece.end());
        std::span<char> unread{buffer};
        while (const auto event = decoder.next(unread)) append_event(log, *event);
        if (!unread.empty()) std::abort();
    }
    return log;
}

}  // namespace

// The first byte chooses the role and how the rest is cut; however it is cut, the events must be the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const auto role = (data[0] & 1u) != 0 ? Decoder::Role::client : Decoder::Role::server;
    const std::size_t piece_bytes = 1 + (data[0] >> 1u);
    const std::string_view bytes{reinterpret_cast<const char*>(data + 1), size - 1};
    if (decode(role, bytes, bytes.size()) != decode(role, bytes, piece_bytes)) std::abort();
    return 0;
}
