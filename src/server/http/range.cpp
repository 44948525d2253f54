#include "server/http/range.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "base/text.hpp"
#include "server/http/problem.hpp"

namespace calldocker::server::http {
namespace {

std::optional<std::size_t> parse_count(std::string_view text) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string_view take_until(std::string_view& text, char separator) {
    const auto at = text.find(separator);
    const std::string_view head = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    return trimmed(head);
}

/// A weight is 0 when it says so: "0", "0.", "0.0", "0.00", "0.000".
bool is_zero_weight(std::string_view parameters) {
    while (!parameters.empty()) {
        std::string_view parameter = take_until(parameters, ';');
        if (!equal_ignoring_case(take_until(parameter, '='), "q")) continue;
        return !parameter.empty() && parameter.find_first_not_of("0.") == std::string_view::npos;
    }
    return false;
}

}  // namespace

Range parse_range(std::string_view header, std::size_t size) {
    constexpr std::string_view unit = "bytes=";
    if (header.size() < unit.size() || !equal_ignoring_case(header.substr(0, unit.size()), unit)) return {};
    const std::string_view spec = trimmed(header.substr(unit.size()));
    const auto dash = spec.find('-');
    if (dash == std::string_view::npos || spec.find(',') != std::string_view::npos) return {};
    const std::string_view first_text = spec.substr(0, dash), last_text = spec.substr(dash + 1);
    const Range unsatisfiable{Range::Kind::unsatisfiable, 0, 0};
    if (first_text.empty()) {  // the last so many bytes
        const auto count = parse_count(last_text);
        if (!count) return {};
        if (*count == 0 || size == 0) return unsatisfiable;
        return {Range::Kind::part, *count >= size ? 0 : size - *count, size - 1};
    }
    const auto first = parse_count(first_text);
    const auto last = last_text.empty() ? std::optional<std::size_t>(size - 1) : parse_count(last_text);
    if (!first || !last) return {};
    if (*first >= size) return unsatisfiable;
    if (*last < *first) return {};
    return {Range::Kind::part, *first, *last >= size ? size - 1 : *last};
}

Response in_part(Response whole, std::string_view header) {
    const std::size_t size = whole.content().size();
    const Range range = parse_range(header, size);
    switch (range.kind) {
        case Range::Kind::whole: break;
        case Range::Kind::unsatisfiable: {
            Response refusal = problem(416, "range_not_satisfiable", "the file does not have these bytes");
            refusal.add("Content-Range", fmt::format("bytes */{}", size));
            return refusal;
        }
        case Range::Kind::part:
            whole.status = 206;
            whole.file_offset = range.first;
            whole.file_bytes = range.last - range.first + 1;
            whole.add("Content-Range", fmt::format("bytes {}-{}/{}", range.first, range.last, size));
            break;
    }
    return whole;
}

bool accepts_encoding(std::string_view header, std::string_view encoding) {
    std::optional<bool> named, any;
    while (!header.empty()) {
        std::string_view item = take_until(header, ',');
        const std::string_view name = take_until(item, ';');
        if (equal_ignoring_case(name, encoding)) named = !is_zero_weight(item);
        if (name == "*") any = !is_zero_weight(item);
    }
    return named.value_or(any.value_or(false));
}

}  // namespace calldocker::server::http
