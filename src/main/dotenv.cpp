#include "main/dotenv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.hpp"

namespace calldocker::main {
namespace {

constexpr std::string_view blanks = " \t";

bool is_variable_name(std::string_view name) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !name.empty() && is_letter(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

char escaped(char c) {
    switch (c) {
        case 'n': return '\n';
        case 't': return '\t';
        default: return c;
    }
}

/// @param text  what follows the opening quote
/// @return the value; nothing if the quote does not end, or anything but a comment follows it
std::optional<std::string> quoted_value(std::string_view text, char quote) {
    std::string value;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == quote) {
            const std::string_view rest = trimmed(text.substr(i + 1));
            if (!rest.empty() && !rest.starts_with('#')) return std::nullopt;
            return value;
        }
        if (quote == '"' && text[i] == '\\' && i + 1 < text.size()) {
            value.push_back(escaped(text[++i]));
        } else {
            value.push_back(text[i]);
        }
    }
    return std::nullopt;
}

std::string plain_value(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '#' && (i == 0 || blanks.find(text[i - 1]) != std::string_view::npos))
            return std::string(trimmed(text.substr(0, i)));
    return std::string(trimmed(text));
}

Result<std::optional<Assignment>> parse_line(std::string_view line, std::size_t number) {
    line = trimmed(line);
    if (line.empty() || line.starts_with('#')) return std::nullopt;
    if (line.starts_with("export ") || line.starts_with("export\t")) line = trimmed(line.substr(7));
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return fail(ErrorCode::invalid, fmt::format("line {}: not of the form NAME=value", number));
    const std::string_view name = trimmed(line.substr(0, equals));
    if (!is_variable_name(name))
        return fail(ErrorCode::invalid, fmt::format("line {}: a name has letters, digits and underscores only", number));
    const std::string_view value = trimmed(line.substr(equals + 1));
    if (!value.starts_with('"') && !value.starts_with('\'')) return Assignment{std::string(name), plain_value(value), number};
    auto quoted = quoted_value(value.substr(1), value.front());
    if (!quoted)
        return fail(ErrorCode::invalid, fmt::format("line {}: the quoted value of {} does not end, or something follows it", number, name));
    return Assignment{std::string(name), std::move(*quoted), number};
}

}  // namespace

Result<std::vector<Assignment>> parse_dotenv(std::string_view text) {
    std::vector<Assignment> assignments;
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        auto assignment = parse_line(line, number);
        if (!assignment) return fail(assignment.error());
        if (*assignment) assignments.push_back(std::move(**assignment));
    }
    return assignments;
}

}  // namespace calldocker::main
