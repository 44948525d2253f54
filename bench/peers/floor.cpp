// The least that a signalling server on Linux can cost: one epoll, our messages found by searching for their names, nothing checked,
// nothing parsed, nothing kept. What it takes is the kernel's, nearly all of it. A peer to measure ours against (tools/bench.sh
// peers), and nothing that may meet a network.
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace {

struct Peer {
    int fd{};
    bool is_open{};
    bool is_dirty{};
    bool waits_to_write{};
    std::string company, user;
    std::string in;  // of a message that was cut
    std::string out;
    std::vector<std::string> rooms;
};

int epoll = -1;
std::unordered_map<std::string, Peer*> users;               // by "company/user"
std::unordered_map<std::string, std::vector<Peer*>> rooms;  // by "company/room"
std::vector<Peer*> dirty;
std::vector<std::unique_ptr<Peer>> gone;

std::string_view value_of(std::string_view text, std::string_view name) {
    const auto at = text.find(name);
    if (at == std::string_view::npos) return {};
    const auto begin = at + name.size();
    return text.substr(begin, text.find('"', begin) - begin);
}

std::string decoded(std::string_view base64url) {
    std::string text;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : base64url) {
        const int value = c >= 'A' && c <= 'Z'   ? c - 'A'
                          : c >= 'a' && c <= 'z' ? c - 'a' + 26
                          : c >= '0' && c <= '9' ? c - '0' + 52
                          : c == '-'             ? 62
                                                 : 63;
        bits = bits << 6u | static_cast<std::uint32_t>(value);
        if ((count += 6) < 8) continue;
        count -= 8;
        text += static_cast<char>(bits >> static_cast<unsigned>(count));
    }
    return text;
}

void touch(Peer& peer) {
    if (peer.is_dirty) return;
    peer.is_dirty = true;
    dirty.push_back(&peer);
}

void say(Peer& peer, std::string_view text) {
    const std::size_t bytes = text.size();
    peer.out += '\x81';
    if (bytes < 126) {
        peer.out += static_cast<char>(bytes);
    } else {
        peer.out += '\x7e';
        peer.out += static_cast<char>(bytes >> 8u);
        peer.out += static_cast<char>(bytes);
    }
    peer.out += text;
    touch(peer);
}

constexpr std::string_view time_now = R"(,"timestamp":"2026-01-01T00:00:00.000Z"})";

/// The message as it came, with its sender: the receiver's copy differs in the fields that the load generator doesn't read.
std::string passed_on(const Peer& from, std::string_view text) {
    std::string out(text.substr(0, text.size() - 1));
    out += R"(,"fromUserId":")";
    out += from.user;
    out += '"';
    out += time_now;
    return out;
}

void handle(Peer& peer, std::string_view text) {
    const std::string_view type = value_of(text, R"("type":")");
    if (type == "ping") return say(peer, R"({"type":"pong","timestamp":"2026-01-01T00:00:00.000Z"})");
    if (type == "join_room") {
        const std::string room = peer.company + '/' + std::string(value_of(text, R"("roomId":")"));
        rooms[room].push_back(&peer);
        peer.rooms.push_back(room);
        return say(peer, R"({"type":"room_joined","timestamp":"2026-01-01T00:00:00.000Z"})");
    }
    const std::string_view target = value_of(text, type == "call_ended" ? R"("roomId":")" : R"("targetUserId":")");
    const std::string out = passed_on(peer, text);
    const std::string key = peer.company + '/' + std::string(target);
    if (const auto room = rooms.find(key); room != rooms.end()) {
        for (Peer* each : room->second) say(*each, out);
    } else if (const auto user = users.find(key); user != users.end()) {
        say(*user->second, out);
    }
    if (type == "webrtc_offer") say(peer, R"({"type":"offer_sent","timestamp":"2026-01-01T00:00:00.000Z"})");
    if (type == "webrtc_answer") say(peer, R"({"type":"answer_sent","timestamp":"2026-01-01T00:00:00.000Z"})");
}

void greet(Peer& peer, std::string_view request) {
    const std::string_view token = value_of(request, "token=");
    const auto first = token.find('.') + 1;
    const std::string claims = decoded(token.substr(first, token.find('.', first) - first));
    peer.user = value_of(claims, R"("id":")");
    peer.company = value_of(claims, R"("company_id":")");
    peer.is_open = true;
    users[peer.company + '/' + peer.user] = &peer;
    peer.out +=
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    say(peer, R"({"type":"connection_established","userId":")" + peer.user + R"(","role":"user","companyId":")" + peer.company + '"' +
                  std::string(time_now));
}

