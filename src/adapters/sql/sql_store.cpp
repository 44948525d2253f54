#include "adapters/sql/sql_store.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

#include "adapters/sql/database.hpp"
#include "adapters/sql/event_statements.hpp"
#include "base/log.hpp"

namespace calldocker::adapters::sql {
namespace {

bool is_write(const SqlStore::Job& job) {
    return std::holds_alternative<SqlStore::Append>(job.what) || std::holds_alternative<SqlStore::KeepSnapshot>(job.what);
}

/// Runs `work` as `run` does, and turns what only a bug or a lack of memory can throw into an answer: no exception may
/// end the thread that everybody waits for.
template <class Work>
Result<> guarded(const Work& work) {
    try {
        return work();
    } catch (const std::exception& error) {
        log::error("database.unexpected", {{"what", error.what()}});
        return fail(ErrorCode::unavailable, "an unexpected error of the database; the log has it");
    }
}

template <class Done, class Answer>
void answer(const SqlStore::Job& job, Done done, Answer result) {
    (*job.post)([done = std::move(done), result = std::move(result)]() mutable { done(std::move(result)); });
}

const CompanyId& company_of(const SqlStore::Job& write) {
    if (const auto* append = std::get_if<SqlStore::Append>(&write.what)) return append->company;
    return std::get<SqlStore::KeepSnapshot>(write.what).company;
}

/// What one write of a group came to: the last sequence of an append, nothing for a snapshot.
using Outcome = Result<Sequence>;

Outcome outcome_of(EventStatements& statements, const SqlStore::Job& job) {
    if (const auto* append = std::get_if<SqlStore::Append>(&job.what))
        return statements.append(append->company, append->expected, append->events);
    const auto& keep = std::get<SqlStore::KeepSnapshot>(job.what);
    const auto kept = statements.keep_snapshot(keep.company, keep.snapshot);
    if (!kept) return fail(kept.error());
    return keep.snapshot.sequence;
}

void answer_write(SqlStore::Job& job, Outcome outcome) {
    if (auto* append = std::get_if<SqlStore::Append>(&job.what)) return answer(job, std::move(append->done), std::move(outcome));
    auto& keep = std::get<SqlStore::KeepSnapshot>(job.what);
    Result<> kept;
    if (!outcome) kept = fail(outcome.error());
    answer(job, std::move(keep.done), std::move(kept));
}

}  // namespace

SqlStore::SqlStore(std::unique_ptr<Database> database, QueueLimits limits) : database_(std::move(database)), limits_(limits) {
    statements_ = std::make_unique<EventStatements>(database_->session());
    thread_ = std::thread([this] { run(); });
}

SqlStore::~SqlStore() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

bool SqlStore::submit(Job& job) {
    {
        const std::lock_guard lock(mutex_);
        if (closing_ || queue_.size() >= limits_.jobs_max || queued_bytes_ + job.bytes > limits_.bytes_max) return false;
        queued_bytes_ += job.bytes;
        queue_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

std::vector<SqlStore::Job> SqlStore::take_all() {
    std::unique_lock lock(mutex_);
    const auto has_work = [this] { return closing_ || !queue_.empty(); };
    if (failing_.empty()) {
        wake_.wait(lock, has_work);
    } else {
        wake_.wait_for(lock, probe_pause, has_work);
    }
    queued_bytes_ = 0;
    return std::exchange(queue_, {});
}

void SqlStore::run() {
    for (;;) {
        std::vector<Job> batch = take_all();
        if (batch.empty()) {
            if (is_closing()) return;
            probe();
        }
        for (auto job = batch.begin(); job != batch.end();) {
            if (!is_write(*job)) {
                do_alone(*job);
                ++job;
                continue;
            }
            const auto end = std::find_if_not(job, batch.end(), is_write);
            commit_together({job, end});
            job = end;
        }
    }
}

bool SqlStore::is_closing() const {
    const std::lock_guard lock(mutex_);
    return closing_;
}

void SqlStore::probe() {
    count(guarded([this] {
        return database_->write([](soci::session& session) {
            session << "insert into key_values (name, value) values ('probe', '') on conflict (name) do update set value = excluded.value";
        });
    }));
}

void SqlStore::commit_together(std::span<Job> writes) {
    std::vector<Outcome> outcomes;
    outcomes.reserve(writes.size());
    Result<> committed = guarded([&] {
        return database_->write([&](soci::session&) {
            for (const Job& job : writes) outcomes.push_back(outcome_of(*statements_, job));
        });
    });
    if (!committed && database_->failed_for_a_part()) committed = commit_apart(writes, outcomes);
    count(committed);
    // Nothing of a refused transaction is kept, and what ails the database ails all of them.
    if (!committed) outcomes.assign(writes.size(), fail(committed.error()));
    for (std::size_t i = 0; i < writes.size(); ++i) {
        if (const auto* append = std::get_if<Append>(&writes[i].what); append != nullptr && outcomes[i]) {
            appends_.fetch_add(1, std::memory_order_relaxed);
            events_.fetch_add(append->events.size(), std::memory_order_relaxed);
        }
        answer_write(writes[i], std::move(outcomes[i]));
    }
}

// Savepoints from the start would be paid by every write, for what happens once in a blue moon.
Result<> SqlStore::commit_apart(std::span<Job> writes, std::vector<Outcome>& outcomes) {
    outcomes.clear();
    return guarded([&] {
        return database_->write([&](soci::session&) {
            for (const Job& job : writes) {
                Outcome outcome;
                const auto done = database_->part([&](soci::session&) { outcome = outcome_of(*statements_, job); });
                if (!done) {
                    log::error("database.write_refused", {{"company", company_of(job)}, {"detail", done.error().detail}});
                    outcome = fail(done.error());
                }
                outcomes.push_back(std::move(outcome));
            }
        });
    });
}

void SqlStore::do_alone(Job& job) {
    if (auto* load = std::get_if<Load>(&job.what)) {
        ports::History history;
        const Result<> read = guarded([&] { return database_->read([&](soci::session&) { history = statements_->load(load->company); }); });
        Result<ports::History> result = std::move(history);
        if (!read) result = fail(read.error());
        return answer(job, std::move(load->done), std::move(result));
    }
    auto& list = std::get<ListCompanies>(job.what);
    Result<std::vector<CompanyId>> result;
    const Result<> read = guarded([&] { return database_->read([&](soci::session&) { result = statements_->companies(); }); });
    if (!read) result = fail(read.error());
    answer(job, std::move(list.done), std::move(result));
}

void SqlStore::count(const Result<>& committed) {
    (committed ? transactions_ : failures_).fetch_add(1, std::memory_order_relaxed);
    const std::lock_guard lock(mutex_);
    const bool was_failing = !failing_.empty();
    failing_ = committed ? std::string{} : committed.error().detail;
    // Once per outage, not once per append.
    if (!committed && !was_failing) log::error("database.write_failed", {{"detail", failing_}});
    if (committed && was_failing) log::info("database.write_recovered");
}

SqlStore::Figures SqlStore::figures() const {
    const std::lock_guard lock(mutex_);
    return {appends_.load(std::memory_order_relaxed),
            events_.load(std::memory_order_relaxed),
            transactions_.load(std::memory_order_relaxed),
            failures_.load(std::memory_order_relaxed),
            queue_.size(),
            failing_};
}

}  // namespace calldocker::adapters::sql
