#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/testing/fake_logs.hpp"
#include "base/rng.hpp"
#include "server/gateway/gateway.hpp"

namespace calldocker::simulation {

/// The server's own gateway on a virtual clock, with logs in memory that fail, and seams at which it throws: what a company calls on
/// the way through its turn (the log, the clock, the zones, its links) throws once, as a bug there would.
class Node {
public:
    explicit Node(Rng& random);

    server::Gateway& gateway() { return *gateway_; }
    app::testing::FakeLogs logs;
    Instant now = from_unix_ms(1'795'408'000'000);
    /// When the gateway has asked to be woken.
    std::optional<Instant> wake_at;

    /// Makes the gateway anew; what was not written is lost. @param companies  those to be woken, as after a start
    void start(const std::vector<CompanyId>& companies);
    void stop() { gateway_.reset(); }

    /// Time passes as a shard lets it: the gateway is woken when it has asked to be.
    /// @return false if it asks without end
    bool pass(Milliseconds time);
    /// Time passes in one step, as for a machine that was asleep.
    void leap(Milliseconds time);

    /// The nth call of a seam from now on throws.
    void arm(std::uint64_t nth) { fault_in_ = nth; }
    void disarm() { fault_in_.reset(); }
    /// A seam. @param company  whose it is; empty: not known
    void may_throw(const CompanyId& company);
    struct Thrown {
        std::size_t count{};     ///< injected
        std::size_t reported{};  ///< that the gateway counted
        std::optional<CompanyId> by;
    };
    /// What was thrown since the last call.
    Thrown take_thrown();

private:
    struct Tokens;
    struct Seal;
    struct Zones;

    Rng& random_;
    std::unique_ptr<Tokens> tokens_;
    std::unique_ptr<Seal> seal_;
    std::unique_ptr<Zones> zones_;
    server::Counter unexpected_errors_;
    std::uint64_t reported_before_ = 0;
    std::uint64_t epochs_ = 0;
    std::optional<std::uint64_t> fault_in_;
    Thrown thrown_;
    std::unique_ptr<server::Gateway> gateway_;
};

}  // namespace calldocker::simulation
