#pragma once
#include <concepts>

namespace calldocker {

/// Names the kinds that a visitor passes over. A kind that is added later is none of them, and does not compile until its visitor
/// says what it means.
template <class Kind, class... Kinds>
concept OneOf = (std::same_as<Kind, Kinds> || ...);

}  // namespace calldocker
