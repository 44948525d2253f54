#include "simulation/node.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "server/gateway/gateway_harness.hpp"

namespace calldocker::simulation {
namespace {

Node* listening = nullptr;

}  // namespace

struct Node::Zones final : ports::TimeZones {
    explicit Zones(Node& of) : node(of) {}
    Result<domain::ZoneOffsets> offsets(std::string_view, Instant, Instant) override {
        node.may_throw();
        return domain::ZoneOffsets{};
    }
    Node& node;
};

Node::Node(Rng& random)
    : random_(random),
      tokens_(std::make_unique<server::testing::OpenTokens>()),
      sealer_(std::make_unique<server::testing::PlainSealer>()),
      zones_(std::make_unique<Zones>(*this)) {
    logs.before = [this](const CompanyId&, std::string_view) { may_throw(); };
    listening = this;
    log::install(&Node::listen, log::Level::error);
}

Node::~Node() {
    log::install(nullptr, log::Level::error);
    listening = nullptr;
}

void Node::listen(log::Level, std::string_view event, std::span<const log::Field> fields) {
    if (event != "company.failed") return;
    for (const log::Field& field : fields)
        if (field.name == "company") listening->thrown_.failed.emplace_back(std::get<std::string_view>(field.value.variant()));
}

void Node::start(const std::vector<CompanyId>& companies) {
    gateway_.reset();
    wake_at.reset();
    const auto clock = [this] {
        may_throw();
        return now();
    };
    const auto random_bytes = [this](std::size_t bytes) {
        std::string drawn;
        while (drawn.size() < bytes) drawn.push_back(static_cast<char>(random_.below(256)));
        return drawn;
    };
    server::GatewayPorts ports{.log = logs,
                               .tokens = *tokens_,
                               .sealer = *sealer_,
                               .clock = clock,
                               .random_bytes = random_bytes,
                               .epoch = fmt::format("epoch-{}", ++runs_),
                               .ice = {},
                               .zones = zones_.get(),
                               .unexpected_errors = &unexpected_errors_};
    gateway_ = std::make_unique<server::Gateway>(server::GatewaySettings{}, std::move(ports), [this](Instant at) { wake_at = at; });
    for (const CompanyId& company : companies) gateway_->wake(company);
}

void Node::rest(Milliseconds time, Instant newest) {
    machine_.pass(time);
    machine_.restart(newest);
    told_offset_ = machine_.offset();
}

bool Node::pass(Milliseconds time) {
    const Instant until = now() + time;
    for (int ticks = 0; wake_at && *wake_at <= until; ++ticks) {
        if (ticks > 10'000) return false;
        machine_.pass_until(*std::exchange(wake_at, std::nullopt));
        gateway_->tick(now());
        if (random_.below(2) == 0) logs.settle();
    }
    machine_.pass_until(until);
    tell_time();
    return true;
}

void Node::leap(Milliseconds time) {
    machine_.pass(time);
    wake_at.reset();
    gateway_->tick(now());
    logs.settle();
}

void Node::tell_time() {
    if (std::chrono::abs(machine_.offset() - told_offset_) <= 250ms) return;
    told_offset_ = machine_.offset();
    disarm();  // it tells them in the order of their addresses in memory, which no seed repeats
    while (gateway_->tell_time(now())) {
    }
}

void Node::may_throw() {
    if (!fault_in_ || (*fault_in_)-- != 0) return;
    fault_in_.reset();
    ++thrown_.injected;
    throw std::runtime_error("injected by the simulation");
}

Node::Thrown Node::take_thrown() {
    Thrown thrown = std::exchange(thrown_, {});
    thrown.counted = unexpected_errors_.value() - std::exchange(counted_before_, unexpected_errors_.value());
    return thrown;
}

}  // namespace calldocker::simulation
