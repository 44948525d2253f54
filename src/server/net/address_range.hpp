#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "server/net/address.hpp"

namespace calldocker::server {

/// @param text  "192.0.2.1" or "2001:db8::1", without a port, brackets or a zone
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);

/// The addresses that begin with the same bits, as in "10.0.0.0/8" (RFC 4632 §3.1, RFC 4291 §2.3). A range of IPv4 holds
/// its addresses in their IPv6-mapped form, too, since that is how an Address keeps them.
struct AddressRange {
    Address first;
    unsigned bits{128};  ///< of the IPv6 form: an IPv4 /8 has 104

    /// @param text  an address, or an address and how many of its bits count; the rest of its bits may be anything
    [[nodiscard]] static std::optional<AddressRange> parse(std::string_view text);
    [[nodiscard]] bool contains(const Address& address) const;
};

[[nodiscard]] bool is_in_any(const Address& address, const std::vector<AddressRange>& ranges);

}  // namespace calldocker::server
