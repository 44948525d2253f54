#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Text that is sealed for clients to keep: fields in a fixed order, the first of which names the form. They are joined by a control
/// character that no name may contain.
namespace calldocker::server {

[[nodiscard]] std::string join_fields(std::span<const std::string_view> fields);
[[nodiscard]] std::vector<std::string> split_fields(std::string_view text);
/// @return a number as std::to_string() writes it, from 0 on; nothing for anything else
[[nodiscard]] std::optional<std::int64_t> number_in(std::string_view field);

}  // namespace calldocker::server
