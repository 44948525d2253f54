#pragma once
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include "ports/event_log.hpp"

namespace calldocker::server {

/// The log as one company sees it. The shard's loop calls its completions, past the gateway. `run` runs each of them, and keeps its
/// exceptions from everybody else. Completions that come after this object are dropped.
class ContainedLog final : public ports::EventLog {
public:
    /// @param run  (what is being done, the work): runs it at once; must outlive this
    using Run = std::function<void(std::string_view doing, const std::function<void()>& work)>;
    ContainedLog(ports::EventLog& log, Run run) : log_(log), run_(std::make_shared<const Run>(std::move(run))) {}

    void append(const CompanyId& company, Sequence expected, std::vector<ports::StoredEvent> events, Appended done) override {
        log_.append(company, expected, std::move(events), contained("append", std::move(done)));
    }
    void load(const CompanyId& company, Loaded done) override { log_.load(company, contained("load", std::move(done))); }
    void keep_snapshot(const CompanyId& company, ports::StoredSnapshot snapshot, Done done) override {
        log_.keep_snapshot(company, std::move(snapshot), contained("keep_snapshot", std::move(done)));
    }
    void companies(Companies done) override { log_.companies(contained("companies", std::move(done))); }

private:
    template <class Answer>
    std::function<void(Answer)> contained(std::string_view doing, std::function<void(Answer)> done) {
        return [run = std::weak_ptr(run_), doing, done = std::move(done)](Answer answer) {
            const auto alive = run.lock();
            if (alive) (*alive)(doing, [&] { done(std::move(answer)); });
        };
    }

    ports::EventLog& log_;
    std::shared_ptr<const Run> run_;
};

}  // namespace calldocker::server
