#include "adapters/sql/sql_store.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <optional>
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

/// The answers to what was committed together: each shard gets all of its own in one piece of work.
class Answers {
public:
    void add(const std::shared_ptr<const ports::Post>& post, std::function<void()> told) {
        const auto known = std::find_if(of_shards_.begin(), of_shards_.end(), [&](const auto& each) { return each.first == post; });
        auto& own = known != of_shards_.end() ? *known : of_shards_.emplace_back(post, std::vector<std::function<void()>>{});
        own.second.push_back(std::move(told));
    }
    void post() {
        for (auto& [post, answers] : std::exchange(of_shards_, {})) (*post)([answers = std::move(answers)] { tell(answers); });
    }

private:
    /// All of them, whatever one of them throws.
    static void tell(const std::vector<std::function<void()>>& answers) {
        std::exception_ptr thrown;
        for (const auto& told : answers) {
            try {
                told();
            } catch (...) {
                thrown = std::current_exception();
            }
        }
        if (thrown) std::rethrow_exception(thrown);
    }

    std::vector<std::pair<std::shared_ptr<const ports::Post>, std::vector<std::function<void()>>>> of_shards_;
};

const CompanyId& company_of(const SqlStore::Job& write) {
    if (const auto* append = std::get_if<SqlStore::Append>(&write.what)) return append->company;
    return std::get<SqlStore::KeepSnapshot>(write.what).company;
}

/// What one write of a group came to: the last sequence of an append, nothing for a snapshot.
using Outcome = Result<Sequence>;

/// Old parts that a small snapshot removes with itself: more than it brings, so that they become fewer.
constexpr int old_parts_at_once = 4;

Outcome keep_small(EventStatements& statements, const SqlStore::KeepSnapshot& keep) {
    const auto kept = statements.keep_snapshot(keep.company, keep.snapshot, 1);
    if (!kept) return fail(kept.error());
    statements.keep_snapshot_part(keep.company, keep.snapshot.sequence, 1, keep.snapshot.data);
    for (int i = 0; i < old_parts_at_once && statements.forget_old_part(keep.company); ++i) {
    }
    return keep.snapshot.sequence;
}

Outcome outcome_of(EventStatements& statements, const SqlStore::Job& job, std::optional<Sequence> known_head = std::nullopt) {
    if (const auto* append = std::get_if<SqlStore::Append>(&job.what))
        return statements.append(append->company, append->expected, append->events, known_head);
    return keep_small(statements, std::get<SqlStore::KeepSnapshot>(job.what));
}

/// @return where the write before has left the log of the company that `job` appends to, if it was one that did
std::optional<Sequence> head_after(const SqlStore::Job& before, const Outcome& outcome, const SqlStore::Job& job) {
    const bool both_append = std::holds_alternative<SqlStore::Append>(before.what) && std::holds_alternative<SqlStore::Append>(job.what);
    if (!both_append || !outcome || company_of(before) != company_of(job)) return std::nullopt;
    return *outcome;
}

bool is_big_snapshot(const SqlStore::Job& job) {
    const auto* keep = std::get_if<SqlStore::KeepSnapshot>(&job.what);
    return keep != nullptr && keep->snapshot.data.size() > snapshot_part_bytes;
}

/// @return up to where the next part goes; between two characters
std::size_t end_of_part(std::string_view data, std::size_t from) {
    std::size_t end = std::min(data.size(), from + snapshot_part_bytes);
    const auto is_inside = [&] { return end < data.size() && (static_cast<unsigned char>(data[end]) & 0xc0u) == 0x80u; };
    while (is_inside()) --end;
    return end;
}

