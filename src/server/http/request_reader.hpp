#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <variant>

#include "server/http/message.hpp"

namespace calldocker::server::http {

/// Why a request is refused before any handler sees it. The connection ends after the answer: it is no longer certain where the next
/// request would begin.
struct Rejection {
    unsigned status;
    std::string_view code;
    std::string_view detail;
};

/// A whole request, and what HTTP says about the connection it came on.
struct IncomingRequest {
    Request request;
    bool keep_alive{true};
    bool is_http_1_1{true};
};

/// Takes bytes, however they were cut, and finds requests in them. Strict: it refuses everything that two parsers could read in two ways
/// (both Content-Length and Transfer-Encoding, folded lines, bare LF, blanks before a colon, NUL; RFC 9112 §2.2, §5.1, §5.2, §6.1, §6.3).
class RequestReader {
public:
    struct Limits {
        std::size_t head_bytes_max;
        std::size_t body_bytes_max;
        /// Asked with each head that announces a body: the body's bound, or the answer to a request whose body isn't wanted.
        /// Unset: `body_bytes_max` for all.
        std::function<tl::expected<std::size_t, Response>(const Request& head)> admit_body{};
    };
    struct NeedsMore {};
    struct NeedsContinue {};  ///< answer 100 Continue, then feed on; said at most once per request
    /// A Response is what `admit_body` answered; the connection ends behind it, as behind a rejection.
    using Outcome = std::variant<NeedsMore, NeedsContinue, Rejection, Response, IncomingRequest>;

    explicit RequestReader(Limits limits);
    ~RequestReader();

    void feed(std::string_view bytes) { pending_.append(bytes); }
    /// The next finding in the bytes fed so far.
    [[nodiscard]] Outcome next();
    /// Whether a request has begun.
    [[nodiscard]] bool is_idle() const { return pending_.empty() && !body_; }
    /// The bytes that were fed and are not part of a request that next() returned.
    [[nodiscard]] std::string take_rest() { return std::move(pending_); }
    [[nodiscard]] std::size_t pending_bytes() const { return pending_.size(); }
    /// All bytes kept of requests that next() has not returned.
    [[nodiscard]] std::size_t held_bytes() const;

private:
    struct Body;
    [[nodiscard]] Outcome read_head();
    [[nodiscard]] Outcome read_body();

    Limits limits_;
    std::string pending_;
    std::size_t scanned_{0};      // of pending_: holds no end of a head
    std::unique_ptr<Body> body_;  // a head was read; its body is not complete
};

/// Checks the raw head of a request: lines, characters, numbers of fields.
/// @param head  up to and including the empty line
/// @return whether it may be parsed; otherwise why not
[[nodiscard]] std::variant<std::monostate, Rejection> check_head(std::string_view head);

/// The path and query of a request target (origin-form, absolute-form, or `*`).
struct Target {
    std::string path;
    std::string query;
    std::string authority;  ///< of absolute-form
};
/// @return nothing when the target is malformed, escapes its root, or decodes to control characters
[[nodiscard]] std::optional<Target> parse_target(std::string_view target);

}  // namespace calldocker::server::http
