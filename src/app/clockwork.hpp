#pragma once
#include <map>
#include <optional>
#include <string>

#include "domain/company/state.hpp"
#include "domain/hours/hours.hpp"
#include "ports/time_zones.hpp"

namespace calldocker::app {

/// Turns the clocks on the wall into facts of a company: its queues open and close, and its days begin. So the rules need no clock, and a
/// log replayed elsewhere gives the same.
class Clockwork {
public:
    /// @param zones  null: every place is on UTC
    explicit Clockwork(ports::TimeZones* zones) : zones_(zones) {}

    /// Queues that are open and should be closed, or the reverse.
    [[nodiscard]] domain::Facts due(const domain::State& state, Instant now);
    /// When due() or is_new_day() will have something to say; none: due() has not been asked yet.
    [[nodiscard]] std::optional<Instant> next() const { return next_; }
    /// @return when a closed queue opens; none: it is open, or does not open within hours_look_ahead
    [[nodiscard]] std::optional<Instant> opens_at(const domain::Queue& queue, Instant now);

    /// @errors invalid (an unknown zone)
    [[nodiscard]] Result<> knows_zones_of(const domain::Configuration& configuration, Instant now) const;

    /// @return whether a day has begun since the one that the records count
    [[nodiscard]] bool is_new_day(const domain::State& state, Instant now);

private:
    /// The day that `now` is in.
    void find_day(const std::string& zone, Instant now);
    [[nodiscard]] const domain::ZoneOffsets& offsets(const std::string& zone, Instant now);

    struct Known {
        domain::ZoneOffsets offsets;
        Instant good_until{};
    };
    ports::TimeZones* zones_;
    std::map<std::string, Known> known_;
    std::optional<Instant> next_;
    std::string day_zone_;
    Instant day_began_{}, day_ends_{};
};

}  // namespace calldocker::app
