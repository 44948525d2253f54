#pragma once
#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/live_island.hpp"
#include "base/rng.hpp"
#include "domain/company/auditor.hpp"
#include "simulation/client.hpp"
#include "simulation/node.hpp"

namespace calldocker::simulation {

/// How many people there are beside the few that every office has, all of version 2.
struct Crowd {
    int agents{}, visitors{};
};

/// How much has happened, for the test to see that the seeds reach it.
struct Tally {
    std::size_t created{}, connected{}, requeued{}, ended{}, crashes{}, breaks{}, repeats{}, throws{}, resumed{}, reset{}, taken_over{},
        turned_away{}, most_live{};
    std::size_t comparisons{};  ///< of the live state with the log's, and of what a client shows with what it should
    std::size_t ranked{};       ///< routed offers that another contact might have been ahead of
    std::set<domain::EndReason> reasons;

    void add(const Tally& other);
};

/// One company, its clients, and all that can go wrong between them. check() holds what must be true after each step.
class Office {
public:
    /// @param others  the names of the companies beside it: nothing of them may reach a client of this one
    Office(Node& node, Rng& random, CompanyId company, std::vector<CompanyId> others, Crowd crowd);

    /// Gives it queues with rules of their own.
    void set_up(bool closes_soon);
    void come_in_a_crowd();
    /// A client says something, or comes to say it.
    void act();
    /// A client comes, goes, or loses its connection.
    void change_connection();
    void leave_all();
    /// @return whether anybody is connected
    [[nodiscard]] bool has_anybody() const;
    /// The server is gone, and with it all connections.
    void crashed();

    /// @return what is wrong; empty when nothing is
    [[nodiscard]] std::vector<std::string> check();
    /// When everybody has left and all has ended.
    [[nodiscard]] std::vector<std::string> check_the_end();

    [[nodiscard]] const CompanyId& company() const { return company_; }
    [[nodiscard]] app::testing::FakeLog& log() { return node_.logs.of(company_); }
    [[nodiscard]] Node& node() { return node_; }
    [[nodiscard]] std::string last_steps() const;
    void note(std::string text);
    Tally tally;

    // What its clients are told (hearing.cpp).
    void hear(Client& client, std::string_view text);
    void closed(Line& line);

private:
    /// @return null while the company is not loaded
    [[nodiscard]] const app::LiveIsland* island() const { return static_cast<const app::LiveIsland*>(node_.gateway().island_of(company_)); }
    void blame(std::string text) { faults_.push_back(std::move(text)); }
    /// Names are the company's own, so that one that leaks shows; names of calls are the same everywhere.
    [[nodiscard]] std::string own(std::string_view name) const { return fmt::format("{}.{}", name, company_); }
    /// How many times what it had in memory was lost.
    [[nodiscard]] std::uint64_t life() const;
    [[nodiscard]] bool has_just_failed() const;

    // connections.cpp
    void come(Client& client);
    [[nodiscard]] server::Admission introduce(const Client& client, bool remembers);
    void lose(Client& client, std::uint16_t code);
    void leave(Client& client);
    static void forget(Client& client);

    // words.cpp
    [[nodiscard]] Client& somebody();
    [[nodiscard]] ContactId some_call_of(const UserId& user);
    [[nodiscard]] std::string words_of(const Client& client);
    [[nodiscard]] std::string words_of_version_1(const Client& client, const ContactId& call);
    [[nodiscard]] std::string words_of_a_visitor(const Client& client, const ContactId& call);
    [[nodiscard]] std::string words_of_staff(const ContactId& call);
    [[nodiscard]] std::string visitor_of(const ContactId& call) const;
    [[nodiscard]] std::string agent_of(const ContactId& call) const;
    [[nodiscard]] std::string recording_of(const Client& client);

    // speech.cpp
    void act(Client& client);
    void say(Client& client, std::string message);
    void pass_on(Client& client, const std::string& id, const std::string& message);
    void say_again(Client& client);

    // hearing.cpp
    void hear_welcome(Client& client, const boost::json::object& said);
    void hear_answer(Client& client, const boost::json::object& said, bool was_done);
    void hear_fact(const Client& client, std::string_view type, const boost::json::object& said);

    // record.cpp
    void read_log();
    void read_fact(const domain::Event& event);
    void check_order(const domain::Event& event, const domain::fact::ContactOffered& offered);

    // checks.cpp
    void check_away();
    void check_live(const app::LiveIsland& live);
    void check_contact(const app::LiveIsland& live, const domain::Contact& contact);
    void check_limits(const domain::State& state);
    void check_offers(const app::LiveIsland& live);
    void check_media(const app::LiveIsland& live);
    void check_work(const app::LiveIsland& live);
    void check_presence(const app::LiveIsland& live);
    void check_shown(const app::LiveIsland& live, const Client& client, app::SessionKey key);
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
    std::uint64_t lives_ = 0;

    Instant newest_{};      // event in the log
    domain::State shadow_;  // a second fold of what the log holds
    domain::Auditor auditor_;
    std::set<ContactId> live_in_log_, created_in_log_, ended_in_log_;
    std::set<std::pair<ContactId, UserId>> accepted_in_log_;
    std::set<std::string> commands_in_log_;
    std::optional<Instant> back_by_;  // when the company, which is not loaded, must be at the latest

    std::vector<std::string> faults_;
    std::deque<std::string> trace_;
};

}  // namespace calldocker::simulation
