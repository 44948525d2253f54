#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace calldocker::server::http {

/// What other origins may do. An empty list: their pages may embed the widget and fetch what anyone may have, and
/// use nothing of the API.
struct OriginPolicy {
    std::vector<std::string> allowed;  ///< "https://shop.example"; "*" stands for every origin
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
