#pragma once
#include "simulation/office.hpp"

namespace calldocker::simulation {

/// Several companies on one server, driven by one seed. A step does one thing, and at most one throw is injected into it.
class Town {
public:
    Town(std::uint64_t seed, std::size_t companies, Crowd crowd = {});

    void step();
    /// The logs work again, everybody leaves, and time passes.
    void close_for_the_day();
    /// @return what is wrong since the last call; empty when nothing is
    [[nodiscard]] std::vector<std::string> check();
    /// Of a closed town.
    [[nodiscard]] std::vector<std::string> check_the_end();
    [[nodiscard]] std::string last_steps() const;
    [[nodiscard]] Tally tally() const;

private:
    void take_step();
    void pass(Milliseconds time);
    void crash();
    [[nodiscard]] Milliseconds some_time(std::uint64_t at_most_ms);

    Rng random_;
    std::uint64_t haste_;
    Node node_;
    std::vector<std::unique_ptr<Office>> offices_;
    std::size_t crashes_ = 0;
    std::vector<std::string> faults_;
};

}  // namespace calldocker::simulation
