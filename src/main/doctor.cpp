#include "main/doctor.hpp"

#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "adapters/sql/database.hpp"
#include "adapters/sql/log_reader.hpp"
#include "adapters/system/system.hpp"
#include "app/codec/codec.hpp"
#include "main/stun_probe.hpp"
#include "main/transport_setup.hpp"
#include "main/version.hpp"

namespace calldocker::main {
namespace {

constexpr std::uintmax_t mebibyte = std::uintmax_t{1} << 20u;
constexpr std::uint64_t open_files_wanted = 10'240;

std::string reason(int error) { return std::generic_category().message(error); }

/// The folder, or the nearest one above it that exists.
std::filesystem::path existing(std::filesystem::path folder) {
    std::error_code ignored;
    folder = std::filesystem::absolute(folder, ignored);
    while (!std::filesystem::exists(folder, ignored) && folder.has_relative_path()) folder = folder.parent_path();
    return folder;
}

bool is_loopback(const std::string& host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

}  // namespace

Finding examine_port(std::string_view name, const std::string& host, std::uint16_t port) {
    const std::string what = fmt::format("{} {} on {}", name, port, host);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    addrinfo* found = nullptr;
    if (const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found); error != 0)
        return {Verdict::fail, fmt::format("{}: {}", what, gai_strerror(error)), "set HOST to an address of this machine, or 0.0.0.0"};
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(found, &freeaddrinfo);
    const int socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return {Verdict::fail, fmt::format("{}: {}", what, reason(errno)), "check what the system allows this user"};
    const int on = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const int error = bind(socket, found->ai_addr, found->ai_addrlen) == 0 ? 0 : errno;
    ::close(socket);
    if (error == 0) return {Verdict::ok, what + ": free", ""};
    std::string remedy = "set HOST to an address of this machine";
    if (error == EADDRINUSE)
        remedy =
            fmt::format("another program has it (calldocker itself?); `ss -ltnp 'sport = :{}'` shows which; stop it or set {}", port, name);
    if (error == EACCES) remedy = fmt::format("ports below 1024 need a privilege; set {} higher, or put a proxy in front", name);
    return {Verdict::fail, fmt::format("{}: {}", what, reason(error)), std::move(remedy)};
}

Finding examine_database(const std::filesystem::path& file) {
    const std::string what = fmt::format("database {}", file.string());
    const std::filesystem::path folder = existing(file.parent_path());
    if (access(folder.c_str(), W_OK | X_OK) != 0)
        return {Verdict::fail, fmt::format("{}: {} is not writable", what, folder.string()),
                "make it writable for the user that runs calldocker, or set DATA_DIR"};
    const auto database = adapters::sql::Database::open_read_only(file);
    if (!database && database.error().code == ErrorCode::not_found) return {Verdict::ok, what + ": will be made", ""};
    if (access(file.c_str(), W_OK) != 0)
        return {Verdict::fail, what + ": not writable", "make the file writable for the user that runs calldocker"};
    if (!database) return {Verdict::fail, database.error().detail, "see docs/operations.md for backups"};
    if (const auto sound = (*database)->check_integrity(); !sound)
        return {Verdict::fail, sound.error().detail, "see docs/operations.md for backups"};
    return {Verdict::ok, what + ": writable, read through and sound", ""};
}

std::optional<Finding> examine_logs(const std::filesystem::path& file) {
    auto reader = adapters::sql::LogReader::open(file);
    if (!reader) return std::nullopt;  // examine_database() says why
    const auto companies = reader->companies();
    if (!companies) return Finding{Verdict::fail, companies.error().detail, "see docs/operations.md for backups"};
    for (const CompanyId& company : *companies) {
        const auto history = reader->history(company);
        const auto state = history ? app::codec::replay(*history) : Result<domain::State>(fail(history.error()));
        if (!state)
            return Finding{Verdict::fail, fmt::format("log of company {}: {}", company, state.error().detail),
                           "it is turned away until a calldocker of the version that wrote this runs again, or a backup is restored"};
    }
    return Finding{Verdict::ok, fmt::format("logs of {} companies: read", companies->size()), ""};
}

Finding examine_disk_space(const std::filesystem::path& folder) {
    std::error_code error;
    const std::filesystem::path place = existing(folder);
    const auto space = std::filesystem::space(place, error);
    const std::string what = fmt::format("disk space at {}", place.string());
    if (error) return {Verdict::fail, fmt::format("{}: {}", what, error.message()), "check DATA_DIR"};
    const std::uintmax_t free = space.available / mebibyte;
    const Verdict verdict = free < 100 ? Verdict::fail : free < 1'024 ? Verdict::warn : Verdict::ok;
    return {verdict, fmt::format("{}: {} MiB free", what, free),
            verdict == Verdict::ok ? "" : "free some: calls cannot be recorded in the event log on a full disk, and are refused"};
}

Finding examine_clock(Instant now, Instant program_built_at) {
    const std::string what = fmt::format("clock: {}", to_iso8601(now));
    constexpr auto plausible = std::chrono::days(365 * 20);
    if (now + std::chrono::days(1) >= program_built_at && now < program_built_at + plausible) return {Verdict::ok, what, ""};
    return {Verdict::fail, fmt::format("{}, but this program was built at {}", what, to_iso8601(program_built_at)),
            "set the clock (`timedatectl set-ntp true`): tokens and TURN credentials have times in them"};
}

Finding examine_time_synchronisation() {
    const std::unique_ptr<FILE, int (*)(FILE*)> answer(popen("timeout 2 timedatectl show -p NTPSynchronized --value 2>/dev/null", "r"),
                                                       &pclose);
    std::array<char, 16> line{};
    const bool answered = answer != nullptr && std::fgets(line.data(), line.size(), answer.get()) != nullptr;
    if (!answered)
        return {Verdict::warn, "clock: synchronisation unknown",
                "make sure that something (systemd-timesyncd, chrony, the host) keeps the time"};
    if (std::string_view(line.data()).starts_with("yes")) return {Verdict::ok, "clock: synchronised", ""};
    return {Verdict::warn, "clock: not synchronised", "`timedatectl set-ntp true`: tokens and TURN credentials have times in them"};
}

std::optional<Finding> examine_proxies(const Settings& settings) {
    if (!settings.trusted_proxies.empty())
        return Finding{Verdict::ok, fmt::format("TRUSTED_PROXIES: {}", fmt::join(settings.trusted_proxies, ", ")), ""};
    if (settings.mode != Mode::production || !is_loopback(settings.host)) return std::nullopt;
    return Finding{Verdict::warn, fmt::format("TRUSTED_PROXIES: none, and HOST is {}", settings.host),
                   "callers of a proxy on this machine share the limits of one address; set TRUSTED_PROXIES=127.0.0.1,::1"};
}

Finding examine_open_files() {
    const auto limit = adapters::open_file_limit();
    const std::string what = fmt::format("open files: up to {}, for {} connections", limit.possible, connections_possible(limit.possible));
    if (limit.possible >= open_files_wanted) return {Verdict::ok, what, ""};
    return {Verdict::warn, what,
            fmt::format("each connection takes one; allow {} (LimitNOFILE= in the service unit, or `ulimit -n`)", open_files_wanted)};
}

std::vector<Finding> examine_ice(const Settings& settings) {
    if (settings.turn_urls.empty())
        return {{Verdict::warn, "TURN: none",
                 "visitors behind strict networks cannot connect; README.md says how to start coturn, then set TURN_URLS and TURN_SECRET"}};
    std::vector<Finding> findings;
    for (const auto* urls : {&settings.stun_urls, &settings.turn_urls})
        for (const std::string& url : *urls) {
            const auto reached = probe_stun(url, std::chrono::seconds(2));
            findings.push_back(reached ? Finding{Verdict::ok, fmt::format("{}: {}", url, *reached), ""}
                                       : Finding{Verdict::fail, fmt::format("{}: {}", url, reached.error().detail),
                                                 "check that coturn runs, its address, and the firewall (UDP and TCP 3478, 5349)"});
        }
    return findings;
}

bool examine_all(const Settings& settings, const std::function<void(const Finding&)>& tell) {
    bool sound = true;
    const auto told = [&](const Finding& finding) {
        sound = sound && finding.verdict != Verdict::fail;
        tell(finding);
    };
    told(examine_port("PORT", settings.host, settings.port));
    told(examine_port("WS_PORT", settings.host, settings.ws_port));
    told(examine_database(settings.database_file()));
    if (const auto finding = examine_logs(settings.database_file())) told(*finding);
    told(examine_disk_space(settings.data_dir));
    told(examine_clock(adapters::wall_clock_now(), built_at()));
    told(examine_time_synchronisation());
    if (!settings.tls_cert.empty()) {
        told(examine_tls(settings));
    } else if (!is_loopback(settings.host)) {
        told({Verdict::warn, "TLS: none",
              "browsers open the microphone on https pages only: set TLS_CERT and TLS_KEY, or put a proxy with TLS in front"});
    }
    for (const Finding& finding : examine_public_keys(settings)) told(finding);
    told(examine_pages(settings));
    if (const auto finding = examine_proxies(settings)) told(*finding);
    told(examine_open_files());
    for (const Finding& finding : examine_ice(settings)) told(finding);
    return sound;
}

std::string line_of(const Finding& finding) {
    const std::string_view verdict = finding.verdict == Verdict::ok ? "ok" : finding.verdict == Verdict::warn ? "warn" : "fail";
    if (finding.remedy.empty()) return fmt::format("{:<5} {}\n", verdict, finding.what);
    return fmt::format("{:<5} {}\n      -> {}\n", verdict, finding.what, finding.remedy);
}

}  // namespace calldocker::main
