#pragma once
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "adapters/filesystem/limits.hpp"

namespace calldocker::adapters {

/// Does what blocks, one piece after another in the order of the asking, in a thread of its own.
class Worker {
public:
    /// `tidying`: nobody waits for it. It runs when the machine has nothing else to do.
    enum class Kind { serving, tidying };

    explicit Worker(WorkerLimits limits = {}, Kind kind = Kind::serving);
    /// Does what was accepted.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Any thread. What `work` throws is logged and harms no other.
    /// @param bytes  what the work holds while it waits
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
