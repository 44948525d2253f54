#pragma once
#include <memory>
#include <optional>

#include "app/outbox.hpp"
#include "app/tally.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/budgets/budgets.hpp"
#include "domain/contacts/contact_fact.hpp"
#include "domain/messages/client_message.hpp"
#include "domain/messages/identity.hpp"
#include "domain/messages/notice.hpp"
#include "domain/permissions/permission.hpp"
#include "domain/presence/limits.hpp"
#include "ports/event_log.hpp"
#include "ports/time_zones.hpp"

namespace calldocker::app {

/// A session that joins the island. Version 1: one per connection, leaves with it. Version 2: outlives connections.
struct NewSession {
    SessionKey key{};
    SessionId id;  ///< of version 2: the resume token keeps it across restarts; of version 1: made up
    domain::Identity identity;
    int version{};  ///< 1 or 2
    domain::AddressKey address{};
};

struct IslandPorts {
    ports::EventLog& log;
    Outbox& outbox;
    ports::TimeZones* zones = nullptr;  ///< null: every place is on UTC
    std::size_t rooms_per_session_max = domain::rooms_per_session_max;
    domain::Budgets* budgets = nullptr;  ///< the shard's; null: nothing is limited by them
    Tally* tally = nullptr;              ///< what the island adds to; null: nobody counts
};

/// Everything of one company that is live: its facts (a fold of its log) and its presence (who is here, in which rooms). One thread: its
/// shard's. Every method returns at once; the Outbox carries everything that clients hear.
///
/// The island decides a command and applies it in memory at once. It appends the events to the log without waiting, and delivers every
/// notice that announces them with `after` set to their last sequence. When an append fails, the island loads its durable state again and
/// tells the outbox to fall back. Until the log can be written again, commands get `unavailable`; rooms, offers, answers and candidates,
/// which need no log, go on.
class Island {
public:
    /// @param history  what the log holds of the company; contacts that were live get their deadlines back
    /// @errors invalid (the log holds something that this version cannot read)
    static Result<std::unique_ptr<Island>> open(CompanyId company, const ports::History& history, IslandPorts ports, Instant now);
    virtual ~Island() = default;

    /// A session appears, connected. Nobody hears of it by that alone. The key must be new.
    virtual void join(const NewSession& session, Instant now) = 0;
    /// Version 2: its connection was lost; rooms and contacts stay. Does nothing for unknown keys, like all methods below.
    virtual void detach(SessionKey session, Instant now) = 0;
    /// Version 1, whose pages cannot renew a token: it has expired. The session goes on with its live contact, and nothing rings it.
    virtual void expire(SessionKey session, Instant now) = 0;
    /// Version 2: it is connected again.
    virtual void attach(SessionKey session, domain::AddressKey address, Instant now) = 0;
    /// The session is over: a version 1 socket that closed, a version 2 client that left or whose grace ended.
    virtual void leave(SessionKey session, Instant now) = 0;

    /// One message of a session. Ping, RefreshToken and GetIceServers are the gateway's and must not come here.
    /// With `id`, exactly one Acknowledged or Failed with that id is delivered to the sender.
    /// @param trace  the sender's name for this action; a contact that begins with it keeps it. Empty: the island makes one
    virtual void handle(SessionKey session, const domain::ClientMessage& message, const std::optional<CommandId>& id, Instant now,
                        std::string_view trace = {}) = 0;
    /// @return whether the table of permissions lets the session send this now; handle() asks by itself, for a valid token
    /// @errors forbidden, not_found
    [[nodiscard]] virtual Result<> permits(SessionKey session, const domain::ClientMessage& message, domain::Validity validity) const = 0;

    /// The snapshot for a session that knows nothing, and the log position that it shows.
    struct View {
        domain::Snapshot snapshot;
        Sequence after{};
    };
    [[nodiscard]] virtual View view(SessionKey session) const = 0;

    /// Whose budgets pay for the actions of a user of this company. Borrows from its arguments.
    [[nodiscard]] virtual domain::Payer payer(const domain::Identity& identity, domain::AddressKey address) const = 0;

