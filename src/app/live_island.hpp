#pragma once
#include <set>

#include "app/changes.hpp"
#include "app/clockwork.hpp"
#include "app/codec/snapshot_cut.hpp"
#include "app/courier.hpp"
#include "app/island.hpp"
#include "app/journal.hpp"
#include "app/places.hpp"
#include "domain/budgets/holdings.hpp"
#include "domain/company/auditor.hpp"
#include "domain/company/decide.hpp"
#include "domain/presence/direct_calls.hpp"
#include "domain/presence/held_offers.hpp"
#include "domain/presence/presence.hpp"

namespace calldocker::app {

/// A snapshot is kept whenever this many events have come since the last one.
inline constexpr std::uint64_t events_per_snapshot = 1000;
/// A big snapshot is written in pieces of this many bytes, with this pause between two: others are served meanwhile.
inline constexpr std::size_t snapshot_piece_bytes = std::size_t{64} << 10u;
inline constexpr Milliseconds snapshot_piece_every = 1ms;
/// How often, at most, watchers see changes.
inline constexpr Milliseconds live_shown_every = 1s;
/// How long the island leaves a log alone that has failed again; doubled with each failure, up to the longest pause.
inline constexpr Milliseconds log_pause_first = 1s;
inline constexpr Milliseconds log_pause_longest = 5s;

/// While the log cannot be written, everything that needs no log goes on: rooms, offers, answers, candidates, statuses, direct calls.
/// Commands that would become facts get `unavailable`, and nothing follows from presence or time until the log is back (recovery.cpp).
///
/// The Island. It handles a command in five steps: decide, apply in memory, add the facts that follow (turn.cpp), append, announce
/// (announce.cpp). The message handlers are split by subject: rooms.cpp, relay.cpp, calls.cpp, contacts.cpp, visitors.cpp,
/// call_control.cpp, supervision.cpp. access.cpp decides who may come back.
class LiveIsland final : public Island {
public:
    /// @param snapshot_at  the log position of the newest snapshot
    LiveIsland(CompanyId company, domain::State state, Sequence snapshot_at, IslandPorts ports, Instant now);

    void join(const NewSession& session, Instant now) override;
    void detach(SessionKey session, Instant now) override;
    void expire(SessionKey session, Instant now) override;
    void attach(SessionKey session, domain::AddressKey address, Instant now) override;
    void leave(SessionKey session, Instant now) override;
    void handle(SessionKey session, const domain::ClientMessage& message, const std::optional<CommandId>& id, Instant now,
                std::string_view trace) override;
    [[nodiscard]] Result<> permits(SessionKey session, const domain::ClientMessage& message, domain::Validity validity) const override;
    [[nodiscard]] View view(SessionKey session) const override;
    [[nodiscard]] domain::Payer payer(const domain::Identity& identity, domain::AddressKey address) const override;
    [[nodiscard]] bool in_live_contact(const UserId& user) const override;
    [[nodiscard]] std::vector<SessionKey> sessions_of(const UserId& user) const override;
    [[nodiscard]] bool names(const UserId& user, const SessionId& session) const override;
    [[nodiscard]] Instant resumes_from(const UserId& user, const SessionId& session) const override;
    bool void_resume_tokens(const UserId& user, const SessionId& session, Instant before, Instant now) override;
    [[nodiscard]] std::optional<Instant> signed_out_at(const UserId& user) const override;
    Result<Sequence> sign_out(const domain::Identity& by, const std::string& id, Instant now) override;
    Result<Sequence> keep_return_code(const UserId& visitor, const domain::ReturnCode& code, Instant now) override;
    Result<Returning> use_return_code(std::string_view hash, Instant now) override;
    [[nodiscard]] std::optional<Instant> next_deadline() const override;
    void tick(Instant now) override;
    [[nodiscard]] bool is_idle() const override;
    [[nodiscard]] Figures figures() const override;
    [[nodiscard]] std::vector<std::string> audit(Instant now) override;
    [[nodiscard]] std::string configuration() const override;
    Result<Sequence> configure(const domain::Identity& by, std::string_view json, Instant now) override;
    Result<Cleared> clear(const domain::Identity& by, Waiting what, bool strangers_only, Instant now) override;

