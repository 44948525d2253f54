#pragma once
#include <deque>
#include <functional>
#include <vector>

#include "ports/event_log.hpp"

namespace calldocker::app::testing {

/// A log in memory whose writes finish when the test says so, or fail.
class FakeLog final : public ports::EventLog {
public:
    void append(const CompanyId&, Sequence expected, std::vector<ports::StoredEvent> added, Appended done) override {
        ++appends;
        pending_.push_back([this, expected, appended = std::move(added), done = std::move(done)] {
            if (broken) return done(fail(ErrorCode::unavailable, "the disk is full"));
            if (value_of(expected) != events.size()) return done(fail(ErrorCode::conflict, "the log has moved on"));
            events.insert(events.end(), appended.begin(), appended.end());
            done(Sequence{events.size()});
        });
    }
    void load(const CompanyId&, Loaded done) override {
        pending_.push_back([this, done = std::move(done)] {
            if (unreadable) return done(fail(ErrorCode::unavailable, "the disk is gone"));
            done(history());
        });
    }
    void keep_snapshot(const CompanyId&, ports::StoredSnapshot kept, Done done) override {
        pending_.push_back([this, kept = std::move(kept), done = std::move(done)] {
            snapshot = kept;
            done({});
        });
    }
    void companies(Companies done) override { done(std::vector<CompanyId>{}); }

    /// Completes the first of what waits. @return whether there was anything
    bool step() {
        if (pending_.empty()) return false;
        const auto next = std::move(pending_.front());
        pending_.pop_front();
        next();
        return true;
    }
    /// Completes everything that waits, and what that starts.
    void settle() {
        while (step()) {
        }
    }
    [[nodiscard]] bool is_settled() const { return pending_.empty(); }
    /// What a restart would find.
    [[nodiscard]] ports::History history() const {
        ports::History history{snapshot, {}, {}};
        const std::size_t from = snapshot ? value_of(snapshot->sequence) : 0;
        if (snapshot)
            std::copy_if(events.begin(), events.end(), std::back_inserter(history.texts),
                         [&](const ports::StoredEvent& event) { return ports::is_text_of(*snapshot, event); });
        history.tail.assign(events.begin() + static_cast<std::ptrdiff_t>(from), events.end());
        return history;
    }
    /// What waits has never been written.
    void crash() { pending_.clear(); }

    std::size_t appends = 0;  ///< that were asked for
    bool broken = false;
    bool unreadable = false;
    std::vector<ports::StoredEvent> events;
    std::optional<ports::StoredSnapshot> snapshot;

private:
    std::deque<std::function<void()>> pending_;
};

}  // namespace calldocker::app::testing
