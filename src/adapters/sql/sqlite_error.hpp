#pragma once
#include <filesystem>

#include "base/result.hpp"

namespace calldocker::adapters::sql {

/// What an extended result code of SQLite (https://www.sqlite.org/rescode.html) means for an operator: `unavailable`,
/// with the file, what is wrong, and what to do about it. Never a bound value.
[[nodiscard]] Error sqlite_error(int extended_code, const std::filesystem::path& file);

/// The same for a file or folder that the operating system refuses.
[[nodiscard]] Error file_error(int errno_value, const std::filesystem::path& file);

}  // namespace calldocker::adapters::sql
