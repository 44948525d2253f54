#include "server/http/http_connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.hpp"
#include "protocol/websocket/handshake.hpp"
#include "server/http/forwarded.hpp"
#include "server/http/limits.hpp"
#include "server/http/problem.hpp"
#include "server/net/pending_websocket.hpp"

namespace calldocker::server::http {
namespace {

namespace websocket = protocol::websocket;

constexpr std::string_view subprotocol = "calldocker.v2";

std::string joined(const Request& request, std::string_view name) {
    std::string all;
    for (const Header& header : request.headers) {
        if (!equal_ignoring_case(header.name, name)) continue;
        if (!all.empty()) all += ", ";
        all += header.value;
    }
    return all;
}

void append_head(std::string& out, const Response& response, bool keep_alive, Instant now) {
    auto to = std::back_inserter(out);
    fmt::format_to(to, "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status, reason_phrase(response.status),
                   http_date(to_unix_ms(now) / 1000));
    for (const Header& header : response.headers) fmt::format_to(to, "{}: {}\r\n", header.name, header.value);
    const bool has_content = response.status != 204 && response.status != 304;
    if (has_content) fmt::format_to(to, "Content-Length: {}\r\n", response.content().size());
    const bool is_upgrade = !response.header("Upgrade").empty();
    fmt::format_to(to, "Connection: {}{}\r\n\r\n", keep_alive ? "keep-alive" : "close", is_upgrade ? ", Upgrade" : "");
}

Response upgrade_required(Response response) {
    response.add("Upgrade", "websocket").add("Sec-WebSocket-Version", "13");
    return response;
}

}  // namespace

HttpConnection::HttpConnection(const Reception& reception, Carried carried)
    : Connection(reception.websockets.shard, std::move(carried)),
      reception_(reception),
      reader_({.head_bytes_max = reception.websockets.settings.request_head_bytes_max,
               .body_bytes_max = reception.websockets.settings.request_body_bytes_max,
               .admit_body = [this](const Request& head) { return admit_body(head); }}),
      is_secure_(reception.secure) {
    wait(Waits::for_first_request);
}

HttpConnection::~HttpConnection() {
    shard().unfinished_bytes -= held_bytes_;
    shard().cancel(deadline_);
    if (slot_) slot_->connection = nullptr;
}

void HttpConnection::open(const Reception& reception, Carried carried) {
    start_watching(std::make_unique<HttpConnection>(reception, std::move(carried)));
}

void HttpConnection::turn_away(const Reception& reception, Carried carried, unsigned status, std::string_view why) {
    auto owned = std::make_unique<HttpConnection>(reception, std::move(carried));
    HttpConnection& connection = *owned;
    start_watching(std::move(owned));
    Response response = problem(status, "overloaded", why);
    response.add("Retry-After", "1");
    connection.refuse(std::move(response));
}

void HttpConnection::received(std::string_view bytes) {
    reader_.feed(bytes);
    process();
    if (is_open() && !sending_ && held_bytes_ > limits::pipeline_bytes_max && shard().unfinished_bytes > limits::unfinished_bytes_max) {
        if (slot_) return drop();  // what it asked before is not answered yet, and answers come in order
        Response response = problem(503, "overloaded", "too much is being sent to the server at once");
        response.add("Retry-After", "5");
        return refuse(std::move(response));
    }
    if (is_open() && (slot_ || sending_) && reader_.pending_bytes() > limits::pipeline_bytes_max) pause_reading(true);
}

void HttpConnection::process() {
    if (std::exchange(processing_, true)) return;  // an answer given at once comes back here through answer()
    while (is_open() && !slot_ && !sending_) {
        auto outcome = reader_.next();
        if (std::holds_alternative<RequestReader::NeedsMore>(outcome)) {
            if (peer_has_finished_) {
                finish();
            } else if (!reader_.is_idle() && waits_ == Waits::for_request) {
                wait(Waits::for_rest);
            }
            break;
        }
        if (std::holds_alternative<RequestReader::NeedsContinue>(outcome)) {
            write("HTTP/1.1 100 Continue\r\n\r\n");
        } else if (const auto* rejection = std::get_if<Rejection>(&outcome)) {
            reject(*rejection);
        } else if (auto* response = std::get_if<Response>(&outcome)) {
            refuse(std::move(*response));
        } else {
            accept(std::move(std::get<IncomingRequest>(outcome)));
        }
    }
    processing_ = false;
    account();
}

void HttpConnection::account() {
    // Small ones don't count: those whose bodies were let in must not lose their space to those who may send nothing larger.
    const std::size_t held = reader_.held_bytes();
    shard().unfinished_bytes -= std::exchange(held_bytes_, held > limits::pipeline_bytes_max ? held : 0);
    shard().unfinished_bytes += held_bytes_;
}

tl::expected<std::size_t, Response> HttpConnection::admit_body(const Request& head) {
    const std::size_t otherwise = std::min(limits::open_body_bytes_max, reception_.websockets.settings.request_body_bytes_max);
    if (reception_.handler == nullptr) return otherwise;
    note_security(head);
    auto allowance = reception_.handler->admit_body(head);
    if (!allowance) return tl::unexpected(std::move(allowance.error()));
    if (!*allowance) return otherwise;
    wait(Waits::for_rest, (*allowance)->time);
    return (*allowance)->bytes_max;
}

void HttpConnection::note_security(const Request& head) {
    is_secure_ = reception_.secure || came_by_https(address(), reception_.websockets.settings.trusted_proxies, head);
}

void HttpConnection::accept(IncomingRequest incoming) {
    Request& request = incoming.request;
    const auto& proxies = reception_.websockets.settings.trusted_proxies;
    const bool behind_proxy = is_in_any(address(), proxies);
    const bool wants_upgrade = may_upgrade(request) && websocket::wants_websocket(joined(request, "Upgrade"));
    const Caller caller{client_address(address(), proxies, request), behind_proxy && wants_upgrade};
    request.peer = std::string(caller.address.text());
    note_security(request);
    request.secure = is_secure_;
    keep_alive_ = incoming.keep_alive;
    is_head_ = request.method == "HEAD";
    const AddressHome home = reception_.home_of(caller.address);
    if (&home.shard == &shard() || home.guard.is_off()) {
        go_on(incoming, count(home, caller));
    } else {
        count_elsewhere(home, caller, std::move(incoming));
    }
}

HttpConnection::Verdict HttpConnection::count(const AddressHome& home, const Caller& caller) {
    Verdict verdict;
    if (home.guard.is_off()) {
        if (caller.takes_a_place) verdict.lease.emplace(caller.address, nullptr);
        return verdict;
    }
    const SteadyTime now = home.shard.steady_now();
    verdict.within_rate = home.guard.request(caller.address, now);
    if (!verdict.within_rate || !caller.takes_a_place) return verdict;
    verdict.connection = home.guard.enter(caller.address, now);
    if (verdict.connection == AddressGuard::Verdict::welcome) verdict.lease.emplace(caller.address, &home.give_back);
    return verdict;
}

// The slot keeps later requests waiting, as for a handler that answers late. A connection that ends meanwhile leaves its
// place by the lease.
void HttpConnection::count_elsewhere(const AddressHome& home, const Caller& caller, IncomingRequest incoming) {
    slot_ = std::make_shared<Slot>(Slot{this});
    wait(Waits::for_answer);
    home.shard.post([home, &here = shard(), caller, slot = slot_, incoming = std::move(incoming)]() mutable {
        here.post([slot = std::move(slot), incoming = std::move(incoming), verdict = count(home, caller)]() mutable {
            HttpConnection* const connection = slot->connection;
            if (connection == nullptr || !connection->is_open() || connection->sending_) return;
            slot->connection = nullptr;
            connection->slot_.reset();
            connection->go_on(incoming, std::move(verdict));
        });
    });
}

void HttpConnection::go_on(const IncomingRequest& incoming, Verdict verdict) {
    const Request& request = incoming.request;
    const bool is_welcome = verdict.connection == AddressGuard::Verdict::welcome;
    if (!is_welcome) shard().counters().count(refusal_of(verdict.connection));
    if (!verdict.within_rate || !is_welcome) {
        Response response =
            problem(429, "overloaded", is_welcome ? "too many requests from this address" : "too many connections from this address");
        response.add("Retry-After", "1");
        refuse(std::move(response));
        return;
    }
    if (may_upgrade(request) && websocket::wants_websocket(joined(request, "Upgrade"))) {
        if (incoming.is_http_1_1 && request.method == "GET") {
            upgrade(request, std::move(verdict.lease));
        } else {
            refuse(problem(400, "invalid", "a WebSocket begins with GET over HTTP/1.1"));
        }
        return;
    }
    slot_ = std::make_shared<Slot>(Slot{this});
    wait(Waits::for_answer);
    if (may_upgrade(request)) {
        answer_on_websocket_port(request);
        return;
    }
    reception_.handler->handle(request, [slot = slot_](Response response) {
        if (slot->connection != nullptr && !std::exchange(slot->used, true)) slot->connection->answer(std::move(response));
    });
}

void HttpConnection::answer_on_websocket_port(const Request& request) {
    Response response;
    if (request.method == "GET" || request.method == "HEAD") {
        response = upgrade_required(
            text_response(426, "This is CallDocker's signalling port. It speaks WebSocket (RFC 6455), and pages open it by script.\n"));
    } else if (request.method == "OPTIONS") {
        response.status = 204;
        response.add("Allow", "GET, HEAD, OPTIONS");
    } else {
        response = problem(405, "method_not_allowed", "this address answers GET, HEAD, OPTIONS");
        response.add("Allow", "GET, HEAD, OPTIONS");
    }
    add_security_headers(response, is_secure_);
    answer(std::move(response));
}

void HttpConnection::upgrade(const Request& request, std::optional<AddressLease> lease) {
    const std::string_view origin = request.header("Origin");
    const bool is_restricted = !reception_.origins.allowed.empty() && !origin.empty();
    const bool is_own = is_own_origin(origin, request.header("Host"), reception_.handler == nullptr);
    if (is_restricted && !is_own && !reception_.origins.allows(origin)) {
        refuse(problem(403, "forbidden", "pages of this origin may not connect"));
        return;
    }
    const std::string connection = joined(request, "Connection");
    const std::string upgrade_to = joined(request, "Upgrade");
    const std::string version = joined(request, "Sec-WebSocket-Version");
    const std::string key = joined(request, "Sec-WebSocket-Key");
    const auto accepted = websocket::accept_upgrade({.connection = connection, .upgrade = upgrade_to, .version = version, .key = key});
    if (!accepted) {
        const auto& refusal = accepted.error();
        Response response = problem(refusal.status, "invalid", refusal.reason);
        refuse(refusal.status == 426 ? upgrade_required(std::move(response)) : std::move(response));
        return;
    }
    const UpgradeRequest asked{.query = request.query,
                               .offers_version_2 = websocket::offers_protocol(joined(request, "Sec-WebSocket-Protocol"), subprotocol),
                               .peer = request.peer};
    Admission admission = reception_.websockets.acceptor.admit(asked, shard().now());

    auto to = std::back_inserter(output());
    fmt::format_to(to, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {}\r\n",
                   *accepted);
    if (admission.version_2) fmt::format_to(to, "Sec-WebSocket-Protocol: {}\r\n", subprotocol);
    output().append("\r\n");
    shard().counters().upgrades.add();
    shard().cancel(deadline_);
    Carried carried = carry_away(reader_.take_rest());
    if (lease) carried.lease = std::move(*lease);
    if (admission.refused) {
        WebSocketConnection::refuse(reception_.websockets, std::move(carried), admission.close_code, admission.close_reason);
        return;
    }
    if (admission.asks_who) {
        PendingWebSocket::open(reception_.websockets, std::move(carried));
    } else {
        WebSocketConnection::open_at_home(reception_.websockets, std::move(carried), std::move(admission));
    }
}

void HttpConnection::reject(const Rejection& rejection) { refuse(problem(rejection.status, rejection.code, rejection.detail)); }

void HttpConnection::refuse(Response response) {
    response.close = true;
    add_security_headers(response, is_secure_);
    answer(std::move(response));
}

void HttpConnection::answer(Response response) {
    if (!is_open() || sending_) return;
    keep_alive_ = keep_alive_ && !response.close;
    const std::size_t status_class = std::min<std::size_t>(response.status / 100, 5);
    shard().counters().http_responses.at(status_class).add();
    append_head(output(), response, keep_alive_, shard().now());
    response_ = std::move(response);
    sent_of_body_ = is_head_ || response_.status == 204 || response_.status == 304 ? response_.content().size() : 0;
    sending_ = true;
    wait(Waits::for_reader);
    send_piece();
}

void HttpConnection::send_piece() {
    const std::string_view piece = response_.content().substr(sent_of_body_, limits::body_piece_bytes);
    output().append(piece);
    sent_of_body_ += piece.size();
}

void HttpConnection::drained() {
    if (!sending_) return;
    if (sent_of_body_ < response_.content().size()) {
        wait(Waits::for_reader);
        send_piece();
        return;
    }
    answer_is_complete();
}

void HttpConnection::answer_is_complete() {
    sending_ = false;
    response_ = {};
    if (slot_) slot_->connection = nullptr;
    slot_.reset();
    is_head_ = false;
    if (!keep_alive_) {
        shard().cancel(deadline_);
        finish();
        return;
    }
    wait(reader_.is_idle() ? Waits::for_request : Waits::for_rest);
    pause_reading(false);
    process();
}

void HttpConnection::peer_finished() {
    peer_has_finished_ = true;
    // A peer may close its half behind its request and still wait for the answer.
    if (!slot_ && !sending_) drop();
}

void HttpConnection::ended() {
    shard().cancel(deadline_);
    if (slot_) slot_->connection = nullptr;
    slot_.reset();
}

void HttpConnection::wait(Waits what) {
    const auto& settings = reception_.websockets.settings;
    const bool patient = what == Waits::for_request || what == Waits::for_reader;
    wait(what, patient ? settings.keep_alive_timeout : settings.handshake_timeout);
}

void HttpConnection::wait(Waits what, std::chrono::milliseconds time) {
    shard().cancel(deadline_);
    waits_ = what;
    deadline_ = shard().after(time, [this] {
        deadline_ = {};
        timed_out();
    });
}

void HttpConnection::timed_out() {
    shard().counters().http_timeouts.add();
    switch (waits_) {
        case Waits::for_answer: refuse(problem(503, "unavailable", "the answer took too long")); return;
        case Waits::for_first_request:
        case Waits::for_rest:
            if (reader_.is_idle()) {
                drop();
            } else {
                refuse(problem(408, "timeout", "the request did not end in time"));
            }
            return;
        case Waits::for_request:
        case Waits::for_reader: drop(); return;
    }
}

void HttpConnection::stop() {
    if (!slot_ && !sending_) {
        drop();
    } else {
        keep_alive_ = false;
    }
}

}  // namespace calldocker::server::http
