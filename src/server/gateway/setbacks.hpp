#pragma once
#include <algorithm>
#include <optional>

#include "base/instant.hpp"
#include "server/gateway/limits.hpp"

namespace calldocker::server {

/// How long a company that has failed rests before it is loaded again, and how often the log says so. A company that throws at each load,
/// or cannot be read, costs one try a minute.
class Setbacks {
public:
    /// @return how long it rests now: limits::rest_first, doubled with each failure up to limits::rest_longest; the first
    /// again after it has worked for limits::rest_longest
    Milliseconds failed(Instant now) {
        const bool was_well = works_since_ && now - *works_since_ >= limits::rest_longest;
        rest_ = was_well ? limits::rest_first : std::clamp<Milliseconds>(2 * rest_, limits::rest_first, limits::rest_longest);
        works_since_.reset();
        return rest_;
    }
    void works(Instant now) { works_since_ = now; }

    /// @return whether the last line about it is limits::rest_said_every old; then this is the next one
    [[nodiscard]] bool may_say(Instant now) {
        if (said_at_ && now - *said_at_ < limits::rest_said_every) return false;
        said_at_ = now;
        return true;
    }

private:
    Milliseconds rest_{};
    std::optional<Instant> works_since_, said_at_;
};

}  // namespace calldocker::server
