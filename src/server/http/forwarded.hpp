#pragma once
#include <vector>

#include "server/http/message.hpp"
#include "server/net/address.hpp"
#include "server/net/address_range.hpp"

namespace calldocker::server::http {

/// Whose request it is, for the limits per address and for log lines. A proxy appends the address that it got the request
/// from, so the chain is read from the right: past every proxy that is trusted, to the first address that is not. What
/// stands left of that anybody may have made up.
///
/// `X-Forwarded-For` and `Forwarded` (RFC 7239) count the same. Where a request has both and they disagree, one of them
/// came from the caller past a proxy that knows only the other: then the peer counts, as without either. So it does
/// where the nearest entry is no address ("unknown", a name).
/// @param peer     the other end of the connection
/// @param trusted  proxies that say the truth; any other peer is the caller, whatever it says
[[nodiscard]] Address client_address(const Address& peer, const std::vector<AddressRange>& trusted, const Request& request);

/// Whether the caller reached the proxy nearest to us over TLS, as that says in `X-Forwarded-Proto` or in `proto` of `Forwarded`.
/// The nearest proxy's word is the last one of a list. Where the two headers disagree, neither is believed.
[[nodiscard]] bool came_by_https(const Address& peer, const std::vector<AddressRange>& trusted, const Request& request);

}  // namespace calldocker::server::http
