#include "simulation/town.hpp"

#include <exception>

#include "server/gateway/limits.hpp"

namespace calldocker::simulation {

Town::Town(std::uint64_t seed, std::size_t companies, Crowd crowd)
    : random_(seed), haste_(1 + static_cast<std::uint64_t>(crowd.visitors) / 10), node_(random_) {
    const std::array<const char*, 4> known{"acme-works", "bolt-works", "cork-works", "dune-works"};
    std::vector<CompanyId> names;
    for (std::size_t i = 0; i < companies; ++i) names.emplace_back(known.at(i));
    node_.start({});
    for (std::size_t i = 0; i < companies; ++i) {
        std::vector<CompanyId> others = names;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        Office& office = *offices_.emplace_back(std::make_unique<Office>(node_, random_, names[i], std::move(others), crowd));
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
    node_.stop();
    std::vector<CompanyId> known;
    Instant newest{};
    for (const auto& office : offices_) {
        office->crashed();
        if (office->log().events.empty()) continue;
        known.push_back(office->company());
        newest = std::max(newest, office->log().events.back().at);
    }
    node_.rest(Milliseconds{static_cast<std::int64_t>(random_.below(4000))}, newest);
    node_.start(known);
    if (haste_ == 1) return;
    for (const auto& office : offices_) office->come_in_a_crowd();
}

void Town::step() {
    if (random_.below(60) == 0) node_.arm(random_.below(8));
    try {
        if (haste_ > 1 && !offices_.front()->has_anybody()) {  // nor does it wait for chance after the pause of a company that failed
            pass(server::limits::rest_longest);
            offices_.front()->come_in_a_crowd();
        }
        take_step();
    } catch (const std::exception& error) {
        faults_.push_back(fmt::format("an exception leaves the gateway: {}", error.what()));
    }
    node_.disarm();
}

void Town::take_step() {
    Office& office = *offices_[random_.below(offices_.size())];
    auto& log = office.log();
    const auto chance = random_.below(1000);
    if (chance < 550) return office.act();
    if (chance < 650) return void(log.step());
    if (chance < 750) return node_.logs.settle();
    if (chance < 850 && random_.below(50) == 0) {
        const Milliseconds step{static_cast<std::int64_t>(random_.below(7'200'000)) - 3'600'000};
        office.note(fmt::format("the machine's clock is set by {} ms", step.count()));
        node_.set_clock(step);
    }
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
    for (const auto& office : offices_) office->log().broken = office->log().unreadable = false;
    node_.logs.settle();
    pass(2min);  // a company that failed is back
    node_.logs.settle();
    for (const auto& office : offices_) office->leave_all();
    // Callbacks are given up after a day, messages after a week.
    for (int hours = 0; hours < 200; ++hours) node_.leap(1h);
}

std::vector<std::string> Town::check() {
    if (node_.wake_at && *node_.wake_at <= node_.now()) pass({});
    std::vector<std::string> faults = std::exchange(faults_, {});
    for (const auto& office : offices_)
        for (std::string& fault : office->check()) faults.push_back(fmt::format("{}: {}", office->company(), fault));
    const Node::Thrown thrown = node_.take_thrown();
    if (thrown.injected != thrown.counted || thrown.injected != thrown.failed.size())
        faults.push_back(
            fmt::format("{} throws were injected, {} counted, {} companies failed", thrown.injected, thrown.counted, thrown.failed.size()));
    if (node_.gateway().tally().violations != 0) faults.emplace_back("an auditor of the server has found something");
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