    [[nodiscard]] const domain::State& state() const { return state_; }
    [[nodiscard]] const domain::Presence& presence() const { return presence_; }
    /// @return whether the log takes facts, as far as is known
    [[nodiscard]] bool can_write() const { return !journal_.is_broken(); }

private:
    /// A handler's result: the log position that must be durable before the command may be acknowledged.
    using Handled = Result<Sequence>;
    using Session = domain::Session;

    // budgets.cpp
    /// Charges for a message before anything is decided. @errors overloaded
    [[nodiscard]] Result<> afford(const Session& sender, const domain::ClientMessage& message);
    /// Charges for a command that becomes facts; the user who is being served pays.
    [[nodiscard]] Result<> afford(const domain::Command& command);
    /// Charges for a new name of a call that is not a contact.
    [[nodiscard]] Result<> name_direct_call(const Session& sender, const ContactId& call, const RoomId& room, const UserId& asked);
    /// Charges for the bytes of its facts, which are known only when they are written.
    void charge_for_log(std::size_t bytes);
    /// Charges for a message that is passed on to several, once for each.
    void charge_for_copies(const Session& sender, std::size_t bytes, std::size_t recipients);
    void remember_origin(const domain::Command& command);
    [[nodiscard]] std::size_t live_contacts_of(const UserId& visitor) const;

    // rooms.cpp
    Handled on(Session& sender, const domain::JoinRoom& message);
    Handled on(Session& sender, const domain::LeaveRoom& message);
    Handled on(Session& sender, const domain::AgentStatus& message);
    void leave_room(Session& session, const RoomId& room);

    // relay.cpp
    Handled on(Session& sender, const domain::WebrtcOffer& message);
    Handled on(Session& sender, const domain::WebrtcAnswer& message);
    Handled on(Session& sender, const domain::IceCandidate& message);
    Handled offer_to_queue(Session& sender, const domain::WebrtcOffer& message);
    Handled offer_to_room(Session& sender, const domain::WebrtcOffer& message);
    Handled offer_to_user(Session& sender, const domain::WebrtcOffer& message);
    /// @return the user that the sender means by a target, or nothing
    [[nodiscard]] std::optional<UserId> addressee(const Session& sender, const std::string& target,
                                                  const std::optional<ContactId>& call) const;
    [[nodiscard]] bool is_other_party(const Session& sender, const UserId& visitor, const ContactId& call) const;
    /// @return the live contact of this name in which the two have a connection, or null
    [[nodiscard]] const domain::Contact* contact_between(const std::optional<ContactId>& call, const UserId& one,
                                                         const UserId& other) const;
    /// @return the log position that must be durable before an offer of this name may be passed on
    [[nodiscard]] Sequence where_known(const std::optional<ContactId>& call) const;
    enum class Rings { no, yes };  // a message that rings skips sessions whose token has expired
    [[nodiscard]] bool is_others_call(const Session& sender, const std::optional<ContactId>& call) const;
    /// @errors forbidden (a version 2 visitor, and no call is named), overloaded (a visitor sends faster than the target reads; the
    ///         target's connection is spared)
    Result<> relay(const Session& sender, const std::optional<UserId>& target, const std::optional<ContactId>& call,
                   std::string_view opaque, const domain::Notice& notice, Sequence after = {}, Rings rings = Rings::no);
    [[nodiscard]] static bool is_bound_to_calls(const Session& sender);
    [[nodiscard]] bool may_hear(const UserId& target, const Session& visitor, const ContactId& call) const;
    void add_endpoint(const domain::Contact& contact, const UserId& user);

