#include "main/settings_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "server/net/address_range.hpp"

namespace calldocker::main {
namespace {

constexpr std::size_t jwt_secret_bytes_min = 32;  // RFC 7518 §3.2: a key of at least the size of the hash
// Who has been handed TURN credentials can try guesses at it at leisure.
constexpr std::size_t turn_secret_bytes_min = 16;

/// @return whether the secret is of a kind that guessers try first: few different characters, or the same few again and again
bool is_monotonous(std::string_view secret) {
    constexpr std::size_t different_min = 8, repeats_max = 3;
    if (std::set<char>(secret.begin(), secret.end()).size() < different_min) return true;
    for (std::size_t period = 1; period * repeats_max < secret.size(); ++period)
        if (secret.substr(period) == secret.substr(0, secret.size() - period)) return true;
    return false;
}

// Each kind of value: its parser, and the words for what it allows. One place, so that they cannot differ.
struct Kind {
    std::string allowed;
    std::function<bool(Settings&, std::string_view)> read;
};

std::optional<std::uint64_t> number_in(std::string_view text, std::uint64_t least, std::uint64_t most) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < least || number > most) return std::nullopt;
    return number;
}

template <class Number>
Kind number(Number Settings::*member, Number least, Number most) {
    return {fmt::format("a whole number from {} to {}", least, most), [=](Settings& settings, std::string_view text) {
                const auto value = number_in(text, least, most);
                if (value) settings.*member = static_cast<Number>(*value);
                return value.has_value();
            }};
}

Kind seconds(std::chrono::seconds Settings::*member, std::uint64_t least, std::uint64_t most) {
    return {fmt::format("seconds, from {} to {}", least, most), [=](Settings& settings, std::string_view text) {
                const auto value = number_in(text, least, most);
                if (value) settings.*member = std::chrono::seconds(*value);
                return value.has_value();
            }};
}

template <class Value>
Kind choice(Value Settings::*member, std::vector<std::pair<std::string_view, Value>> values) {
    std::string allowed;
    for (const auto& [name, value] : values) allowed += fmt::format("{}`{}`", allowed.empty() ? "" : ", ", name);
    return {allowed, [member, values = std::move(values)](Settings& settings, std::string_view text) {
                const auto found = std::ranges::find(values, text, &std::pair<std::string_view, Value>::first);
                if (found != values.end()) settings.*member = found->second;
                return found != values.end();
            }};
}

Kind flag(bool Settings::*member) { return choice<bool>(member, {{"true", true}, {"false", false}, {"1", true}, {"0", false}}); }

