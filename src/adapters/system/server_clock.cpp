#include "adapters/system/server_clock.hpp"

#include <cerrno>
#include <ctime>
#include <system_error>
#include <utility>

namespace calldocker::adapters {
namespace {

std::chrono::nanoseconds read(clockid_t clock) {
    timespec time{};
    if (clock_gettime(clock, &time) != 0) throw std::system_error(errno, std::generic_category(), "clock_gettime");
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

}  // namespace

SmoothClock::Reading read_clocks() { return {.since_boot = read(CLOCK_BOOTTIME), .wall = read(CLOCK_REALTIME)}; }

ServerClock::ServerClock(Instant not_before, std::function<SmoothClock::Reading()> read)
    : read_(std::move(read)), clock_(read_(), not_before) {}

Instant ServerClock::now() {
    const std::lock_guard lock(mutex_);
    return clock_.now(read_());
}

ServerClock::State ServerClock::state() {
    const std::lock_guard lock(mutex_);
    static_cast<void>(clock_.now(read_()));
    return {clock_.offset(), clock_.ahead()};
}

}  // namespace calldocker::adapters
