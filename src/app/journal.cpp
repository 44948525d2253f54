#include "app/journal.hpp"

#include "base/require.hpp"

namespace calldocker::app {

Journal::Journal(CompanyId company, ports::EventLog& log, Outbox& outbox, Sequence durable, Broken broken)
    : company_(std::move(company)),
      log_(log),
      outbox_(outbox),
      on_break_(std::move(broken)),
      written_(durable),
      durable_(durable),
      self_(std::make_shared<Journal*>(this)) {}

void Journal::append(std::vector<ports::StoredEvent> events) {
    require(!broken_, "nothing is written to a broken log");
    require(!events.empty() && events.front().sequence == next(written_), "events are numbered without gaps");
    const Sequence expected = written_;
    written_ = events.back().sequence;
    log_.append(company_, expected, std::move(events), [self = std::weak_ptr(self_), era = era_](const Result<Sequence>& last) {
        if (const auto journal = self.lock()) (*journal)->appended(era, last);
    });
}

void Journal::appended(std::uint64_t era, const Result<Sequence>& last) {
    if (era != era_) return;
    if (!last) {
        ++era_;
        broken_ = true;
        snapshot_.reset();
        on_break_();
        return;
    }
    durable_ = *last;
    outbox_.release(durable_);
    keep_snapshot();
}

void Journal::snapshot(ports::StoredSnapshot snapshot) {
    snapshot_ = std::move(snapshot);
    keep_snapshot();
}

void Journal::keep_snapshot() {
    if (!snapshot_ || snapshot_->sequence > durable_) return;
    // Best effort: a snapshot that is lost costs the next start some time, and the next one replaces it.
    log_.keep_snapshot(company_, std::move(*snapshot_), [](const Result<>&) {});
    snapshot_.reset();
}

void Journal::restart(Sequence durable) {
    broken_ = false;
    written_ = durable_ = durable;
}

}  // namespace calldocker::app
