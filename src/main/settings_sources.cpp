#include "main/settings_sources.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <numeric>
#include <optional>
#include <system_error>
#include <utility>

#include "base/text.hpp"
#include "main/dotenv.hpp"

namespace calldocker::main {
namespace {

constexpr std::size_t shown_value_bytes_max = 128;
constexpr std::uintmax_t dotenv_bytes_max = 1u << 20u;

/// Levenshtein's distance.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
        }
    }
    return row[b.size()];
}

/// @return the setting that `name` may be a slip of
const Setting* near_miss(std::string_view name) {
    for (const Setting& setting : settings_table()) {
        const std::size_t slips_max = setting.name.size() < 8 ? 1 : 2;
        const std::size_t slips = distance(name, setting.name);
        if (slips > 0 && slips <= slips_max) return &setting;
    }
    return nullptr;
}

std::string shown(const Setting& setting, std::string_view value) {
    if (setting.secret) return fmt::format("(secret, {} bytes)", value.size());
    return fmt::format("\"{}\"", shortened(value, shown_value_bytes_max));
}

struct Found {
    std::string_view value;
    std::string origin;
};

class Lookup {
public:
    Lookup(const Sources& sources, const std::vector<Assignment>& dotenv) : sources_(sources), dotenv_(dotenv) {}

    [[nodiscard]] std::optional<Found> find(std::string_view name) const {
        if (const auto flag = sources_.flags.find(name); flag != sources_.flags.end() && !flag->second.empty())
            return Found{flag->second, "flag"};
        if (const auto variable = sources_.environment.find(name); variable != sources_.environment.end() && !variable->second.empty())
            return Found{variable->second, "environment"};
        for (auto line = dotenv_.rbegin(); line != dotenv_.rend(); ++line)  // the last one counts
            if (line->name == name && !line->value.empty())
                return Found{line->value, fmt::format("{}:{}", sources_.dotenv_file.filename().string(), line->line)};
        return std::nullopt;
    }

private:
    const Sources& sources_;
    const std::vector<Assignment>& dotenv_;
};

void find_unknown_names(const Sources& sources, const std::vector<Assignment>& dotenv, Configuration& configuration) {
    const auto suggestion = [](std::string_view name) {
        const Setting* meant = near_miss(name);
        return meant != nullptr ? fmt::format("; did you mean {}?", meant->name) : std::string("; env.example lists all settings");
    };
    for (const auto& line : dotenv)
        if (find_setting(line.name) == nullptr)
            configuration.problems.push_back(fmt::format("{} line {}: there is no setting {}{}", sources.dotenv_file.string(), line.line,
                                                         shortened(line.name, shown_value_bytes_max), suggestion(line.name)));
    for (const auto& [name, value] : sources.flags)
        if (find_setting(name) == nullptr)
            configuration.problems.push_back(fmt::format("there is no setting {}{}", name, suggestion(name)));
    // Foreign variables are none of our business, but a slip in one of ours is.
    for (const auto& [name, value] : sources.environment)
        if (find_setting(name) == nullptr)
            if (const Setting* meant = near_miss(name))
                configuration.warnings.push_back(
                    fmt::format("the environment has {}, which is no setting; did you mean {}?", name, meant->name));
}

Error cannot_write(const std::filesystem::path& file, int reason) {
    return {ErrorCode::unavailable,
            fmt::format("JWT_SECRET is not set, and {} cannot be written to keep one ({}): set JWT_SECRET, at least 32 bytes",
                        file.string(), std::generic_category().message(reason))};
}

}  // namespace

Configuration configure(const Sources& sources) {
    Configuration configuration;
    auto parsed = parse_dotenv(sources.dotenv);
    if (!parsed) configuration.problems.push_back(fmt::format("{} {}", sources.dotenv_file.string(), parsed.error().detail));
    const std::vector<Assignment> dotenv = parsed ? std::move(*parsed) : std::vector<Assignment>{};
    find_unknown_names(sources, dotenv, configuration);

    const Lookup lookup(sources, dotenv);
    bool all_read = true;
    for (const Setting& setting : settings_table()) {
        const Found found = lookup.find(setting.name).value_or(Found{setting.default_value, "default"});
        configuration.values.push_back({&setting, std::string(found.value), found.origin});
        if (found.value.empty() || setting.read(configuration.settings, found.value)) continue;
        all_read = false;
        configuration.problems.push_back(
            fmt::format("{} = {} ({}): allowed is {}", setting.name, shown(setting, found.value), found.origin, setting.allowed));
    }
    if (configuration.settings.mode == Mode::development && configuration.settings.visitor_companies.empty())
        configuration.settings.visitor_companies = {"*"};
    // What contradicts what is only worth saying about values that could be read.
    if (all_read) std::ranges::move(contradictions(configuration.settings), std::back_inserter(configuration.problems));
    return configuration;
}

Result<Sources> read_sources(std::map<std::string, std::string, std::less<>> flags, const std::filesystem::path& dotenv_file) {
    Sources sources{std::move(flags), {}, dotenv_file, {}};
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string_view text(*variable);
        const std::size_t equals = std::min(text.find('='), text.size());
        sources.environment.emplace(text.substr(0, equals), text.substr(std::min(equals + 1, text.size())));
    }
    std::error_code error;
    if (!std::filesystem::exists(dotenv_file, error)) return sources;
    if (const auto bytes = std::filesystem::file_size(dotenv_file, error); error || bytes > dotenv_bytes_max)
        return fail(ErrorCode::unavailable, fmt::format("{} is not a file of settings: {}", dotenv_file.string(),
                                                        error ? error.message() : "it is longer than 1 MiB"));
    std::ifstream in(dotenv_file, std::ios::binary);
    if (!in) return fail(ErrorCode::unavailable, fmt::format("{} cannot be read: check its owner and mode", dotenv_file.string()));
    sources.dotenv.assign(std::istreambuf_iterator<char>(in), {});
    return sources;
}

Result<> keep_development_secret(const std::filesystem::path& dotenv_file, std::string_view fresh, Settings& settings) {
    if (settings.mode != Mode::development || !settings.jwt_secret.reveal().empty()) return {};
    std::string secret = base64url_encode(fresh);
    const std::string lines = fmt::format("\n# Made for development, because there was none.\nJWT_SECRET={}\n", secret);
    const int file = ::open(dotenv_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) return fail(cannot_write(dotenv_file, errno));
    const bool kept =
        ::fchmod(file, S_IRUSR | S_IWUSR) == 0 && ::write(file, lines.data(), lines.size()) == static_cast<ssize_t>(lines.size());
    const int reason = errno;
    ::close(file);
    if (!kept) return fail(cannot_write(dotenv_file, reason));
    settings.jwt_secret = Secret<std::string>(std::move(secret));
    return {};
}

}  // namespace calldocker::main
