#include "server/net/pending_websocket.hpp"

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "server/net/limits.hpp"

namespace calldocker::server {

namespace websocket = protocol::websocket;

void PendingWebSocket::open(WebSocketShard& here, Carried carried) {
    if (!here.pending.have_room_for(carried.lease.address()))
        return WebSocketConnection::refuse(here, std::move(carried), close_try_later, "Try again later");
    std::string unread = std::exchange(carried.unread, std::string{});
    auto owned = std::make_unique<PendingWebSocket>(here, std::move(carried));
    PendingWebSocket& link = *owned;
    start_watching(std::move(owned));
    if (!unread.empty()) link.received(unread);
}

PendingWebSocket::PendingWebSocket(WebSocketShard& here, Carried carried)
    : Connection(here.shard, std::move(carried)), here_(here), decoder_(websocket::Decoder::Role::server, limits::first_message_bytes_max) {
    here_.pending.add(address());
    here_.shard.counters().websockets_open.add();
    deadline_ = here_.shard.after(here_.settings.authentication_timeout, [this] {
        deadline_ = {};
        refuse(close_policy, "Authentication required");
    });
}

PendingWebSocket::~PendingWebSocket() {
    here_.shard.cancel(deadline_);
    here_.shard.counters().websockets_open.subtract();
    here_.pending.remove(address());
}

void PendingWebSocket::received(std::string_view bytes) {
    // The buffer is the shard's or our own, and ours to unmask in.
    std::span<char> unread(const_cast<char*>(bytes.data()), bytes.size());
    while (is_open()) {
        const auto event = decoder_.next(unread);
        if (!event) return;
        if (const auto* text = std::get_if<websocket::Text>(&*event)) {
            admit(text->text, {unread.data(), unread.size()});
        } else if (const auto* ping = std::get_if<websocket::Ping>(&*event)) {
            if (++pings_ > limits::first_pings_max) return refuse(close_policy, "Authentication required");
            websocket::append_pong(output(), ping->payload);
        } else if (const auto* close = std::get_if<websocket::Close>(&*event)) {
            say_goodbye(close->code, {});
        } else if (const auto* failure = std::get_if<websocket::Failure>(&*event)) {
            refuse(failure->code, failure->reason);
        }
    }
}

void PendingWebSocket::admit(std::string_view text, std::string_view behind) {
    here_.shard.counters().messages_received.add();
    Admission admission = here_.acceptor.admit_by_message(text, here_.shard.now());
    if (admission.refused) return refuse(admission.close_code, admission.close_reason);
    here_.shard.cancel(deadline_);
    WebSocketConnection::open_at_home(here_, carry_away(behind), std::move(admission));
}

void PendingWebSocket::refuse(std::uint16_t code, std::string_view reason) {
    if (is_open()) here_.shard.counters().upgrades_refused.add();
    say_goodbye(code, reason);
}

void PendingWebSocket::say_goodbye(std::uint16_t code, std::string_view reason) {
    if (!is_open()) return;
    here_.shard.cancel(deadline_);
    websocket::append_close(output(), code, reason);
    finish();
}

void PendingWebSocket::stop() { say_goodbye(websocket::close_code::going_away, "the server stops"); }

void PendingWebSocket::ended() { here_.shard.cancel(deadline_); }

}  // namespace calldocker::server
