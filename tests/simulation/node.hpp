#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/testing/fake_logs.hpp"
#include "base/log.hpp"
#include "base/rng.hpp"
#include "server/gateway/gateway.hpp"
#include "simulation/machine.hpp"

namespace calldocker::simulation {

/// The server's own gateway on a machine whose clock somebody sets, with logs in memory that fail, and seams at which it throws:
/// what a company calls on the way through its turn (the log, the clock, the zones, its links) throws once, as a bug there would.
/// One at a time: it listens to the process's log.
class Node {
public:
    explicit Node(Rng& random);
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;
    ~Node();

    server::Gateway& gateway() { return *gateway_; }
    ports::Sealer& sealer() { return *sealer_; }
    [[nodiscard]] Instant now() const { return machine_.now(); }
    app::testing::FakeLogs logs;
    /// When the gateway has asked to be woken.
    std::optional<Instant> wake_at;

    /// Starts the server. @param companies  those with a log, which are woken
    void start(const std::vector<CompanyId>& companies);
    /// Kills it: what it had in memory is gone.
    void stop() { gateway_.reset(); }
    /// How many times it was started: a client that resumes must be of this run.
    [[nodiscard]] std::uint64_t run() const { return runs_; }
    /// The server is down for a while. @param newest  event in any log
    void rest(Milliseconds time, Instant newest);

    void set_clock(Milliseconds by) { machine_.set_clock(by); }
    /// Time passes as a shard lets it: the gateway is woken when it has asked to be, and tells what its clock says once that was corrected.
    /// @return false if it asks without end
    bool pass(Milliseconds time);
    /// Time passes in one step, as for a machine that was asleep.
    void leap(Milliseconds time);

    /// The nth call of a seam from now on throws.
    void arm(std::uint64_t nth) { fault_in_ = nth; }
    void disarm() { fault_in_.reset(); }
    /// A seam.
    void may_throw();

    struct Thrown {
        std::size_t injected{}, counted{};  ///< by us; by the gateway
        std::vector<CompanyId> failed;      ///< that the gateway has given up and will load again
    };
    [[nodiscard]] const Thrown& thrown() const { return thrown_; }
    /// What was thrown since the last call.
    Thrown take_thrown();

private:
    struct Zones;

    void tell_time();
    static void listen(log::Level level, std::string_view event, std::span<const log::Field> fields);

    Rng& random_;
    Machine machine_{from_unix_ms(1'795'408'000'000)};
    Milliseconds told_offset_ = machine_.offset();
    std::unique_ptr<ports::TokenVerifier> tokens_;
    std::unique_ptr<ports::Sealer> sealer_;
    std::unique_ptr<Zones> zones_;
    server::Counter unexpected_errors_;
    std::uint64_t counted_before_ = 0;
    std::uint64_t runs_ = 0;
    std::optional<std::uint64_t> fault_in_;
    Thrown thrown_;
    std::unique_ptr<server::Gateway> gateway_;
};

}  // namespace calldocker::simulation