void leave(Peer* peer) {
    if (peer->fd < 0) return;
    ::close(std::exchange(peer->fd, -1));
    if (const auto user = users.find(peer->company + '/' + peer->user); user != users.end() && user->second == peer) users.erase(user);
    for (const std::string& room : peer->rooms) std::erase(rooms[room], peer);
    gone.emplace_back(peer);
}

/// @return how many bytes of `bytes` were used
std::size_t handle_frames(Peer& peer, char* bytes, std::size_t count) {
    std::size_t used = 0;
    while (count - used >= 6) {
        auto* frame = reinterpret_cast<unsigned char*>(bytes + used);
        std::size_t length = frame[1] & 0x7fu, header = 2;
        if (length == 126) {
            length = static_cast<std::size_t>(frame[2]) << 8u | frame[3];
            header = 4;
        }
        if (count - used < header + 4 + length) break;
        const unsigned char* key = frame + header;
        char* payload = bytes + used + header + 4;
        for (std::size_t i = 0; i < length; ++i) payload[i] = static_cast<char>(static_cast<unsigned char>(payload[i]) ^ key[i & 3u]);
        if ((frame[0] & 0x0fu) == 1) handle(peer, {payload, length});
        used += header + 4 + length;
    }
    return used;
}

void readable(Peer& peer) {
    static std::array<char, 65536> buffer;
    const ssize_t got = ::recv(peer.fd, buffer.data(), buffer.size(), 0);
    if (got <= 0) {
        if (got == 0 || errno != EAGAIN) leave(&peer);
        return;
    }
    const auto count = static_cast<std::size_t>(got);
    if (peer.is_open && peer.in.empty()) {
        const std::size_t used = handle_frames(peer, buffer.data(), count);
        peer.in.assign(buffer.data() + used, count - used);
        return;
    }
    peer.in.append(buffer.data(), count);
    if (peer.is_open) {
        peer.in.erase(0, handle_frames(peer, peer.in.data(), peer.in.size()));
    } else if (const auto end = peer.in.find("\r\n\r\n"); end != std::string::npos) {
        // A blank ends the token in the request line; value_of() looks for a quotation mark.
        std::string request = peer.in.substr(0, peer.in.find(" HTTP/")) + '"';
        peer.in.erase(0, end + 4);
        greet(peer, request);
        peer.in.erase(0, handle_frames(peer, peer.in.data(), peer.in.size()));
    }
}

void watch(int operation, int fd, std::uint32_t events, Peer* peer) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = peer;
    if (epoll_ctl(epoll, operation, fd, &event) != 0) std::abort();
}

void flush(Peer& peer) {
    if (peer.fd < 0 || peer.out.empty()) return;
    const ssize_t sent = ::send(peer.fd, peer.out.data(), peer.out.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return leave(&peer);
    peer.out.erase(0, sent > 0 ? static_cast<std::size_t>(sent) : 0);
    if (peer.out.empty() == !peer.waits_to_write) return;
    peer.waits_to_write = !peer.out.empty();
    watch(EPOLL_CTL_MOD, peer.fd, peer.waits_to_write ? EPOLLIN | EPOLLOUT : EPOLLIN, &peer);
}

}  // namespace

int main(int argc, char** argv) {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(argc == 2 ? std::atoi(argv[1]) : 0));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || ::listen(listener, 4096) != 0) return 1;
    epoll = epoll_create1(EPOLL_CLOEXEC);
    watch(EPOLL_CTL_ADD, listener, EPOLLIN, nullptr);
    std::array<epoll_event, 512> events{};
    for (;;) {
        const int count = epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            const epoll_event& event = events.at(static_cast<std::size_t>(i));
            auto* peer = static_cast<Peer*>(event.data.ptr);
            if (peer == nullptr) {
                for (int fd = 0; (fd = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
                    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                    auto* accepted = new Peer;
                    accepted->fd = fd;
                    watch(EPOLL_CTL_ADD, fd, EPOLLIN, accepted);
                }
                continue;
            }
            if (peer->fd >= 0 && (event.events & EPOLLOUT) != 0) touch(*peer);
            if (peer->fd >= 0 && (event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) readable(*peer);
        }
        for (Peer* peer : std::exchange(dirty, {})) {
            peer->is_dirty = false;
            flush(*peer);
        }
        gone.clear();
    }
}
