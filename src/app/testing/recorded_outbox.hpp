#pragma once
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/outbox.hpp"

namespace calldocker::app::testing {

/// One line for one notice: its name on the wire and what it says, "room_joined lobby amina,ben".
[[nodiscard]] std::string line_of(const domain::Notice& notice);

/// An Outbox that keeps each session's notices, and holds back those that wait for the log, as the real one must.
class RecordedOutbox final : public Outbox {
public:
    void deliver(std::span<const SessionKey> recipients, const domain::Notice& notice, Sequence after) override;
    [[nodiscard]] bool has_room(SessionKey session, std::size_t) const override { return !behind.contains(session); }
    void release(Sequence durable) override;
    void fall_back(Sequence durable) override;
    void close(std::span<const SessionKey> sessions, std::uint16_t code, std::string_view reason) override;

    /// The session's notices since the last call.
    [[nodiscard]] std::vector<std::string> take(SessionKey session);
    std::set<SessionKey> behind;  // whose readers do not keep up
    [[nodiscard]] std::size_t fall_backs() const { return fall_backs_; }

private:
    struct Waiting {
        std::string line;
        Sequence after;
    };
    struct Inbox {
        std::vector<std::string> told;
        std::deque<Waiting> waiting;
    };
    void flush(Inbox& inbox) const;

    std::map<SessionKey, Inbox> inboxes_;
    Sequence durable_{};
    std::size_t fall_backs_ = 0;
};

}  // namespace calldocker::app::testing
