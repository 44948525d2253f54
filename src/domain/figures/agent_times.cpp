#include "domain/figures/agent_times.hpp"

namespace calldocker::domain {
namespace {

Milliseconds working(const AgentTimes& times) { return times.connecting + times.talk + times.hold + times.consult + times.wrapup; }

}  // namespace

Ratio occupancy(const AgentTimes& times) { return {working(times).count(), (working(times) + times.routable_idle).count()}; }
Ratio utilisation(const AgentTimes& times) { return {working(times).count(), times.logged_in.count()}; }

}  // namespace calldocker::domain
