#pragma once
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/live_island.hpp"
#include "app/testing/fake_log.hpp"
#include "base/rng.hpp"
#include "simulation/machine.hpp"

namespace calldocker::simulation {

/// What a client is told, as far as the simulation cares.
struct Word {
    std::string name;  ///< "ack", "failed", "contact_state", "webrtc_offer"; others are empty
    CommandId command;
    ContactId call;
    domain::ContactState state{};
    UserId agent;  ///< of a contact; of an offer, who made it
};

/// One tab. Of version 2 it keeps its session's id and what has not been answered, of version 1 nothing.
struct Client {
    UserId user;
    domain::Role role{};
    int version{};
    SessionId session;
    std::optional<SessionKey> key;  ///< while the island knows it
    bool attached{};

    std::uint64_t commands = 0;
    std::deque<std::pair<CommandId, domain::ClientMessage>> unanswered;
    /// What the server's gateway remembers of the session's commands: answered, or not yet.
    std::map<CommandId, bool> answered;
    std::deque<std::pair<Word, Sequence>> held;
    bool was_reset{};
};

/// How many people there are beside the few that every office has, all of version 2.
struct Crowd {
    int agents{}, visitors{};
};

/// One company, its clients, and all that can go wrong between them, driven by one seed. A step does one thing; check()
/// holds what must be true after each.
class Office final : public app::Outbox {
public:
    explicit Office(std::uint64_t seed, Crowd crowd = {});

    void step();
    /// The log works again, everybody leaves, and time passes.
    void close_for_the_day();

    /// @return what is wrong; empty when nothing is
    [[nodiscard]] std::vector<std::string> check();
    /// Of a closed office.
    [[nodiscard]] std::vector<std::string> check_the_end();
    [[nodiscard]] std::string last_steps() const;

    /// How much has happened, for the test to see that the seeds reach it.
    struct Tally {
        std::size_t created{}, connected{}, requeued{}, ended{}, crashes{}, breaks{}, comparisons{}, repeats{}, most_live{};
        std::size_t ranked{};  ///< routed offers that another contact might have been ahead of
        std::set<domain::EndReason> reasons;
    };
    Tally tally;

    void deliver(std::span<const SessionKey> recipients, const domain::Notice& notice, Sequence after) override;
    void release(Sequence durable) override;
    void fall_back(Sequence durable) override;
    void close(std::span<const SessionKey> sessions, std::uint16_t code, std::string_view reason) override;

private:
    [[nodiscard]] const app::LiveIsland& island() const { return static_cast<const app::LiveIsland&>(*island_); }
    void start();
    void set_up(bool closes_soon);
    void crash();
    void pass(Milliseconds time);
    void note(std::string text);
    void blame(std::string text) { faults_.push_back(std::move(text)); }

    void act(Client& client);
    [[nodiscard]] domain::ClientMessage words_of(const Client& client);
    [[nodiscard]] ContactId some_call_of(const UserId& user);
    void say(Client& client, const domain::ClientMessage& message);
    void pass_on(Client& client, const CommandId& id, const domain::ClientMessage& message);
    void change_connection(Client& client);
    void come(Client& client);
    void say_again(Client& client);
    void leave(Client& client);

    void flush(Client& client);
    void hear(Client& client, const Word& word);
    void read_log();
    void read_fact(const domain::Event& event);
    void come_in_a_crowd();
    [[nodiscard]] Client& somebody();
    [[nodiscard]] Milliseconds some_time(std::uint64_t at_most_ms);
    void check_contact(const domain::Contact& contact);
    void check_order(const domain::Event& event, const domain::fact::ContactOffered& offered);
    void check_limits(const domain::State& state);
    void check_offers(const domain::State& state);
    void check_media(const domain::State& state);
    [[nodiscard]] bool is_here(const UserId& user, const domain::Endpoint& endpoint) const;

    Rng random_;
    Machine machine_{from_unix_ms(1'795'408'000'000)};  // whose clock somebody sets, at random
    Instant now_ = machine_.now();
    app::testing::FakeLog log_;
    std::unique_ptr<app::Island> island_;
    std::vector<Client> clients_;
    std::map<SessionId, Client*> by_session_;  // of version 2
    std::vector<UserId> colleagues_;
    std::uint64_t haste_;  // how much less time passes between two steps than in a small office
    std::uint64_t keys_ = 0;
    std::uint64_t pages_ = 0;
    Sequence durable_{};

    Instant newest_{};      // event in the log
    domain::State shadow_;  // a second fold of what the log holds
    std::set<ContactId> live_in_log_, created_in_log_, ended_in_log_;
    std::set<std::pair<ContactId, UserId>> accepted_in_log_;
    std::set<std::string> commands_in_log_;

    std::vector<std::string> faults_;
    std::deque<std::string> trace_;
};

}  // namespace calldocker::simulation
