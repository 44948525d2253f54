#include "domain/figures/ratio.hpp"

namespace calldocker::domain {
namespace {

std::optional<int> in_parts_of(std::int64_t parts, const Ratio& ratio) {
    if (ratio.whole <= 0) return std::nullopt;
    return static_cast<int>((2 * ratio.part * parts + ratio.whole) / (2 * ratio.whole));
}

}  // namespace

std::optional<int> per_mille(const Ratio& ratio) { return in_parts_of(1'000, ratio); }
std::optional<int> percent(const Ratio& ratio) { return in_parts_of(100, ratio); }

}  // namespace calldocker::domain
