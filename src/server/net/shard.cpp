#include "server/net/shard.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "base/log.hpp"
#include "base/require.hpp"
#include "server/net/limits.hpp"
#include "server/net/signals.hpp"

namespace calldocker::server {
namespace {

/// A descriptor, or what went wrong where there is none.
Descriptor opened(int descriptor, const char* what) {
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), what);
    return Descriptor(descriptor);
}

}  // namespace

Shard::Clock Shard::system_clock() {
    return [] { return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now()); };
}

Shard::Shard(unsigned index, Clock clock)
    : index_(index),
      clock_(std::move(clock)),
      epoll_(opened(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      bell_(opened(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")) {
    read_buffer_.resize(limits::read_buffer_bytes);
    // Edge-triggered: each ring is an event, and nobody has to read it away.
    epoll_event event{};
    event.events = EPOLLIN | EPOLLET;
    event.data.ptr = nullptr;
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, bell_.get(), &event) != 0)
        throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

Shard::~Shard() { clear(); }

void Shard::clear() {
    for (auto& pollable : owned_) pollable.reset();
    owned_.clear();
    dirty_.clear();
    ending_.clear();
    retired_.clear();
    for (Job* job = mailbox_.exchange(nullptr); job != nullptr;) {
        const std::unique_ptr<Job> owned(job);
        job = owned->next;
    }
}

void Shard::run() {
    while (!quit_.load()) {
        run_ready(timers_.next());
        if (const auto next = timers_.next(); next && *next <= steady_now()) guarded(nullptr, [&] { timers_.run_due(steady_now()); });
        run_jobs();
        end_round();
    }
}

void Shard::quit() {
    quit_.store(true);
    ring();
}

void Shard::ring() {
    const std::uint64_t once = 1;
    // It fails when it has been rung 2^64 - 2 times.
    [[maybe_unused]] const auto written = ::write(bell_.get(), &once, sizeof once);
}

TimerId Shard::after(std::chrono::milliseconds delay, std::function<void()> action) {
    return timers_.add(steady_now() + delay, std::move(action));
}

void Shard::cancel(TimerId& id) {
    if (id.number != 0) timers_.cancel(std::exchange(id, TimerId{}));
}

void Shard::read_clocks() {
    steady_now_ = std::chrono::steady_clock::now();
    now_ = clock_();
    clock_is_fresh_ = true;
}

SteadyTime Shard::steady_now() {
    if (!clock_is_fresh_) read_clocks();
    return steady_now_;
}

Instant Shard::now() {
    if (!clock_is_fresh_) read_clocks();
    return now_;
}

void Shard::on_signals(std::initializer_list<int> signals, std::function<void(int)> action) {
    auto& added = *signals_.emplace_back(std::make_unique<Signals>(signals, std::move(action)));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &added;
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, added.descriptor(), &event) != 0)
        throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

// A stack that posters push to and the shard takes as a whole: a burst of jobs is one round, and one flush. Before it sleeps the shard
// says so and looks once more; a poster pushes and then looks whether it sleeps. In the one order of these four one sees the other, so
// that only a shard that sleeps is rung for, and none sleeps over a job.
void Shard::post_job(std::unique_ptr<Job> job) {
    Job* const added = job.release();
    Job* head = mailbox_.load();
    do {
        added->next = head;
    } while (!mailbox_.compare_exchange_weak(head, added));
    if (head == nullptr && sleeps_.load()) ring();
}

void Shard::run_jobs() {
    Job* newest = mailbox_.exchange(nullptr);
    Job* oldest = nullptr;
    while (newest != nullptr) {
        Job* const next = newest->next;
        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    while (oldest != nullptr) {
        const std::unique_ptr<Job> job(oldest);
        oldest = job->next;
        guarded(nullptr, [&] { job->run(); });
    }
}

int Shard::wait(std::span<epoll_event> events, std::optional<SteadyTime> until) {
    const auto sleep = [&](int milliseconds) {
        return ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), milliseconds);
    };
    sleeps_.store(true);
    int longest = -1;
    if (mailbox_.load() != nullptr || !at_end_of_round_.empty() || quit_.load()) {
        longest = 0;
    } else if (until) {
        // Never before it is due: rounded up.
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - std::chrono::steady_clock::now());
        longest = static_cast<int>(std::clamp<std::chrono::milliseconds>(left, std::chrono::milliseconds{0}, limits::sleep_max).count());
    }
    const int count = sleep(longest);
    sleeps_.store(false);
    return count;
}

void Shard::run_ready(std::optional<SteadyTime> next_timer) {
    std::array<epoll_event, limits::ready_batch_max> events;
    const int count = wait(events, next_timer);
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events.at(static_cast<std::size_t>(i));
        auto* pollable = static_cast<Pollable*>(event.data.ptr);
        if (pollable == nullptr || pollable->retired_ || pollable->ending_) continue;  // the bell: it has done its work
        guarded(pollable, [&] { pollable->ready(event.events); });
    }
}

