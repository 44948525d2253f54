#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

/// HTTP requests and responses as values. Parsing and sending them is the connection's business.
namespace calldocker::server::http {

struct Header {
    std::string name, value;
    friend bool operator==(const Header&, const Header&) = default;
};

struct Request {
    std::string method;
    std::string path;   ///< begins with '/', percent-decoded, without the query; paths that cannot be decoded were refused before
    std::string query;  ///< raw, without '?'
    std::vector<Header> headers;
    std::string body;
    std::string peer;  ///< the other end's address, for log lines
    bool secure{};     ///< came over TLS

    /// @return the value of the first header of that name, whatever its case; empty if there is none
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

struct Response {
    unsigned status{200};
    std::vector<Header> headers;  ///< without Content-Length, Connection and Date: those are the connection's
    std::string body;
    std::shared_ptr<const std::string> file;  ///< instead of `body`: bytes that many responses share
    std::size_t file_offset{}, file_bytes{};  ///< the part of `file` that is sent
    bool close{};                             ///< end the connection behind this response

    /// The bytes to send, except for a HEAD request. Content-Length is their number either way.
    [[nodiscard]] std::string_view content() const {
        return file ? std::string_view(*file).substr(file_offset, file_bytes) : std::string_view(body);
    }
    Response& add(std::string name, std::string value) {
        headers.push_back({std::move(name), std::move(value)});
        return *this;
    }
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// Takes the answer to one request. Called exactly once, on the request's shard, at once or later.
using Respond = std::function<void(Response)>;

/// The bound of a request's body, and how long it may take to arrive.
struct BodyAllowance {
    std::size_t bytes_max{};
    std::chrono::milliseconds time{};
};

struct Handler {
    virtual ~Handler() = default;
    /// Asked when the head of a request has come whose body is yet to be read: may its sender send one at all?
    /// @return nothing: a small one, as from anybody (limits::open_body_bytes_max); or the answer to a request whose body isn't wanted; the
    ///     connection ends after it
    [[nodiscard]] virtual tl::expected<std::optional<BodyAllowance>, Response> admit_body(const Request& /*head*/) const {
        return std::nullopt;
    }
    /// `request` may not be used after this returns.
    virtual void handle(const Request& request, Respond respond) = 0;
};

/// @return the standard phrase, such as "Not Found"; "Error" for a status that we do not use
[[nodiscard]] std::string_view reason_phrase(unsigned status);

/// @return an HTTP date (RFC 9110 §5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT"
[[nodiscard]] std::string http_date(long long unix_seconds);
/// @return Unix seconds; `otherwise` for a text that is not in that (the preferred) form
[[nodiscard]] long long parse_http_date(std::string_view text, long long otherwise);

[[nodiscard]] Response text_response(unsigned status, std::string body);
[[nodiscard]] Response json_response(unsigned status, std::string body);

}  // namespace calldocker::server::http
