#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace calldocker::server::http {

/// Whether a header's name may have this character (RFC 9110 §5.6.2).
[[nodiscard]] bool is_token_char(char c);
/// Whether a header's value may not have this character (RFC 9110 §5.5).
[[nodiscard]] bool is_control(char c);

/// Whether a `Host` field, or the authority of an address, is well-formed: a name, an IPv4 address or an IPv6 address in
/// brackets, then perhaps a port (RFC 3986 §3.2, without the user). Empty is: some addresses have no host (RFC 9112 §3.2).
[[nodiscard]] bool is_authority(std::string_view text);

/// The rights of other origins. An empty list: their pages may embed the widget and fetch public files, and use nothing of the API.
struct OriginPolicy {
    std::vector<std::string> allowed;  ///< "https://shop.example"; "*" means every origin
    [[nodiscard]] bool allows(std::string_view origin) const;
};

/// @return whether a page of this origin came from the server that the `Host` header names: from the same port, or, for pages that
///         connect to the signalling port, from any port of the same name
[[nodiscard]] bool is_own_origin(std::string_view origin, std::string_view host, bool of_any_port);

/// Adds what every response carries: content security policy, permissions, sniffing, referrer, opener, and HSTS over TLS.
void add_security_headers(Response& response, bool secure);

/// Adds the CORS headers for a request from a page of an allowed origin.
void add_cors_headers(Response& response, const Request& request, const OriginPolicy& policy);

}  // namespace calldocker::server::http
