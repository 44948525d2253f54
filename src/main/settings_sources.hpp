#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "main/settings.hpp"
#include "main/settings_table.hpp"

namespace calldocker::main {

/// Where values come from; the first that gives one wins. An empty value is none.
struct Sources {
    std::map<std::string, std::string, std::less<>> flags;        ///< by setting's name
    std::map<std::string, std::string, std::less<>> environment;  ///< all of it, foreign variables too
    std::filesystem::path dotenv_file;
    std::string dotenv;  ///< the text of that file; empty: none
};

struct Resolved {
    const Setting* setting;
    std::string value;
    std::string origin;  ///< "flag", "environment", ".env:12", "default"
};

/// The values of all sources together.
struct Configuration {
    Settings settings;
    std::vector<Resolved> values;       ///< in the table's order
    std::vector<std::string> problems;  ///< any of them stops a start; each names the setting, its value and what is allowed
    std::vector<std::string> warnings;  ///< such as JWT_SECRETT in the environment
};

/// Pure. Values of secrets are in `settings` and `values` only.
[[nodiscard]] Configuration configure(const Sources& sources);

/// Reads the environment of this process and the file. @errors unavailable (the file is there and cannot be read)
[[nodiscard]] Result<Sources> read_sources(std::map<std::string, std::string, std::less<>> flags, const std::filesystem::path& dotenv_file);

/// In development without JWT_SECRET: makes one, adds it to the .env file (mode 0600 from then on) and to `settings`.
/// @param fresh  32 random bytes
/// @errors unavailable (the file cannot be written), with the remedy
Result<> keep_development_secret(const std::filesystem::path& dotenv_file, std::string_view fresh, Settings& settings);

}  // namespace calldocker::main
