#include "server/net/timers.hpp"

#include <utility>

namespace calldocker::server {

TimerId Timers::add(SteadyTime at, std::function<void()> action) {
    const TimerId id{at, ++last_number_};
    actions_.emplace(id, std::move(action));
    return id;
}

std::optional<SteadyTime> Timers::next() const {
    if (actions_.empty()) return std::nullopt;
    return actions_.begin()->first.at;
}

void Timers::run_due(SteadyTime now) {
    const std::uint64_t newest = last_number_;
    for (auto first = actions_.begin(); first != actions_.end() && first->first.at <= now;) {
        if (first->first.number > newest) {
            ++first;
            continue;
        }
        // Taken out before it runs: an action may cancel or add any timer, and the map may change under it.
        const auto action = std::move(first->second);
        actions_.erase(first);
        action();
        first = actions_.begin();
    }
}

}  // namespace calldocker::server
