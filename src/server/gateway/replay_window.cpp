#include "server/gateway/replay_window.hpp"

#include "server/gateway/limits.hpp"

namespace calldocker::server {

void ReplayWindow::push(std::string message) {
    bytes_ += message.size();
    messages_.push_back(std::move(message));
    std::size_t drop = 0;
    const std::size_t count_max = has_been_acknowledged_ ? limits::replay_messages_max : limits::replay_messages_max_unacknowledged;
    const std::size_t bytes_max = has_been_acknowledged_ ? limits::replay_bytes_max : limits::replay_bytes_max_unacknowledged;
    while (messages_.size() - drop > count_max || (bytes_ > bytes_max && drop < messages_.size())) bytes_ -= messages_[drop++].size();
    messages_.erase(messages_.begin(), messages_.begin() + static_cast<std::ptrdiff_t>(drop));
    first_ += drop;
}

void ReplayWindow::acknowledge(std::uint64_t seq) {
    if (seq < first_ || seq >= next_seq()) return;
    has_been_acknowledged_ = true;
    const auto count = static_cast<std::size_t>(seq - first_ + 1);
    for (std::size_t i = 0; i < count; ++i) bytes_ -= messages_[i].size();
    messages_.erase(messages_.begin(), messages_.begin() + static_cast<std::ptrdiff_t>(count));
    first_ += count;
    if (messages_.empty()) messages_.shrink_to_fit();
}

void ReplayWindow::clear() {
    first_ = next_seq();
    messages_ = {};
    bytes_ = 0;
}

}  // namespace calldocker::server
