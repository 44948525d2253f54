#pragma once
#include "app/courier.hpp"
#include "app/island.hpp"
#include "domain/presence/direct_calls.hpp"
#include "domain/presence/presence.hpp"

namespace calldocker::app {

/// The Island. Its message handlers are split by subject: rooms.cpp, relay.cpp, calls.cpp.
class LiveIsland final : public Island {
public:
    LiveIsland(CompanyId company, ports::EventLog& log, Outbox& outbox);

    void join(const NewSession& session, Instant now) override;
    void detach(SessionKey session, Instant now) override;
    void attach(SessionKey session, Instant now) override;
    void leave(SessionKey session, Instant now) override;
    void handle(SessionKey session, const domain::ClientMessage& message, const std::optional<CommandId>& id, Instant now) override;
    [[nodiscard]] View view(SessionKey session) const override;
    [[nodiscard]] bool in_live_contact(const UserId& user) const override;
    [[nodiscard]] std::optional<Instant> next_deadline() const override;
    void tick(Instant now) override;
    [[nodiscard]] bool is_idle() const override;
    [[nodiscard]] Figures figures() const override;

private:
    /// What a handler returns: up to where the log must be durable before the command may be acknowledged.
    using Handled = Result<Sequence>;
    using Session = domain::Session;

    // rooms.cpp
    Handled on(Session& sender, const domain::JoinRoom& message);
    Handled on(Session& sender, const domain::LeaveRoom& message);
    Handled on(Session& sender, const domain::AgentStatus& message);
    void leave_room(Session& session, const RoomId& room);

    // relay.cpp
    Handled on(Session& sender, const domain::WebrtcOffer& message);
    Handled on(Session& sender, const domain::WebrtcAnswer& message);
    Handled on(Session& sender, const domain::IceCandidate& message);
    /// @return the user that a target names, or nothing
    [[nodiscard]] std::optional<UserId> addressee(const std::string& target, const std::optional<ContactId>& call) const;
    void relay(const Session& sender, const std::optional<UserId>& target, const std::optional<ContactId>& call, const domain::Notice& notice);

    // calls.cpp
    Handled on(Session& sender, const domain::CallStarted& message);
    Handled on(Session& sender, const domain::CallEnded& message);
    Handled on(Session& sender, const domain::CallRejected& message);
    void announce_end(const ContactId& call, const domain::DirectCall& parties, const UserId& ended_by, const std::optional<std::string>& reason,
                      const RoomId* room);

    template <class Other>
    Handled on(Session& sender, const Other& message);

    CompanyId company_;
    ports::EventLog& log_;
    domain::Presence presence_;
    domain::DirectCalls direct_calls_;
    Courier courier_;
};

}  // namespace calldocker::app
