#pragma once
#include <deque>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "server/gateway/session.hpp"
#include "server/gateway/visit.hpp"

namespace calldocker::server {

/// The sessions of one company: the visit that connects each, and its messages, in step with the log.
/// Invariant: a session and a visit know each other, or neither does.
class SessionBook {
public:
    Session& add(std::unique_ptr<Session> session);
    /// Forgets it. @return whether it was there
    bool remove(SessionKey key);
    [[nodiscard]] bool empty() const { return entries_.empty(); }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

    /// @return nullptr if there is none, here and below
    [[nodiscard]] Session* find(SessionKey key) const;
    /// By the name that a resume token carries; the newest of that name. Version 2 only.
    [[nodiscard]] Session* find(const SessionId& id) const;

    /// @pre neither is connected
    void connect(Session& session, Visit& visit);
    /// @return the visit that it was connected by
    Visit* disconnect(SessionKey key);

    /// Its client has left for good: resume tokens issued before `before` are void. The book remembers that for the last
    /// limits::goodbyes_remembered sessions. Where it matters for longer, the facts know (app::Island::void_resume_tokens).
    void remember_goodbye(const SessionId& id, Instant before);
    [[nodiscard]] bool has_said_goodbye(const SessionId& id, Instant token_issued_at) const;

    /// Sends now, or once the log is durable as far as the message needs.
    /// @return false at the bound of what may wait: the session has to end
    [[nodiscard]] bool say(Session& session, Outgoing outgoing);
    [[nodiscard]] Sequence durable() const { return durable_; }
    /// The log is durable up to `durable`: messages that waited for that leave.
    void release(Sequence durable);
    /// The log will never get beyond `durable`, until it is written anew: drops messages that announce more.
    /// @param told  (Session&, bool confirmation_dropped), for each session, before it delivers the messages that waited behind those
    template <class Told>
    void fall_back(Sequence durable, Told told) {
        durable_ = durable;
        holding_.clear();
        for (auto& [key, entry] : entries_) {
            const bool confirmation_dropped = entry.session->drop_untrue(durable);
            told(*entry.session, confirmation_dropped);
            entry.session->go_on_after_drop(durable);
        }
    }

private:
    struct Entry {
        std::unique_ptr<Session> session;
        Visit* visit{};  ///< null while it is detached
    };
    std::unordered_map<SessionKey, Entry> entries_;
    std::unordered_map<SessionId, SessionKey> by_name_;
    std::unordered_set<SessionKey> holding_;  ///< those with something that waits for the log
    std::unordered_map<SessionId, Instant> goodbyes_;
    std::deque<SessionId> goodbyes_in_order_;
    Sequence durable_{};
};

}  // namespace calldocker::server
