#include "server/net/listener.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/log.hpp"
#include "server/net/limits.hpp"

namespace calldocker::server {
namespace {

struct FreeAddresses {
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};

std::string words_for(int error) { return std::generic_category().message(error); }

tl::unexpected<Error> cannot_listen(int error, const std::string& place) {
    if (error == EADDRINUSE)
        return fail(ErrorCode::conflict, place + " is taken: another program listens there. Stop it, or choose another port.");
    if (error == EACCES)
        return fail(ErrorCode::forbidden, place + " needs a right that this program does not have. Choose a port above 1023.");
    if (error == EADDRNOTAVAIL)
        return fail(ErrorCode::invalid, place + " is no address of this machine. Use 0.0.0.0, :: or one of its own.");
    return fail(ErrorCode::unavailable, "cannot listen on " + place + ": " + words_for(error));
}

int open_spare() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }

}  // namespace

Result<std::unique_ptr<Listener>> Listener::open(Shard& shard, const std::string& host, std::uint16_t port, OnAccepted on_accepted) {
    const std::string place = host + " port " + std::to_string(port);
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICSERV | AI_PASSIVE;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found); error != 0) {
        return fail(ErrorCode::invalid, "'" + host + "' is no address and no name that resolves to one (" + ::gai_strerror(error) +
                                            "). Use 0.0.0.0, :: or an address of this machine.");
    }
    const std::unique_ptr<addrinfo, FreeAddresses> address(found);
    const int descriptor = ::socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return cannot_listen(errno, place);
    Socket owner(descriptor);
    const int on = 1;
    const int off = 0;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (address->ai_family == AF_INET6) ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    // Inherited by what is accepted: messages are written whole, so nothing is gained by waiting for more.
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::bind(descriptor, address->ai_addr, address->ai_addrlen) != 0) return cannot_listen(errno, place);
    if (::listen(descriptor, limits::listen_backlog) != 0) return cannot_listen(errno, place);

    sockaddr_storage bound{};
    socklen_t bound_bytes = sizeof bound;
    auto* const bound_address = reinterpret_cast<sockaddr*>(&bound);
    if (::getsockname(descriptor, bound_address, &bound_bytes) != 0) return cannot_listen(errno, place);
    const auto network_port = bound.ss_family == AF_INET ? reinterpret_cast<const sockaddr_in*>(&bound)->sin_port
                                                         : reinterpret_cast<const sockaddr_in6*>(&bound)->sin6_port;
    return std::unique_ptr<Listener>(new Listener(shard, owner.release(), ntohs(network_port), std::move(on_accepted)));
}

Listener::Listener(Shard& shard, int descriptor, std::uint16_t port, OnAccepted on_accepted)
    : shard_(shard), descriptor_(descriptor), spare_descriptor_(open_spare()), port_(port), on_accepted_(std::move(on_accepted)) {}

Listener::~Listener() {
    shard_.cancel(rest_timer_);
    if (descriptor_ >= 0) ::close(descriptor_);
    if (spare_descriptor_ >= 0) ::close(spare_descriptor_);
}

void Listener::start(std::unique_ptr<Listener> listener) {
    Listener& added = *listener;
    added.shard_.watch(std::move(listener), added.descriptor_, EPOLLIN);
}

void Listener::ready(std::uint32_t) {
    for (int i = 0; i < limits::accept_batch_max; ++i) {
        sockaddr_storage peer{};
        socklen_t peer_bytes = sizeof peer;
        auto* const peer_address = reinterpret_cast<sockaddr*>(&peer);
        const int accepted = ::accept4(descriptor_, peer_address, &peer_bytes, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (accepted >= 0) {
            took_one();
            on_accepted_(accepted, Address::from(*peer_address));
            continue;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK) return;
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            out_of_descriptors(errno);
            if (turn_one_away()) continue;
            rest();
            return;
        }
        // ECONNABORTED and the network's own errors (accept(2)): that connection is gone, the next may be fine.
        shard_.counters().accept_errors.add();
    }
}

void Listener::took_one() {
    shard_.counters().connections_accepted.add();
    if (!is_starved_ || shard_.steady_now() - starved_at_ < limits::starved_until_quiet_for) return;
    is_starved_ = false;
    log::info("listener.recovered", {{"port", port_}});
}

// Connections that come and go at the bound are short of descriptors again and again: one shortage, one line.
void Listener::out_of_descriptors(int error) {
    shard_.counters().accept_errors.add();
    starved_at_ = shard_.steady_now();
    if (std::exchange(is_starved_, true)) return;
    log::error("listener.starved", {{"port", port_},
                                    {"error", words_for(error)},
                                    {"remedy", "raise the limit of open files (LimitNOFILE= in the service unit, ulimit -n)"}});
}

// The connection would stay in the backlog and keep the listener ready for ever: it is taken with the descriptor kept
// for this, and closed. @return whether there may be more to take
bool Listener::turn_one_away() {
    if (spare_descriptor_ < 0) spare_descriptor_ = open_spare();
    if (spare_descriptor_ < 0) return false;
    ::close(std::exchange(spare_descriptor_, -1));
    const int turned_away = ::accept4(descriptor_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    const bool nothing_more = turned_away < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (turned_away >= 0) {
        ::close(turned_away);
        shard_.counters().count(Refusal::no_descriptors);
    }
    spare_descriptor_ = open_spare();  // another thread may have been quicker; then the next time finds none
    return turned_away >= 0 || nothing_more;
}

// A listener that is ready and cannot accept would turn the loop for nothing.
void Listener::rest() {
    if (rest_timer_.number != 0) return;
    shard_.change_interest(*this, descriptor_, 0);
    rest_timer_ = shard_.after(limits::starved_pause, [this] {
        rest_timer_ = {};
        shard_.change_interest(*this, descriptor_, EPOLLIN);
    });
}

void Listener::stop() {
    shard_.cancel(rest_timer_);
    shard_.forget(descriptor_);
    shard_.retire(*this);
    ::close(std::exchange(descriptor_, -1));
}

}  // namespace calldocker::server
