#include "server/net/shard.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <system_error>

#include "base/log.hpp"
#include "base/require.hpp"
#include "server/net/limits.hpp"

namespace calldocker::server {
namespace {

namespace asio = boost::asio;

struct Signals {
    Signals(asio::io_context& context, std::function<void(int)> then) : set(context), action(std::move(then)) {}
    asio::signal_set set;
    std::function<void(int)> action;
    void wait() {
        set.async_wait([this](const boost::system::error_code& error, int signal) {
            if (error) return;
            action(signal);
            wait();
        });
    }
};

}  // namespace

struct Shard::Loop {
    asio::io_context context{1};  // one thread runs it: no locking inside
    asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
    asio::posix::stream_descriptor connections{context};
    asio::steady_timer timer{context};
    std::vector<std::unique_ptr<Signals>> signals;
};

Shard::Clock Shard::system_clock() {
    return [] { return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now()); };
}

Shard::Shard(unsigned index, Clock clock)
    : index_(index), clock_(std::move(clock)), epoll_(::epoll_create1(EPOLL_CLOEXEC)), loop_(std::make_unique<Loop>()) {
    if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
    loop_->connections.assign(epoll_);  // owns the descriptor from here on
    read_buffer_.resize(limits::read_buffer_bytes);
    wait_for_ready();
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
    arm_timer();  // what was asked for before the loop ran
    while (!quit_.load(std::memory_order_relaxed)) {
        loop_->context.run_one();
        end_turn();
    }
}

void Shard::quit() {
    quit_.store(true, std::memory_order_relaxed);
    asio::post(loop_->context, [] {});
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
    auto guarded_action = [this, action = std::move(action)](int signal) { guarded(nullptr, [&] { action(signal); }); };
    auto& entry = loop_->signals.emplace_back(std::make_unique<Signals>(loop_->context, std::move(guarded_action)));
    for (const int signal : signals) entry->set.add(signal);
    entry->wait();
}

// A stack that posters push to and the shard takes as a whole. Only the poster that finds it empty wakes the loop, so
// a burst of jobs is one turn, and one flush.
void Shard::post_job(std::unique_ptr<Job> job) {
    Job* const added = job.release();
    Job* head = mailbox_.load(std::memory_order_relaxed);
    do {
        added->next = head;
    } while (!mailbox_.compare_exchange_weak(head, added, std::memory_order_release, std::memory_order_relaxed));
    if (head == nullptr) asio::post(loop_->context, [this] { run_jobs(); });
}

void Shard::run_jobs() {
    Job* newest = mailbox_.exchange(nullptr, std::memory_order_acquire);
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

void Shard::wait_for_ready() {
    loop_->connections.async_wait(asio::posix::descriptor_base::wait_read, [this](const boost::system::error_code& error) {
        if (error) return;
        run_ready();
        wait_for_ready();
    });
}

void Shard::run_ready() {
    std::array<epoll_event, limits::ready_batch_max> events;
    const int count = ::epoll_wait(epoll_, events.data(), limits::ready_batch_max, 0);
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events.at(static_cast<std::size_t>(i));
        auto* pollable = static_cast<Pollable*>(event.data.ptr);
        if (pollable->retired_ || pollable->ending_) continue;
        guarded(pollable, [&] { pollable->ready(event.events); });
    }
}

void Shard::arm_timer() {
    const auto next = timers_.next();
    if (!next || *next >= armed_for_) return;
    armed_for_ = *next;
    loop_->timer.expires_at(*next);
    loop_->timer.async_wait([this](const boost::system::error_code& error) {
        if (!error) run_timers();
    });
}

void Shard::run_timers() {
    armed_for_ = SteadyTime::max();
    guarded(nullptr, [&] { timers_.run_due(steady_now()); });
}

void Shard::end_turn() {
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
    arm_timer();
    counters_.turns.add();
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
    if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) != 0) mark_ending(added);
    return added;
}

void Shard::change_interest(Pollable& pollable, int descriptor, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = &pollable;
    if (::epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor, &event) != 0) mark_ending(pollable);
}

void Shard::forget(int descriptor) { ::epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr); }

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
