#pragma once
#include <chrono>
#include <memory>
#include <optional>

#include "adapters/filesystem/filesystem_blobs.hpp"
#include "adapters/jose/signer.hpp"
#include "adapters/jose/verifier.hpp"
#include "adapters/sql/sql_event_log.hpp"
#include "adapters/sql/sql_store.hpp"
#include "domain/budgets/budgets.hpp"
#include "server/api/bearer.hpp"
#include "server/api/codes.hpp"
#include "server/api/sign_in.hpp"
#include "server/api/voicemails.hpp"
#include "server/gateway/gateway.hpp"
#include "server/gateway/refusal_log.hpp"
#include "server/http/routes.hpp"
#include "server/net/shard.hpp"

namespace calldocker::main {

/// Everything of one shard, in the order of construction. Touched on the shard's thread once that runs.
struct Place {
    Place(server::Shard& on, adapters::sql::SqlStore& store, const adapters::jose::VerifierSettings& keys,
          const Secret<std::string>& resume_key, const domain::BudgetTable& table)
        : shard(on),
          budgets(table, server::RefusalLog([] {
                      return Instant{std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now().time_since_epoch())};
                  })),
          log(
              store, [&on](std::function<void()> work) { on.post(std::move(work)); },
              [&on](std::function<void()> work) { on.at_end_of_round(std::move(work)); }),
          tokens(keys),
          sealer(resume_key) {}

    server::Shard& shard;
    domain::Budgets budgets;
    adapters::sql::SqlEventLog log;
    adapters::jose::Verifier tokens;
    adapters::jose::HmacSealer sealer;
    std::unique_ptr<server::Gateway> gateway;
    std::unique_ptr<server::SignIn> sign_in;
    std::unique_ptr<server::CodesApi> codes;
    std::optional<server::RegisteredOnly> registered;  // unless every company exists that a token names
    std::unique_ptr<adapters::FilesystemBlobs> recordings;
    std::unique_ptr<server::Voicemails> voicemails;
    std::unique_ptr<server::http::Routes> routes;
    server::TimerId timer;
    Milliseconds told_offset{};  // of the server's clock, when this shard's clients last heard the time

    [[nodiscard]] ports::TokenVerifier& rest_tokens() {
        if (registered) return *registered;
        return tokens;
    }
};

}  // namespace calldocker::main
