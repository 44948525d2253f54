#include "simulation/node.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "base/text.hpp"

namespace calldocker::simulation {

/// "user@company/role"
struct Node::Tokens final : ports::TokenVerifier {
    Result<domain::Identity> verify(std::string_view token, Instant) override {
        const auto at = token.find('@'), slash = token.find('/');
        const std::string_view role = token.substr(slash + 1);
        return domain::Identity{.company = CompanyId(token.substr(at + 1, slash - at - 1)),
                                .user = UserId(token.substr(0, at)),
                                .role = role == "agent"        ? domain::Role::agent
                                        : role == "supervisor" ? domain::Role::supervisor
                                                               : domain::Role::customer,
                                .role_name = std::string(role),
                                .name = {},
                                .anonymous = false,
                                .token_expires_at = {}};
    }
};

struct Node::Seal final : ports::Sealer {
    std::string seal(std::string_view payload) override { return base64url_encode(payload); }
    std::optional<std::string> unseal(std::string_view text) override { return base64url_decode(text); }
};

struct Node::Zones final : ports::TimeZones {
    explicit Zones(Node& of) : node(of) {}
    Result<domain::ZoneOffsets> offsets(std::string_view, Instant, Instant) override {
        node.may_throw({});
        return domain::ZoneOffsets{};
    }
    Node& node;
};

Node::Node(Rng& random)
    : random_(random), tokens_(std::make_unique<Tokens>()), seal_(std::make_unique<Seal>()), zones_(std::make_unique<Zones>(*this)) {
    logs.before = [this](const CompanyId& company, std::string_view) { may_throw(company); };
}

void Node::start(const std::vector<CompanyId>& companies) {
    gateway_.reset();
    wake_at.reset();
    server::GatewayPorts ports{.log = logs,
                               .tokens = *tokens_,
                               .sealer = *seal_,
                               .clock =
                                   [this] {
                                       may_throw({});
                                       return now;
                                   },
                               .random_bytes =
                                   [this](std::size_t bytes) {
                                       std::string drawn;
                                       while (drawn.size() < bytes) drawn.push_back(static_cast<char>(random_.below(256)));
                                       return drawn;
                                   },
                               .epoch = fmt::format("epoch-{}", ++epochs_),
                               .ice = {},
                               .zones = zones_.get(),
                               .unexpected_errors = &unexpected_errors_};
    gateway_ = std::make_unique<server::Gateway>(server::GatewaySettings{}, std::move(ports), [this](Instant at) { wake_at = at; });
    for (const CompanyId& company : companies)
        if (!logs.of(company).events.empty()) gateway_->wake(company);
}

bool Node::pass(Milliseconds time) {
    const Instant until = now + time;
    for (int ticks = 0; wake_at && *wake_at <= until; ++ticks) {
        if (ticks > 10'000) return false;
        now = std::max(now, *std::exchange(wake_at, std::nullopt));
        gateway_->tick(now);
        if (random_.below(2) == 0) logs.settle();
    }
    now = until;
    return true;
}

void Node::leap(Milliseconds time) {
    now += time;
    wake_at.reset();
    gateway_->tick(now);
    logs.settle();
}

void Node::may_throw(const CompanyId& company) {
    if (!fault_in_ || (*fault_in_)-- != 0) return;
    fault_in_.reset();
    ++thrown_.count;
    thrown_.by = company;
    throw std::runtime_error("injected by the simulation");
}

Node::Thrown Node::take_thrown() {
    Thrown thrown = std::exchange(thrown_, {});
    thrown.reported = unexpected_errors_.value() - std::exchange(reported_before_, unexpected_errors_.value());
    return thrown;
}

}  // namespace calldocker::simulation
