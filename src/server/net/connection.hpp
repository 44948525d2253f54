#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/net/address.hpp"
#include "server/net/shard.hpp"
#include "server/net/socket.hpp"

namespace calldocker::server {

/// A connection's place in the count of its address; given back when destroyed, on whatever shard that is.
class AddressLease {
public:
    AddressLease() = default;
    AddressLease(Address address, std::function<void(const Address&)>* give_back) : address_(address), give_back_(give_back) {}
    AddressLease(AddressLease&& other) noexcept : address_(other.address_), give_back_(std::exchange(other.give_back_, nullptr)) {}
    /// Gives its own place back with `other`, which ends up with it.
    AddressLease& operator=(AddressLease&& other) noexcept {
        std::swap(address_, other.address_);
        std::swap(give_back_, other.give_back_);
        return *this;
    }
    ~AddressLease() {
        if (give_back_ != nullptr) (*give_back_)(address_);
    }
    [[nodiscard]] const Address& address() const { return address_; }

private:
    Address address_;
    std::function<void(const Address&)>* give_back_{};
};

/// What a connection is made of, on its way from one shard or protocol to the next.
struct Carried {
    Socket socket;
    AddressLease lease;
    std::string unsent;  ///< written, but not sent yet: the answer to the handshake
    std::string unread;  ///< received, but not handled yet: what came right behind the handshake
};

/// The bytes of one connection: reads when ready, writes once per round, ends without losing what was said last.
/// Idle, it holds no buffer. What the bytes mean is for the class that inherits.
///
/// Its life: open → finishing (our last bytes are leaving) → lingering (the peer may still read them, what it says is
/// thrown away) → gone. drop() goes to the end at once.
class Connection : public Pollable {
public:
    /// Puts the connection under `shard`'s watch. Call started() on it next.
    Connection(Shard& shard, Carried carried);
    ~Connection() override;

    void ready(std::uint32_t events) final;
    void flush() final;
    void end() final;
    void failed() noexcept override { drop(); }

protected:
    enum class State : std::uint8_t { open, finishing, lingering, dropped, carried_away };

    /// Bytes came. They are good until this returns.
    virtual void received(std::string_view bytes) = 0;
    /// Everything written has been sent.
    virtual void drained() {}
    /// The peer will send no more. By default the connection ends.
    virtual void peer_finished() { drop(); }
    /// It is over, for whatever reason but carry_away(); said once, at the end of a round.
    virtual void ended() = 0;

    /// Adds to what leaves at the end of this round. Ignored unless open.
    void write(std::string_view bytes);
    /// The buffer that write() adds to, for those who encode in place. Only while open.
    [[nodiscard]] std::string& output();
    [[nodiscard]] std::size_t unsent_bytes() const { return output_.size() - sent_; }
    /// Tries to send now, for a writer that is about to exceed its bound within one round.
    void flush_early();
    /// Sends what was written, then says goodbye to the TCP side and waits a bounded time for the peer to do the same.
    void finish();
    /// Ends at the end of this round; what was not sent is lost.
    void drop();
    /// Takes the socket out, to live on elsewhere. This object is retired; ended() is not called.
    [[nodiscard]] Carried carry_away(std::string_view unread);
    /// Whether to read on. A reader that is paused leaves the bytes in the kernel, and so slows the peer down.
    void pause_reading(bool paused);

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] bool is_open() const { return state_ == State::open; }
    [[nodiscard]] Shard& shard() { return shard_; }
    [[nodiscard]] const Address& address() const { return lease_.address(); }

private:
    friend void start_watching(std::unique_ptr<Connection> connection);
    void read();
    void drain();
    void send_output();
    void release_output();
    void linger();
    void update_interest();

    Shard& shard_;
    Socket socket_;
    AddressLease lease_;
    std::string output_;
    std::size_t sent_{0};
    TimerId linger_timer_;
    std::uint32_t interest_{0};
    std::uint32_t lingered_bytes_{0};
    State state_{State::open};
    bool reading_paused_{false};
    bool peer_has_finished_{false};
    bool output_is_blocked_{false};
    bool read_wants_write_{false};
    bool counted_as_lingering_{false};
};

/// Hands a new connection to its shard. Called on that shard.
void start_watching(std::unique_ptr<Connection> connection);

}  // namespace calldocker::server