bool is_line(std::string_view text) { return is_name(text, 4'096); }

template <class Text>
Kind text(Text Settings::*member, std::string allowed) {
    return {std::move(allowed), [=](Settings& settings, std::string_view value) {
                if (!is_line(value)) return false;
                settings.*member = Text(std::string(value));
                return true;
            }};
}
Kind file(std::filesystem::path Settings::*member) { return text(member, "a path"); }

using Predicate = bool (*)(std::string_view);

/// Separated by commas, spaces around them don't count.
Kind list(std::vector<std::string> Settings::*member, std::string allowed, Predicate is_allowed) {
    return {std::move(allowed), [=](Settings& settings, std::string_view value) {
                std::vector<std::string> items;
                while (true) {
                    const std::size_t comma = std::min(value.find(','), value.size());
                    std::string_view item = value.substr(0, comma);
                    while (item.starts_with(' ')) item.remove_prefix(1);
                    while (item.ends_with(' ')) item.remove_suffix(1);
                    if (!is_line(item) || !is_allowed(item)) return false;
                    items.emplace_back(item);
                    if (comma == value.size()) break;
                    value.remove_prefix(comma + 1);
                }
                settings.*member = std::move(items);
                return true;
            }};
}

bool has_scheme(std::string_view url, std::initializer_list<std::string_view> schemes) {
    return std::ranges::any_of(schemes, [url](std::string_view scheme) { return url.starts_with(scheme) && url.size() > scheme.size(); });
}
bool is_origin(std::string_view item) {
    if (item == "*") return true;
    if (!has_scheme(item, {"http://", "https://"})) return false;
    const std::string_view rest = item.substr(item.find("//") + 2);
    return rest.find_first_of("/?#@ ") == std::string_view::npos;
}
bool is_stun_url(std::string_view item) { return has_scheme(item, {"stun:", "stuns:"}); }
bool is_turn_url(std::string_view item) { return has_scheme(item, {"turn:", "turns:"}); }
bool is_address_range(std::string_view item) { return server::AddressRange::parse(item).has_value(); }
bool is_company(std::string_view item) { return is_name(item); }

Kind secret(Secret<std::string> Settings::*member, std::size_t bytes_min) {
    return {fmt::format("{} to 4096 bytes of text without control characters", bytes_min), [=](Settings& settings, std::string_view value) {
                if (value.size() < bytes_min || !is_line(value)) return false;
                settings.*member = Secret<std::string>(std::string(value));
                return true;
            }};
}

Kind database_url() {
    return {"`sqlite:PATH`; a relative path is below DATA_DIR. PostgreSQL comes with a later version",
            [](Settings& settings, std::string_view value) {
                if (!has_scheme(value, {"sqlite:"}) || !is_line(value) || value.find('"') != std::string_view::npos) return false;
                settings.database_url = value;
                return true;
            }};
}

Setting row(std::string_view group, std::string_view name, std::string_view default_value, Kind kind, std::string_view help) {
    return {group, name, default_value, std::move(kind.allowed), help, false, std::move(kind.read)};
}
Setting secret_row(std::string_view group, std::string_view name, Kind kind, std::string_view help) {
    return {group, name, "", std::move(kind.allowed), help, true, std::move(kind.read)};
}

std::vector<Setting> make_table() {
    constexpr std::uint32_t million = 1'000'000;
    constexpr std::string_view server = "The server";
    constexpr std::string_view tokens = "Tokens and companies";
    constexpr std::string_view data = "Data and process";
    constexpr std::string_view ice = "ICE: STUN and TURN";
    constexpr std::string_view limits = "Limits and timeouts";
    using S = Settings;
    return {
        row(server, "NODE_ENV", "production",
            choice<Mode>(&S::mode, {{"development", Mode::development}, {"production", Mode::production}}),
            "Development signs demo users in and takes unsigned test tokens: never where others can reach it."),
        row(server, "HOST", "127.0.0.1", text(&S::host, "an IP address, or a name that resolves to one"),
            "The address to listen on. `0.0.0.0` is every IPv4 address of the machine, `::` every address."),
        row(server, "PORT", "3000", number<std::uint16_t>(&S::port, 0, 65'535), "Site, REST and `/ws`. 0 takes any free port."),
        row(server, "WS_PORT", "8081", number<std::uint16_t>(&S::ws_port, 0, 65'535), "Signalling alone. 0 takes any free port."),
        row(server, "WEB_DIR", "", file(&S::web_dir), "The built pages. Unset: the folder `web` beside the program."),
        row(server, "ALLOWED_ORIGINS", "",
            list(&S::allowed_origins, "origins such as `https://shop.example`, separated by commas, or `*`", is_origin),
            "Websites beside the server's own whose pages may connect and call the API. Unset: any website may connect, none may call the "
            "API from its pages."),
        row(server, "TRUSTED_PROXIES", "",
            list(&S::trusted_proxies, "IP addresses and ranges such as `10.0.0.0/8`, separated by commas", is_address_range),
            "Proxies in front. The limits per address count by the caller's address that these give in `X-Forwarded-For` or `Forwarded`; "
            "anybody else's headers are ignored."),
        row(server, "TLS_CERT", "", file(&S::tls_cert), "Certificate chain, PEM. With it both ports speak TLS; needs TLS_KEY."),
        row(server, "TLS_KEY", "", file(&S::tls_key), "Private key of TLS_CERT, PEM."),

        secret_row(tokens, "JWT_SECRET", secret(&S::jwt_secret, 1),
                   "Signs and verifies access tokens (HS256). Production needs at least 32 bytes. Unset in development: one is made and "
                   "kept in `.env`."),
        secret_row(tokens, "JWT_SECRET_PREVIOUS", secret(&S::jwt_secret_previous, 1),
                   "Tokens that it signed are still accepted: to change JWT_SECRET without signing anybody out."),
        row(tokens, "JWT_PUBLIC_KEYS", "", file(&S::jwt_public_keys),
            "A PEM file, or a folder of them, with the public keys (RS256, ES256) of other systems that sign tokens."),
        row(tokens, "JWKS_FILE", "", file(&S::jwks_file), "The same as a JSON Web Key Set."),
        row(tokens, "JWT_KEY_BINDINGS", "", file(&S::jwt_key_bindings),
            "A JSON file that says which companies' tokens each public key signs (docs/operations.md, Public keys). Production refuses "
            "keys that it does not name."),
        row(tokens, "FOREIGN_TOKEN_SECONDS_MAX", "86400", seconds(&S::foreign_token_max, 60, 2'592'000),
            "How far ahead the expiry of a token that a public key verifies may be, unless JWT_KEY_BINDINGS says otherwise. Such a token "
            "must have an expiry."),
        row(tokens, "TOKEN_GRACE_SECONDS", "60", seconds(&S::token_grace, 1, 3'600),
            "How long a connection of version 2 may go on after its token has expired, for its page to bring a new one. The end of this "
            "time never cuts a live contact off."),
        row(tokens, "COMPANIES", "", list(&S::companies, "company ids, separated by commas", is_company),
            "The companies of this installation, for REGISTERED_COMPANIES_ONLY."),
        row(tokens, "REGISTERED_COMPANIES_ONLY", "false", flag(&S::registered_companies_only),
            "Refuse tokens of companies that COMPANIES does not name. Otherwise a company that a valid token names exists."),
        row(tokens, "VISITOR_COMPANIES", "", list(&S::visitor_companies, "company ids, separated by commas, or `*`", is_company),
            "Companies whose visitors get an anonymous token from the site without signing in. Unset: all in development, none in "
            "production, where `*` needs REGISTERED_COMPANIES_ONLY."),
        row(tokens, "ACCEPT_ANONYMOUS_CUSTOMERS", "false", flag(&S::accept_anonymous_customers),
            "Let visitors in with the customer token of the original's documents (`id` is `anonymous`, `mock_signature`): original pages "
            "in production need it. Needs REGISTERED_COMPANIES_ONLY there, since nobody vouches for the company that the token names."),

        row(data, "DATA_DIR", "data", file(&S::data_dir),
            "The folder for all data. The server makes it if it is missing, readable for its owner only."),
        row(data, "DATABASE_URL", "sqlite:calldocker.db", database_url(), "The event log and all tables."),
        row(data, "SHARDS", "0", number<std::uint32_t>(&S::shards, 0, 256), "Event loops; a company lives on one. 0 is one per core."),
        row(data, "LOG_LEVEL", "info",
            choice<log::Level>(
                &S::log_level,
                {{"debug", log::Level::debug}, {"info", log::Level::info}, {"warn", log::Level::warn}, {"error", log::Level::error}}),
            "How much the server logs, on standard error. `debug` shows each message, without secrets and session descriptions."),

        row(ice, "STUN_URLS", "", list(&S::stun_urls, "`stun:HOST:PORT`, separated by commas", is_stun_url),
            "Handed to browsers so that they find their public address."),
        row(ice, "TURN_URLS", "", list(&S::turn_urls, "`turn:HOST:PORT?transport=udp` and the like, separated by commas", is_turn_url),
            "Relays for browsers that cannot reach one another. Needs TURN_SECRET."),
        secret_row(ice, "TURN_SECRET", secret(&S::turn_secret, 1),
                   "The `static-auth-secret` of coturn. Credentials made from it are handed out per call."),
        row(ice, "TURN_TTL_SECONDS", "600", seconds(&S::turn_ttl, 60, 600),
            "How long such credentials are valid; browsers renew them after half of it."),

        row(limits, "RATE_LIMIT_MESSAGES_PER_SECOND", "200", number<std::uint32_t>(&S::messages_per_second, 0, million),
            "Messages that a connection may send each second. 0 turns it off."),
        row(limits, "RATE_LIMIT_MESSAGES_BURST", "400", number<std::uint32_t>(&S::messages_burst, 0, million),
            "How many may come at once after a pause. 0 turns the limit of messages off, too."),
        row(limits, "RATE_LIMIT_HTTP_PER_SECOND", "500", number<std::uint32_t>(&S::http_per_second, 0, million),
            "HTTP requests that an address may make each second; four times as many may come at once. 0 turns it off."),
        row(limits, "CONNECTIONS_MAX", "0", number<std::uint32_t>(&S::connections_max, 0, million),
            "Open connections of everybody together; beyond it the server answers 503. 0 means as many as the limit of open files leaves "
            "room for; there are never more than that."),
        row(limits, "CONNECTIONS_PER_ADDRESS_MAX", "2000", number<std::uint32_t>(&S::connections_per_address_max, 0, million),
            "Open connections of one address, and never more than half of all. Behind a proxy of TRUSTED_PROXIES: WebSockets. 0 turns it "
            "off."),
        row(limits, "NEW_CONNECTIONS_PER_ADDRESS_PER_SECOND", "200",
            number<std::uint32_t>(&S::new_connections_per_address_per_second, 0, million),
            "New ones of them each second; four times as many may come at once. 0 turns it off."),
        row(limits, "MESSAGE_BYTES_MAX", "262144", number<std::uint32_t>(&S::message_bytes_max, 65'537, 1'048'575),
            "The longest message. Longer ones close the connection with 1009."),
        row(limits, "SEND_BUFFER_BYTES_MAX", "1048576", number<std::uint32_t>(&S::send_buffer_bytes_max, 65'536, 67'108'864),
            "Bytes that may wait for a slow reader; beyond it the connection is dropped."),
        row(limits, "ROOMS_PER_CONNECTION_MAX", "64", number<std::uint32_t>(&S::rooms_per_connection_max, 1, 1'024),
            "Rooms that a connection may be in."),
        row(limits, "BUDGETS_PERCENT", "100", number<std::uint32_t>(&S::budgets_percent, 0, 10'000),
            "Scales all budgets of [limits.md](limits.md) and of the settings below, in percent. 0 turns them off: for benchmarks, never "
            "where strangers come."),
        row(limits, "LIVE_CONTACTS_PER_VISITOR_MAX", "3", number<std::uint32_t>(&S::live_contacts_per_visitor_max, 0, million),
            "Calls, callbacks and messages of one visitor that have not ended. 0 turns it off, as in all of these."),
        row(limits, "LIVE_CONTACTS_PER_ADDRESS_MAX", "1000", number<std::uint32_t>(&S::live_contacts_per_address_max, 0, million),
            "The same of all visitors of one address (IPv6: of one /64), in one company."),
        row(limits, "CONTACTS_PER_ADDRESS_PER_MINUTE", "1200", number<std::uint32_t>(&S::contacts_per_address_per_minute, 0, million),
            "New ones of one address; twice as many may come at once."),
        row(limits, "LOG_BYTES_PER_ADDRESS_PER_SECOND", "32768",
            number<std::uint32_t>(&S::log_bytes_per_address_per_second, 0, 100 * million),
            "Bytes that the visitors of one address may add to the log; as many as 512 seconds allow may come at once."),
        row(limits, "LOG_BYTES_PER_COMPANY_PER_SECOND", "262144",
            number<std::uint32_t>(&S::log_bytes_per_company_per_second, 0, 100 * million),
            "The same of all visitors of one company; as many as 256 seconds allow may come at once."),
        row(limits, "RELAYED_BYTES_PER_VISITOR_PER_SECOND", "65536",
            number<std::uint32_t>(&S::relayed_bytes_per_visitor_per_second, 0, 100 * million),
            "Bytes of offers, answers, candidates and chat that one visitor may send; as many as 64 seconds allow may come at once."),
        row(limits, "VISITOR_TOKENS_PER_ADDRESS_PER_MINUTE", "600",
            number<std::uint32_t>(&S::visitor_tokens_per_address_per_minute, 0, million),
            "Tokens of `POST /api/visitor-token` for one address; it may get twice as many at once."),
        row(limits, "RECORDINGS_PER_ADDRESS_PER_HOUR", "100", number<std::uint32_t>(&S::recordings_per_address_per_hour, 0, million),
            "Recordings that the visitors of one address may leave; all of them may come at once."),
        row(limits, "RECORDINGS_PER_COMPANY_PER_HOUR", "400", number<std::uint32_t>(&S::recordings_per_company_per_hour, 0, million),
            "The same of all visitors of one company."),
        row(limits, "HTTP_HEADER_BYTES_MAX", "16384", number<std::uint32_t>(&S::http_header_bytes_max, 1'024, 65'536),
            "The longest request line and header together. Longer: 431; a line of more than 8 KiB alone: 414."),
        row(limits, "HTTP_BODY_BYTES_MAX", "1048576", number<std::uint32_t>(&S::http_body_bytes_max, 1'024, 67'108'864),
            "The longest request body that comes with a valid access token; a recording may have 2 MiB. Longer: 413. Without a token the "
            "bound is 64 KiB at most."),
        row(limits, "HANDSHAKE_TIMEOUT_SECONDS", "10", seconds(&S::handshake_timeout, 1, 60),
            "How long a connection may take to send its complete request."),
        row(limits, "PING_INTERVAL_SECONDS", "20", seconds(&S::ping_interval, 1, 60),
            "After this time without a message the server pings a connection."),
        row(limits, "IDLE_TIMEOUT_SECONDS", "60", seconds(&S::idle_timeout, 2, 75),
            "After this time without a message, or an answer to a ping, the server drops a connection."),
    };
}

}  // namespace

std::string Setting::flag() const {
    std::string flag = "--";
    for (const char c : name) flag.push_back(c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    return flag;
}

std::span<const Setting> settings_table() {
    static const std::vector<Setting> table = make_table();
    return table;
}

const Setting* find_setting(std::string_view name) {
    const auto table = settings_table();
    const auto found = std::ranges::find(table, name, &Setting::name);
    return found == table.end() ? nullptr : &*found;
}

std::filesystem::path Settings::database_file() const {
    return data_dir / std::filesystem::path(database_url.substr(std::string_view("sqlite:").size()));
}

std::vector<std::string> contradictions(const Settings& settings) {
    std::vector<std::string> problems;
    const auto unless = [&](bool fine, std::string problem) {
        if (!fine) problems.push_back(std::move(problem));
    };
    unless(settings.tls_cert.empty() == settings.tls_key.empty(), "TLS_CERT and TLS_KEY belong together: set both or neither");
    unless(settings.port != settings.ws_port || settings.port == 0,
           fmt::format("PORT and WS_PORT are both {}: give each its own", settings.port));
    unless(settings.mode == Mode::development || !settings.jwt_secret.reveal().empty() || !settings.jwt_public_keys.empty() ||
               !settings.jwks_file.empty(),
           "JWT_SECRET is not set: production needs it (at least 32 bytes; `openssl rand -hex 32` makes one), or JWT_PUBLIC_KEYS or "
           "JWKS_FILE; "
           "for trying things out set NODE_ENV=development");
    struct Guarded {
        std::string_view name;
        const Secret<std::string>& value;
        std::size_t bytes_min;
    };
    for (const auto& [name, value, bytes_min] : {Guarded{"JWT_SECRET", settings.jwt_secret, jwt_secret_bytes_min},
                                                 Guarded{"JWT_SECRET_PREVIOUS", settings.jwt_secret_previous, jwt_secret_bytes_min},
                                                 Guarded{"TURN_SECRET", settings.turn_secret, turn_secret_bytes_min}}) {
        const std::string& secret = value.reveal();
        if (settings.mode == Mode::development || secret.empty()) continue;
        if (secret.size() < bytes_min) {
            problems.push_back(
                fmt::format("{} has {} bytes: production needs at least {}, or it can be guessed; `openssl rand -hex 32` makes one", name,
                            secret.size(), bytes_min));
        } else if (is_monotonous(secret)) {
            problems.push_back(fmt::format(
                "{} repeats itself or has too few different characters: it can be guessed; `openssl rand -hex 32` makes one", name));
        }
    }
    unless(settings.jwt_secret_previous.reveal().empty() || !settings.jwt_secret.reveal().empty(),
           "JWT_SECRET_PREVIOUS is set without JWT_SECRET: it is only for changing that one");
    unless(settings.turn_urls.empty() || !settings.turn_secret.reveal().empty(),
           "TURN_URLS needs TURN_SECRET: the static-auth-secret in the configuration of coturn");
    const bool any_visitors = std::ranges::find(settings.visitor_companies, "*") != settings.visitor_companies.end();
    for (const auto& [name, is_set] :
         {std::pair{"VISITOR_COMPANIES=*", any_visitors}, std::pair{"ACCEPT_ANONYMOUS_CUSTOMERS", settings.accept_anonymous_customers}})
        unless(settings.mode == Mode::development || !is_set || settings.registered_companies_only,
               fmt::format("{} lets strangers make companies up, each with records and recordings of its own: set "
                           "REGISTERED_COMPANIES_ONLY=true and name your companies in COMPANIES",
                           name));
    unless(settings.jwt_key_bindings.empty() || !settings.jwt_public_keys.empty() || !settings.jwks_file.empty(),
           "JWT_KEY_BINDINGS is set without JWT_PUBLIC_KEYS or JWKS_FILE: there is no key to bind");
    unless(!settings.registered_companies_only || !settings.companies.empty(),
           "REGISTERED_COMPANIES_ONLY refuses everybody while COMPANIES is empty: name the companies there");
    unless(settings.ping_interval < settings.idle_timeout,
           "PING_INTERVAL_SECONDS must be less than IDLE_TIMEOUT_SECONDS: a quiet connection needs time to answer");
    unless(settings.messages_per_second == 0 || settings.messages_burst == 0 || settings.messages_burst >= settings.messages_per_second,
           "RATE_LIMIT_MESSAGES_BURST must be at least RATE_LIMIT_MESSAGES_PER_SECOND, or 0");
    unless(settings.send_buffer_bytes_max > settings.message_bytes_max,
           "SEND_BUFFER_BYTES_MAX must be more than MESSAGE_BYTES_MAX: a message has to fit");
    return problems;
}

}  // namespace calldocker::main
