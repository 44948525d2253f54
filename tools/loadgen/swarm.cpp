#include "swarm.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace calldocker::loadgen {
namespace ws = protocol::websocket;

namespace {

constexpr ws::MaskingKey masking_key{0x12, 0x34, 0x56, 0x78};  // loopback load: unpredictability would only cost

void watch(int epoll, int operation, int fd, std::uint32_t events, Client* client) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = client;
    if (epoll_ctl(epoll, operation, fd, &event) != 0) throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

}  // namespace

void Client::send(std::string_view text) {
    if (state_ != State::open) return;
    ws::append_masked_text(out_, text, masking_key);
    if (dirty_) return;
    dirty_ = true;
    swarm_->dirty_.push_back(this);
}

void Client::vanish() { swarm_->close(*this); }

Swarm::Swarm(Endpoint endpoint) : endpoint_(std::move(endpoint)), epoll_(epoll_create1(EPOLL_CLOEXEC)), buffer_(256u * 1024u) {
    if (!endpoint_.host.starts_with("127.")) throw std::runtime_error("load is sent to loopback only, not to " + endpoint_.host);
    if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

Swarm::~Swarm() {
    for (const auto& client : clients_)
        if (client->fd_ >= 0) ::close(client->fd_);
    ::close(epoll_);
}

Client& Swarm::connect(const std::string& token) {
    clients_.push_back(std::make_unique<Client>());
    Client& client = *clients_.back();
    client.swarm_ = this;
    client.fd_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (client.fd_ < 0) throw std::system_error(errno, std::generic_category(), "socket");
    const int on = 1;
    setsockopt(client.fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(endpoint_.port);
    inet_pton(AF_INET, endpoint_.host.c_str(), &address.sin_addr);
    if (::connect(client.fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 && errno != EINPROGRESS)
        throw std::system_error(errno, std::generic_category(), "connect");
    client.state_ = Client::State::connecting;
    client.out_ = fmt::format(
        "GET /?token={} HTTP/1.1\r\nHost: {}:{}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
        token, endpoint_.host, endpoint_.port);
    watch(epoll_, EPOLL_CTL_ADD, client.fd_, EPOLLIN | EPOLLOUT, &client);
    client.waits_to_write_ = true;
    return client;
}

std::vector<Client*> Swarm::connect_all(std::size_t count, const std::function<std::string(std::size_t)>& token) {
    std::vector<Client*> all;
    std::size_t settled = 0;
    const auto advance = [&] {
        while (settled < all.size() && all[settled]->open()) ++settled;
        if (settled < all.size() && all[settled]->closed()) throw std::runtime_error("a connection was refused");
        while (all.size() < count && all.size() - settled < 128) all.push_back(&connect(token(all.size())));
        return settled == count;
    };
    if (!run(advance, std::chrono::seconds(60))) throw std::runtime_error("connecting took too long");
    return all;
}

bool Swarm::run(const std::function<bool()>& done, std::chrono::milliseconds limit) {
    const auto deadline = Clock::now() + limit;
    while (!done()) {
        if (Clock::now() >= deadline) return false;
        for (Client* client : std::exchange(dirty_, {})) {
            client->dirty_ = false;
            flush(*client);
        }
        turn(5);
    }
    return true;
}

void Swarm::turn(int wait_ms) {
    std::array<epoll_event, 512> events{};
    const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), wait_ms);
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        Client& client = *static_cast<Client*>(event.data.ptr);
        if (client.fd_ < 0) continue;
        if ((event.events & EPOLLOUT) != 0) {
            if (client.state_ == Client::State::connecting) client.state_ = Client::State::handshaking;
            flush(client);
        }
        if (client.fd_ >= 0 && (event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) readable(client);
    }
}

void Swarm::flush(Client& client) {
    if (client.fd_ < 0) return;
    while (!client.out_.empty()) {
        const auto sent = ::send(client.fd_, client.out_.data(), client.out_.size(), MSG_NOSIGNAL);
        if (sent > 0) {
            client.out_.erase(0, static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN) {
            break;
        } else {
            close(client);
            return;
        }
    }
    const bool waits = !client.out_.empty();
    if (waits != client.waits_to_write_) {
        watch(epoll_, EPOLL_CTL_MOD, client.fd_, waits ? EPOLLIN | EPOLLOUT : EPOLLIN, &client);
        client.waits_to_write_ = waits;
    }
}

void Swarm::readable(Client& client) {
    const auto received = recv(client.fd_, buffer_.data(), buffer_.size(), 0);
    if (received <= 0) {
        if (received < 0 && errno == EAGAIN) return;
        close(client);
        return;
    }
    std::span<char> unread(buffer_.data(), static_cast<std::size_t>(received));
    if (client.state_ == Client::State::handshaking) {
        client.handshake_.append(unread.data(), unread.size());
        const auto end = client.handshake_.find("\r\n\r\n");
        if (end == std::string::npos) return;
        if (!client.handshake_.starts_with("HTTP/1.1 101")) {
            close(client);
            return;
        }
        const std::size_t behind = client.handshake_.size() - end - 4;
        unread = unread.subspan(unread.size() - behind);
        client.handshake_ = {};
        client.state_ = Client::State::open;
    }
    while (client.fd_ >= 0) {
        const auto event = client.decoder_.next(unread);
        if (!event) break;
        if (const auto* text = std::get_if<ws::Text>(&*event)) {
            if (client.on_text) client.on_text(text->text);
        } else if (const auto* ping = std::get_if<ws::Ping>(&*event)) {
            ws::append_masked_pong(client.out_, ping->payload, masking_key);
            flush(client);
        } else if (!std::holds_alternative<ws::Pong>(*event)) {
            close(client);
        }
    }
}

void Swarm::close(Client& client) {
    if (client.fd_ < 0) return;
    ::close(client.fd_);
    client.fd_ = -1;
    client.state_ = Client::State::closed;
    if (client.on_closed) client.on_closed();
}

}  // namespace calldocker::loadgen
