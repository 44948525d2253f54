#pragma once
#include <boost/intrusive/list.hpp>
#include <boost/intrusive/list_hook.hpp>
#include <chrono>

#include "server/net/timers.hpp"

namespace calldocker::server {

/// What a heartbeat watches: when it was last heard of, and whether a ping is out. A base class, two words and a time.
class Pulse : public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    virtual ~Pulse() = default;
    virtual void ping() = 0;
    /// Nothing came, not even the answer to a ping.
    virtual void fell_silent() = 0;

private:
    friend class Heartbeat;
    SteadyTime since_{};  ///< last heard of, or pinged
};

/// Pings connections that say nothing, and gives up those that do not answer. Two queues, each in order of time, so
/// every operation is O(1) and one look at two fronts tells what is due.
class Heartbeat {
public:
    /// @param silence  before a ping; @param patience  from the ping to the end
    Heartbeat(std::chrono::milliseconds silence, std::chrono::milliseconds patience) : silence_(silence), patience_(patience) {}

    /// The connection is new or was heard of.
    void heard(Pulse& pulse, SteadyTime now) {
        pulse.unlink();
        pulse.since_ = now;
        quiet_.push_back(pulse);
    }
    static void forget(Pulse& pulse) { pulse.unlink(); }

    /// Pings and gives up what is due.
    void beat(SteadyTime now);

private:
    using Queue = boost::intrusive::list<Pulse, boost::intrusive::constant_time_size<false>>;
    std::chrono::milliseconds silence_;
    std::chrono::milliseconds patience_;
    Queue quiet_;   ///< by when they were last heard of
    Queue pinged_;  ///< by when they were pinged
};

}  // namespace calldocker::server
