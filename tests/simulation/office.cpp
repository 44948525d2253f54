#include "simulation/office.hpp"

#include <fmt/ranges.h>

#include "app/testing/opening_hours.hpp"

namespace calldocker::simulation {

using namespace domain;

void Tally::add(const Tally& other) {
    created += other.created;
    connected += other.connected;
    requeued += other.requeued;
    ended += other.ended;
    crashes += other.crashes;
    breaks += other.breaks;
    repeats += other.repeats;
    throws += other.throws;
    resumed += other.resumed;
    reset += other.reset;
    taken_over += other.taken_over;
    turned_away += other.turned_away;
    most_live = std::max(most_live, other.most_live);
    comparisons += other.comparisons;
    ranked += other.ranked;
    reasons.insert(other.reasons.begin(), other.reasons.end());
}

Office::Office(Node& node, Rng& random, CompanyId company, std::vector<CompanyId> others, Crowd crowd)
    : node_(node),
      random_(random),
      company_(std::move(company)),
      others_(std::move(others)),
      haste_(1 + static_cast<std::uint64_t>(crowd.visitors) / 10) {
    const auto tabs = [&](const std::string& user, Role role, int version, int count) {
        for (int i = 0; i < count; ++i) {
            Client& client = *clients_.emplace_back(std::make_unique<Client>());
            client.user = UserId{class_of(role), own(user)};
            client.role = role;
            client.version = version;
            if (version == 2) by_user_.emplace(client.user, &client);
            if (version == 2 && role == Role::agent && i == 0) colleagues_.push_back(client.user);
        }
    };
    tabs("amina", Role::agent, 2, 2);
    tabs("ben", Role::agent, 2, 1);
    tabs("carl", Role::agent, 1, 2);
    tabs("sue", Role::supervisor, 2, 1);
    tabs("vera", Role::customer, 2, 2);
    tabs("walt", Role::customer, 2, 1);
    tabs("xena", Role::customer, 1, 1);
    for (int i = 0; i < crowd.agents; ++i) tabs(fmt::format("agent-{}", i), Role::agent, 2, 1);
    for (int i = 0; i < crowd.visitors; ++i) tabs(fmt::format("visitor-{}", i), Role::customer, 2, 1);
}

void Office::set_up(bool closes_soon) {
    const std::string hours = app::testing::open_until(node_.now(), closes_soon ? 1 + static_cast<int>(random_.below(10)) : 24 * 60 - 300);
    const Identity admin{company_, UserId{own("ada")}, Role::admin, "admin", "", false, {}};
    const std::string text = fmt::format(R"({{"queues":[
        {{"id":"default","metric":"longest_idle","max_wait_seconds":90,"overflow_to":"sales","sticky_seconds":15,"misses_max":2,
          "hours":{0}}},
        {{"id":"sales","metric":"best_skill","max_length":4,"wrap_up_seconds":10,"hours":{0},"overflow_to":"default",
         "requirements":[{{"skill":"billing","level":3,"relaxations":[{{"after_seconds":20,"level":0}}]}}]}}],
        "agents":[{{"agent":"{1}","skills":{{"billing":5}}}},{{"agent":"{2}","skills":{{"billing":2}}}}]}})",
                                         hours, own("amina"), own("ben"));
    node_.gateway().configure(admin, text, [this](const Result<std::string>& told) {
        if (!told) blame("the company cannot be set up: " + told.error().detail);
    });
    log().settle();
}

/// A crowd does not wait for chance until it is there: most come at once, ready for work, or calling.
void Office::come_in_a_crowd() {
    for (const auto& client : clients_) {
        if (random_.below(20) == 0) continue;
        come(*client);
        log().settle();
        if (client->version == 1 || !client->is_connected()) continue;
        const auto ask = [&](const std::string& message) {
            const std::string id = std::to_string(++client->commands);
            client->memory.unanswered.emplace_back(id, message);
            pass_on(*client, id, message);
        };
        if (client->role != Role::customer) {
            ask(R"("type":"set_media_ready","ready":true)");
            ask(R"("type":"set_agent_intent","intent":"available")");
        } else if (island() != nullptr && island()->state().contacts_of(client->user).empty() && random_.below(2) == 0) {
            ask(fmt::format(R"("type":"webrtc_offer","targetUserId":"{}","offer":{{}},"callId":"{}")", public_calls_room,
                            some_call_of(client->user)));
        }
    }
    log().settle();
}

void Office::note(std::string text) {
    trace_.push_back(fmt::format("{} {}", to_iso8601(node_.now()).substr(11), text));
    if (trace_.size() > 60) trace_.pop_front();
}

std::string Office::last_steps() const { return fmt::format("{}:\n{}\n", company_, fmt::join(trace_, "\n")); }

bool Office::has_just_failed() const {
    const auto& failed = node_.thrown().failed;
    return std::find(failed.begin(), failed.end(), company_) != failed.end();
}

std::uint64_t Office::life() const { return lives_ + (has_just_failed() ? 1 : 0); }

void Office::crashed() {
    note("crash");
    ++lives_;
    for (const auto& client : clients_) {
        if (client->line) gone_.push_back(std::move(client->line));
        if (client->version == 1) forget(*client);
    }
    // What was on its way to the disk may have reached it or not; nobody was told.
    for (std::uint64_t writes = random_.below(4); writes > 0; --writes) (void)log().step();
    log().crash();
    log().broken = log().unreadable = false;
}

bool Office::has_anybody() const {
    return std::any_of(clients_.begin(), clients_.end(), [](const auto& client) { return client->is_connected(); });
}

void Office::leave_all() {
    for (const auto& client : clients_) leave(*client);
}

}  // namespace calldocker::simulation
