#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "protocol/websocket/handshake.hpp"

using namespace calldocker::protocol::websocket;

// The input's lines are the header values.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest{reinterpret_cast<const char*>(data), size};
    const auto line = [&rest] {
        const std::string_view taken = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), taken.size() + 1));
        return taken;
    };
    UpgradeHeaders headers;
    headers.connection = line();
    headers.upgrade = line();
    headers.version = line();
    headers.key = line();
    const auto accepted = accept_upgrade(headers);
    if (accepted && accepted->size() != 28) std::abort();
    if (!accepted && accepted.error().status != 400 && accepted.error().status != 426) std::abort();
    if (offers_protocol(line(), "calldocker.v2") && size < 13) std::abort();
    return 0;
}
