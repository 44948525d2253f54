#include "server/net/address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace calldocker::server {
namespace {

constexpr std::array<std::uint8_t, 12> ipv4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

Address Address::from(const sockaddr& address) {
    Address result;
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        std::copy(ipv4_prefix.begin(), ipv4_prefix.end(), result.bytes.begin());
        std::memcpy(result.bytes.data() + ipv4_prefix.size(), &v4.sin_addr, 4);
    } else if (address.sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof v6);
        std::memcpy(result.bytes.data(), &v6.sin6_addr, result.bytes.size());
    }
    return result;
}

bool Address::is_ipv4() const { return std::equal(ipv4_prefix.begin(), ipv4_prefix.end(), bytes.begin()); }

Address Address::network() const {
    if (is_ipv4()) return *this;
    Address result = *this;
    std::fill(result.bytes.begin() + 8, result.bytes.end(), std::uint8_t{0});
    return result;
}

std::uint64_t Address::network_key() const {
    constexpr std::uint64_t ipv4_mark = std::uint64_t{0xffff} << 32u;  // no IPv6 network begins so (RFC 4291 §2.4)
    const auto number = [this](std::size_t first, std::size_t count) {
        std::uint64_t value = 0;
        for (std::size_t i = first; i < first + count; ++i) value = (value << 8u) | bytes.at(i);
        return value;
    };
    return is_ipv4() ? ipv4_mark | number(ipv4_prefix.size(), 4) : std::max<std::uint64_t>(number(0, 8), 1);
}

std::string_view Address::text() const {
    thread_local std::array<char, INET6_ADDRSTRLEN> text;
    const bool v4 = is_ipv4();
    const void* const start = v4 ? bytes.data() + ipv4_prefix.size() : bytes.data();
    const char* const written = ::inet_ntop(v4 ? AF_INET : AF_INET6, start, text.data(), text.size());
    return written == nullptr ? std::string_view{} : std::string_view{written};
}

std::size_t AddressHash::operator()(const Address& address) const noexcept {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::memcpy(&high, address.bytes.data(), sizeof high);
    std::memcpy(&low, address.bytes.data() + sizeof high, sizeof low);
    std::uint64_t mixed = (high ^ (low * 0x9e3779b97f4a7c15u)) * 0xbf58476d1ce4e5b9u;
    mixed ^= mixed >> 31u;
    return static_cast<std::size_t>(mixed);
}

}  // namespace calldocker::server
