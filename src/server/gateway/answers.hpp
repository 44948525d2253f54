#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/id.hpp"

namespace calldocker::server {

/// The answers to a session's last commands: a command that comes again with the same `id` changes nothing and gets the same answer
/// (docs/protocol.md, version 2, section 2).
class Answers {
public:
    enum class Seen { never, pending, answered };

    [[nodiscard]] Seen look_up(const CommandId& id) const;
    /// A command was accepted for handling. The oldest one is forgotten at the bound.
    void begin(const CommandId& id);
    /// It was answered with `body` (a message without `seq`). Ids that were forgotten are ignored.
    void settle(const CommandId& id, std::string body);
    /// @return the kept answer; empty unless look_up() says answered
    [[nodiscard]] const std::string& answer(const CommandId& id) const;
    /// Forgets the commands that have no answer: the client will send them again.
    void forget_pending();

private:
    struct Entry {
        CommandId id;
        std::string body;  // empty: pending
    };
    [[nodiscard]] std::size_t find(const CommandId& id) const;  // entries_.size() if absent

    std::vector<Entry> entries_;  // a ring once it is full; searched from the newest, which is where repeats are
    std::size_t oldest_ = 0;
};

}  // namespace calldocker::server
