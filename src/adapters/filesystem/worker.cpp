#include "adapters/filesystem/worker.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <exception>
#include <utility>

#include "base/log.hpp"

namespace calldocker::adapters {
namespace {

void do_one(const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& error) {
        log::error("worker.unexpected", {{"what", error.what()}});
    }
}

}  // namespace

Worker::Worker(WorkerLimits limits, Kind kind) : limits_(limits), kind_(kind), thread_([this] { run(); }) {}

Worker::~Worker() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

bool Worker::submit(std::size_t bytes, std::function<void()> work) {
    {
        const std::lock_guard lock(mutex_);
        if (closing_ || queue_.size() >= limits_.jobs_max || queued_bytes_ + bytes > limits_.bytes_max) return false;
        queued_bytes_ += bytes;
        queue_.push_back(std::move(work));
    }
    wake_.notify_one();
    return true;
}

void Worker::run() {
    constexpr int nice_max = 19;
    // On Linux the priority is the thread's. Disks that know priorities get it, too.
    if (kind_ == Kind::tidying) (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), nice_max);
    for (;;) {
        std::vector<std::function<void()>> batch;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return closing_ || !queue_.empty(); });
            if (queue_.empty()) return;
            batch = std::exchange(queue_, {});
            queued_bytes_ = 0;
        }
        for (std::function<void()>& work : batch) do_one(std::exchange(work, nullptr));
    }
}

}  // namespace calldocker::adapters
