#include "server/gateway/sealed_fields.hpp"

#include <charconv>

namespace calldocker::server {
namespace {

constexpr char field_separator = '\x1f';

}  // namespace

std::string join_fields(std::span<const std::string_view> fields) {
    std::string text;
    for (const std::string_view field : fields) {
        if (!text.empty()) text.push_back(field_separator);
        text.append(field);
    }
    return text;
}

std::vector<std::string> split_fields(std::string_view text) {
    std::vector<std::string> fields(1);
    for (const char c : text) {
        if (c == field_separator) {
            fields.emplace_back();
        } else {
            fields.back().push_back(c);
        }
    }
    return fields;
}

std::optional<std::int64_t> number_in(std::string_view field) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), number);
    if (error != std::errc{} || end != field.data() + field.size() || number < 0) return std::nullopt;
    return number;
}

}  // namespace calldocker::server
