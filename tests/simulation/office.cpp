#include "simulation/office.hpp"

#include <fmt/format.h>
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
    comparisons += other.comparisons;
    repeats += other.repeats;
    most_live = std::max(most_live, other.most_live);
    throws += other.throws;
    resumed += other.resumed;
    turned_away += other.turned_away;
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
            client.user = UserId{own(user)};
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
    const std::string hours = app::testing::open_until(node_.now, closes_soon ? 1 + static_cast<int>(random_.below(10)) : 24 * 60 - 300);
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
        if (client->version == 1) continue;
        const auto ask = [&](const std::string& message) { pass_on(*client, std::to_string(++client->commands), message); };
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
    trace_.push_back(fmt::format("{} {}", to_iso8601(node_.now).substr(11), text));
    if (trace_.size() > 60) trace_.pop_front();
}

std::string Office::last_steps() const { return fmt::format("{}:\n{}\n", company_, fmt::join(trace_, "\n")); }

/// In a crowd mostly one of the people in one of a few contacts: chance alone would seldom bring two together.
Client& Office::somebody() {
    if (haste_ > 1 && island() != nullptr && !island()->state().contacts().empty() && random_.below(4) != 0) {
        const auto& contacts = island()->state().contacts();
        const Contact& contact =
            std::next(contacts.begin(), static_cast<std::ptrdiff_t>(random_.below(std::min<std::size_t>(contacts.size(), 30))))->second;
        const UserId& staff = contact.offered.empty() ? contact.agent : contact.offered.begin()->first;
        const auto found = by_user_.find(random_.below(2) == 0 ? contact.visitor : staff);
        if (found != by_user_.end()) return *found->second;
    }
    return *clients_[random_.below(clients_.size())];
}

void Office::crashed() {
    note("crash");
    for (const auto& client : clients_) {
        if (client->line) gone_.push_back(std::move(client->line));
    }
    may_be_turned_away_ = true;
    // What was on its way to the disk may have reached it or not; nobody was told.
    for (std::uint64_t writes = random_.below(4); writes > 0; --writes) (void)log().step();
    log().crash();
    log().broken = log().unreadable = false;
}

void Office::has_thrown(bool certainly) {
    may_be_turned_away_ = true;
    if (!certainly) return;
    ++tally.throws;
    for (const auto& client : clients_)
        if (client->line && client->line->greeted) blame(fmt::format("{} is still connected to a company that has failed", client->user));
}

void Office::leave_all() {
    for (const auto& client : clients_) leave(*client);
}

Town::Town(std::uint64_t seed, std::size_t companies, Crowd crowd)
    : random_(seed), haste_(1 + static_cast<std::uint64_t>(crowd.visitors) / 10), node_(random_) {
    const std::array<const char*, 4> known{"acme-works", "bolt-works", "cork-works", "dune-works"};
    for (std::size_t i = 0; i < companies; ++i) names_.emplace_back(known.at(i));
    node_.start({});
    for (std::size_t i = 0; i < companies; ++i) {
        std::vector<CompanyId> others = names_;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        Office& office = *offices_.emplace_back(std::make_unique<Office>(node_, random_, names_[i], std::move(others), crowd));
        // Every other company has queues with rules of their own, and every fourth closes soon; the others have set up nothing.
        if ((seed + i) % 2 == 0) office.set_up((seed + i) % 4 == 0);
        if (haste_ > 1) office.come_in_a_crowd();
    }
}

Milliseconds Town::some_time(std::uint64_t at_most_ms) {
    return Milliseconds{static_cast<std::int64_t>(random_.below(at_most_ms) / haste_)};
}

void Town::pass(Milliseconds time) {
    if (!node_.pass(time)) faults_.emplace_back("the gateway asks for ticks without end");
}

void Town::crash() {
    ++crashes_;
    node_.disarm();
    for (const auto& office : offices_) office->crashed();
    node_.now += Milliseconds{static_cast<std::int64_t>(random_.below(4000))};
    node_.start(names_);
    if (haste_ == 1) return;
    for (const auto& office : offices_) office->come_in_a_crowd();
}

void Town::step() {
    Office& office = *offices_[random_.below(offices_.size())];
    auto& log = office.log();
    const auto chance = random_.below(1000);
    if (random_.below(25) == 0) node_.arm(random_.below(8));
    if (chance < 550) return office.act();
    if (chance < 650) return void(log.step());
    if (chance < 750) return node_.logs.settle();
    if (chance < 830) return pass(some_time(3000));
    if (chance < 850) return pass(some_time(70'000));
    if (chance < 970) return office.change_connection();
    if (chance < 980) {
        log.broken = random_.below(2) == 0;
        log.unreadable = log.broken && random_.below(3) == 0;
        office.note(log.broken ? "the log breaks" : "the log works");
        if (log.broken) ++office.tally.breaks;
        return;
    }
    if (chance < 994) {
        log.broken = log.unreadable = false;
        return;
    }
    crash();
}

void Town::close_for_the_day() {
    node_.disarm();
    for (const auto& office : offices_) office->log().broken = office->log().unreadable = false;
    node_.logs.settle();
    pass(2min);  // a company that failed is back
    node_.logs.settle();
    for (const auto& office : offices_) office->leave_all();
    // Callbacks are given up after a day, messages after a week.
    for (int hours = 0; hours < 200; ++hours) node_.leap(1h);
}

std::vector<std::string> Town::check() {
    std::vector<std::string> faults = std::exchange(faults_, {});
    const Node::Thrown thrown = node_.take_thrown();
    node_.disarm();
    if (thrown.count != thrown.reported) faults.push_back(fmt::format("{} errors, {} of them injected", thrown.reported, thrown.count));
    if (thrown.count > 0)
        for (const auto& office : offices_)
            if (!thrown.by || thrown.by->empty() || *thrown.by == office->company())
                office->has_thrown(thrown.by && *thrown.by == office->company());
    if (node_.wake_at && *node_.wake_at <= node_.now) pass({});
    for (const auto& office : offices_)
        for (std::string& fault : office->check()) faults.push_back(fmt::format("{}: {}", office->company(), fault));
    return faults;
}

std::vector<std::string> Town::check_the_end() {
    std::vector<std::string> faults = check();
    if (node_.gateway().companies() != 0) faults.emplace_back("a company that is idle is not unloaded");
    for (const auto& office : offices_)
        for (std::string& fault : office->check_the_end()) faults.push_back(fmt::format("{}: {}", office->company(), fault));
    return faults;
}

std::string Town::last_steps() const {
    std::string all;
    for (const auto& office : offices_) all += office->last_steps();
    return all;
}

Tally Town::tally() const {
    Tally sum;
    sum.crashes = crashes_;
    for (const auto& office : offices_) sum.add(office->tally);
    return sum;
}

}  // namespace calldocker::simulation