void answer_write(Answers& answers, SqlStore::Job& job, Outcome outcome) {
    if (auto* append = std::get_if<SqlStore::Append>(&job.what))
        return answers.add(job.post, [done = std::move(append->done), outcome = std::move(outcome)] { done(outcome); });
    auto& keep = std::get<SqlStore::KeepSnapshot>(job.what);
    Result<> kept;
    if (!outcome) kept = fail(outcome.error());
    answers.add(job.post, [done = std::move(keep.done), kept = std::move(kept)] { done(kept); });
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

std::size_t SqlStore::submit(std::span<Job> jobs) {
    for (const Job& job : jobs)
        if (const auto* keep = std::get_if<KeepSnapshot>(&job.what)) look_at_size(*keep);
    std::size_t taken = 0;
    {
        const std::lock_guard lock(mutex_);
        for (Job& job : jobs) {
            std::size_t& waiting = std::holds_alternative<KeepSnapshot>(job.what) ? snapshot_bytes_ : queued_bytes_;
            if (closing_ || queue_.size() >= limits_.jobs_max || waiting + job.bytes > limits_.bytes_max) break;
            waiting += job.bytes;
            queue_.push_back(std::move(job));
            ++taken;
        }
    }
    if (taken > 0) wake_.notify_one();
    return taken;
}

/// Before no snapshot of a company is kept any more, and each start has to read all of its log, the operator knows.
void SqlStore::look_at_size(const KeepSnapshot& keep) {
    const std::size_t bytes = keep.snapshot.data.size();
    if (bytes > limits_.bytes_max) {
        log::error("snapshot.too_big", {{"company", keep.company}, {"bytes", bytes}, {"bytes_max", limits_.bytes_max}});
    } else if (bytes > limits_.bytes_max / snapshot_warned_share) {
        log::warn("snapshot.big", {{"company", keep.company}, {"bytes", bytes}, {"bytes_max", limits_.bytes_max}});
    }
    const std::lock_guard lock(mutex_);
    snapshot_bytes_max_ = std::max(snapshot_bytes_max_, bytes);
}

std::vector<SqlStore::Job> SqlStore::take_all() {
    std::unique_lock lock(mutex_);
    const auto has_work = [this] { return closing_ || !queue_.empty() || !big_.empty(); };
    if (failing_.empty()) {
        wake_.wait(lock, has_work);
    } else {
        wake_.wait_for(lock, probe_pause, has_work);
    }
    queued_bytes_ = 0;
    for (const Job& job : queue_)
        if (std::holds_alternative<KeepSnapshot>(job.what) && !is_big_snapshot(job)) snapshot_bytes_ -= job.bytes;
    return std::exchange(queue_, {});
}

void SqlStore::run() {
    for (;;) {
        std::vector<Job> batch = take_all();
        if (batch.empty() && big_.empty()) {
            if (is_closing()) return;
            probe();
        }
        set_aside_big_snapshots(batch);
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
        if (!big_.empty()) go_on_with_snapshot();
    }
}

void SqlStore::set_aside_big_snapshots(std::vector<Job>& batch) {
    for (Job& job : batch)
        if (is_big_snapshot(job)) big_.push_back({std::move(job)});
    std::erase_if(batch, [](const Job& job) { return job.post == nullptr; });
}

void SqlStore::go_on_with_snapshot() {
    BigSnapshot& big = big_.front();
    auto& keep = std::get<KeepSnapshot>(big.job.what);
    if (big.is_in_force) {
        bool more = false;
        const Result<> committed =
            guarded([&] { return database_->write([&](soci::session&) { more = statements_->forget_old_part(keep.company); }); });
        count(committed);
        if (!more) big_.pop_front();
        return;
    }
    const std::size_t end = end_of_part(keep.snapshot.data, big.written);
    const bool is_last = end == keep.snapshot.data.size();
    Result<> kept;
    const Result<> committed = guarded([&] {
        return database_->write([&](soci::session&) {
            statements_->keep_snapshot_part(keep.company, keep.snapshot.sequence, big.parts + 1,
                                            keep.snapshot.data.substr(big.written, end - big.written));
            if (is_last) kept = statements_->keep_snapshot(keep.company, keep.snapshot, big.parts + 1);
        });
    });
    count(committed);
    if (!committed) kept = committed;
    big.written = end;
    ++big.parts;
    if (kept && !is_last) return;
    {
        const std::lock_guard lock(mutex_);
        snapshot_bytes_ -= big.job.bytes;
    }
    keep.snapshot.data = {};
    big.is_in_force = kept.has_value();
    answer(big.job, std::move(keep.done), kept);
    if (!kept) big_.pop_front();
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
            for (std::size_t i = 0; i < writes.size(); ++i)
                outcomes.push_back(
                    outcome_of(*statements_, writes[i], i == 0 ? std::nullopt : head_after(writes[i - 1], outcomes.back(), writes[i])));
        });
    });
    if (!committed && database_->failed_for_a_part()) committed = commit_apart(writes, outcomes);
    // A transaction of conflicts alone writes nothing, and does not show that the database can be written again.
    const bool wrote_nothing =
        committed && std::none_of(outcomes.begin(), outcomes.end(), [](const Outcome& one) { return one.has_value(); });
    if (!wrote_nothing) count(committed);
    // Nothing of a refused transaction is kept, and what ails the database ails all of them.
    if (!committed) outcomes.assign(writes.size(), fail(committed.error()));
    Answers answers;
    for (std::size_t i = 0; i < writes.size(); ++i) {
        if (const auto* append = std::get_if<Append>(&writes[i].what); append != nullptr && outcomes[i]) {
            appends_.fetch_add(1, std::memory_order_relaxed);
            events_.fetch_add(append->events.size(), std::memory_order_relaxed);
        }
        answer_write(answers, writes[i], std::move(outcomes[i]));
    }
    answers.post();
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
            snapshot_bytes_max_,
            failing_};
}

}  // namespace calldocker::adapters::sql
