#pragma once
#include <sys/epoll.h>
#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/descriptor.hpp"
#include "base/instant.hpp"
#include "server/net/counters.hpp"
#include "server/net/timers.hpp"

namespace calldocker::server {

class Shard;
class Signals;

/// Something with a descriptor that a shard watches. Owned by its shard from watch() on; destroyed at the end of the
/// round in which retire() was called, so a reference held during a round stays good for that round.
class Pollable {
public:
    virtual ~Pollable() = default;
    Pollable() = default;
    Pollable(const Pollable&) = delete;
    Pollable& operator=(const Pollable&) = delete;

    /// The descriptor is ready; `events` as in epoll_wait.
    virtual void ready(std::uint32_t events) = 0;
    /// The round is over: what was marked dirty is written, once.
    virtual void flush() {}
    /// It was marked as ending: say so to whom it concerns. It is retired afterwards.
    virtual void end() {}
    /// Something unexpected was thrown out of one of the above. The connection ends.
    virtual void failed() noexcept {}
    /// The shard stops gracefully: say goodbye.
    virtual void stop() {}

private:
    friend class Shard;
    class Signals;
    std::uint32_t slot_{};
    bool dirty_{false};
    bool ending_{false};
    bool retired_{false};
};

/// One thread with one event loop. Everything it owns is touched on that thread only; other threads post.
///
/// A round of the loop runs what was ready, the timers that are due and the posted jobs; then it writes once to each connection that
/// has something to say, tells of the connections that ended, and destroys what was retired. It sleeps in epoll_wait alone: a message
/// that comes, is passed on and leaves is three calls of the kernel.
class Shard {
public:
    /// Where moments come from; asked once per round, by every shard's thread.
    using Clock = std::function<Instant()>;
    explicit Shard(unsigned index, Clock clock = system_clock());
    /// The system's clock, for tests and tools.
    [[nodiscard]] static Clock system_clock();
    ~Shard();
    Shard(const Shard&) = delete;
    Shard& operator=(const Shard&) = delete;

    [[nodiscard]] unsigned index() const { return index_; }

    /// Runs the loop until quit(). On the shard's thread; all but post(), quit() and counters() belong to that thread
    /// (or to the time before it runs).
    void run();
    /// From any thread: the loop ends after the current round. What is still posted is dropped.
    void quit();
    /// From any thread: runs `work` on this shard. Jobs of one poster keep their order.
    template <class Work>
    void post(Work&& work) {
        post_job(std::make_unique<JobOf<std::decay_t<Work>>>(std::forward<Work>(work)));
    }

    /// Runs `work` when this round ends, before anything is written to a connection.
    void at_end_of_round(std::function<void()> work) { at_end_of_round_.push_back(std::move(work)); }
    TimerId after(std::chrono::milliseconds delay, std::function<void()> action);
    void cancel(TimerId& id);
    /// The time, read once per round.
    [[nodiscard]] SteadyTime steady_now();
    [[nodiscard]] Instant now();

    /// Calls `action` on this shard for each of these signals that the process gets.
    void on_signals(std::initializer_list<int> signals, std::function<void(int)> action);

    /// Takes the pollable over and watches its descriptor, level-triggered.
    Pollable& watch(std::unique_ptr<Pollable> pollable, int descriptor, std::uint32_t events);
    void change_interest(Pollable& pollable, int descriptor, std::uint32_t events);
    void forget(int descriptor);
    void mark_dirty(Pollable& pollable);
    void mark_ending(Pollable& pollable);
    void retire(Pollable& pollable);
    /// Tells every pollable to stop, and `when_all_are_gone` when the last has ended. From here on what ends is kept,
    /// ended, until clear(): others may hold references that they will not be told to drop.
    void stop_all(std::function<void()> when_all_are_gone);
    /// Destroys every pollable and every job that did not run. Only while the loop does not run.
    void clear();

    /// The buffer that connections read into; its content is good until the next connection reads.
    [[nodiscard]] std::span<char> read_buffer() { return read_buffer_; }
    /// An empty buffer with some capacity, and back.
    [[nodiscard]] std::string take_buffer();
    void give_buffer(std::string buffer);

    [[nodiscard]] Counters& counters() { return counters_; }
    [[nodiscard]] const Counters& counters() const { return counters_; }
    std::size_t lingering{0};         ///< connections that have said their last; see limits::lingering_max
    std::size_t unfinished_bytes{0};  ///< what requests hold that are not complete; see http::limits::unfinished_bytes_max

private:
    struct Job {
        virtual ~Job() = default;
        virtual void run() = 0;
        Job* next{};
    };
    template <class Work>
    struct JobOf final : Job {
        template <class Given>
        explicit JobOf(Given&& given) : work(std::forward<Given>(given)) {}
        void run() override { work(); }
        Work work;
    };
    void ring();
    void post_job(std::unique_ptr<Job> job);
    void run_jobs();
    [[nodiscard]] int wait(std::span<epoll_event> events, std::optional<SteadyTime> until);
    void run_ready(std::optional<SteadyTime> next_timer);
    void end_round();
    void destroy_retired();
    template <class Action>
    void guarded(Pollable* pollable, Action&& action) noexcept;
    void read_clocks();

    unsigned index_;
    Clock clock_;
    Descriptor epoll_;
    Descriptor bell_;  ///< wakes the shard
    std::vector<std::unique_ptr<Signals>> signals_;
    std::atomic<Job*> mailbox_{nullptr};
    std::atomic<bool> sleeps_{false};
    std::atomic<bool> quit_{false};
    Timers timers_;
    std::vector<std::function<void()>> at_end_of_round_;
    bool clock_is_fresh_{false};
    bool stopping_{false};
    std::function<void()> when_all_are_gone_;
    SteadyTime steady_now_{};
    Instant now_{};
    std::vector<std::unique_ptr<Pollable>> owned_;
    std::vector<Pollable*> dirty_, ending_, retired_;
    std::vector<char> read_buffer_;
    std::vector<std::string> spare_buffers_;
    Counters counters_;
};

/// The shards of this process and their threads.
class Shards {
public:
    explicit Shards(unsigned count, const Shard::Clock& clock = Shard::system_clock());
    /// Stops, joins, and destroys what the shards own.
    ~Shards();
    void start();
    /// Ends the loops and joins the threads. What the shards own lives until this object is destroyed.
    void stop();
    /// Destroys what the shards own. After stop().
    void clear();
    [[nodiscard]] unsigned size() const { return static_cast<unsigned>(shards_.size()); }
    [[nodiscard]] Shard& operator[](unsigned index) { return *shards_[index]; }

private:
    std::vector<std::unique_ptr<Shard>> shards_;
    std::vector<std::thread> threads_;
};

}  // namespace calldocker::server
