#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "server/http/request_reader.hpp"

using namespace calldocker::server::http;

namespace {

/// What a connection would make of the bytes, as text that can be compared: each request, then how it ended.
std::string meaning(std::string_view bytes, std::size_t piece) {
    RequestReader reader({.head_bytes_max = 2048, .body_bytes_max = 2048});
    std::string said;
    while (true) {
        const auto outcome = reader.next();
        if (const auto* incoming = std::get_if<IncomingRequest>(&outcome)) {
            const Request& request = incoming->request;
            if (request.path.empty() || request.path.front() != '/') std::abort();
            if (("/" + request.path + "/").find("/../") != std::string::npos) std::abort();
            said += request.method + ' ' + request.path + ' ' + request.body + '\n';
            if (!incoming->keep_alive) return said;
        } else if (const auto* rejection = std::get_if<Rejection>(&outcome)) {
            if (rejection->status < 400 || rejection->status > 599) std::abort();
            return said + std::to_string(rejection->status);
        } else if (std::holds_alternative<RequestReader::NeedsMore>(outcome)) {
            if (bytes.empty()) return said;
            reader.feed(bytes.substr(0, piece));
            bytes.remove_prefix(std::min(piece, bytes.size()));
        }
    }
}

}  // namespace

// However the bytes were cut, they mean the same requests.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    if (size == 0) return 0;
    // A refusal may come a piece earlier or later, and with it another reason; the requests before it may not differ.
    const std::string whole = meaning(bytes, size), cut = meaning(bytes, 7);
    const std::string a = whole.substr(0, whole.rfind('\n') + 1), b = cut.substr(0, cut.rfind('\n') + 1);
    if (a != b) std::abort();
    return 0;
}
