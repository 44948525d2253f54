#pragma once
#include <optional>

#include "base/instant.hpp"
#include "domain/figures/ratio.hpp"

namespace calldocker::domain {

/// Outcomes of the contacts that entered a queue in some interval, and times of the segments that agents finished.
struct QueueCounts {
    int answered{}, answered_in_target{};
    int abandoned{}, abandoned_in_target{}, short_abandoned{};
    int flowed_out{};
    Milliseconds answered_wait{}, answered_wait_max{};  ///< of contacts that were answered: in all, and the longest
    int handled{}, handed_on{};
    Milliseconds talk{}, hold{}, consult{}, wrapup{};  ///< of the handled
    friend bool operator==(const QueueCounts&, const QueueCounts&) = default;
};

/// T and S of a queue.
struct WaitTargets {
    Milliseconds answer = 20s;        ///< answered or abandoned in target: waited at most this long
    Milliseconds short_abandon = 5s;  ///< a short abandon: waited less
};

/// How a contact left a queue.
enum class Outcome { answered, abandoned, flowed_out };
void count(QueueCounts& counts, Outcome outcome, Milliseconds waited, const WaitTargets& targets);

/// The time that an agent spent on one segment.
struct HandledSegment {
    Milliseconds talk{}, hold{}, consult{}, wrapup{};
    bool handed_on{};
};
void count(QueueCounts& counts, const HandledSegment& segment);

/// answered + abandoned + flowed out: contacts that still wait are not counted yet.
[[nodiscard]] int offered(const QueueCounts& counts);
[[nodiscard]] Ratio abandon_rate(const QueueCounts& counts);   ///< abandoned / offered
[[nodiscard]] Ratio transfer_rate(const QueueCounts& counts);  ///< handed on / handled

// Means, to the nearest millisecond; nothing where there is nothing to take them of.
[[nodiscard]] std::optional<Milliseconds> average_speed_of_answer(const QueueCounts& counts);
[[nodiscard]] std::optional<Milliseconds> average_handle_time(const QueueCounts& counts);  ///< per segment
[[nodiscard]] std::optional<Milliseconds> average_wrapup_time(const QueueCounts& counts);

}  // namespace calldocker::domain
