#include "base/id.hpp"

namespace calldocker {
namespace {

constexpr std::string_view visitor_mark = "visitor:";
constexpr std::string_view staff_mark = "staff:";  // only where the id itself begins like a mark

}  // namespace

std::string UserId::qualified() const {
    if (!is_staff()) return std::string(visitor_mark) + text_;
    const bool looks_marked = text_.starts_with(visitor_mark) || text_.starts_with(staff_mark);
    return looks_marked ? std::string(staff_mark) + text_ : text_;
}

UserId UserId::from_qualified(std::string_view text) {
    if (text.starts_with(visitor_mark)) return visitor(std::string(text.substr(visitor_mark.size())));
    if (text.starts_with(staff_mark)) text.remove_prefix(staff_mark.size());
    return UserId(text);
}

}  // namespace calldocker
