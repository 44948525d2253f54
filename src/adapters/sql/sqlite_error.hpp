#pragma once
#include <filesystem>

#include "base/result.hpp"

namespace calldocker::adapters::sql {

/// What an extended result code of SQLite (https://www.sqlite.org/rescode.html) means for an operator: `unavailable`,
/// with the file, what is wrong, and what to do about it. Never a bound value.
[[nodiscard]] Error sqlite_error(int extended_code, const std::filesystem::path& file);

/// @return whether it refuses one statement for what that asked, so that others may well be accepted
[[nodiscard]] bool is_of_a_statement(int extended_code);

/// As sqlite_error(), for a file or folder that the operating system refuses.
[[nodiscard]] Error file_error(int errno_value, const std::filesystem::path& file);

}  // namespace calldocker::adapters::sql
