#pragma once
#include <vector>

#include "server/http/message.hpp"
#include "server/net/address.hpp"
#include "server/net/address_range.hpp"

namespace calldocker::server::http {

/// The caller of a request, for the limits per address and for log lines. A proxy appends the address that it got the request from, so the
/// chain is read from the right: past every trusted proxy, to the first address that is not one. Anybody may have made up the addresses
/// left of that.
///
/// `X-Forwarded-For` and `Forwarded` (RFC 7239) count the same. If a request has both and they disagree, one of them came from the caller
/// past a proxy that knows only the other: then the peer counts, as without either. The peer also counts if the nearest entry is no address
/// ("unknown", a name).
/// @param peer     the other end of the connection
/// @param trusted  proxies whose headers count; any other peer is itself the caller, whatever its headers say
[[nodiscard]] Address client_address(const Address& peer, const std::vector<AddressRange>& trusted, const Request& request);

/// Whether the caller reached the proxy nearest to us over TLS, by `X-Forwarded-Proto` or `proto` of `Forwarded`. The nearest proxy's word
/// is the last one of a list. If the two headers disagree, neither counts.
[[nodiscard]] bool came_by_https(const Address& peer, const std::vector<AddressRange>& trusted, const Request& request);

}  // namespace calldocker::server::http
