#include "domain/contacts/page_address.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"

namespace calldocker::domain {
namespace {

/// @return "http://" or "https://" as the page spells it; empty for any other scheme
std::string_view scheme_of(std::string_view page) {
    for (const std::string_view scheme : {"https://", "http://"})
        if (equal_ignoring_case(page.substr(0, scheme.size()), scheme)) return page.substr(0, scheme.size());
    return {};
}

/// Cuts `text` at the first of `ends`. @return what comes before; `text` keeps the rest, the end itself included
std::string_view take_until(std::string_view& text, std::string_view ends) {
    const std::size_t end = std::min(text.find_first_of(ends), text.size());
    const std::string_view taken = text.substr(0, end);
    text.remove_prefix(end);
    return taken;
}

}  // namespace

std::string page_address(std::string_view page, const std::vector<std::string>& parameters) {
    const std::string_view scheme = scheme_of(page);
    if (scheme.empty()) return {};
    std::string_view rest = page.substr(scheme.size());
    std::string_view host = take_until(rest, "/\\?#");  // browsers read a backslash as a slash
    if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
    if (host.empty()) return {};
    std::string kept = std::string(scheme) + std::string(host) + std::string(take_until(rest, "?#"));
    if (!rest.starts_with('?')) return kept;
    rest.remove_prefix(1);

    std::string_view query = take_until(rest, "#");
    std::set<std::string> seen;
    while (!query.empty()) {
        const std::string_view pair = take_until(query, "&");
        if (!query.empty()) query.remove_prefix(1);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const auto name = percent_decode(pair.substr(0, equals));
        const bool is_listed = name && std::find(parameters.begin(), parameters.end(), *name) != parameters.end();
        if (!is_listed || !percent_decode(pair.substr(equals)) || !seen.insert(*name).second) continue;
        kept += (seen.size() == 1 ? "?" : "&") + std::string(pair);
    }
    return kept;
}

}  // namespace calldocker::domain
