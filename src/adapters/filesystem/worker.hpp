#pragma once
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "adapters/filesystem/limits.hpp"

namespace calldocker::adapters {

/// Does blocking work, one piece after another in the order of the calls, in a thread of its own.
class Worker {
public:
    /// `tidying`: nobody waits for this work. It runs when the machine has nothing else to do.
    enum class Kind { serving, tidying };

    explicit Worker(WorkerLimits limits = {}, Kind kind = Kind::serving);
    /// Finishes the work that was accepted.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Any thread. An exception of `work` is logged and harms no other work.
    /// @param bytes  the memory that the work holds while it waits
    /// @return whether it was accepted
    [[nodiscard]] bool submit(std::size_t bytes, std::function<void()> work);

private:
    void run();

    const WorkerLimits limits_;
    const Kind kind_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<std::function<void()>> queue_;
    std::size_t queued_bytes_ = 0;
    bool closing_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace calldocker::adapters
