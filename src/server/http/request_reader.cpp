#include "server/http/request_reader.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <limits>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "server/http/chunked_body.hpp"
#include "server/http/headers.hpp"
#include "server/http/limits.hpp"

namespace calldocker::server::http {
namespace {

namespace beast = boost::beast;

constexpr Rejection malformed{400, "invalid", "the request is malformed"};

std::optional<Rejection> check_line(std::string_view line) {
    if (line.front() == ' ' || line.front() == '\t') return Rejection{400, "invalid", "folded header lines are not accepted"};
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return Rejection{400, "invalid", "a header line has no name"};
    const std::string_view name = line.substr(0, colon);
    if (!std::all_of(name.begin(), name.end(), is_token_char))
        return Rejection{400, "invalid", "a header name has characters that it may not have"};
    return std::nullopt;
}

std::size_t count(const Request& request, std::string_view name) {
    const auto is_named = [name](const Header& header) { return equal_ignoring_case(header.name, name); };
    return static_cast<std::size_t>(std::count_if(request.headers.begin(), request.headers.end(), is_named));
}

bool is_digits(std::string_view text) {
    return !text.empty() && text.size() <= 18 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What a head says of the body behind it.
struct Framing {
    bool is_chunked{};
    std::size_t bytes{};  ///< of a body that isn't chunked
    [[nodiscard]] bool has_body() const { return is_chunked || bytes > 0; }
};

// What decides where the body ends must be said once, and in one way.
tl::expected<Framing, Rejection> framing_of(const Request& request, bool is_http_1_1) {
    const auto refused = [](unsigned status, std::string_view code, std::string_view why) {
        return tl::unexpected(Rejection{status, code, why});
    };
    const std::size_t codings = count(request, "Transfer-Encoding");
    const std::size_t lengths = count(request, "Content-Length");
    const bool has_coding = codings > 0;
    if (lengths > 1) return refused(400, "invalid", "Content-Length is given more than once");
    if (lengths == 1) {
        if (has_coding) return refused(400, "invalid", "both Content-Length and Transfer-Encoding are given");
        const std::string_view length = request.header("Content-Length");
        if (!is_digits(length)) return refused(400, "invalid", "Content-Length is not a number");
        return Framing{.is_chunked = false, .bytes = std::stoull(std::string(length))};
    }
    if (!has_coding) return Framing{};
    if (!is_http_1_1) return refused(400, "invalid", "HTTP/1.0 has no Transfer-Encoding");
    if (codings > 1) return refused(400, "invalid", "Transfer-Encoding is given more than once");
    if (!equal_ignoring_case(request.header("Transfer-Encoding"), "chunked"))
        return refused(501, "unsupported", "this transfer coding is not supported");
    return Framing{.is_chunked = true, .bytes = 0};
}

std::optional<Rejection> check_host(const Request& request, bool is_http_1_1) {
    const std::size_t hosts = count(request, "Host");
    if (hosts > 1) return Rejection{400, "invalid", "Host is given more than once"};
    if (hosts == 0 && is_http_1_1) return Rejection{400, "invalid", "Host is missing"};
    const std::string_view host = request.header("Host");
    if (!is_authority(host)) return Rejection{400, "invalid", "Host is malformed"};
    return std::nullopt;
}

Rejection rejection_of(const beast::error_code& error) {
    if (error == beast::http::error::header_limit) return {431, "too_large", "the header is larger than accepted"};
    if (error == beast::http::error::bad_version) return {505, "unsupported", "only HTTP/1.1 and HTTP/1.0 are spoken here"};
    return malformed;
}

std::optional<std::string> decode_path(std::string_view raw) {
    std::string path;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '%') {
            path += raw[i];
            continue;
        }
        const auto digit = [](char c) -> int {
            if (c >= '0' && c <= '9') return c - '0';
            if (c >= 'a' && c <= 'f') return c - 'a' + 10;
            if (c >= 'A' && c <= 'F') return c - 'A' + 10;
            return -1;
        };
        if (i + 2 >= raw.size() || digit(raw[i + 1]) < 0 || digit(raw[i + 2]) < 0) return std::nullopt;
        path += static_cast<char>(digit(raw[i + 1]) * 16 + digit(raw[i + 2]));
        i += 2;
    }
    return path;
}

bool leaves_its_root(std::string_view path) {
    for (std::size_t start = 1; start <= path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const std::string_view segment = path.substr(start, end - start);
        if (segment == "." || segment == "..") return true;
        start = end + 1;
    }
    return false;
}

}  // namespace

