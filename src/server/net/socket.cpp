#include "server/net/socket.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace calldocker::server {
namespace {

IoResult result_of(ssize_t moved) {
    if (moved >= 0) return {IoStatus::done, static_cast<std::size_t>(moved)};
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return {IoStatus::again, 0};
    return {IoStatus::failed, 0};
}

}  // namespace

Socket::Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), tls_(std::move(other.tls_)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
    if (this == &other) return *this;
    close();
    descriptor_ = std::exchange(other.descriptor_, -1);
    tls_ = std::move(other.tls_);
    return *this;
}

Socket::~Socket() { close(); }

IoResult Socket::receive(std::span<char> into) {
    if (tls_) return tls_->receive(into);
    const IoResult result = result_of(::recv(descriptor_, into.data(), into.size(), 0));
    if (result.status == IoStatus::done && result.bytes == 0) return {IoStatus::ended, 0};
    return result;
}

IoResult Socket::send(std::string_view bytes) {
    if (tls_) return tls_->send(bytes);
    return result_of(::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
}

void Socket::shut_down_writing() {
    if (tls_) tls_->shut_down();
    ::shutdown(descriptor_, SHUT_WR);
}

void Socket::close() {
    tls_.reset();
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

}  // namespace calldocker::server
