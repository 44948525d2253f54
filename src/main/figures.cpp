#include "main/figures.hpp"

#include "main/version.hpp"

namespace calldocker::main {

using domain::EstimateAccuracy;
using server::http::Sample;

std::vector<Sample> figures_samples(const std::vector<ShardFigures>& shards, const adapters::sql::SqlStore::Figures& store,
                                    const ProcessFigures& process) {
    using Islands = app::Island::Figures;
    const auto live = [&](std::size_t Islands::*which) {
        double total = 0;
        for (const ShardFigures& shard : shards) total += static_cast<double>(shard.islands.*which);
        return total;
    };
    double companies = 0;
    for (const ShardFigures& shard : shards) companies += static_cast<double>(shard.companies);

    std::vector<Sample> samples;
    const auto add = [&samples](Sample::Kind kind, const char* name, const char* help, double value) {
        samples.push_back({.name = name, .help = help, .kind = kind, .value = value});
    };
    constexpr auto counter = Sample::Kind::counter, gauge = Sample::Kind::gauge;
    samples.push_back({.name = "calldocker_build_info",
                       .help = "Always 1; the version is in the label.",
                       .kind = gauge,
                       .value = 1,
                       .label = "version",
                       .label_value = std::string(program_version())});
    add(gauge, "calldocker_uptime_seconds", "Time since the start.", process.uptime_seconds);
    add(gauge, "calldocker_clock_ahead_seconds", "Our clock ahead of the system's, which was set; 0 but for such times.",
        process.clock_ahead_seconds);
    add(gauge, "calldocker_connections_max", "Sockets that there may be; beyond it connections are refused.",
        static_cast<double>(process.connections_max));
    add(gauge, "calldocker_companies_loaded", "Companies with live state in memory.", companies);
    add(gauge, "calldocker_sessions_open", "Tabs and devices, detached ones included.", live(&Islands::sessions));
    add(gauge, "calldocker_rooms_open", "Rooms with someone in them.", live(&Islands::rooms));
    add(gauge, "calldocker_contacts_waiting", "Contacts not yet answered.", live(&Islands::contacts_waiting));
    add(gauge, "calldocker_contacts_connected", "Contacts with media up or on the way to it.", live(&Islands::contacts_connected));
    add(gauge, "calldocker_agents_available", "Agents who could take a contact now.", live(&Islands::agents_available));
    EstimateAccuracy estimates;
    domain::MediaStarts media;
    double violations = 0;
    for (const ShardFigures& shard : shards) {
        estimates.told += shard.tally.estimates.told;
        estimates.within += shard.tally.estimates.within;
        estimates.error_ms_sum += shard.tally.estimates.error_ms_sum;
        media.answers += shard.tally.media_starts.answers;
        media.prompt += shard.tally.media_starts.prompt;
        media.ms_sum += shard.tally.media_starts.ms_sum;
        violations += static_cast<double>(shard.tally.violations);
    }
    add(counter, "calldocker_wait_estimates_total", "Answered visitors who had seen an estimate of their wait.",
        static_cast<double>(estimates.told));
    add(counter, "calldocker_wait_estimates_kept_total", "Of these, answered no later than the range that they had seen.",
        static_cast<double>(estimates.within));
    add(counter, "calldocker_wait_estimate_error_seconds_total", "Difference between their wait and the estimated median, added up.",
        static_cast<double>(estimates.error_ms_sum) / 1000);
    add(counter, "calldocker_answers_total", "Accepts after which media came up both ways.", static_cast<double>(media.answers));
    add(counter, "calldocker_answers_prompt_total", "Of these, within a second of the accept.", static_cast<double>(media.prompt));
    add(counter, "calldocker_answer_media_seconds_total", "Time from their accepts until media was up both ways, added up.",
        static_cast<double>(media.ms_sum) / 1000);
    add(counter, "calldocker_audit_violations_total", "What the auditor found that must never be; expected to stay 0.", violations);
    add(counter, "calldocker_log_appends_total", "Appends to the event log.", static_cast<double>(store.appends));
    add(counter, "calldocker_log_events_total", "Events in them.", static_cast<double>(store.events));
    add(counter, "calldocker_log_transactions_total", "Transactions that held them.", static_cast<double>(store.transactions));
    add(counter, "calldocker_log_failures_total", "Transactions that the database refused.", static_cast<double>(store.failures));
    add(gauge, "calldocker_log_jobs_waiting", "Requests waiting for the database.", static_cast<double>(store.jobs_waiting));
    add(gauge, "calldocker_snapshot_bytes_max", "The biggest snapshot of a company since the start.",
        static_cast<double>(store.snapshot_bytes_max));
    for (std::size_t budget = 0; budget < domain::budgets_count; ++budget)
        for (std::size_t scope = 0; scope < domain::budget_scopes_count; ++scope) {
            double refusals = 0;
            for (const ShardFigures& shard : shards) refusals += static_cast<double>(shard.budget_refusals.at(budget).at(scope));
            samples.push_back({.name = "calldocker_budget_refusals_total",
                               .help = "What was refused because somebody had too much of it (docs/limits.md).",
                               .kind = counter,
                               .value = refusals,
                               .label = "budget",
                               .label_value = std::string(name_of(static_cast<domain::Budget>(budget))),
                               .label_2 = "scope",
                               .label_2_value = std::string(name_of(static_cast<domain::BudgetScope>(scope)))});
        }
    return samples;
}

}  // namespace calldocker::main
