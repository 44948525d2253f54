#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>

namespace calldocker::server {

using SteadyTime = std::chrono::steady_clock::time_point;

/// Names a timer, to cancel it. The empty value names none.
struct TimerId {
    SteadyTime at{};
    std::uint64_t number{};
    friend auto operator<=>(const TimerId&, const TimerId&) = default;
};

/// What has to be done when, in order. Knows no clock: the owner asks for the next deadline and says what time it is.
class Timers {
public:
    TimerId add(SteadyTime at, std::function<void()> action);
    /// Unknown and already run timers are passed over.
    void cancel(TimerId id) { actions_.erase(id); }
    [[nodiscard]] std::optional<SteadyTime> next() const;
    /// Runs what is due at `now`, in order, one at a time; what an action adds for the past runs in the next call.
    /// An exception of an action goes through; that action is gone, the rest stays due.
    void run_due(SteadyTime now);

private:
    std::map<TimerId, std::function<void()>> actions_;
    std::uint64_t last_number_{0};
};

}  // namespace calldocker::server
