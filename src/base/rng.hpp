#pragma once
#include <cstdint>

namespace calldocker {

/// A small deterministic generator (SplitMix64, Steele, Lea, Flood 2014) for tests, jitter and simulation.
/// Not for secrets: those come from the operating system.
class Rng {
public:
    explicit Rng(std::uint64_t seed) : state_(seed) {}

    [[nodiscard]] std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30u)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27u)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31u);
    }
    /// @return a number in [0, bound); bound must not be 0. The bias is below bound / 2^64.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return next() % bound; }

private:
    std::uint64_t state_;
};

}  // namespace calldocker
