#include "server/net/heartbeat.hpp"

namespace calldocker::server {

void Heartbeat::beat(SteadyTime now) {
    while (!pinged_.empty() && pinged_.front().since_ + patience_ <= now) {
        Pulse& pulse = pinged_.front();
        pulse.unlink();
        pulse.fell_silent();
    }
    while (!quiet_.empty() && quiet_.front().since_ + silence_ <= now) {
        Pulse& pulse = quiet_.front();
        pulse.unlink();
        pulse.since_ = now;
        pinged_.push_back(pulse);
        pulse.ping();
    }
}

}  // namespace calldocker::server
