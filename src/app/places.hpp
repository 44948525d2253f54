#pragma once
#include <optional>
#include <unordered_map>
#include <vector>

#include "domain/company/state.hpp"
#include "domain/estimates/estimate.hpp"
#include "domain/presence/presence.hpp"

/// Announces to waiting visitors their place, and the estimated wait.
namespace calldocker::app {

/// How often, at most, places are announced; a change in between waits.
inline constexpr Milliseconds places_told_every = 1s;

/// @return the state of a queue, for somebody who is about to call. @param opens_at  of a closed one
[[nodiscard]] domain::QueueStatus queue_status_of(const domain::State& state, const domain::Presence& presence, const domain::Queue& queue,
                                                  std::optional<Instant> opens_at, Instant now);

/// The places that visitors have seen, and those that they have to see next.
class Places {
public:
    struct Told {
        ContactId call;
        UserId visitor;
        domain::PlaceView place;
        std::optional<domain::ToldWait> estimate;  ///< the first one of the present entry
    };

    /// Somebody has come, left, or been moved, or the staff of the queues has changed.
    void changed(Instant now) {
        if (!due_) due_ = std::max(now, told_at_ + places_told_every);
    }
    /// When take() will have something to announce; none: nothing has changed.
    [[nodiscard]] std::optional<Instant> due() const { return due_; }
    /// @return the visitors whose place, or range, differs from the one that they have seen
    [[nodiscard]] std::vector<Told> take(const domain::State& state, const domain::Presence& presence, Instant now);
    /// @return null if the visitor has seen none yet
    [[nodiscard]] const domain::PlaceView* of(const ContactId& call) const;

private:
    struct Known {
        domain::PlaceView place;
        domain::ShownWait wait;
        int staffed{};
        Instant entered_at{};
        std::uint64_t round{};  // of the take() that found it waiting last
    };
    std::unordered_map<ContactId, Known> told_;  // looked up, never walked in an order that matters
    std::uint64_t round_ = 0;
    Instant told_at_{};
    std::optional<Instant> due_;
};

}  // namespace calldocker::app
