#pragma once
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "server/net/tls.hpp"

namespace calldocker::server {

/// A connected, non-blocking TCP socket, with or without TLS. Owns the descriptor.
class Socket {
public:
    Socket() = default;
    explicit Socket(int descriptor, std::unique_ptr<TlsSession> tls = nullptr) : descriptor_(descriptor), tls_(std::move(tls)) {}
    Socket(Socket&& other) noexcept;
    Socket& operator=(Socket&& other) noexcept;
    ~Socket();

    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
    [[nodiscard]] IoResult receive(std::span<char> into);
    [[nodiscard]] IoResult send(std::string_view bytes);
    /// Tells the peer that nothing more will come. What was sent still arrives.
    void shut_down_writing();
    void close();
    /// Gives the descriptor away; without TLS only.
    [[nodiscard]] int release() { return std::exchange(descriptor_, -1); }

private:
    int descriptor_{-1};
    std::unique_ptr<TlsSession> tls_;
};

}  // namespace calldocker::server
