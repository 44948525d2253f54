#include "main/transport_setup.hpp"

#include <algorithm>

namespace calldocker::main {
namespace {

constexpr std::uint64_t descriptors_kept_max = 256;

}  // namespace

std::size_t connections_possible(std::uint64_t open_files) {
    return static_cast<std::size_t>(open_files - std::min(open_files / 4, descriptors_kept_max));
}

server::TransportSettings transport_settings(const Settings& settings, std::uint64_t open_files) {
    server::TransportSettings transport;
    transport.host = settings.host;
    transport.websocket_port = settings.ws_port;
    transport.http_port = settings.port;
    transport.tls_certificate = settings.tls_cert.string();
    transport.tls_key = settings.tls_key.string();
    transport.allowed_origins = settings.allowed_origins;
    for (const std::string& range : settings.trusted_proxies)
        if (const auto parsed = server::AddressRange::parse(range)) transport.trusted_proxies.push_back(*parsed);
    transport.connections_max = connections_possible(open_files);
    if (settings.connections_max != 0)
        transport.connections_max = std::min<std::size_t>(transport.connections_max, settings.connections_max);
    transport.connections_per_address_max = std::min<std::size_t>(settings.connections_per_address_max, transport.connections_max / 2);
    transport.connections_per_address_per_second = settings.new_connections_per_address_per_second;
    transport.connections_per_address_burst = settings.new_connections_per_address_per_second * 4;  // as the setting's page says
    transport.http_per_address_per_second = settings.http_per_second;
    transport.http_per_address_burst = settings.http_per_second * 4;
    transport.message_bytes_max = settings.message_bytes_max;
    transport.messages_per_second = settings.messages_per_second;
    transport.messages_burst = settings.messages_burst;
    transport.output_bytes_max = settings.send_buffer_bytes_max;
    transport.request_head_bytes_max = settings.http_header_bytes_max;
    transport.request_body_bytes_max = settings.http_body_bytes_max;
    transport.handshake_timeout = settings.handshake_timeout;
    transport.ping_interval = settings.ping_interval;
    transport.idle_timeout = settings.idle_timeout;
    return transport;
}

}  // namespace calldocker::main
