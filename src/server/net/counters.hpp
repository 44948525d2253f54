#pragma once
#include <array>
#include <atomic>
#include <cstdint>

namespace calldocker::server {

/// A number that one thread changes and any thread may read. No locked instruction: there is one writer.
class Counter {
public:
    void add(std::uint64_t amount = 1) { value_.store(value() + amount, std::memory_order_relaxed); }
    void subtract(std::uint64_t amount = 1) { value_.store(value() - amount, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

/// Why a WebSocket connection was ended by us.
enum class Ending : std::uint8_t { protocol_error, too_big, rate_limited, slow_reader, no_answer, handler_failed, count_ };

/// Why a connection was not let in.
enum class Refusal : std::uint8_t { address_has_too_many, address_is_too_fast, server_is_full, no_descriptors, count_ };

/// What one shard counts. Written on that shard, read from any thread.
struct Counters {
    Counter connections_open;  ///< sockets of every kind, lingering ones included
    Counter websockets_open;
    Counter connections_accepted;
    std::array<Counter, static_cast<std::size_t>(Refusal::count_)> refusals;
    void count(Refusal refusal) { refusals.at(static_cast<std::size_t>(refusal)).add(); }
    Counter accept_errors;  ///< connections that the kernel could not hand over, for whatever reason
    Counter upgrades;
    Counter upgrades_refused;  ///< upgraded, then closed with the gateway's reason
    Counter messages_received;
    Counter messages_sent;
    Counter bytes_received;
    Counter bytes_sent;
    std::array<Counter, static_cast<std::size_t>(Ending::count_)> endings;
    std::array<Counter, 6> http_responses;  ///< by the first digit of the status
    Counter http_timeouts;
    Counter rounds;
    Counter flushes;            ///< writes to a socket
    Counter unexpected_errors;  ///< exceptions that reached the loop, or that a company threw
};

}  // namespace calldocker::server
