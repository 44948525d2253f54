#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/island.hpp"
#include "app/outbox.hpp"
#include "ports/event_log.hpp"
#include "ports/sealer.hpp"
#include "ports/token_verifier.hpp"
#include "protocol/turn/credentials.hpp"
#include "server/gateway/agenda.hpp"
#include "server/gateway/codes.hpp"
#include "server/gateway/contained_log.hpp"
#include "server/gateway/detached.hpp"
#include "server/gateway/reply.hpp"
#include "server/gateway/session_book.hpp"
#include "server/gateway/setbacks.hpp"
#include "server/gateway/visit.hpp"

namespace calldocker::server {

class Company;

/// Shared by all companies of a shard.
struct GatewayPorts {
    ports::EventLog& log;          ///< completes on this shard
    ports::TokenVerifier& tokens;  ///< this shard's own
    ports::Sealer& sealer;         ///< this shard's own
    std::function<Instant()> clock;
    std::function<Instant()> turn_clock{};  ///< of the TURN server, which is the system's; unset: `clock`
    std::function<std::string(std::size_t bytes)> random_bytes;
    std::string epoch;                 ///< names this run of the server
    Milliseconds heartbeat{20'000};    ///< the interval that version 2 clients get
    Milliseconds token_grace{60'000};  ///< after a token's expiry, until 1008; more than 0
    protocol::IceSettings ice;
    std::function<std::uint64_t()> key_generation = [] { return std::uint64_t{0}; };  ///< that resume tokens must be of; any shard
    ports::TimeZones* zones{};                                                        ///< null: every place is on UTC
    std::size_t rooms_per_session_max = domain::rooms_per_session_max;
    app::Tally* tally{};                     ///< set by the gateway: what all its companies add to
    domain::Budgets* budgets{};              ///< this shard's; null: nothing is limited by them
    Counter* unexpected_errors{};            ///< counts what companies throw; null: nobody counts
    std::function<void(Visit&)> finished{};  ///< set by the gateway: our side has closed this visit's link
    /// Set by the gateway: does the work of that company, lets no exception out, and then asks for the company's next deadline.
    std::function<void(Company&, std::string_view doing, const std::function<void()>& work)> enter{};
};

/// One company on its shard: its island, its sessions, and the connection between the two. All that a connection does goes to the one
/// company that its token names; there is no way from here to another's. Any method may throw, as a bug does. Its work is then half done,
/// and the object must not be used any more.
class Company final : public app::Outbox {
public:
    Company(CompanyId id, GatewayPorts& ports, std::uint64_t& session_keys, Setbacks setbacks = {});
    Company(const Company&) = delete;
    Company& operator=(const Company&) = delete;

    [[nodiscard]] const CompanyId& id() const { return id_; }
    [[nodiscard]] const Setbacks& setbacks() const { return setbacks_; }

    /// Starts to load the log. Once, unless rest_until() was called instead.
    void load();
    /// Loads it at that moment. Clients that come before get 1013, `unavailable`.
    void rest_until(Instant at);

    void arrived(Visit& visit, Instant now);
    void received(Visit& visit, std::string_view text, Instant now);
    /// Says so; the link closes next.
    void flooded(Visit& visit, Instant now);
    void departed(Visit& visit, std::uint16_t code, Instant now);

    /// Answers once it is known, or cannot be: the company's configuration, or that a new one is durable.
    void tell_configuration(SharedReply reply);
    void configure(domain::Identity by, std::string json, SharedReply reply);
    /// Island::clear(); answers {"ended": n, "left": n}.
    void clear(domain::Identity by, app::Island::Waiting what, bool strangers_only, SharedReply reply);

    // Access: tokens, sign-outs and codes (company_access.cpp). Answers come at once or later.
    /// @errors unauthenticated (an admin has signed the user out since the token was issued)
    void recognise(domain::Identity who, SharedReplyOf<void> reply);
    /// Ends everything that the users with this id, staff or visitor, have open, of both versions. Their earlier tokens and codes open
    /// nothing any more.
    /// @errors forbidden (not an admin), unavailable (the links are closed, but a restart would forget it)
    void sign_out(domain::Identity by, std::string id, SharedReplyOf<void> reply);
    /// @errors forbidden (anonymous), overloaded
    void make_sign_in_code(domain::Identity who, SharedReplyOf<NewCode> reply);
    /// For the session of a resume token of the visitor's own.
    /// @errors forbidden (of staff; anonymous), invalid (the resume token), conflict (no live contact names the session),
    ///         overloaded, unavailable
    void make_resume_code(domain::Identity who, std::string resume_token, SharedReplyOf<NewCode> reply);
    /// @errors not_found, unavailable
    void redeem(CodeClaim claim, SharedReplyOf<RedeemedCode> reply);

    [[nodiscard]] std::optional<Instant> next_deadline() const;
    void tick(Instant now);
    /// Sends a version 2 client the time. Does nothing for other clients.
    void tell_time(Visit& visit, Instant now);
    /// @return whether dropping this object would lose nothing
    [[nodiscard]] bool is_idle() const;
    [[nodiscard]] const app::Island* island() const { return island_.get(); }
    [[nodiscard]] app::Island::Figures figures() const { return island_ ? island_->figures() : app::Island::Figures{}; }

    // app::Outbox
    [[nodiscard]] bool has_room(app::SessionKey session, std::size_t bytes) const override;
    void deliver(std::span<const app::SessionKey> recipients, const domain::Notice& notice, Sequence after) override;
    void release(Sequence durable) override;
    void fall_back(Sequence durable) override;
    void close(std::span<const app::SessionKey> sessions, std::uint16_t code, std::string_view reason) override;

private:
    void loaded(Result<ports::History> history);
    /// Does it now, or when the company is loaded. @param task  gets the error, if there was one
    void when_loaded(std::function<void(Result<>)> task);
    /// Once the log is durable up to that, or has lost it (unavailable).
    void when_durable(Sequence after, std::function<void(Result<>)> told);
    void audit(Instant now);
    void turn_away(Visit& visit, std::uint16_t code, std::string_view reason);

    void admit(Visit& visit, Instant now);
    Session& create_session(const Ticket& ticket, bool keeps_name);
    void resume(Visit& visit, const Ticket& ticket, Session& session, Instant now);
    /// Writes it as a fact, if a live contact names the session: facts outlive a restart.
    void void_earlier_resume_tokens(Session& session, Instant now);
    /// The client has left for good: so are all.
    void void_resume_tokens(const Session& session, Instant now);
    /// @return whether an admin has signed the user out since this access token was issued
    [[nodiscard]] bool is_signed_out(const domain::Identity& identity) const;
    void greet(Session& session, bool resumed, std::uint64_t seq, Instant now);
    void reset(Session& session, std::string_view reason);
    /// @return whether one more session of this identity is within the budgets
    [[nodiscard]] bool may_have_session(const Ticket& ticket, domain::AddressKey address) const;
    /// One more session has lost its connection: if its user or address has too many such sessions, the oldest ends.
    /// @return false: the company has too many
    bool may_stay_detached(const Session& newest, Instant now);
    void watch_token(const Session& session, Instant now);
    void end_session(app::SessionKey key, Instant now);
    void end_all_of(const UserId& user, Instant now);
    void end_detached_beyond_bound(const UserId& user, Instant now);
    void log_session(std::string_view event, const Session& session) const;
    void token_nears_end(const Session& session);
    void token_warning(Session& session);
    void token_ended(Session& session, Instant now);

    void handle(Session& session, std::string_view text, Instant now);
    /// @return false if the command was seen before and needs no handling
    bool begin_command(Session& session, const CommandId& id);
    void refresh_token(Session& session, const domain::RefreshToken& request, const std::optional<CommandId>& id, Instant now);
    /// @return whether its token has been past its grace for some time, so that only a live contact keeps it
    [[nodiscard]] bool has_outstayed(const Session& session, Instant now) const;
    /// Messages that need the island only for the permission. @return whether this was such a message
    bool answer_itself(Session& session, const domain::ClientEnvelope& said, Instant now);
    /// Says so, or closes it where its contact is over.
    void refuse_to_go_on(Session& session, const std::optional<CommandId>& id);
    void give_ice_servers(Session& session, const domain::GetIceServers& request, const std::optional<CommandId>& id, Instant now);
    void tell(Session& session, const domain::Notice& notice, Sequence after = {});
    void say(Session& session, Outgoing outgoing);

    CompanyId id_;
    GatewayPorts& ports_;
    std::uint64_t& session_keys_;
    ContainedLog log_;
    Setbacks setbacks_;
    bool rests_ = false;
    std::unique_ptr<app::Island> island_;
    const Session* awaits_snapshot_ = nullptr;  // while it joins or comes back to a `session_reset`
    SessionBook sessions_;
    Detached detached_;
    std::vector<Visit*> waiting_;
    std::vector<std::function<void(Result<>)>> tasks_;                      // that wait for the log to be loaded
    std::multimap<Sequence, std::function<void(Result<>)>> confirmations_;  // that wait for the log to be durable
    SignInCodes codes_;
    Agenda agenda_;
};

}  // namespace calldocker::server
