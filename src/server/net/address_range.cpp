#include "server/net/address_range.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace calldocker::server {
namespace {

constexpr unsigned ipv6_bits = 128;
constexpr unsigned ipv4_prefix_bits = 96;

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
    if (text.size() >= INET6_ADDRSTRLEN) return std::nullopt;
    const std::string terminated(text);
    if (sockaddr_in v4{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {}, .sin_zero = {}};
        ::inet_pton(AF_INET, terminated.c_str(), &v4.sin_addr) == 1)
        return Address::from(reinterpret_cast<const sockaddr&>(v4));
    Address address;
    if (::inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
    return std::nullopt;
}

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    if (slash == std::string_view::npos) return AddressRange{*address, ipv6_bits};
    // Written as IPv4, counted as IPv4: "::ffff:10.0.0.0/104" is the long way to say it.
    const unsigned offset = text.substr(0, slash).find(':') == std::string_view::npos ? ipv4_prefix_bits : 0;
    const std::string_view digits = text.substr(slash + 1);
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc{} || end != digits.data() + digits.size() || bits > ipv6_bits - offset) return std::nullopt;
    return AddressRange{*address, offset + bits};
}

bool AddressRange::contains(const Address& address) const {
    const std::size_t whole = bits / 8;
    if (!std::equal(first.bytes.begin(), first.bytes.begin() + static_cast<std::ptrdiff_t>(whole), address.bytes.begin())) return false;
    const unsigned rest = bits % 8;
    if (rest == 0) return true;
    const auto differing = static_cast<unsigned>(first.bytes.at(whole) ^ address.bytes.at(whole));
    return (differing >> (8 - rest)) == 0;
}

bool is_in_any(const Address& address, const std::vector<AddressRange>& ranges) {
    return std::ranges::any_of(ranges, [&](const AddressRange& range) { return range.contains(address); });
}

}  // namespace calldocker::server
