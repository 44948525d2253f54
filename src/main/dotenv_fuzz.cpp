#include <cstdint>
#include <cstdlib>

#include "main/dotenv.hpp"

// Whatever the file holds, it is read or refused with a line's number.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto assignments = calldocker::main::parse_dotenv({reinterpret_cast<const char*>(data), size});
    if (!assignments) {
        if (assignments.error().detail.find_first_of("0123456789") == std::string::npos) std::abort();
        return 0;
    }
    for (const auto& assignment : *assignments)
        if (assignment.name.empty() || assignment.line == 0) std::abort();
    return 0;
}
