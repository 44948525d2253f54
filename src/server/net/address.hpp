#pragma once
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

struct sockaddr;

namespace calldocker::server {

/// The address of a peer: IPv6, or IPv4 in its mapped form (::ffff:a.b.c.d).
struct Address {
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] static Address from(const sockaddr& address);
    /// What limits per address count by: an IPv4 address, or the /64 of an IPv6 one, which is what one customer gets.
    [[nodiscard]] Address network() const;
    [[nodiscard]] bool is_ipv4() const;
    /// The same network in one number, never 0: the /64 as it is, an IPv4 address below the mark 0xffff.
    [[nodiscard]] std::uint64_t network_key() const;
    /// As text. Good until the next call on this thread: a connection keeps 16 bytes, not a string.
    [[nodiscard]] std::string_view text() const;

    friend auto operator<=>(const Address&, const Address&) = default;
};

struct AddressHash {
    [[nodiscard]] std::size_t operator()(const Address& address) const noexcept;
};

}  // namespace calldocker::server