std::variant<std::monostate, Rejection> check_head(std::string_view head) {
    std::size_t lines = 0;
    while (!head.empty()) {
        const std::size_t end = head.find('\n');
        if (end == std::string_view::npos) return malformed;
        if (end == 0 || head[end - 1] != '\r') return Rejection{400, "invalid", "lines end with CR LF"};
        const std::string_view line = head.substr(0, end - 1);
        if (std::any_of(line.begin(), line.end(), is_control)) return Rejection{400, "invalid", "the header has control characters"};
        if (lines > limits::fields_max) return Rejection{431, "too_large", "the header has too many fields"};
        if (lines == 0 && line.size() > limits::request_line_bytes_max)
            return Rejection{414, "too_large", "the address is longer than accepted"};
        if (lines == 0 && std::count(line.begin(), line.end(), ' ') != 2)
            return Rejection{400, "invalid", "the request line is not method, address and version"};
        if (lines > 0 && !line.empty()) {
            if (const auto rejection = check_line(line)) return *rejection;
        }
        ++lines;
        head.remove_prefix(end + 1);
    }
    return std::monostate{};
}

std::optional<Target> parse_target(std::string_view target) {
    Target result;
    if (target == "*") return Target{"*", {}, {}};
    if (!target.starts_with('/')) {
        const std::size_t scheme = target.find("://");
        if (scheme == std::string_view::npos) return std::nullopt;
        const std::string_view name = target.substr(0, scheme);
        if (!equal_ignoring_case(name, "http") && !equal_ignoring_case(name, "https") && !equal_ignoring_case(name, "ws") &&
            !equal_ignoring_case(name, "wss")) {
            return std::nullopt;
        }
        target.remove_prefix(scheme + 3);
        const std::size_t end = std::min(target.find_first_of("/?"), target.size());
        result.authority = target.substr(0, end);
        if (result.authority.empty() || !is_authority(result.authority)) return std::nullopt;
        target.remove_prefix(end);
    }
    if (target.find('#') != std::string_view::npos || target.find('\\') != std::string_view::npos) return std::nullopt;
    const std::size_t question = target.find('?');
    if (question != std::string_view::npos) result.query = target.substr(question + 1);
    const std::string_view raw = target.substr(0, question);
    auto path = raw.empty() ? std::optional<std::string>("/") : decode_path(raw);
    if (!path || leaves_its_root(*path) || path->find('\\') != std::string::npos) return std::nullopt;
    if (std::any_of(path->begin(), path->end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
        return std::nullopt;
    result.path = std::move(*path);
    return result;
}

struct RequestReader::Body {
    IncomingRequest incoming;
    std::optional<ChunkedBody> chunks;
    std::size_t missing{0};  // of a body that isn't chunked

    [[nodiscard]] bool is_complete() const { return chunks ? chunks->state() == ChunkedBody::State::complete : missing == 0; }
    /// @return how many of the bytes belong to the body
    std::size_t take(std::string_view bytes) {
        std::string& content = incoming.request.body;
        if (chunks) return chunks->take(bytes, content);
        const std::size_t taken = std::min(missing, bytes.size());
        content.append(bytes.substr(0, taken));
        missing -= taken;
        return taken;
    }
};

RequestReader::RequestReader(Limits limits) : limits_(std::move(limits)) {}
RequestReader::~RequestReader() = default;

std::size_t RequestReader::held_bytes() const { return pending_.size() + (body_ ? body_->incoming.request.body.size() : 0); }

RequestReader::Outcome RequestReader::next() { return body_ ? read_body() : read_head(); }

RequestReader::Outcome RequestReader::read_head() {
    // Empty lines before a request are tolerated (RFC 9112 §2.2), within the bound of a head.
    if (scanned_ == 0) {
        while (pending_.starts_with("\r\n")) pending_.erase(0, 2);
    }
    const std::size_t from = scanned_ < 3 ? 0 : scanned_ - 3;
    const std::size_t empty_line = pending_.find("\r\n\r\n", from);
    const std::size_t seen = empty_line == std::string::npos ? pending_.size() : empty_line + 4;
    // What is already wrong is said before the rest comes: a bare LF may be all that a peer means to send.
    for (std::size_t i = scanned_; i < seen; ++i) {
        if (pending_[i] == '\n' && (i == 0 || pending_[i - 1] != '\r')) return Rejection{400, "invalid", "lines end with CR LF"};
        if (pending_[i] == '\0') return Rejection{400, "invalid", "the header has control characters"};
    }
    const bool has_line = pending_.find("\r\n") < seen;
    if (!has_line && seen > limits::request_line_bytes_max) return Rejection{414, "too_large", "the address is longer than accepted"};
    if (seen > limits_.head_bytes_max) return Rejection{431, "too_large", "the header is larger than accepted"};
    if (empty_line == std::string::npos) {
        scanned_ = pending_.size();
        return NeedsMore{};
    }
    scanned_ = 0;
    const std::string_view head = std::string_view(pending_).substr(0, seen);
    const auto checked = check_head(head);
    if (const auto* rejection = std::get_if<Rejection>(&checked)) return *rejection;

    beast::http::request_parser<beast::http::empty_body> parser;  // of the head alone
    parser.header_limit(static_cast<std::uint32_t>(limits_.head_bytes_max + 1));
    parser.body_limit(std::numeric_limits<std::uint64_t>::max());
    parser.eager(false);
    beast::error_code error;
    parser.put(boost::asio::buffer(head), error);
    if (error && error != beast::http::error::need_more) {
        // Beast knows that a Content-Length beside a Transfer-Encoding is wrong, and other shapes of smuggling.
        return rejection_of(error);
    }
    if (!parser.is_header_done()) return malformed;
    const auto& message = parser.get();
    auto body = std::make_unique<Body>();
    IncomingRequest& incoming = body->incoming;
    Request& request = incoming.request;
    request.method = std::string(message.method_string());
    incoming.is_http_1_1 = message.version() == 11;
    incoming.keep_alive = message.keep_alive();
    for (const auto& field : message) request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    if (message.version() != 11 && message.version() != 10)
        return Rejection{505, "unsupported", "only HTTP/1.1 and HTTP/1.0 are spoken here"};
    if (const auto rejection = check_host(request, incoming.is_http_1_1)) return *rejection;
    const std::string_view target(message.target().data(), message.target().size());
    auto parsed = request.method == "CONNECT" ? std::nullopt : parse_target(target);
    if (!parsed || (parsed->path == "*" && request.method != "OPTIONS")) return Rejection{400, "invalid", "the address is malformed"};
    request.path = std::move(parsed->path);
    request.query = std::move(parsed->query);
    const auto framing = framing_of(request, incoming.is_http_1_1);
    if (!framing) return framing.error();
    bool wants_continue = false;
    if (const std::string_view expected = request.header("Expect"); !expected.empty()) {
        if (!equal_ignoring_case(expected, "100-continue")) return Rejection{417, "unsupported", "this expectation is not known"};
        wants_continue = incoming.is_http_1_1 && framing->has_body() && pending_.size() == seen;
    }
    if (framing->has_body()) {
        tl::expected<std::size_t, Response> bytes_max = limits_.body_bytes_max;
        if (limits_.admit_body) bytes_max = limits_.admit_body(request);
        if (!bytes_max) return std::move(bytes_max.error());
        if (framing->bytes > *bytes_max) return Rejection{413, "too_large", "the body is larger than accepted"};
        body->missing = framing->bytes;
        if (framing->is_chunked) body->chunks.emplace(*bytes_max, limits_.head_bytes_max);
    }
    pending_.erase(0, seen);
    body_ = std::move(body);
    if (wants_continue) return NeedsContinue{};
    return read_body();
}

RequestReader::Outcome RequestReader::read_body() {
    pending_.erase(0, body_->take(pending_));
    if (body_->chunks) {
        switch (body_->chunks->state()) {
            case ChunkedBody::State::needs_more:
            case ChunkedBody::State::complete: break;
            case ChunkedBody::State::malformed: return malformed;
            case ChunkedBody::State::too_large: return Rejection{413, "too_large", "the body is larger than accepted"};
            case ChunkedBody::State::framing_too_large:
                return Rejection{431, "too_large", "the framing of the chunks is larger than accepted"};
        }
    }
    if (!body_->is_complete()) return NeedsMore{};
    IncomingRequest incoming = std::move(body_->incoming);
    body_.reset();
    if (pending_.empty()) pending_.shrink_to_fit();
    return incoming;
}

}  // namespace calldocker::server::http
