#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "ports/post.hpp"

namespace calldocker::ports {

/// Plays a shard's loop: work that other threads post runs when the test says so.
class TestLoop {
public:
    Post post() {
        return [this](std::function<void()> work) {
            {
                const std::lock_guard lock(mutex_);
                posted_.push_back(std::move(work));
            }
            arrived_.notify_one();
        };
    }
    /// Runs what is posted until `done` says so.
    void run_until(const std::function<bool()>& done) {
        while (!done()) {
            std::vector<std::function<void()>> works;
            {
                std::unique_lock lock(mutex_);
                arrived_.wait(lock, [this] { return !posted_.empty(); });
                works = std::exchange(posted_, {});
            }
            for (const auto& work : works) work();
        }
    }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<std::function<void()>> posted_;
};

}  // namespace calldocker::ports
