#include "report.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace calldocker::loadgen {
namespace {

double milliseconds(std::chrono::nanoseconds value) { return static_cast<double>(value.count()) / 1e6; }
double rate(const Outcome& outcome) {
    return outcome.server_cpu_seconds > 0 ? static_cast<double>(outcome.count) / outcome.server_cpu_seconds : 0;
}

}  // namespace

std::chrono::nanoseconds quantile(std::vector<std::chrono::nanoseconds>& values, double q) {
    if (values.empty()) return {};
    std::sort(values.begin(), values.end());
    const auto rank = static_cast<std::size_t>(q * static_cast<double>(values.size() - 1) + 0.5);
    return values[rank];
}

void print_table(std::vector<Outcome>& outcomes) {
    fmt::print("{:<22}{:>12}  {:<12}{:>14}{:>10}{:>10}{:>10}{:>7}{:>9}{:>11}{:>12}\n", "scenario", "count", "unit", "per CPU-s", "p50 ms",
               "p95 ms", "p99 ms", "lost", "doubled", "misrouted", "bytes/conn");
    for (Outcome& outcome : outcomes)
        fmt::print("{:<22}{:>12}  {:<12}{:>14.0f}{:>10.3f}{:>10.3f}{:>10.3f}{:>7}{:>9}{:>11}{:>12.0f}\n", outcome.scenario, outcome.count,
                   outcome.unit, rate(outcome), milliseconds(quantile(outcome.latencies, .5)),
                   milliseconds(quantile(outcome.latencies, .95)), milliseconds(quantile(outcome.latencies, .99)), outcome.lost,
                   outcome.doubled, outcome.misrouted, outcome.bytes_per_connection);
}

void write_json(std::vector<Outcome>& outcomes, const std::string& file) {
    std::string text = "[";
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        Outcome& outcome = outcomes[i];
        text += fmt::format(
            R"({}{{"scenario":"{}","unit":"{}","count":{},"wallSeconds":{:.3f},"serverCpuSeconds":{:.3f},"perCpuSecond":{:.0f},)"
            R"("p50Ms":{:.4f},"p95Ms":{:.4f},"p99Ms":{:.4f},"lost":{},"doubled":{},"misrouted":{},"bytesPerConnection":{:.0f}}})",
            i == 0 ? "\n " : ",\n ", outcome.scenario, outcome.unit, outcome.count, outcome.wall_seconds, outcome.server_cpu_seconds,
            rate(outcome), milliseconds(quantile(outcome.latencies, .5)), milliseconds(quantile(outcome.latencies, .95)),
            milliseconds(quantile(outcome.latencies, .99)), outcome.lost, outcome.doubled, outcome.misrouted, outcome.bytes_per_connection);
    }
    text += "\n]\n";
    std::ofstream out(file);
    out << text;
    if (!out.flush()) throw std::runtime_error("can't write " + file);
}

ProcessUse process_use(int pid) {
    ProcessUse use;
    std::ifstream stat(fmt::format("/proc/{}/stat", pid));
    std::string line;
    if (!std::getline(stat, line) || line.rfind(')') == std::string::npos) return use;
    std::istringstream fields(line.substr(line.rfind(')') + 2));  // the name may hold anything, so count from behind it
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    use.cpu_seconds = (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
    std::ifstream memory(fmt::format("/proc/{}/statm", pid));
    double pages = 0, resident = 0;
    memory >> pages >> resident;
    use.resident_bytes = resident * static_cast<double>(sysconf(_SC_PAGESIZE));
    return use;
}

}  // namespace calldocker::loadgen
