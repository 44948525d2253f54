#pragma once
#include <cstdint>
#include <optional>

namespace calldocker::domain {

/// A share of something. Kept as it is counted, so that figures of several queues or days can be added up.
struct Ratio {
    std::int64_t part{}, whole{};
    friend bool operator==(const Ratio&, const Ratio&) = default;
};

/// Rounded to the nearest, halves up. @return nothing where there is no whole: that is no figure, not 0
[[nodiscard]] std::optional<int> per_mille(const Ratio& ratio);
[[nodiscard]] std::optional<int> percent(const Ratio& ratio);

}  // namespace calldocker::domain
