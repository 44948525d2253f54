#include "server/net/websocket_connection.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/log.hpp"
#include "server/net/limits.hpp"

namespace calldocker::server {

namespace websocket = protocol::websocket;
namespace close_code = protocol::websocket::close_code;

WebSocketShard::WebSocketShard(Shard& on, const TransportSettings& from, LinkAcceptor& told)
    : shard(on),
      settings(from),
      acceptor(told),
      heartbeat(from.ping_interval, std::max(from.idle_timeout - from.ping_interval, std::chrono::milliseconds{1})) {}

void WebSocketShard::start_beating() {
    heartbeat.beat(shard.steady_now());
    const auto pause = std::clamp(settings.ping_interval / 20, std::chrono::milliseconds{1}, std::chrono::milliseconds{1000});
    shard.after(pause, [this] { start_beating(); });
}

void WebSocketConnection::open(WebSocketShard& home, Carried carried, const std::shared_ptr<const void>& ticket) {
    std::string unread = std::exchange(carried.unread, std::string{});
    auto owned = std::make_unique<WebSocketConnection>(home, std::move(carried));
    WebSocketConnection& connection = *owned;
    start_watching(std::move(owned));
    home.heartbeat.heard(connection, home.shard.steady_now());
    try {
        connection.handler_ = &home.acceptor.opened(connection, ticket, home.shard.now());
        if (!connection.is_open()) connection.handler_ = nullptr;  // closed by the acceptor before it knew the handler
        if (!unread.empty()) connection.received(unread);
    } catch (...) {
        connection.failed();
        throw;
    }
}

void WebSocketConnection::open_at_home(WebSocketShard& here, Carried carried, Admission admission) {
    WebSocketShard& home = here.shard_of(admission.shard);
    if (&home == &here) return open(home, std::move(carried), admission.ticket);
    home.shard.post(
        [&home, carried = std::move(carried), ticket = std::move(admission.ticket)]() mutable { open(home, std::move(carried), ticket); });
}

void WebSocketConnection::refuse(WebSocketShard& home, Carried carried, std::uint16_t code, std::string_view reason) {
    home.shard.counters().upgrades_refused.add();
    carried.unread.clear();
    auto owned = std::make_unique<WebSocketConnection>(home, std::move(carried));
    WebSocketConnection& connection = *owned;
    start_watching(std::move(owned));
    connection.say_goodbye(code, reason);
}

WebSocketConnection::WebSocketConnection(WebSocketShard& home, Carried carried)
    : Connection(home.shard, std::move(carried)), home_(home), decoder_(websocket::Decoder::Role::server, home.settings.message_bytes_max) {
    home_.shard.counters().websockets_open.add();
}

WebSocketConnection::~WebSocketConnection() { home_.shard.counters().websockets_open.subtract(); }

void WebSocketConnection::received(std::string_view bytes) {
    const SteadyTime now = home_.shard.steady_now();
    home_.heartbeat.heard(*this, now);
    // The buffer is the shard's or our own, and ours to unmask in.
    std::span<char> unread(const_cast<char*>(bytes.data()), bytes.size());
    while (is_open()) {
        const auto event = decoder_.next(unread);
        if (!event) break;
        // Control frames may come in the middle of a message, and end nothing.
        if (std::holds_alternative<websocket::Text>(*event)) unfinished_since_ = {};
        std::visit([this](const auto& value) { handle(value); }, *event);
    }
    if (!is_open()) return;
    if (decoder_.is_idle()) {
        unfinished_since_ = {};
    } else if (unfinished_since_ == SteadyTime{}) {
        unfinished_since_ = now;
    } else if (now - unfinished_since_ > home_.settings.idle_timeout) {
        fell_silent();
    }
}

bool WebSocketConnection::within_rate() {
    const Rate rate{home_.settings.messages_per_second, home_.settings.messages_burst};
    if (messages_.take(rate, home_.shard.steady_now())) return true;
    count(Ending::rate_limited);
    if (handler_ != nullptr) handler_->flooded(*this, home_.shard.now());
    say_goodbye(close_code::policy_violation, "Rate limit exceeded");
    tell_handler(close_code::policy_violation);
    return false;
}

void WebSocketConnection::handle(const websocket::Text& text) {
    home_.shard.counters().messages_received.add();
    if (within_rate() && handler_ != nullptr) handler_->received(*this, text.text, home_.shard.now());
}

void WebSocketConnection::handle(const websocket::Ping& ping) {
    if (!within_rate()) return;
    if (unsent_bytes() > home_.settings.output_bytes_max) return;  // send() will have dropped it
    websocket::append_pong(output(), ping.payload);
}

void WebSocketConnection::handle(const websocket::Close& close) {
    say_goodbye(close.code, {});
    tell_handler(close.code);
}

void WebSocketConnection::handle(const websocket::Failure& failure) {
    count(failure.code == close_code::too_big ? Ending::too_big : Ending::protocol_error);
    say_goodbye(failure.code, failure.reason);
    tell_handler(1006);
}

void WebSocketConnection::send(std::string_view text) {
    if (!is_open()) return;
    const std::size_t bound = home_.settings.output_bytes_max;
    if (unsent_bytes() + text.size() > bound) flush_early();
    if (!is_open()) return;
    if (unsent_bytes() + text.size() > bound) {
        count(Ending::slow_reader);
        log::info("websocket.slow_reader", {{"peer", peer()}, {"unsent_bytes", unsent_bytes()}});
        drop();
        return;
    }
    home_.shard.counters().messages_sent.add();
    websocket::append_text(output(), text);
}

bool WebSocketConnection::keeps_up(std::size_t bytes) const {
    return unsent_bytes() == 0 || unsent_bytes() + bytes <= home_.settings.output_bytes_max / 2;
}

void WebSocketConnection::close(std::uint16_t code, std::string_view reason) {
    handler_ = nullptr;
    say_goodbye(code, reason);
}

// The TCP side ends at once: a peer that does not answer the Close costs nothing but the lingering socket.
void WebSocketConnection::say_goodbye(std::uint16_t code, std::string_view reason) {
    if (!is_open()) return;
    Heartbeat::forget(*this);
    websocket::append_close(output(), code, reason);
    finish();
}

void WebSocketConnection::tell_handler(std::uint16_t code) {
    if (LinkHandler* const handler = std::exchange(handler_, nullptr)) handler->closed(*this, code, home_.shard.now());
}

void WebSocketConnection::ping() {
    // Bytes that drip keep a connection out of the queue of the silent, not an unfinished message alive.
    websocket::append_ping(output(), {});
}

void WebSocketConnection::fell_silent() {
    count(Ending::no_answer);
    drop();
}

void WebSocketConnection::stop() {
    // The handlers hear nothing: that the server stops is no departure of anybody.
    close(close_code::going_away, "the server stops");
}

void WebSocketConnection::failed() noexcept {
    count(Ending::handler_failed);
    drop();
}

void WebSocketConnection::peer_finished() { drop(); }

void WebSocketConnection::ended() {
    Heartbeat::forget(*this);
    tell_handler(1006);
}

void WebSocketConnection::count(Ending ending) { home_.shard.counters().endings.at(static_cast<std::size_t>(ending)).add(); }

}  // namespace calldocker::server
