#pragma once
#include <map>

#include "domain/configuration/configuration.hpp"
#include "domain/contacts/contact.hpp"
#include "domain/estimates/recent_work.hpp"
#include "domain/figures/queue_counts.hpp"

/// Recent counts of a company's queues: a fold of its facts, from which live figures and estimates are made.
namespace calldocker::domain {

/// How good the estimates were that visitors saw.
struct EstimateAccuracy {
    std::int64_t told{};          ///< visitors who had an estimate and were then answered
    std::int64_t within{};        ///< of these, answered by the later time of the range
    std::int64_t error_ms_sum{};  ///< |wait - estimated median|, summed
    friend bool operator==(const EstimateAccuracy&, const EstimateAccuracy&) = default;
};

/// How long it took from the accept until media was up both ways: a contact is answered then, not with the click.
struct MediaStarts {
    std::int64_t answers{};
    std::int64_t prompt{};  ///< of these, within media_prompt
    std::int64_t ms_sum{};
    friend bool operator==(const MediaStarts&, const MediaStarts&) = default;
};
inline constexpr Milliseconds media_prompt = 1s;

struct QueueRecord {
    QueueCounts today;  ///< of the contacts that entered the queue since the day began
    RecentWork work;
    friend bool operator==(const QueueRecord&, const QueueRecord&) = default;
};

class Records {
public:
    /// Call it before the fact is applied to the contact; `before` is null for a new contact.
    void book(const Contact* before, const ContactFact& fact, const Configuration& configuration, Instant at);
    void begin_day(Instant at);
    /// The queue has been removed. Later counts of its contacts go to the default queue.
    void forget(const QueueId& queue) { queues_.erase(queue); }

    [[nodiscard]] Instant day_began_at() const { return day_began_at_; }
    /// @return an empty record for a queue without counts
    [[nodiscard]] const QueueRecord& of(const QueueId& queue) const;
    [[nodiscard]] const EstimateAccuracy& accuracy() const { return accuracy_; }
    [[nodiscard]] const MediaStarts& media_starts() const { return media_starts_; }
    [[nodiscard]] const std::map<QueueId, QueueRecord>& queues() const { return queues_; }

    [[nodiscard]] static Records restore(Instant day_began_at, std::map<QueueId, QueueRecord> queues, EstimateAccuracy accuracy,
                                         MediaStarts media_starts);
    friend bool operator==(const Records&, const Records&) = default;

private:
    friend struct Book;
    Instant day_began_at_{};
    std::map<QueueId, QueueRecord> queues_;
    EstimateAccuracy accuracy_;
    MediaStarts media_starts_;
};

}  // namespace calldocker::domain
