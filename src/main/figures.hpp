#pragma once
#include <string>
#include <vector>

#include "adapters/sql/sql_store.hpp"
#include "app/island.hpp"
#include "domain/budgets/budgets.hpp"
#include "server/http/metrics.hpp"

namespace calldocker::main {

/// The sums over one shard's companies.
struct ShardFigures {
    app::Island::Figures islands;
    std::size_t companies{};
    app::Tally tally;
    domain::BudgetRefusals budget_refusals{};
};

/// Figures of the process as a whole.
struct ProcessFigures {
    double uptime_seconds{};
    double clock_ahead_seconds{};  ///< of our clock, ahead of the system's
    std::size_t connections_max{};
};

/// The figures of /metrics beyond the transport: companies, the event log, the program. Reading them counts nothing.
[[nodiscard]] std::vector<server::http::Sample> figures_samples(const std::vector<ShardFigures>& shards,
                                                                const adapters::sql::SqlStore::Figures& store,
                                                                const ProcessFigures& process);

}  // namespace calldocker::main
