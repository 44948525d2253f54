#include "server/http/headers.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "server/net/address_range.hpp"

namespace calldocker::server::http {
namespace {

// Everything from here, nothing inline. Styles are the exception: the desk's components set them from script, and the
// policy cannot tell those from an attacker's without a nonce per page. WebSockets are named for browsers whose 'self'
// does not include them.
constexpr std::string_view content_security_policy =
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob: mediastream:; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'";
constexpr std::string_view permissions_policy =
    "microphone=(self), camera=(self), display-capture=(self), autoplay=(self), geolocation=(), payment=(), usb=()";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// reg-name of RFC 3986 §3.2.2, without the comma, at which proxies cut lists.
bool is_name(std::string_view name) {
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (is_alphanumeric(name[i]) || std::string_view("-._~!$&'()*+;=").find(name[i]) != std::string_view::npos) continue;
        const bool is_escape = name[i] == '%' && i + 2 < name.size() && is_hex_digit(name[i + 1]) && is_hex_digit(name[i + 2]);
        if (!is_escape) return false;
        i += 2;
    }
    return true;
}

}  // namespace

bool is_token_char(char c) { return is_alphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos; }

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

bool is_authority(std::string_view text) {
    std::string_view port;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return false;
        const std::string_view host = text.substr(1, end - 1);
        if (host.find(':') == std::string_view::npos || !parse_address(host)) return false;
        port = text.substr(end + 1);
    } else {
        const std::size_t end = std::min(text.find(':'), text.size());
        if (!is_name(text.substr(0, end)) || (end == 0 && !text.empty())) return false;
        port = text.substr(end);
    }
    if (port.empty()) return true;
    if (port.front() != ':') return false;
    port.remove_prefix(1);
    return std::all_of(port.begin(), port.end(), is_digit) && port.size() <= 5 && (port.empty() || std::stoul(std::string(port)) <= 65535);
}

bool OriginPolicy::allows(std::string_view origin) const {
    for (const std::string& known : allowed)
        if (known == "*" || known == origin) return true;
    return false;
}

bool is_own_origin(std::string_view origin, std::string_view host, bool of_any_port) {
    const std::size_t scheme = origin.find("://");
    if (scheme == std::string_view::npos || host.empty()) return false;
    origin.remove_prefix(scheme + 3);
    const auto name_of = [](std::string_view authority) {
        const std::size_t colon = authority.rfind(':');
        const bool is_port = colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
        return is_port ? authority.substr(0, colon) : authority;
    };
    return equal_ignoring_case(of_any_port ? name_of(origin) : origin, of_any_port ? name_of(host) : host);
}

void add_security_headers(Response& response, bool secure) {
    response.add("Content-Security-Policy", std::string(content_security_policy))
        .add("Permissions-Policy", std::string(permissions_policy))
        .add("X-Content-Type-Options", "nosniff")
        .add("Referrer-Policy", "strict-origin-when-cross-origin")
        .add("Cross-Origin-Opener-Policy", "same-origin")
        .add("X-Frame-Options", "SAMEORIGIN");
    if (secure) response.add("Strict-Transport-Security", "max-age=31536000");
}

void add_cors_headers(Response& response, const Request& request, const OriginPolicy& policy) {
    const std::string_view origin = request.header("Origin");
    response.add("Vary", "Origin");
    if (origin.empty() || !policy.allows(origin)) return;
    response.add("Access-Control-Allow-Origin", std::string(origin));
    if (request.method != "OPTIONS") return;
    response.add("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS")
        .add("Access-Control-Allow-Headers", "Content-Type, Authorization")
        .add("Access-Control-Max-Age", "600");
}

}  // namespace calldocker::server::http
