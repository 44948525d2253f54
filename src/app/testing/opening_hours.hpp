#pragma once
#include <fmt/format.h>

#include <string>

#include "base/instant.hpp"

namespace calldocker::app::testing {

/// As a queue's configuration has them: on every day, in UTC, from midnight until so many minutes after `now`.
inline std::string open_until(Instant now, int minutes) {
    const auto since_midnight = std::chrono::duration_cast<std::chrono::minutes>(now - std::chrono::floor<std::chrono::days>(now)).count();
    std::string weekly;
    for (int day = 1; day <= 7; ++day)
        weekly += fmt::format(R"({}{{"weekday":{},"open":{{"from_minute":0,"to_minute":{}}}}})", day == 1 ? "" : ",", day,
                              since_midnight + minutes);
    return fmt::format(R"({{"zone":"Etc/UTC","weekly":[{}]}})", weekly);
}

}  // namespace calldocker::app::testing