    // calls.cpp
    Handled on(Session& sender, const domain::CallStarted& message);
    Handled on(Session& sender, const domain::CallEnded& message);
    Handled on(Session& sender, const domain::CallRejected& message);
    Handled end_contact(Session& sender, const ContactId& call, const std::optional<std::string>& reason,
                        const std::optional<RoomId>& room);
    void announce_end(const ContactId& call, const domain::DirectCall& parties, const UserId& ended_by,
                      const std::optional<std::string>& reason, const RoomId* room);
    void add_idle_staff(const RoomId& room, const ContactId& call);
    void end_lost_calls();

    // contacts.cpp
    Handled on(Session& sender, const domain::SetAgentIntent& message);
    Handled on(Session& sender, const domain::CancelNextIntent& message);
    Handled on(Session& sender, const domain::SetMediaReady& message);
    Handled on(Session& sender, const domain::AcceptContact& message);
    Handled on(Session& sender, const domain::DeclineContact& message);
    Handled on(Session& sender, const domain::MediaState& message);
    Handled on(Session& sender, const domain::CallbackReached& message);
    Handled on(Session& sender, const domain::ClaimMedia& message);
    Handled on(Session& sender, const domain::EndContact& message);
    Handled on(Session& sender, const domain::Ping& message);
    Handled on(Session& sender, const domain::RefreshToken& message);
    Handled on(Session& sender, const domain::GetIceServers& message);
    void hand_over_offer(const ContactId& call);
    [[nodiscard]] static domain::Endpoint endpoint_of(const Session& session) { return {session.id, session.version}; }
    [[nodiscard]] static domain::Accepting accepting(const Session& session) {
        return {session.user(), session.identity.name, endpoint_of(session)};
    }

    // visitors.cpp
    Handled on(Session& sender, const domain::OpenContact& message);
    Handled on(Session& sender, const domain::GetQueueStatus& message);
    Handled on(Session& sender, const domain::KeepPlace& message);
    Handled on(Session& sender, const domain::RequestCallback& message);
    Handled on(Session& sender, const domain::LeaveVoicemail& message);
    Handled on(Session& sender, const domain::RateContact& message);
    [[nodiscard]] static QueueId queue_or_default(const std::optional<QueueId>& queue) {
        return queue.value_or(QueueId{domain::default_queue});
    }

    // call_control.cpp
    Handled on(Session& sender, const domain::HoldContact& message);
    Handled on(Session& sender, const domain::ResumeContact& message);
    Handled on(Session& sender, const domain::SetMuted& message);
    Handled on(Session& sender, const domain::SendKeypad& message);
    Handled on(Session& sender, const domain::SendChat& message);
    Handled on(Session& sender, const domain::GetChat& message);
    Handled on(Session& sender, const domain::SetNotes& message);
    Handled on(Session& sender, const domain::SetDisposition& message);
    Handled on(Session& sender, const domain::TransferContact& message);
    Handled on(Session& sender, const domain::RequeueContact& message);
    Handled on(Session& sender, const domain::Consult& message);
    Handled on(Session& sender, const domain::CancelConsult& message);
    Handled on(Session& sender, const domain::CompleteTransfer& message);
    Handled on(Session& sender, const domain::StartConference& message);
    Handled on(Session& sender, const domain::ExtendWrapUp& message);
    Handled on(Session& sender, const domain::EndWrapUp& message);
    Handled hand_over(Session& sender, const ContactId& call, const domain::Destination& to, const std::string& note);

    // supervision.cpp
    Handled on(Session& sender, const domain::GetDirectory& message);
    Handled on(Session& sender, const domain::ReassignContact& message);
    Handled on(Session& sender, const domain::SuperviseContact& message);
    Handled on(Session& sender, const domain::TakeOverContact& message);
    Handled on(Session& sender, const domain::ForceIntent& message);
    Handled on(Session& sender, const domain::WatchLive& message);
    void show_live(const std::vector<SessionKey>& watchers);

    // access.cpp
    [[nodiscard]] const domain::Contact* contact_naming(const UserId& user, const SessionId& session) const;
    /// Writes facts that no command decided. @errors unavailable
    Result<Sequence> write(const domain::Facts& facts, const UserId& actor);

