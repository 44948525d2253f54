#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace calldocker::main {

/// One assignment of an .env file.
struct Assignment {
    std::string name;
    std::string value;
    std::size_t line{};  ///< from 1
};

/// Reads `NAME=value` lines, as shells and the usual .env readers do: `export` before the name; `#` starts a comment at
/// the start of a line or after a space; 'single quotes' keep everything, "double quotes" know \n \t \" \\ \$; other values
/// end at the comment, without the spaces around them. CRLF and a byte order mark are accepted.
/// @errors invalid, with the line's number and without its value
[[nodiscard]] Result<std::vector<Assignment>> parse_dotenv(std::string_view text);

}  // namespace calldocker::main
