#include "simulation/office.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/codec/codec.hpp"
#include "app/testing/opening_hours.hpp"

namespace calldocker::simulation {

using namespace domain;

Office::Office(std::uint64_t seed, Crowd crowd) : random_(seed), haste_(1 + static_cast<std::uint64_t>(crowd.visitors) / 10) {
    const auto tabs = [&](const std::string& user, Role role, int version, int count) {
        for (int i = 1; i <= count; ++i) {
            Client client;
            client.user = UserId{class_of(role), user};
            client.role = role;
            client.version = version;
            if (version == 2) client.session = SessionId{fmt::format("{}-{}", user, i)};
            clients_.push_back(std::move(client));
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
    for (Client& client : clients_) {
        if (client.version == 2) by_session_.emplace(client.session, &client);
        if (client.version == 2 && client.role == Role::agent) colleagues_.push_back(client.user);
    }
    start();
    if (seed % 2 == 0) set_up(seed % 4 == 0);
    if (haste_ > 1) come_in_a_crowd();
}

/// A crowd does not wait for chance until it is there: most come at once, ready for work, or calling.
void Office::come_in_a_crowd() {
    for (Client& client : clients_) {
        if (random_.below(20) == 0) continue;
        come(client);
        if (client.version == 1) continue;
        const auto next = [&] { return CommandId{std::to_string(++client.commands)}; };
        if (client.role != Role::customer) {
            pass_on(client, next(), SetMediaReady{true});
            pass_on(client, next(), SetAgentIntent{Intent::available, {}});
        } else if (island().state().contacts_of(client.user).empty() && random_.below(2) == 0) {
            pass_on(client, next(), WebrtcOffer{std::string(public_calls_room), "{}", some_call_of(client.user), {}});
        }
    }
    log_.settle();
}

/// Every other office has queues with rules of their own, and every fourth closes soon; the others are as a company is that has
/// set up nothing.
void Office::set_up(bool closes_soon) {
    const std::string hours = app::testing::open_until(now_, closes_soon ? 1 + static_cast<int>(random_.below(10)) : 24 * 60 - 300);
    const Identity admin{CompanyId{"acme"}, UserId{"ada"}, Role::admin, "", "", false, {}};
    const auto configured = island_->configure(admin,
                                               fmt::format(R"({{"queues":[
        {{"id":"default","metric":"longest_idle","max_wait_seconds":90,"overflow_to":"sales","sticky_seconds":15,"misses_max":2,
          "hours":{0}}},
        {{"id":"sales","metric":"best_skill","max_length":4,"wrap_up_seconds":10,"hours":{0},"overflow_to":"default",
         "requirements":[{{"skill":"billing","level":3,"relaxations":[{{"after_seconds":20,"level":0}}]}}]}}],
        "agents":[{{"agent":"amina","skills":{{"billing":5}}}},{{"agent":"ben","skills":{{"billing":2}}}}]}})",
                                                           hours),
                                               now_);
    if (!configured) blame("the company cannot be set up: " + configured.error().detail);
    log_.settle();
}

void Office::note(std::string text) {
    trace_.push_back(fmt::format("{} {}", to_iso8601(now_).substr(11), text));
    if (trace_.size() > 60) trace_.pop_front();
}

std::string Office::last_steps() const { return fmt::format("{}", fmt::join(trace_, "\n")); }

void Office::start() {
    auto opened = app::Island::open(CompanyId{"acme"}, log_.history(), {log_, *this}, now_);
    if (!opened) return blame("the log cannot be read: " + opened.error().detail);
    island_ = std::move(*opened);
}

void Office::crash() {
    note("crash");
    ++tally.crashes;
    island_.reset();
    // What was on its way to the disk may have reached it or not; nobody was told.
    for (std::uint64_t writes = random_.below(4); writes > 0; --writes) (void)log_.step();
    log_.crash();
    log_.broken = log_.unreadable = false;
    for (Client& client : clients_) {
        client.key.reset();
        client.attached = false;
        client.answered.clear();
        client.held.clear();
    }
    machine_.pass(Milliseconds{static_cast<std::int64_t>(random_.below(4000))});
    machine_.restart(log_.events.empty() ? Instant{} : log_.events.back().at);
    now_ = machine_.now();
    durable_ = {};
    start();
    if (haste_ > 1) come_in_a_crowd();
}

void Office::pass(Milliseconds time) {
    if (random_.below(50) == 0) {
        const Milliseconds step{static_cast<std::int64_t>(random_.below(7'200'000)) - 3'600'000};
        note(fmt::format("the machine's clock is set by {} ms", step.count()));
        machine_.set_clock(step);
    }
    const Instant until = now_ + time;
    for (int ticks = 0;; ++ticks) {
        if (ticks > 10'000) return blame("the island asks for ticks without end");
        const auto due = island_->next_deadline();
        if (!due || *due > until) break;
        now_ = machine_.pass_until(*due);
        island_->tick(now_);
        if (random_.below(2) == 0) log_.settle();
    }
    now_ = machine_.pass_until(until);
}

Milliseconds Office::some_time(std::uint64_t at_most_ms) {
    return Milliseconds{static_cast<std::int64_t>(random_.below(at_most_ms) / haste_)};
}

/// In a crowd mostly one of the people in one of a few contacts: chance alone would seldom bring two together.
Client& Office::somebody() {
    const auto& contacts = island().state().contacts();
    if (haste_ > 1 && !contacts.empty() && random_.below(4) != 0) {
        const Contact& contact =
            std::next(contacts.begin(), static_cast<std::ptrdiff_t>(random_.below(std::min<std::size_t>(contacts.size(), 30))))->second;
        const bool rings = !contact.offered.empty();
        const UserId& staff = rings ? contact.offered.begin()->first : contact.agent;
        const auto found = by_session_.find(SessionId{fmt::format("{}-1", random_.below(2) == 0 ? contact.visitor : staff)});
        if (found != by_session_.end()) return *found->second;
    }
    return clients_[random_.below(clients_.size())];
}

void Office::step() {
    Client& client = somebody();
    const auto chance = random_.below(1000);
    if (chance < 550) return act(client);
    if (chance < 650) return void(log_.step());
    if (chance < 750) return log_.settle();
    if (chance < 830) return pass(some_time(3000));
    if (chance < 850) return pass(some_time(70'000));
    if (chance < 970) return change_connection(client);
    if (chance < 980) {
        log_.broken = random_.below(2) == 0;
        log_.unreadable = log_.broken && random_.below(3) == 0;
        note(log_.broken ? "the log breaks" : "the log works");
        return;
    }
    if (chance < 990) log_.broken = log_.unreadable = false;
    if (chance >= 990) crash();
}

void Office::close_for_the_day() {
    log_.broken = log_.unreadable = false;
    log_.settle();
    pass(1min);
    log_.settle();
    for (Client& client : clients_) leave(client);
    // Callbacks are given up after a day, messages after a week.
    for (int i = 0; i < 16; ++i) {
        pass(12h);
        log_.settle();
    }
}

}  // namespace calldocker::simulation
