#include "domain/company/records.hpp"

#include <cstdlib>

#include "base/one_of.hpp"

namespace calldocker::domain {
namespace {

bool is_abandoned(EndReason reason) {
    return reason == EndReason::abandoned_queue || reason == EndReason::abandoned_ringing || reason == EndReason::lost_visitor ||
           reason == EndReason::abandoned_prequeue;
}

}  // namespace

/// One fact of one contact, as the records see it.
struct Book {
    Records& records;
    const Contact* before;
    const Configuration& configuration;
    Instant at;

    void operator()(const fact::ContactEnqueued&) { flow_out(); }
    void operator()(const fact::ContactTransferred& transferred) {
        if (transferred.entry.queue != before->entry.queue) flow_out();
        finish_call(transferred.wrap_up);
    }
    void operator()(const fact::CallbackRequested&) { flow_out(); }
    void operator()(const fact::ContactConnected&) {
        if (before->accepted_at && !before->is_voicemail() && !before->is_by_telephone()) time_media(at - *before->accepted_at);
        if (!is_counted()) return;
        domain::answered(work_of(before->entry.queue), at, at - before->entered_at);
        if (before->estimate) judge(*before->estimate, at - before->entered_at);
        leave(Outcome::answered);
    }
    void operator()(const fact::ContactRequeued& requeued) { finish_call(requeued.wrap_up); }
    void operator()(const fact::ContactHandedOver& handed) { finish_call(handed.wrap_up); }
    void operator()(const fact::ContactEnded& ended) {
        finish_call(ended.wrap_up);
        if (!is_counted()) return;
        if (!is_abandoned(ended.reason)) return flow_out();
        domain::abandoned(work_of(before->entry.queue), at, at - before->entered_at);
        leave(Outcome::abandoned);
    }
    void operator()(const fact::WrapUpEnded& ended) {
        const auto own = before->wrap_ups.find(ended.agent);
        if (own != before->wrap_ups.end()) domain::handled(work_of(own->second.queue), at, at - own->second.began);
    }
    /// Facts that say nothing of how many contacts were served, and how soon.
    template <
        OneOf<fact::ContactCreated, fact::ContactOffered, fact::ContactRevoked, fact::ContactDeclined, fact::ContactMissed,
              fact::ContactAccepted, fact::ContactHeld, fact::ContactResumed, fact::ChatSaid, fact::ConsultStarted, fact::ConsultJoined,
              fact::ConsultEnded, fact::ConferenceStarted, fact::SupervisorJoined, fact::SupervisorLeft, fact::CallbackFailed>
            Unnoted>
    void operator()(const Unnoted&) {}
    template <QuietFact Quiet>
    void operator()(const Quiet&) {}

private:
    /// Counts of a removed queue's contacts go to the default queue.
    QueueRecord& of(const QueueId& queue) { return records.queues_[configuration.queue_or_default(queue).id]; }
    RecentWork& work_of(const QueueId& queue) { return of(queue).work; }
    /// Its entry has no outcome yet: it waits, or somebody has it but media was never up. A callback has flowed out of the queue,
    /// and a voicemail was never in it as a call.
    [[nodiscard]] bool is_counted() const {
        const bool is_a_call = before->is_waiting() || before->state == ContactState::connecting;
        return is_a_call && !before->answered_at && !before->is_voicemail();
    }
    /// Counts belong to the day of the entry.
    void leave(Outcome outcome) {
        if (before->entered_at < records.day_began_at_) return;
        const Queue& queue = configuration.queue_or_default(before->entry.queue);
        count(of(before->entry.queue).today, outcome, at - before->entered_at, {.answer = std::chrono::seconds(queue.target_seconds)});
    }
    void flow_out() {
        if (is_counted()) leave(Outcome::flowed_out);
    }
    /// With a wrap-up the time is known at its end.
    void finish_call(Milliseconds wrap_up) {
        if (before->is_in_call() && before->accepted_at && wrap_up == Milliseconds{0})
            domain::handled(work_of(before->entry.queue), at, at - *before->accepted_at);
    }
    void time_media(Milliseconds taken) {
        MediaStarts& starts = records.media_starts_;
        ++starts.answers;
        if (taken <= media_prompt) ++starts.prompt;
        starts.ms_sum += taken.count();
    }
    void judge(const ToldWait& estimate, Milliseconds waited) {
        ++records.accuracy_.told;
        if (waited <= estimate.most) ++records.accuracy_.within;
        records.accuracy_.error_ms_sum += std::abs((waited - estimate.half).count());
    }
};

void Records::book(const Contact* before, const ContactFact& fact, const Configuration& configuration, Instant at) {
    std::visit(Book{*this, before, configuration, at}, fact);
}

void Records::begin_day(Instant at) {
    day_began_at_ = at;
    for (auto& [queue, record] : queues_) record.today = {};
}

const QueueRecord& Records::of(const QueueId& queue) const {
    static const QueueRecord nothing;
    const auto found = queues_.find(queue);
    return found == queues_.end() ? nothing : found->second;
}

Records Records::restore(Instant day_began_at, std::map<QueueId, QueueRecord> queues, EstimateAccuracy accuracy, MediaStarts media_starts) {
    Records records;
    records.day_began_at_ = day_began_at;
    records.queues_ = std::move(queues);
    records.accuracy_ = accuracy;
    records.media_starts_ = media_starts;
    return records;
}

}  // namespace calldocker::domain
