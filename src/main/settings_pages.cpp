#include "main/settings_pages.hpp"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace calldocker::main {
namespace {

/// As parse_dotenv() reads it back.
std::string quoted_where_needed(std::string_view value) {
    if (value.find_first_of(" \t#\"'\\") == std::string_view::npos) return std::string(value);
    std::string quoted = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') quoted.push_back('\\');
        quoted.push_back(c);
    }
    return quoted + "\"";
}

/// Lines of at most `columns` characters, each after `prefix`.
void append_wrapped(std::string& out, std::string_view text, std::string_view prefix, std::size_t columns) {
    while (!text.empty()) {
        std::size_t cut = text.size();
        if (cut > columns) {
            cut = text.rfind(' ', columns);
            if (cut == std::string_view::npos) cut = std::min(text.find(' '), text.size());
        }
        fmt::format_to(std::back_inserter(out), "{}{}\n", prefix, text.substr(0, cut));
        text.remove_prefix(std::min(cut + 1, text.size()));
    }
}

}  // namespace

std::string show(std::span<const Resolved> values, bool redact) {
    std::string page;
    for (const Resolved& resolved : values) {
        const bool hidden = redact && resolved.setting->secret && !resolved.value.empty();
        const std::string value = hidden ? "(redacted)" : quoted_where_needed(resolved.value);
        fmt::format_to(std::back_inserter(page), "{}={}  # {}\n", resolved.setting->name, value, resolved.origin);
    }
    return page;
}

std::string reference_markdown() {
    std::string page =
        "# Settings\n\n"
        "This page is printed by `calldocker config reference --format markdown`; change `src/main/settings_table.cpp` instead.\n\n"
        "A setting comes from a flag (`--ws-port 8081`), else from the environment (`WS_PORT=8081`), else from `.env` in the working\n"
        "directory (`--env-file` names another file), else from its default. An empty value counts as not set. A setting that does not\n"
        "exist or a value that is not allowed stops the start; `calldocker config check` says so without starting,\n"
        "`calldocker config show --redact` shows what is in force and where it comes from. Secrets are better kept in `.env` than given "
        "as\n"
        "flags, which other users of the machine can see.\n";
    std::string_view group;
    for (const Setting& setting : settings_table()) {
        if (setting.group != group) {
            group = setting.group;
            fmt::format_to(std::back_inserter(page), "\n## {}\n\n| setting | default | allowed | meaning |\n|---|---|---|---|\n", group);
        }
        const std::string default_value = setting.default_value.empty() ? "" : fmt::format("`{}`", setting.default_value);
        fmt::format_to(std::back_inserter(page), "| `{}` | {} | {}{} | {} |\n", setting.name, default_value, setting.allowed,
                       setting.secret ? "; secret" : "", setting.help);
    }
    return page;
}

std::string reference_env() {
    std::string page =
        "# Settings of CallDocker. Copy this file to .env and change what you need; docs/settings.md has it as a table.\n"
        "# Flags (--ws-port 8081) and the environment come before this file. An empty value counts as not set.\n";
    std::string_view group;
    for (const Setting& setting : settings_table()) {
        if (setting.group != group) {
            group = setting.group;
            fmt::format_to(std::back_inserter(page), "\n# ---- {} ----\n", group);
        }
        page += '\n';
        append_wrapped(page, setting.help, "# ", 110);
        append_wrapped(page, fmt::format("Allowed: {}.", setting.allowed), "# ", 110);
        fmt::format_to(std::back_inserter(page), "#{}={}\n", setting.name, setting.default_value);
    }
    return page;
}

}  // namespace calldocker::main