    /// @return whether the user is a party of a contact that has not ended
    [[nodiscard]] virtual bool in_live_contact(const UserId& user) const = 0;

    /// The user's sessions, oldest first.
    [[nodiscard]] virtual std::vector<SessionKey> sessions_of(const UserId& user) const = 0;

    // Who may come back, and who may not (access.cpp).
    /// @return whether a live contact names this session of the user: the session may come back although its token has expired
    [[nodiscard]] virtual bool names(const UserId& user, const SessionId& session) const = 0;
    /// Resume tokens of this user's session that were issued earlier are void, as far as the facts say.
    [[nodiscard]] virtual Instant resumes_from(const UserId& user, const SessionId& session) const = 0;
    /// Voids the resume tokens that were issued before `before`. Writes a fact if a live contact names the session; else nothing.
    /// @return whether the facts say so
    virtual bool void_resume_tokens(const UserId& user, const SessionId& session, Instant before, Instant now) = 0;
    /// @return when an admin last signed the user out: tokens and codes of before open nothing
    [[nodiscard]] virtual std::optional<Instant> signed_out_at(const UserId& user) const = 0;
    /// Signs out everybody with this id, staff and visitor. The caller ends their connections.
    /// @return up to where the log must be durable before it may be confirmed. @errors forbidden (not an admin), unavailable
    virtual Result<Sequence> sign_out(const domain::Identity& by, const std::string& id, Instant now) = 0;
    /// Keeps a one-time code for the user's session. @return as above
    /// @errors conflict (no live contact of this visitor names the session), overloaded (return_codes_max), unavailable
    virtual Result<Sequence> keep_return_code(const UserId& visitor, const domain::ReturnCode& code, Instant now) = 0;
    /// The session that a code opens. Opening it uses the code up.
    struct Returning {
        UserId visitor;
        domain::ReturnCode code;
        Sequence after{};  ///< not before the log is durable up to here
    };
    /// @errors not_found (unknown, used or expired, or its contact no longer names the session), unavailable
    virtual Result<Returning> use_return_code(std::string_view hash, Instant now) = 0;

    /// When tick() has something to do next. Changes with every other call, and when the log completes (Outbox::release).
    [[nodiscard]] virtual std::optional<Instant> next_deadline() const = 0;
    virtual void tick(Instant now) = 0;

    /// @return whether dropping this object would lose nothing: it has no session, no live contact, nobody signed in, nothing unwritten
    [[nodiscard]] virtual bool is_idle() const = 0;

    /// For /metrics: the present numbers, counted from the state and not beside it. The Tally counts past events.
    struct Figures {
        std::size_t sessions{}, rooms{}, contacts_waiting{}, contacts_connected{}, agents_available{};
    };
    [[nodiscard]] virtual Figures figures() const = 0;

    /// Checks the facts for contradictions, and repairs everything that follows from them. Call it every second.
    /// @return what was wrong; empty when nothing was
    [[nodiscard]] virtual std::vector<std::string> audit(Instant now) = 0;

    /// The company's settings, as JSON (docs/configuration.md).
    [[nodiscard]] virtual std::string configuration() const = 0;
    /// Replaces all settings. @return the log position that must be durable before the caller may confirm it
    /// @errors invalid (what is wrong with it), forbidden (not an admin), unavailable
    virtual Result<Sequence> configure(const domain::Identity& by, std::string_view json, Instant now) = 0;

    /// The contacts that wait without an agent, for supervisors and admins to clear away after a flood.
    enum class Waiting { calls, callbacks, messages };
    struct Cleared {
        std::size_t ended{}, left{};  ///< the next call ends those that are left
        Sequence after{};             ///< the log position that must be durable before the caller may confirm it
    };
    /// Ends them, the oldest first, at most cleared_at_once_max.
    /// @param strangers_only  only contacts of visitors that this server has named itself, and that nobody has served
    /// @errors forbidden, unavailable
    virtual Result<Cleared> clear(const domain::Identity& by, Waiting what, bool strangers_only, Instant now) = 0;
    static constexpr std::size_t cleared_at_once_max = 500;
};

}  // namespace calldocker::app
