#include "app/live_island.hpp"
#include "app/places.hpp"

/// What visitors ask for beside a call.
namespace calldocker::app {

using namespace domain;

LiveIsland::Handled LiveIsland::on(Session& sender, const OpenContact& message) {
    return perform(sender.user(),
                   command::Open{message.call, sender.user(), endpoint_of(sender), queue_or_default(message.queue), message.details});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const GetQueueStatus& message) {
    const Queue* queue = state_.configuration().queue(queue_or_default(message.queue));
    if (queue == nullptr) return fail(ErrorCode::not_found, "no such queue");
    courier_.to(sender.key, notice::QueueStatusTold{queue_status_of(state_, presence_, *queue, clockwork_.opens_at(*queue, now_), now_)},
                state_.sequence());
    return so_far();
}

LiveIsland::Handled LiveIsland::on(Session& sender, const domain::KeepPlace& message) {
    return perform(sender.user(), command::KeepPlace{message.call});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const domain::RequestCallback& message) {
    return perform(sender.user(), command::RequestCallback{message.call, sender.user(), endpoint_of(sender),
                                                           queue_or_default(message.queue), message.phone, message.note});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const domain::LeaveVoicemail& message) {
    return perform(sender.user(), command::LeaveVoicemail{message.call, sender.user(), endpoint_of(sender), queue_or_default(message.queue),
                                                          message.details, message.recording, message.duration});
}

LiveIsland::Handled LiveIsland::on(Session& sender, const RateContact& message) {
    return perform(sender.user(), command::Rate{message.call, sender.user(), message.rating, message.comment, now_});
}

/// The first estimate that a visitor sees is kept with the contact, and compared with the real wait later.
void LiveIsland::tell_places() {
    const auto told = places_.take(state_, presence_, now_);
    Facts estimates;
    for (const Places::Told& one : told)
        if (one.estimate) estimates.emplace_back(ContactFact{fact::WaitEstimated{one.call, one.estimate->half, one.estimate->most}});
    if (!estimates.empty()) {
        record_by_system(estimates);
        conclude();
    }
    for (const Places::Told& one : told)
        courier_.to_user(one.visitor, notice::QueuePlace{one.call, one.place}, state_.sequence(),
                         [](const Session& session) { return session.version == 2; });
}

}  // namespace calldocker::app
