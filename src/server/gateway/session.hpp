#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/outbox.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "domain/budgets/payer.hpp"
#include "domain/messages/identity.hpp"
#include "server/gateway/answers.hpp"
#include "server/gateway/outgoing.hpp"
#include "server/gateway/replay_window.hpp"
#include "server/net/link.hpp"

namespace calldocker::server {

/// One tab or device of a user: its identity, its present connection, and the messages that it still has to get. Version 1 sessions live
/// and die with their link; version 2 sessions outlive it and number their messages.
class Session {
public:
    Session(app::SessionKey key, SessionId id, domain::Identity identity, int version);

    [[nodiscard]] app::SessionKey key() const { return key_; }
    [[nodiscard]] const SessionId& id() const { return id_; }
    [[nodiscard]] const domain::Identity& identity() const { return identity_; }
    [[nodiscard]] int version() const { return resumable_ ? 2 : 1; }
    [[nodiscard]] Link* link() const { return link_; }
    /// Of the connection that it has, or had last.
    [[nodiscard]] domain::AddressKey address() const { return address_; }
    /// @return whether `bytes` more endanger neither its connection nor its waiting messages
    [[nodiscard]] bool has_room(std::size_t bytes) const;

    void set_link(Link* link) {
        link_ = link;
        if (link != nullptr) address_ = domain::AddressKey{link->network()};
    }
    void set_token_expiry(std::optional<Instant> at) { identity_.token_expires_at = at; }

    /// Sends now, or keeps it until release() if it or anything before it waits for the log.
    /// @return false at the bound of what may wait: the session has to end
    [[nodiscard]] bool say(Outgoing outgoing, Sequence durable);
    void release(Sequence durable);
    /// Sends now, ahead of messages that wait for the log. For a message that announces no fact that the log may still lose.
    void say_at_once(Outgoing outgoing) { send(std::move(outgoing)); }
    [[nodiscard]] bool holds() const { return !held_.empty(); }
    /// Drops the messages that wait for more than `durable`, which will never come. go_on_after_drop() delivers those that waited behind
    /// them. @return whether it dropped a confirmation
    bool drop_untrue(Sequence durable);
    void go_on_after_drop(Sequence durable);

    // Version 2 only.
    /// @return when its next resume token is issued: later than the one before, whatever the clock does
    [[nodiscard]] Instant issue_resume_token(Instant now);
    /// Resume tokens that were issued earlier are void.
    [[nodiscard]] Instant resumes_from() const { return resumable_->resumes_from; }
    /// It comes back with a token of an earlier run; its next tokens are later than that.
    void continue_from(Instant resume_token_issued_at);
    /// @return whether the last seq that comes with a token of that time was counted in this run of the session, not in an earlier one
    [[nodiscard]] bool has_counted_since(Instant resume_token_issued_at) const {
        return resume_token_issued_at > resumable_->continued_from;
    }
    /// The client has sent a message under its newest token: it has got that token, and earlier ones are void.
    void confirm_resume_token();
    /// Whether there were earlier tokens that no fact voids yet.
    [[nodiscard]] bool owes_voiding() const { return resumable_->owes_voiding; }
    void voiding_is_done() { resumable_->owes_voiding = false; }
    /// @return the moment that voids all tokens issued so far
    [[nodiscard]] Instant after_resume_tokens(Instant now) const { return std::max(now, resumable_->issued_at) + Milliseconds{1}; }
    /// @return whether everything after `seq` can be replayed
    [[nodiscard]] bool can_resume_from(std::uint64_t seq) const { return resumable_->window.covers(seq); }
    void replay_after(std::uint64_t seq);
    /// Drops the waiting messages: a reset with a snapshot follows and replaces them. The counting goes on.
    void forget_owed();
    /// Drops what could be replayed, likewise; what waits for the log stays.
    void forget_told() { resumable_->window.clear(); }
    [[nodiscard]] std::uint64_t last_seq() const { return resumable_->window.next_seq() - 1; }
    void acknowledge(std::uint64_t seq) { resumable_->window.acknowledge(seq); }
    [[nodiscard]] Answers& answers() { return resumable_->answers; }

private:
    void send(Outgoing&& outgoing);

    struct Resumable {
        Instant issued_at{}, resumes_from{}, continued_from{};
        bool is_confirmed{}, had_one_before{}, owes_voiding{};
        ReplayWindow window;
        Answers answers;
    };

    app::SessionKey key_;
    SessionId id_;
    domain::Identity identity_;
    Link* link_ = nullptr;
    domain::AddressKey address_{};
    std::unique_ptr<Resumable> resumable_;  // version 2 only
    std::vector<Outgoing> held_;
    std::size_t held_bytes_ = 0;
};

}  // namespace calldocker::server
