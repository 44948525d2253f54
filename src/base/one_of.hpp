#pragma once
#include <concepts>

namespace calldocker {

/// Names the kinds that a visitor ignores. A kind that is added later is none of them: it does not compile until its visitor handles it.
template <class Kind, class... Kinds>
concept OneOf = (std::same_as<Kind, Kinds> || ...);

}  // namespace calldocker
