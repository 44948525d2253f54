#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

struct ssl_ctx_st;
struct ssl_st;

namespace calldocker::server {

enum class IoStatus {
    done,         ///< `bytes` were moved
    again,        ///< nothing now; readiness to read (receive) or write (send) will tell
    wants_write,  ///< TLS only: nothing can be read before something of its own is written
    wants_read,   ///< TLS only: nothing can be written before something is read
    ended,        ///< the peer will send no more
    failed,       ///< the connection is broken
};

struct IoResult {
    IoStatus status{};
    std::size_t bytes{};
};

/// The TLS side of one connection. Non-blocking; any thread, one at a time.
class TlsSession {
public:
    TlsSession(ssl_ctx_st& context, int descriptor);
    [[nodiscard]] IoResult receive(std::span<char> into);
    [[nodiscard]] IoResult send(std::string_view bytes);
    /// Says close_notify, as far as it goes.
    void shut_down();

private:
    struct Free {
        void operator()(ssl_st* session) const;
    };
    [[nodiscard]] IoResult result_of(int returned, bool receiving) const;
    std::unique_ptr<ssl_st, Free> session_;
};

/// Certificate, key and parameters. TLS 1.2 and 1.3, session tickets, ALPN http/1.1.
class TlsContext {
public:
    /// @errors invalid (a file that cannot be read, is no PEM, or a key that does not fit); the detail names the file
    static Result<TlsContext> load(const std::string& certificate_file, const std::string& key_file);
    [[nodiscard]] std::unique_ptr<TlsSession> accept(int descriptor) const;

private:
    explicit TlsContext(std::shared_ptr<ssl_ctx_st> context) : context_(std::move(context)) {}
    std::shared_ptr<ssl_ctx_st> context_;
};

}  // namespace calldocker::server
