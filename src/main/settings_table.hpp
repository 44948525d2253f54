#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "main/settings.hpp"

namespace calldocker::main {

/// One row: everything that flags, environment, .env, checks and the reference page need to know of a setting.
struct Setting {
    std::string_view group;
    std::string_view name;           ///< "WS_PORT", also in the environment and in .env
    std::string_view default_value;  ///< empty: none
    std::string allowed;             ///< in words
    std::string_view help;
    bool secret{};
    /// Puts the value into its place. @return whether it is allowed
    std::function<bool(Settings&, std::string_view)> read;

    /// "--ws-port"
    [[nodiscard]] std::string flag() const;
};

[[nodiscard]] std::span<const Setting> settings_table();
/// @return nullptr if there is none of this name
[[nodiscard]] const Setting* find_setting(std::string_view name);

/// Checks that no single value allows: settings that need or exclude one another.
/// @return one sentence per problem, naming settings and the remedy; no secret values
[[nodiscard]] std::vector<std::string> contradictions(const Settings& settings);

}  // namespace calldocker::main
