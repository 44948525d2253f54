#include "protocol/signalling/fields.hpp"

#include <utility>

#include "protocol/json/reader.hpp"

namespace calldocker::protocol {
namespace {

constexpr json::Names members(member_names);

}  // namespace

Fields::Fields(std::string_view object, int version) : values_(json::pick(object, members)), version_(version) {}

std::optional<std::string> Fields::string(Field field) {
    const auto found = json::text_of(values_[field.at], scratch_);
    return found ? std::optional<std::string>(*found) : std::nullopt;
}

bool Fields::is(Field field, std::string_view text) { return json::text_of(values_[field.at], scratch_) == text; }

std::string Fields::name(Field field, std::size_t bytes_max) {
    if (!has(field)) return refuse(field, "is required");
    const auto found = json::text_of(values_[field.at], scratch_);
    if (!found || !is_name(*found, bytes_max))
        return refuse(field, "must be a non-empty string without control characters, within its bound");
    return std::string(*found);
}

std::optional<std::string> Fields::optional_name(Field field) {
    return has(field) ? std::optional<std::string>(name(field)) : std::nullopt;
}

std::string Fields::line(Field field, std::size_t characters_max) {
    if (!has(field)) return refuse(field, "is required");
    const auto found = json::text_of(values_[field.at], scratch_);
    if (!found || !is_line(*found, characters_max))
        return refuse(field, "must be a non-empty string without control characters, within its bound");
    return std::string(*found);
}

std::string Fields::optional_line(Field field, std::size_t characters_max) {
    if (!has(field) || is(field, "")) return {};
    return line(field, characters_max);
}

std::string Fields::text(Field field, std::size_t characters_max) {
    std::string found = text_or_empty(field, characters_max);
    if (found.empty()) return refuse(field, "must not be empty");
    return found;
}

std::string Fields::text_or_empty(Field field, std::size_t characters_max) {
    if (!has(field)) return refuse(field, "is required");
    const auto found = json::text_of(values_[field.at], scratch_);
    if (!found || !is_text(*found, characters_max))
        return refuse(field, "must be a string without control characters other than line breaks and tabs, within its bound");
    return std::string(*found);
}

std::string Fields::optional_text(Field field, std::size_t characters_max) {
    return has(field) ? text_or_empty(field, characters_max) : std::string();
}

std::string_view Fields::opaque(Field field) {
    if (values_[field.at] == "null") refuse(field, "must not be null");
    return opaque_or_null(field);
}

std::string_view Fields::opaque_or_null(Field field) {
    if (values_[field.at].empty()) refuse(field, "is required");
    return values_[field.at];
}

bool Fields::boolean(Field field) {
    const auto found = json::boolean_of(values_[field.at]);
    if (!found) refuse(field, "must be true or false");
    return found.value_or(false);
}

std::int64_t Fields::integer(Field field, std::int64_t min, std::int64_t max) {
    const auto found = json::integer_of(values_[field.at]);
    if (found && std::cmp_greater_equal(*found, min) && std::cmp_less_equal(*found, max)) return static_cast<std::int64_t>(*found);
    refuse(field, "must be a whole number within its bounds");
    return min;
}

std::optional<std::uint64_t> Fields::optional_integer(Field field) {
    if (!has(field)) return std::nullopt;
    const auto found = json::integer_of(values_[field.at]);
    if (!found) refuse(field, "must be a non-negative integer");
    return found;
}

std::string Fields::refuse(Field field, std::string_view why) {
    std::string all(member_names[field.at]);
    return refuse(all.append(" ").append(why));
}

std::string Fields::refuse(std::string why) {
    if (problem_.empty()) problem_ = std::move(why);
    return {};
}

}  // namespace calldocker::protocol
