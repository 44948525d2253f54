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
#include "server/gateway/contained_log.hpp"
#include "server/gateway/reply.hpp"
#include "server/gateway/session_book.hpp"
#include "server/gateway/setbacks.hpp"
#include "server/gateway/visit.hpp"

namespace calldocker::server {

class Company;

/// What all companies of a shard share.
struct GatewayPorts {
    ports::EventLog& log;          ///< completes on this shard
    ports::TokenVerifier& tokens;  ///< this shard's own
    ports::Sealer& sealer;         ///< this shard's own
    std::function<Instant()> clock;
    std::function<std::string(std::size_t bytes)> random_bytes;
    std::string epoch;                 ///< names this run of the server
    Milliseconds heartbeat{20'000};    ///< what version 2 clients are told
    Milliseconds token_grace{60'000};  ///< after a token's expiry, until 1008; more than 0
    protocol::IceSettings ice;
    ports::TimeZones* zones{};  ///< null: every place is on UTC
    std::size_t rooms_per_session_max = domain::rooms_per_session_max;
    Counter* unexpected_errors{};            ///< counts what companies throw; null: nobody counts
    std::function<void(Visit&)> finished{};  ///< set by the gateway: this visit's link has been closed from our side
    /// Set by the gateway: does the work of that company, lets nothing out that it throws, and asks for its next deadline after.
    std::function<void(Company&, std::string_view doing, const std::function<void()>& work)> enter{};
};

/// One company on its shard: its island, its sessions, and what connects the two. Everything that a connection does
/// goes to the one company that its token names; there is no way from here to another's.
/// Any method may throw, as a bug does. Whatever it was doing is then half done: the object is of no use any more.
class Company final : public app::Outbox {
public:
    Company(CompanyId id, GatewayPorts& ports, std::uint64_t& session_keys, Setbacks setbacks = {});
    Company(const Company&) = delete;
    Company& operator=(const Company&) = delete;

    [[nodiscard]] const CompanyId& id() const { return id_; }
    [[nodiscard]] const Setbacks& setbacks() const { return setbacks_; }

    /// Starts to load the log. Once, unless rest_until() was called instead.
    void load();
    /// Loads it at that moment. Whoever comes before is turned away: 1013, `unavailable`.
    void rest_until(Instant at);

    void arrived(Visit& visit, Instant now);
    void received(Visit& visit, std::string_view text, Instant now);
    /// Says so; the link closes next.
    void flooded(Visit& visit, Instant now);
    void departed(Visit& visit, std::uint16_t code, Instant now);

    /// Told once it is known, or cannot be: the company's configuration, or that a new one is durable.
    void tell_configuration(SharedReply reply);
    void configure(domain::Identity by, std::string json, SharedReply reply);

    [[nodiscard]] std::optional<Instant> next_deadline() const;
    void tick(Instant now);
    /// @return whether nothing would be lost by dropping this object
    [[nodiscard]] bool is_idle() const;
    [[nodiscard]] const app::Island* island() const { return island_.get(); }
    [[nodiscard]] app::Island::Figures figures() const { return island_ ? island_->figures() : app::Island::Figures{}; }

    // app::Outbox
    void deliver(std::span<const app::SessionKey> recipients, const domain::Notice& notice, Sequence after) override;
    void release(Sequence durable) override;
    void fall_back(Sequence durable) override;
    void close(std::span<const app::SessionKey> sessions, std::uint16_t code, std::string_view reason) override;

private:
    void loaded(Result<ports::History> history);
    /// Does it now, or when the company is loaded. @param task  given what went wrong, if something did
    void when_loaded(std::function<void(Result<>)> task);
    void audit(Instant now);
    void turn_away(Visit& visit, std::uint16_t code, std::string_view reason);

    void admit(Visit& visit, Instant now);
    Session& create_session(const Ticket& ticket);
    bool resume(Visit& visit, const Ticket& ticket, Session& session, Instant now);
    void greet(Session& session, bool resumed, std::uint64_t seq, Instant now);
    void reset(Session& session, std::string_view reason);
    void watch_token(const Session& session, Instant now);
    void end_session(app::SessionKey key, Instant now);
    void token_warning(Session& session);
    void token_ended(Session& session, Instant now);

    /// @return false if the command was seen before and needs no handling
    bool begin_command(Session& session, const CommandId& id);
    void refresh_token(Session& session, const domain::RefreshToken& request, const std::optional<CommandId>& id, Instant now);
    /// @return whether its token has been past its grace for some time: only a live contact keeps it
    [[nodiscard]] bool has_outstayed(const Session& session, Instant now) const;
    /// @return whether one that has outstayed may say so: within the contacts that it is in, it begins nothing else
    [[nodiscard]] bool may_go_on(const Session& session, const domain::ClientMessage& message) const;
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
    std::vector<Visit*> waiting_;
    std::vector<std::function<void(Result<>)>> tasks_;    // that wait for the log to be loaded
    std::multimap<Sequence, SharedReply> confirmations_;  // that wait for the log to be durable
    Agenda agenda_;
};

}  // namespace calldocker::server
