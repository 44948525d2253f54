#include "server/net/connection.hpp"

#include <sys/epoll.h>

#include <utility>

#include "base/require.hpp"
#include "server/net/limits.hpp"

namespace calldocker::server {

Connection::Connection(Shard& shard, Carried carried)
    : shard_(shard), socket_(std::move(carried.socket)), lease_(std::move(carried.lease)), output_(std::move(carried.unsent)) {
    shard_.counters().connections_open.add();
}

Connection::~Connection() {
    shard_.cancel(linger_timer_);
    if (counted_as_lingering_) --shard_.lingering;
    shard_.counters().connections_open.subtract();
}

void start_watching(std::unique_ptr<Connection> connection) {
    Connection& added = *connection;
    added.interest_ = EPOLLIN;
    Shard& shard = added.shard_;
    shard.watch(std::move(connection), added.socket_.descriptor(), EPOLLIN);
    if (!added.output_.empty()) shard.mark_dirty(added);
}

void Connection::ready(std::uint32_t events) {
    if (!socket_.is_open()) return;
    if ((events & EPOLLOUT) != 0) {
        output_is_blocked_ = false;
        send_output();
    }
    const bool readable = (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 || read_wants_write_;
    if (!readable || !socket_.is_open()) return;
    if (state_ == State::open) {
        if (!reading_paused_ || (events & (EPOLLHUP | EPOLLERR)) != 0) read();
    } else if (state_ == State::finishing || state_ == State::lingering) {
        drain();
    }
}

void Connection::read() {
    // With TLS one receive is one record at most, so a full buffer of small records takes several.
    const auto buffer = shard_.read_buffer();
    const IoResult result = socket_.receive(buffer);
    const bool wanted_write = std::exchange(read_wants_write_, result.status == IoStatus::wants_write);
    if (wanted_write != read_wants_write_) update_interest();
    switch (result.status) {
        case IoStatus::done:
            shard_.counters().bytes_received.add(result.bytes);
            received(std::string_view(buffer.data(), result.bytes));
            return;
        case IoStatus::ended:
            peer_has_finished_ = true;
            update_interest();
            peer_finished();
            return;
        case IoStatus::failed: drop(); return;
        case IoStatus::again:
        case IoStatus::wants_read:
        case IoStatus::wants_write: return;
    }
}

// Throws away what a peer says after we have said our last. Closing with unread bytes would reset the connection and
// take our last words away from the peer's buffer.
void Connection::drain() {
    const IoResult result = socket_.receive(shard_.read_buffer());
    if (result.status == IoStatus::done) {
        lingered_bytes_ += static_cast<std::uint32_t>(result.bytes);
        if (lingered_bytes_ > limits::linger_bytes_max) drop();
        return;
    }
    if (result.status == IoStatus::failed) drop();
    if (result.status == IoStatus::ended) {
        peer_has_finished_ = true;
        if (state_ == State::lingering) {
            drop();
        } else {
            update_interest();
        }
    }
}

std::string& Connection::output() {
    if (output_.empty() && output_.capacity() < 64) output_ = shard_.take_buffer();
    shard_.mark_dirty(*this);
    return output_;
}

void Connection::write(std::string_view bytes) {
    if (state_ == State::open) output().append(bytes);
}

void Connection::flush_early() {
    if (!output_is_blocked_ && state_ == State::open) send_output();
}

void Connection::flush() {
    if (!output_is_blocked_ && socket_.is_open()) send_output();
}

void Connection::send_output() {
    if (state_ != State::open && state_ != State::finishing) return;
    while (sent_ < output_.size()) {
        const IoResult result = socket_.send(std::string_view(output_).substr(sent_));
        if (result.status == IoStatus::failed || result.status == IoStatus::ended) {
            drop();
            return;
        }
        if (result.status != IoStatus::done) {
            // Whatever TLS waits for, both are watched while something is unsent.
            output_is_blocked_ = true;
            if (sent_ > output_.size() / 2) output_.erase(0, std::exchange(sent_, std::size_t{0}));
            update_interest();
            return;
        }
        shard_.counters().flushes.add();
        shard_.counters().bytes_sent.add(result.bytes);
        sent_ += result.bytes;
    }
    const bool something_was_sent = sent_ > 0;
    release_output();
    update_interest();
    if (something_was_sent && state_ == State::open) drained();
    if (state_ == State::finishing && output_.empty()) linger();
}

void Connection::release_output() {
    sent_ = 0;
    if (output_.capacity() > 64) shard_.give_buffer(std::exchange(output_, std::string{}));
    output_.clear();
}

void Connection::finish() {
    if (state_ != State::open) return;
    state_ = State::finishing;
    linger_timer_ = shard_.after(limits::linger_time, [this] {
        linger_timer_ = {};
        drop();
    });
    shard_.mark_dirty(*this);
}

void Connection::linger() {
    state_ = State::lingering;
    socket_.shut_down_writing();
    if (peer_has_finished_ || shard_.lingering >= limits::lingering_max) {
        drop();
        return;
    }
    counted_as_lingering_ = true;
    ++shard_.lingering;
    update_interest();
}

void Connection::drop() {
    if (state_ == State::dropped || state_ == State::carried_away) return;
    state_ = State::dropped;
    shard_.mark_ending(*this);
}

void Connection::end() {
    // The shard ends what it could not watch, too.
    if (state_ != State::carried_away) {
        state_ = State::dropped;
        shard_.cancel(linger_timer_);
        socket_.close();
        ended();
    }
}

Carried Connection::carry_away(std::string_view unread) {
    require(state_ == State::open, "only an open connection can be carried away");
    state_ = State::carried_away;
    shard_.forget(socket_.descriptor());
    shard_.retire(*this);
    if (sent_ > 0) output_.erase(0, std::exchange(sent_, std::size_t{0}));
    return Carried{std::move(socket_), std::move(lease_), std::exchange(output_, std::string{}), std::string(unread)};
}

void Connection::pause_reading(bool paused) {
    reading_paused_ = paused;
    update_interest();
}

void Connection::update_interest() {
    if (!socket_.is_open()) return;
    const bool reads = !peer_has_finished_ && (!reading_paused_ || state_ != State::open);
    const bool writes = output_is_blocked_ || read_wants_write_;
    const std::uint32_t wanted = (reads ? std::uint32_t{EPOLLIN} : 0u) | (writes ? std::uint32_t{EPOLLOUT} : 0u);
    if (wanted == interest_) return;
    interest_ = wanted;
    shard_.change_interest(*this, socket_.descriptor(), wanted);
}

}  // namespace calldocker::server
