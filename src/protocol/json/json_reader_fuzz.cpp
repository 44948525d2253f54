#include <cstdint>
#include <cstdlib>

#include "protocol/json/reader.hpp"

using namespace calldocker::protocol::json;

// Whatever a cursor finds in valid JSON is valid JSON itself; in any other text it stays within bounds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Validator validator(4096, 64);
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const bool valid = validator.validate(text).has_value();
    std::string scratch;
    Cursor cursor(text);
    while (const auto member = cursor.next()) {
        (void)text_of(member->value, scratch);
        (void)resolved(member->name, scratch);
        if (valid && !validator.validate(member->value)) std::abort();
    }
    return 0;
}
