#pragma once
#include <fmt/format.h>

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/live_island.hpp"
#include "base/rng.hpp"
#include "simulation/node.hpp"

namespace calldocker::simulation {

class Office;
struct Client;

/// One connection, as the gateway sees it.
struct Line final : server::Link {
    Line(Office& of, Client& by) : office(of), client(by) {}
    void send(std::string_view text) override;
    void close(std::uint16_t code, std::string_view reason) override;
    [[nodiscard]] std::string_view peer() const override { return "simulation"; }

    Office& office;
    Client& client;
    server::LinkHandler* handler{};
    std::uint16_t closed_with{};  ///< by the server
    bool greeted{};               ///< the server has a session on it
    bool cut{};                   ///< nothing arrives any more in either direction, and the server does not know
};

/// One tab. It remembers what a page remembers; of version 1 that is nothing.
struct Client {
    UserId user;
    domain::Role role{};
    int version{};
    std::unique_ptr<Line> line;

    SessionId session;
    std::string resume_token, epoch;
    std::uint64_t seen = 0;  ///< the last seq
    bool awaits_reset{};     ///< its session did not go on: the next message is a snapshot
    bool says_again{};       ///< has been reset since it last spoke
    std::uint64_t commands = 0;
    std::deque<std::pair<std::string, std::string>> unanswered;  ///< id and message
};

/// How many people there are beside the few that every office has, all of version 2.
struct Crowd {
    int agents{}, visitors{};
};

/// How much has happened, for the test to see that the seeds reach it.
struct Tally {
    std::size_t created{}, connected{}, requeued{}, ended{}, crashes{}, breaks{}, comparisons{}, repeats{}, most_live{}, throws{},
        resumed{}, turned_away{};
    std::size_t ranked{};  ///< routed offers that another contact might have been ahead of
    std::set<domain::EndReason> reasons;

    void add(const Tally& other);
};

/// One company, its clients, and all that can go wrong between them. check() holds what must be true after each step.
class Office {
public:
    /// @param others  the names of the companies beside it: nothing of them may reach a client of this one
    Office(Node& node, Rng& random, CompanyId company, std::vector<CompanyId> others, Crowd crowd);

    /// Half of the companies have queues with rules of their own.
    void set_up(bool closes_soon);
    void come_in_a_crowd();
    /// A client says something, or comes to say it.
    void act();
    /// A client comes, goes, or loses its connection.
    void change_connection();
    void leave_all();
    /// The server is gone, and with it all connections.
    void crashed();

    /// @return what is wrong; empty when nothing is
    [[nodiscard]] std::vector<std::string> check();
    /// When everybody has left and all has ended.
    [[nodiscard]] std::vector<std::string> check_the_end();
    /// It has thrown, or another may have: @param certainly  it was this one
    void has_thrown(bool certainly);

    [[nodiscard]] const CompanyId& company() const { return company_; }
    [[nodiscard]] app::testing::FakeLog& log() { return node_.logs.of(company_); }
    [[nodiscard]] std::string last_steps() const;
    void note(std::string text);
    Tally tally;

    // What its clients are told.
    void hear(Client& client, std::string_view text);
    void closed(Client& client, std::uint16_t code);
    [[nodiscard]] Node& node() { return node_; }

private:
    /// @return null while the company is not loaded
    [[nodiscard]] const app::LiveIsland* island() const { return static_cast<const app::LiveIsland*>(node_.gateway().island_of(company_)); }
    void blame(std::string text) { faults_.push_back(std::move(text)); }

    void act(Client& client);
    [[nodiscard]] std::string words_of(const Client& client);
    [[nodiscard]] ContactId some_call_of(const UserId& user);
    [[nodiscard]] std::string own(std::string_view name) const { return fmt::format("{}.{}", name, company_); }
    void say(Client& client, std::string message);
    void pass_on(Client& client, const std::string& id, const std::string& message);
    void say_again(Client& client);
    void come(Client& client);
    void lose(Client& client, std::uint16_t code);
    void leave(Client& client);
    void forget(Client& client);
    [[nodiscard]] Client& somebody();

    void hear_answer(Client& client, const std::string& id);
    void read_log();
    void read_fact(const domain::Event& event);
    void check_live(const app::LiveIsland& live);
    void check_contact(const app::LiveIsland& live, const domain::Contact& contact);
    void check_order(const domain::Event& event, const domain::fact::ContactOffered& offered);
    void check_limits(const domain::State& state);
    void check_offers(const app::LiveIsland& live);
    void check_media(const app::LiveIsland& live);
    void check_sessions(const app::LiveIsland& live);
    [[nodiscard]] bool is_here(const UserId& user, const domain::Endpoint& endpoint) const;

    Node& node_;
    Rng& random_;
    CompanyId company_;
    std::vector<CompanyId> others_;
    std::uint64_t haste_;  // how many more people there are than in a small office, in tens
    std::vector<std::unique_ptr<Client>> clients_;
    std::map<UserId, Client*> by_user_;  // of version 2, the first tab
    std::vector<UserId> colleagues_;
    std::vector<std::unique_ptr<Line>> gone_;  // may still be on the stack

    domain::State shadow_;  // a second fold of what the log holds
    std::set<ContactId> live_in_log_, created_in_log_, ended_in_log_;
    std::set<std::pair<ContactId, UserId>> accepted_in_log_;
    std::set<std::string> commands_in_log_;
    bool may_be_turned_away_ = true;  // with 1013: it was not loaded all the time since the last check
    bool was_turned_away_ = false;

    std::vector<std::string> faults_;
    std::deque<std::string> trace_;
};

/// Several companies on one shard, driven by one seed. A step does one thing.
class Town {
public:
    Town(std::uint64_t seed, std::size_t companies, Crowd crowd = {});

    void step();
    /// The logs work again, everybody leaves, and time passes.
    void close_for_the_day();
    [[nodiscard]] std::vector<std::string> check();
    [[nodiscard]] std::vector<std::string> check_the_end();
    [[nodiscard]] std::string last_steps() const;
    [[nodiscard]] Tally tally() const;

private:
    [[nodiscard]] Milliseconds some_time(std::uint64_t at_most_ms);
    void pass(Milliseconds time);
    void crash();

    Rng random_;
    std::uint64_t haste_;
    Node node_;
    std::vector<CompanyId> names_;
    std::vector<std::unique_ptr<Office>> offices_;
    std::size_t crashes_ = 0;
    std::vector<std::string> faults_;
};

}  // namespace calldocker::simulation
