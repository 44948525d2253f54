#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace calldocker::server {

/// The messages that a version 2 session got and has not acknowledged yet, for replay after a lost connection (docs/protocol.md, version 2,
/// section 1). Bounded: the oldest go first, which makes replay from before them impossible. Until a client acknowledges the first message
/// the bounds are smaller: anybody can open sessions, cause many messages, and leave.
class ReplayWindow {
public:
    /// @return the number of the next message, from 1 on
    [[nodiscard]] std::uint64_t next_seq() const { return first_ + messages_.size(); }

    /// Keeps one message that carries next_seq().
    void push(std::string message);

    /// The client has seen everything up to `seq`. Numbers that were never given are ignored.
    void acknowledge(std::uint64_t seq);

    /// @return whether everything after `seq` is still here, and `seq` was once given (0 always was)
    [[nodiscard]] bool covers(std::uint64_t seq) const { return seq + 1 >= first_ && seq < next_seq(); }

    /// Calls `send(message)` for everything after `seq`, in order. @pre covers(seq)
    template <class Send>
    void replay_after(std::uint64_t seq, Send&& send) const {
        for (std::uint64_t number = seq + 1; number < next_seq(); ++number) send(messages_[static_cast<std::size_t>(number - first_)]);
    }

    /// Forgets all messages; the counting goes on.
    void clear();

private:
    std::uint64_t first_ = 1;  // the number of messages_.front()
    std::vector<std::string> messages_;
    std::size_t bytes_ = 0;
    bool has_been_acknowledged_ = false;
};

}  // namespace calldocker::server
