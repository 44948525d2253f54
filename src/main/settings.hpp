#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "base/secret.hpp"

namespace calldocker::main {

enum class Mode { development, production };

/// The settings of one process, checked. docs/settings.md (printed from settings_table.cpp) says what each means; the
/// defaults are there, too. A limit of 0 is turned off where that page says so.
struct Settings {
    Mode mode{};
    std::string host;
    std::uint16_t port{};
    std::uint16_t ws_port{};
    std::filesystem::path web_dir;  ///< empty: `web` beside the program
    std::vector<std::string> allowed_origins;
    std::vector<std::string> trusted_proxies;  ///< addresses and CIDR ranges
    std::filesystem::path tls_cert;            ///< both or neither
    std::filesystem::path tls_key;

    Secret<std::string> jwt_secret;
    Secret<std::string> jwt_secret_previous;
    std::filesystem::path jwt_public_keys;
    std::filesystem::path jwks_file;
    std::filesystem::path jwt_key_bindings;
    std::chrono::seconds foreign_token_max{};
    std::chrono::seconds token_grace{};
    std::vector<std::string> companies;
    bool registered_companies_only{};
    std::vector<std::string> visitor_companies;  ///< "*": all
    bool accept_anonymous_customers{};

    std::filesystem::path data_dir;
    std::string database_url;
    std::uint32_t shards{};  ///< 0: one per core
    log::Level log_level{};

    std::vector<std::string> stun_urls;
    std::vector<std::string> turn_urls;
    Secret<std::string> turn_secret;
    std::chrono::seconds turn_ttl{};

    std::uint32_t messages_per_second{};
    std::uint32_t messages_burst{};
    std::uint32_t http_per_second{};
    std::uint32_t connections_max{};  ///< 0: what the limit of open files leaves room for
    std::uint32_t connections_per_address_max{};
    std::uint32_t new_connections_per_address_per_second{};
    std::uint32_t message_bytes_max{};
    std::uint32_t send_buffer_bytes_max{};
    std::uint32_t rooms_per_connection_max{};
    std::uint32_t budgets_percent{};
    std::uint32_t live_contacts_per_visitor_max{};
    std::uint32_t live_contacts_per_address_max{};
    std::uint32_t contacts_per_address_per_minute{};
    std::uint32_t log_bytes_per_address_per_second{};
    std::uint32_t log_bytes_per_company_per_second{};
    std::uint32_t relayed_bytes_per_visitor_per_second{};
    std::uint32_t visitor_tokens_per_address_per_minute{};
    std::uint32_t recordings_per_address_per_hour{};
    std::uint32_t recordings_per_company_per_hour{};
    std::uint32_t http_header_bytes_max{};
    std::uint32_t http_body_bytes_max{};
    std::chrono::seconds handshake_timeout{};
    std::chrono::seconds ping_interval{};
    std::chrono::seconds idle_timeout{};

    /// Where DATABASE_URL and DATA_DIR put the SQLite file.
    [[nodiscard]] std::filesystem::path database_file() const;
};

}  // namespace calldocker::main
