#pragma once
#include <string>
#include <vector>

#include "adapters/sql/sql_store.hpp"
#include "app/island.hpp"
#include "server/http/metrics.hpp"

namespace calldocker::main {

/// What one shard's companies amount to.
struct ShardFigures {
    app::Island::Figures islands;
    std::size_t companies{};
};

/// What /metrics says beyond the transport: companies, the event log, the program. Nothing is counted for it.
[[nodiscard]] std::vector<server::http::Sample> figures_samples(const std::vector<ShardFigures>& shards,
                                                                const adapters::sql::SqlStore::Figures& store, double uptime_seconds);

}  // namespace calldocker::main
