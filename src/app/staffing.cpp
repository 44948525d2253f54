#include "app/staffing.hpp"

#include <algorithm>

#include "domain/company/follow_up.hpp"

namespace calldocker::app {

using namespace domain;

RecentTimes recent_times(const State& state, Instant now) {
    RecentTimes times;
    for (const auto& [id, record] : state.records().queues()) times.emplace(id, handle_time(record.work, now));
    return times;
}

Staffing::Staffing(const State& state, const Presence& presence) : state_(state) {
    for (const auto& [user, agent] : state.agents()) {
        const bool is_free = is_routable(state, presence, user) || is_original_and_free(state, presence, user);
        if (!is_free && state.work_of(user).is_idle()) continue;
        staffed_.push_back({&user, is_free, {}});
        free_ += is_free;
    }
}

const Staffing::Agent* Staffing::find(const UserId& user) const {
    const auto found = std::lower_bound(staffed_.begin(), staffed_.end(), user,
                                        [](const Agent& agent, const UserId& wanted) { return *agent.user < wanted; });
    return found != staffed_.end() && *found->user == user ? &*found : nullptr;
}

template <class Seen>
void Staffing::for_each_of(const Queue& queue, Seen seen) const {
    if (queue.everyone) {
        for (const Agent& agent : staffed_) seen(agent);
        return;
    }
    for (const Member& member : queue.members)
        if (const Agent* agent = find(member.agent)) seen(*agent);
}

Staff Staffing::of(const Queue& queue) const {
    if (queue.everyone) return {static_cast<int>(staffed_.size()), free_};
    Staff staff;
    for_each_of(queue, [&](const Agent& agent) {
        ++staff.staffed;
        staff.free += agent.is_free;
    });
    return staff;
}

void Staffing::add_up(const RecentTimes& work) {
    is_added_up_ = true;
    Milliseconds of_everyone{};
    for (const auto& [id, time] : work) {
        const Queue* queue = state_.configuration().queue(id);
        if (queue == nullptr) continue;
        if (queue->everyone) {
            of_everyone += time;
        } else {
            for_each_of(*queue, [this, worked = time](const Agent& agent) {
                staffed_[static_cast<std::size_t>(&agent - staffed_.data())].all_work += worked;
            });
        }
    }
    for (Agent& agent : staffed_) {
        agent.all_work += of_everyone;
        if (agent.all_work > Milliseconds{0}) shares_ += 1.0 / static_cast<double>(agent.all_work.count());
    }
}

double Staffing::effective_agents(const Queue& queue, const RecentTimes& work) {
    const auto own = work.find(queue.id);
    if (own == work.end()) return 0;
    if (!is_added_up_) add_up(work);
    double shares = 0;
    if (queue.everyone) {
        shares = shares_;
    } else {
        for_each_of(queue, [&](const Agent& agent) {
            if (agent.all_work > Milliseconds{0}) shares += 1.0 / static_cast<double>(agent.all_work.count());
        });
    }
    return shares * static_cast<double>(own->second.count());
}

}  // namespace calldocker::app
