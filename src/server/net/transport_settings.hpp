#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/net/address_range.hpp"

namespace calldocker::server {

/// What an operator decides about sockets. The defaults are those of docs/protocol.md and docs/operations.md.
/// Of rates and counts 0 means "no limit"; of times nothing may be 0.
struct TransportSettings {
    std::string host = "0.0.0.0";                  ///< an IPv4 or IPv6 address; "::" takes both
    std::uint16_t websocket_port = 8081;           ///< upgrades at any path; 0: any free port, also below
    std::optional<std::uint16_t> http_port{3000};  ///< pages, API, and `/ws`; nothing: this listener is left out

    std::string tls_certificate;  ///< PEM chain; both files or none. With them both ports speak TLS only.
    std::string tls_key;
    std::vector<std::string> allowed_origins;  ///< empty: any page may connect, and no page of another origin may use the API

    std::vector<AddressRange> trusted_proxies;  ///< peers whose word on who the caller is counts (http/forwarded.hpp)
    std::size_t connections_max = 0;            ///< of the process, those that are refused aside; beyond it 503
    std::size_t connections_per_address_max = 0;
    std::uint32_t connections_per_address_per_second = 0;
    std::uint32_t connections_per_address_burst = 0;
    std::uint32_t http_per_address_per_second = 0;
    std::uint32_t http_per_address_burst = 0;

    std::size_t message_bytes_max = std::size_t{256} * 1024;  ///< of a reassembled message; more: 1009
    std::uint32_t messages_per_second = 200;                  ///< of one connection; more: 1008
    std::uint32_t messages_burst = 400;
    std::size_t output_bytes_max = std::size_t{1024} * 1024;  ///< waiting for one reader; more: dropped

    std::size_t request_head_bytes_max = std::size_t{16} * 1024;
    std::size_t request_body_bytes_max = std::size_t{64} * 1024;

    std::chrono::milliseconds handshake_timeout{10'000};  ///< from the first moment to a whole request; also of a request's body and answer
    std::chrono::milliseconds authentication_timeout{5'000};  ///< after an upgrade without a token, for the message that has it
    std::chrono::milliseconds keep_alive_timeout{30'000};     ///< between two requests; also a response that makes no progress
    std::chrono::milliseconds ping_interval{20'000};          ///< of silence, before a ping
    std::chrono::milliseconds idle_timeout{60'000};           ///< of silence, pings unanswered, before the end; also of an unfinished frame
};

}  // namespace calldocker::server
