#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "main/settings.hpp"

namespace calldocker::main {

enum class Verdict { ok, warn, fail };

struct Finding {
    Verdict verdict{};
    std::string what;    ///< what was checked, and the result
    std::string remedy;  ///< empty when ok
};

/// The checks of `calldocker doctor`, one after the other. Each blocks, at most for some seconds, and changes nothing.
[[nodiscard]] Finding examine_port(std::string_view name, const std::string& host, std::uint16_t port);
[[nodiscard]] Finding examine_database(const std::filesystem::path& file);
/// Whether this version can read everything that a start reads: of each company the newest snapshot and the events after it.
[[nodiscard]] std::optional<Finding> examine_logs(const std::filesystem::path& file);
[[nodiscard]] Finding examine_disk_space(const std::filesystem::path& folder);
[[nodiscard]] Finding examine_clock(Instant now, Instant program_built_at);
[[nodiscard]] Finding examine_time_synchronisation();
[[nodiscard]] Finding examine_tls(const Settings& settings);
/// JWT_PUBLIC_KEYS and JWKS_FILE, where they are set: whether they can be read, and the keys in them.
[[nodiscard]] std::vector<Finding> examine_public_keys(const Settings& settings);
[[nodiscard]] Finding examine_pages(const Settings& settings);
/// @return nothing if a proxy is unlikely: a production server that listens on loopback alone has one in front
[[nodiscard]] std::optional<Finding> examine_proxies(const Settings& settings);
[[nodiscard]] Finding examine_open_files();
[[nodiscard]] std::vector<Finding> examine_ice(const Settings& settings);

/// Runs all of them, and passes each result to `tell` when it is known. @return whether none failed
bool examine_all(const Settings& settings, const std::function<void(const Finding&)>& tell);

/// "ok    disk space: 76 GiB free", with the remedy on a second line.
[[nodiscard]] std::string line_of(const Finding& finding);

}  // namespace calldocker::main
