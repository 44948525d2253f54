#include "domain/figures/queue_counts.hpp"

#include <algorithm>

namespace calldocker::domain {
namespace {

std::optional<Milliseconds> mean(Milliseconds total, int count) {
    if (count <= 0) return std::nullopt;
    return (total + Milliseconds{count / 2}) / count;
}

}  // namespace

void count(QueueCounts& counts, Outcome outcome, Milliseconds waited, const WaitTargets& targets) {
    const int in_target = waited <= targets.answer ? 1 : 0;
    switch (outcome) {
        case Outcome::answered:
            ++counts.answered;
            counts.answered_in_target += in_target;
            counts.answered_wait += waited;
            counts.answered_wait_max = std::max(counts.answered_wait_max, waited);
            return;
        case Outcome::abandoned:
            ++counts.abandoned;
            counts.abandoned_in_target += in_target;
            if (waited < targets.short_abandon) ++counts.short_abandoned;
            return;
        case Outcome::flowed_out: ++counts.flowed_out; return;
    }
}

void count(QueueCounts& counts, const HandledSegment& segment) {
    ++counts.handled;
    if (segment.handed_on) ++counts.handed_on;
    counts.talk += segment.talk;
    counts.hold += segment.hold;
    counts.consult += segment.consult;
    counts.wrapup += segment.wrapup;
}

int offered(const QueueCounts& counts) { return counts.answered + counts.abandoned + counts.flowed_out; }
Ratio abandon_rate(const QueueCounts& counts) { return {counts.abandoned, offered(counts)}; }
Ratio transfer_rate(const QueueCounts& counts) { return {counts.handed_on, counts.handled}; }

std::optional<Milliseconds> average_speed_of_answer(const QueueCounts& counts) { return mean(counts.answered_wait, counts.answered); }

std::optional<Milliseconds> average_handle_time(const QueueCounts& counts) {
    return mean(counts.talk + counts.hold + counts.consult + counts.wrapup, counts.handled);
}

std::optional<Milliseconds> average_wrapup_time(const QueueCounts& counts) { return mean(counts.wrapup, counts.handled); }

}  // namespace calldocker::domain
