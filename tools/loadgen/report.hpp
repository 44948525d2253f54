#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace calldocker::loadgen {

/// What one scenario found. Rates are per second of the server's CPU, because wall time on a shared machine says little.
struct Outcome {
    std::string scenario;
    std::string unit;  ///< what `count` counts: "messages", "calls", "connections"
    std::uint64_t count{};
    double wall_seconds{};
    double server_cpu_seconds{};  ///< 0: the server's process is not known
    std::vector<std::chrono::nanoseconds> latencies;
    std::uint64_t lost{}, doubled{}, misrouted{};
    double bytes_per_connection{};  ///< of the server's memory; 0: not measured
};

/// @return the q-quantile (0..1), nearest rank; 0 of nothing. Sorts.
[[nodiscard]] std::chrono::nanoseconds quantile(std::vector<std::chrono::nanoseconds>& values, double q);

void print_table(std::vector<Outcome>& outcomes);
/// @throws std::runtime_error if the file can't be written
void write_json(std::vector<Outcome>& outcomes, const std::string& file);

/// User and system time and resident memory of another process. Zero where it can't be read.
struct ProcessUse {
    double cpu_seconds{};
    double resident_bytes{};
};
[[nodiscard]] ProcessUse process_use(int pid);

}  // namespace calldocker::loadgen
