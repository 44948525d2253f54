#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "report.hpp"
#include "swarm.hpp"

/// What is measured. Each scenario makes its own clients, checks what arrives, and counts faults: a message that is
/// lost, comes twice, or reaches someone it was not meant for.
namespace calldocker::loadgen {

struct Bench {
    Endpoint endpoint;
    int server_pid{};  ///< 0: its CPU and memory are not measured
    std::chrono::seconds duration{5};
    /// A token for a user of a company.
    std::function<std::string(const std::string& company, const std::string& user, const std::string& role)> token;
};

/// `pairs` of users send candidates to each other's peer, `in_flight` at once each.
[[nodiscard]] Outcome relay(const Bench& bench, std::size_t pairs, std::size_t in_flight);
/// One agent sends offers to a room of `listeners`; one offer at a time.
[[nodiscard]] Outcome fan_out(const Bench& bench, std::size_t listeners);
/// `count` connections from TCP to `connection_established`, 128 at once; `others` of the same company are there already.
[[nodiscard]] Outcome connect(const Bench& bench, std::size_t count, std::size_t others = 0);
/// Whole calls: offer to the room, answer, four candidates each way, end. `companies` of one visitor and one agent; the first has
/// `others` beside, who say nothing.
[[nodiscard]] Outcome calls(const Bench& bench, std::size_t companies, std::size_t others = 0);
/// `count` connected clients vanish at once and come back.
[[nodiscard]] Outcome reconnect_storm(const Bench& bench, std::size_t count);
/// The server's memory for `count` connections that say nothing.
[[nodiscard]] Outcome idle(const Bench& bench, std::size_t count);

}  // namespace calldocker::loadgen