void Shard::end_round() {
    for (std::size_t i = 0; i < at_end_of_round_.size(); ++i) {
        const std::function<void()> work = std::move(at_end_of_round_[i]);  // which may add to them
        guarded(nullptr, work);
    }
    at_end_of_round_.clear();
    // Endings tell others, who write; a write may find its reader gone. Each pollable ends once, so this comes to rest.
    while (!dirty_.empty() || !ending_.empty()) {
        for (std::size_t i = 0; i < dirty_.size(); ++i) {
            Pollable* const pollable = dirty_[i];
            pollable->dirty_ = false;
            if (!pollable->retired_ && !pollable->ending_) guarded(pollable, [&] { pollable->flush(); });
        }
        dirty_.clear();
        for (std::size_t i = 0; i < ending_.size(); ++i) {
            Pollable* const pollable = ending_[i];
            if (pollable->retired_) continue;
            guarded(nullptr, [&] { pollable->end(); });
            retire(*pollable);
        }
        ending_.clear();
    }
    if (!stopping_) destroy_retired();
    if (stopping_ && when_all_are_gone_ && retired_.size() == owned_.size()) std::exchange(when_all_are_gone_, nullptr)();
    counters_.rounds.add();
    clock_is_fresh_ = false;
}

void Shard::destroy_retired() {
    for (std::size_t i = 0; i < retired_.size(); ++i) {
        const std::uint32_t slot = retired_[i]->slot_;
        std::swap(owned_[slot], owned_.back());
        owned_[slot]->slot_ = slot;
        owned_.pop_back();
    }
    retired_.clear();
}

template <class Action>
void Shard::guarded(Pollable* pollable, Action&& action) noexcept {
    std::string what;
    try {
        action();
        return;
    } catch (const std::exception& error) {
        what = error.what();
    } catch (...) {
        what = "an exception of unknown type";
    }
    counters_.unexpected_errors.add();
    log::error("shard.unexpected_error", {{"shard", index_}, {"what", what}});
    if (pollable != nullptr) pollable->failed();
}

Pollable& Shard::watch(std::unique_ptr<Pollable> pollable, int descriptor, std::uint32_t events) {
    Pollable& added = *pollable;
    added.slot_ = static_cast<std::uint32_t>(owned_.size());
    owned_.push_back(std::move(pollable));
    epoll_event event{};
    event.events = events;
    event.data.ptr = &added;
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, descriptor, &event) != 0) mark_ending(added);
    return added;
}

void Shard::change_interest(Pollable& pollable, int descriptor, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = &pollable;
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, descriptor, &event) != 0) mark_ending(pollable);
}

void Shard::forget(int descriptor) { ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, descriptor, nullptr); }

void Shard::mark_dirty(Pollable& pollable) {
    if (pollable.dirty_ || pollable.retired_) return;
    pollable.dirty_ = true;
    dirty_.push_back(&pollable);
}

void Shard::mark_ending(Pollable& pollable) {
    if (pollable.ending_ || pollable.retired_) return;
    pollable.ending_ = true;
    ending_.push_back(&pollable);
}

void Shard::retire(Pollable& pollable) {
    if (pollable.retired_) return;
    pollable.retired_ = true;
    retired_.push_back(&pollable);
}

void Shard::stop_all(std::function<void()> when_all_are_gone) {
    stopping_ = true;
    when_all_are_gone_ = std::move(when_all_are_gone);
    for (std::size_t i = 0; i < owned_.size(); ++i) {
        Pollable* const pollable = owned_[i].get();
        if (!pollable->retired_ && !pollable->ending_) guarded(pollable, [&] { pollable->stop(); });
    }
}

std::string Shard::take_buffer() {
    if (spare_buffers_.empty()) return {};
    std::string buffer = std::move(spare_buffers_.back());
    spare_buffers_.pop_back();
    return buffer;
}

void Shard::give_buffer(std::string buffer) {
    if (spare_buffers_.size() >= limits::spare_buffers_max || buffer.capacity() > limits::spare_buffer_bytes_max) return;
    buffer.clear();
    spare_buffers_.push_back(std::move(buffer));
}

Shards::Shards(unsigned count, const Shard::Clock& clock) {
    require(count > 0, "at least one shard");
    for (unsigned index = 0; index < count; ++index) shards_.push_back(std::make_unique<Shard>(index, clock));
}

Shards::~Shards() {
    stop();
    clear();
}

void Shards::clear() {
    // A connection that goes returns what it borrowed to its home shard, by post: all shards must still be there.
    for (auto& shard : shards_) shard->clear();
    for (auto& shard : shards_) shard->clear();
}

void Shards::start() {
    for (auto& shard : shards_) threads_.emplace_back([&shard = *shard] { shard.run(); });
}

void Shards::stop() {
    for (auto& shard : shards_) shard->quit();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

}  // namespace calldocker::server
