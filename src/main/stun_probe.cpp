#include "main/stun_probe.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <system_error>

#include "adapters/system/system.hpp"

namespace calldocker::main {
namespace {

constexpr std::string_view magic_cookie("\x21\x12\xa4\x42", 4);
constexpr std::size_t header_bytes = 20;
constexpr std::chrono::milliseconds repeat_after{500};  // RFC 8489 §6.2.1: the first retransmission

using Clock = std::chrono::steady_clock;

class Socket {
public:
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    ~Socket() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    [[nodiscard]] int get() const { return descriptor_; }

private:
    int descriptor_;
};

bool wait_for(int socket, short events, Clock::time_point until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd waiting{socket, events, 0};
    return left > 0 && poll(&waiting, 1, static_cast<int>(left)) > 0;
}

Error unreachable(int error) { return {ErrorCode::unavailable, std::generic_category().message(error)}; }

Result<> connect_within(const Socket& socket, const addrinfo& address, Clock::time_point deadline) {
    if (connect(socket.get(), address.ai_addr, address.ai_addrlen) == 0) return {};
    if (errno != EINPROGRESS) return fail(unreachable(errno));
    if (!wait_for(socket.get(), POLLOUT, deadline)) return fail(ErrorCode::unavailable, "no connection within the deadline");
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
    if (error != 0) return fail(unreachable(error));
    return {};
}

/// @param repeat  whether a request may get lost and has to be sent again (UDP)
Result<> exchange(const Socket& socket, bool repeat, Clock::time_point deadline) {
    const std::string transaction = adapters::random_bytes(12);
    const std::string request = binding_request(transaction);
    std::string received;
    std::array<char, 2'048> buffer{};
    while (Clock::now() < deadline) {
        if ((repeat || received.empty()) && send(socket.get(), request.data(), request.size(), MSG_NOSIGNAL) < 0)
            return fail(unreachable(errno));
        const auto until = repeat ? std::min(deadline, Clock::now() + repeat_after) : deadline;
        while (wait_for(socket.get(), POLLIN, until)) {
            const ssize_t got = recv(socket.get(), buffer.data(), buffer.size(), 0);
            if (got <= 0) return fail(unreachable(got == 0 ? ECONNRESET : errno));
            if (repeat) received.clear();
            received.append(buffer.data(), static_cast<std::size_t>(got));
            if (is_binding_response(received, transaction)) return {};
            if (received.size() > buffer.size()) return fail(ErrorCode::unavailable, "it answers something that is not STUN");
        }
        if (!repeat) break;
    }
    return fail(ErrorCode::unavailable, "no answer within the deadline");
}

}  // namespace

std::optional<IceUrl> parse_ice_url(std::string_view url) {
    const std::size_t colon = url.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view scheme = url.substr(0, colon);
    IceUrl parsed;
    parsed.tls = scheme == "stuns" || scheme == "turns";
    if (!parsed.tls && scheme != "stun" && scheme != "turn") return std::nullopt;
    std::string_view rest = url.substr(colon + 1);
    const std::size_t question = std::min(rest.find('?'), rest.size());
    const std::string_view query = rest.substr(question);
    if (!query.empty() && query != "?transport=udp" && query != "?transport=tcp") return std::nullopt;
    parsed.tcp = parsed.tls || query == "?transport=tcp";
    rest = rest.substr(0, question);
    const std::size_t host_end = rest.starts_with('[') ? rest.find(']') : std::min(rest.find(':'), rest.size());
    if (host_end == std::string_view::npos) return std::nullopt;
    const bool bracketed = rest.starts_with('[');
    parsed.host = bracketed ? rest.substr(1, host_end - 1) : rest.substr(0, host_end);
    rest.remove_prefix(bracketed ? host_end + 1 : host_end);
    parsed.port = parsed.tls ? "5349" : "3478";
    if (!rest.empty()) {
        if (!rest.starts_with(':') || rest.size() < 2 || rest.size() > 6 ||
            rest.find_first_not_of("0123456789", 1) != std::string_view::npos)
            return std::nullopt;
        parsed.port = rest.substr(1);
    }
    if (parsed.host.empty()) return std::nullopt;
    return parsed;
}

std::string binding_request(std::string_view transaction) {
    return std::string("\x00\x01\x00\x00", 4).append(magic_cookie).append(transaction);
}

bool is_binding_response(std::string_view bytes, std::string_view transaction) {
    return bytes.size() >= header_bytes && bytes.starts_with("\x01\x01") && bytes.substr(4, 4) == magic_cookie &&
           bytes.substr(8, 12) == transaction;
}

Result<std::string> probe_stun(const std::string& url, std::chrono::milliseconds deadline) {
    const auto target = parse_ice_url(url);
    if (!target) return fail(ErrorCode::invalid, "not a STUN or TURN URL");
    addrinfo hints{};
    hints.ai_socktype = target->tcp ? SOCK_STREAM : SOCK_DGRAM;
    addrinfo* found = nullptr;
    if (const int error = getaddrinfo(target->host.c_str(), target->port.c_str(), &hints, &found); error != 0)
        return fail(ErrorCode::unavailable, gai_strerror(error));
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(found, &freeaddrinfo);
    const Socket socket(::socket(found->ai_family, hints.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (socket.get() < 0) return fail(unreachable(errno));
    const auto until = Clock::now() + deadline;
    if (const auto connected = connect_within(socket, *found, until); !connected) return fail(connected.error());
    if (target->tls) return "accepts connections";
    if (const auto answered = exchange(socket, !target->tcp, until); !answered) return fail(answered.error());
    return target->tcp ? "answers over TCP" : "answers over UDP";
}

}  // namespace calldocker::main