    // turn.cpp
    /// Decides and carries out one command of a user. When it returns, the island is settled and all notices are sent.
    /// @errors of decide(), and unavailable (the log cannot be written)
    Handled perform(const UserId& actor, const domain::Command& command);
    /// @param command_key  of the command that caused the facts; empty: none
    void record(const domain::Facts& facts, const UserId& actor, std::string command_key);
    void record_by_system(const domain::Facts& facts);
    /// A contact that begins keeps the trace of the message that began it.
    void sign(domain::Facts& facts) const;
    void write_down(const domain::Fact& fact, const UserId& actor, std::string command_key);
    /// The first fact of a day comes after the day's beginning.
    void begin_day();
    /// Adds the facts that follow, appends those of this command, and announces them.
    void conclude();
    void begin_snapshot();
    void go_on_with_snapshot();
    void follow_agents();
    void apply_limits();
    [[nodiscard]] std::set<ContactId> may_be_shut_out() const;
    /// The log position that the answer to a command without news waits for: earlier facts may still be on their way.
    [[nodiscard]] Sequence so_far() const { return journal_.is_broken() ? journal_.durable() : state_.sequence(); }
    /// A user's sessions have changed.
    void presence_changed(const UserId& user);
    /// Looks again at a user who is not connected when the passing of time may have changed something.
    void review_later(const UserId& user, Instant since);
    /// Everything that watchers and waiting visitors may have to hear soon.
    void touch();
    [[nodiscard]] bool is_known_staff(const UserId& user) const;
    /// After a start, or a break of the log: brings the facts into step with the present presence.
    void catch_up();

    // recovery.cpp
    void broken();
    void load();
    void loaded(const Result<ports::History>& history);
    void wait_for_the_log();
    void try_again();
    void resume();

    // announce.cpp
    void announce();
    void announce_contact(const domain::Contact& contact);
    void announce_revoked(const Changes::Revoked& revoked);
    void announce_offered(const Changes::Offered& offered);
    void announce_said(const Changes::Said& said);
    void add_participants(const domain::Contact& contact);
    void tell_places();
    void announce_ended(const Changes::Ended& ended, const std::optional<RoomId>& room);

    CompanyId company_;
    domain::Budgets* budgets_;
    ports::EventLog& log_;
    Outbox& outbox_;
    Tally* tally_;
    domain::State state_;
    domain::Presence presence_;
    std::map<ContactId, RoomId> named_in_;  // of live contacts: the room of their visitor's last call_started
    domain::DirectCalls direct_calls_;
    domain::HeldOffers held_offers_;
    domain::Holdings<ContactId> opened_from_;  // the live contacts that were opened since the start
    Courier courier_;
    Journal journal_;
    Clockwork clockwork_;
    Places places_;
    domain::Auditor auditor_;

    Instant now_;                      // of the call that is being served
    std::string command_key_;          // of the command that is being served; empty when it has none
    const Session* served_ = nullptr;  // the session whose command that is; null: nobody's
    std::string_view trace_;           // of the command that is being served
    Changes changes_;
    std::vector<ports::StoredEvent> unwritten_;
    Sequence snapshot_at_{};
    std::optional<codec::SnapshotCut> snapshot_;  // that is being written
    Instant snapshot_goes_on_at_{};
    bool has_news_ = true;                          // facts, or a change of the present staff, since the last command's end
    std::optional<Instant> look_again_;             // when to route again
    std::set<std::pair<Instant, UserId>> reviews_;  // when to look at a user's presence again
    std::optional<Instant> live_due_;               // when to show watchers what has changed
    Instant live_shown_at_{};

    bool is_stale_ = false;  // the state holds what could not be written
    std::optional<Instant> try_again_at_;
    Milliseconds log_pause_{};            // before the next try
    std::optional<Sequence> resumed_at_;  // where the log was after the last break; unset before the first
    std::shared_ptr<LiveIsland*> self_;   // completions look through a weak pointer to it
};

}  // namespace calldocker::app
