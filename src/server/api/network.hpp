#pragma once
#include <string_view>

#include "domain/budgets/payer.hpp"
#include "server/net/address_range.hpp"

namespace calldocker::server {

/// @param peer  http::Request::peer
/// @return whose budget an HTTP request is of
[[nodiscard]] inline domain::AddressKey network_of(std::string_view peer) {
    const auto address = parse_address(peer);
    return address ? domain::AddressKey{address->network_key()} : domain::no_address;
}

}  // namespace calldocker::server
