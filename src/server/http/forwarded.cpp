#include "server/http/forwarded.hpp"

#include <optional>
#include <string>

#include "base/text.hpp"

namespace calldocker::server::http {
namespace {

/// The parts of `text` between separators outside of quoted strings (RFC 9110 §5.6.4).
std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            quoted = !quoted;
        } else if (text[i] == separator && !quoted) {
            parts.push_back(trimmed(text.substr(begin, i - begin)));
            begin = i + 1;
        }
    }
    parts.push_back(trimmed(text.substr(begin)));
    return parts;
}

/// An address with or without a port: `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`.
std::optional<Address> node(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        return end == std::string_view::npos ? std::nullopt : parse_address(text.substr(1, end - 1));
    }
    const std::size_t colon = text.find(':');
    const bool has_port = colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos;
    return parse_address(has_port ? text.substr(0, colon) : text);
}

/// A parameter of one element of Forwarded, unquoted: what we read has nothing in it that would be escaped (RFC 7239 §4, §6).
std::optional<std::string_view> parameter(std::string_view element, std::string_view name) {
    for (const std::string_view pair : split(element, ';')) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos || !equal_ignoring_case(pair.substr(0, equals), name)) continue;
        std::string_view value = pair.substr(equals + 1);
        if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"')) value = value.substr(1, value.size() - 2);
        return value;
    }
    return std::nullopt;
}

std::optional<Address> forwarded_node(std::string_view element) {
    const auto value = parameter(element, "for");
    return value ? node(*value) : std::nullopt;
}

/// The elements of all headers of that name, in order.
std::vector<std::string_view> elements_of(const Request& request, std::string_view name) {
    std::vector<std::string_view> elements;
    for (const Header& each : request.headers)
        if (equal_ignoring_case(each.name, name))
            for (const std::string_view element : split(each.value, ',')) elements.push_back(element);
    return elements;
}

using Node = std::optional<Address> (*)(std::string_view element);

/// @return nothing when the request has no such header
std::optional<Address> client_by(std::string_view header, Node node_of, const Address& peer, const std::vector<AddressRange>& trusted,
                                 const Request& request) {
    const auto elements = elements_of(request, header);
    if (elements.empty()) return std::nullopt;
    Address client = peer;
    for (auto element = elements.rbegin(); element != elements.rend() && is_in_any(client, trusted); ++element) {
        const auto before = node_of(*element);
        if (!before) break;
        client = *before;
    }
    return client;
}

}  // namespace

Address client_address(const Address& peer, const std::vector<AddressRange>& trusted, const Request& request) {
    if (!is_in_any(peer, trusted)) return peer;
    const auto first = client_by("X-Forwarded-For", node, peer, trusted, request);
    const auto second = client_by("Forwarded", forwarded_node, peer, trusted, request);
    if (first && second && *first != *second) return peer;
    return first.value_or(second.value_or(peer));
}

bool came_by_https(const Address& peer, const std::vector<AddressRange>& trusted, const Request& request) {
    if (!is_in_any(peer, trusted)) return false;
    std::optional<std::string_view> first, second;
    if (const auto protocols = elements_of(request, "X-Forwarded-Proto"); !protocols.empty()) first = protocols.back();
    if (const auto elements = elements_of(request, "Forwarded"); !elements.empty()) second = parameter(elements.back(), "proto");
    const auto is_https = [](std::string_view protocol) {
        return equal_ignoring_case(protocol, "https") || equal_ignoring_case(protocol, "wss");
    };
    if (first && second) return is_https(*first) && is_https(*second);
    return is_https(first.value_or(second.value_or("")));
}

}  // namespace calldocker::server::http
