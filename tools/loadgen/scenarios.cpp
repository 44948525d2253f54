#include "scenarios.hpp"

#include <fmt/format.h>

#include <charconv>
#include <deque>
#include <stdexcept>

namespace calldocker::loadgen {
namespace {

using namespace std::chrono_literals;

/// Measures from its making to finish().
class Meter {
public:
    Meter(const Bench& bench, std::string scenario, std::string unit)
        : pid_(bench.server_pid), before_(process_use(pid_)), start_(Clock::now()) {
        outcome_.scenario = std::move(scenario);
        outcome_.unit = std::move(unit);
    }
    Outcome& outcome() { return outcome_; }
    Outcome finish() {
        outcome_.wall_seconds = std::chrono::duration<double>(Clock::now() - start_).count();
        outcome_.server_cpu_seconds = process_use(pid_).cpu_seconds - before_.cpu_seconds;
        return std::move(outcome_);
    }
    [[nodiscard]] Clock::time_point start() const { return start_; }

private:
    int pid_;
    ProcessUse before_;
    Clock::time_point start_;
    Outcome outcome_;
};

/// The number behind `"name":` in a message of a form that we made ourselves; -1 if it is not there.
std::int64_t number_of(std::string_view text, std::string_view name) {
    const auto at = text.find(name);
    if (at == std::string_view::npos) return -1;
    std::int64_t number = -1;
    std::from_chars(text.data() + at + name.size(), text.data() + text.size(), number);
    return number;
}

bool is_type(std::string_view text, std::string_view type) { return text.starts_with(fmt::format(R"({{"type":"{}")", type)); }
std::int64_t now_ns() { return Clock::now().time_since_epoch().count(); }

/// Connects `count` clients and waits until each has been greeted.
std::vector<Client*> greeted(Swarm& swarm, std::size_t count, const std::function<std::string(std::size_t)>& token) {
    auto clients = swarm.connect_all(count, token);
    std::size_t greetings = 0;
    for (Client* client : clients)
        client->on_text = [&greetings](std::string_view text) { greetings += is_type(text, "connection_established"); };
    // A greeting may have come before its handler was set: a ping is answered after it.
    std::size_t pongs = 0;
    for (Client* client : clients) {
        client->on_text = [&pongs](std::string_view text) { pongs += is_type(text, "pong"); };
        client->send(R"({"type":"ping"})");
    }
    if (!swarm.run([&] { return pongs == count; }, 60s)) throw std::runtime_error("not every client was answered");
    return clients;
}

void join(Swarm& swarm, Client& client, std::string_view room) {
    bool joined = false;
    auto before = std::exchange(client.on_text, [&joined](std::string_view text) { joined |= is_type(text, "room_joined"); });
    client.send(fmt::format(R"({{"type":"join_room","roomId":"{}"}})", room));
    if (!swarm.run([&] { return joined; }, 10s)) throw std::runtime_error("a room could not be joined");
    client.on_text = std::move(before);
}

/// One direction of candidates between two users.
struct Lane {
    Client* sender{};
    std::string target;
    std::int64_t number{};  // of this lane, in every message
    std::int64_t next{};
    std::int64_t expected{};

    void send() {
        sender->send(fmt::format(R"({{"type":"ice_candidate","targetUserId":"{}","candidate":{{"lane":{},"n":{},"at":{}}}}})", target,
                                 number, next++, now_ns()));
    }
    void received(std::string_view text, Outcome& outcome) {
        if (number_of(text, R"("lane":)") != number) {
            ++outcome.misrouted;
            return;
        }
        const auto n = number_of(text, R"("n":)");
        if (n < expected) {
            ++outcome.doubled;
            return;
        }
        outcome.lost += static_cast<std::uint64_t>(n - expected);
        expected = n + 1;
        ++outcome.count;
        outcome.latencies.emplace_back(now_ns() - number_of(text, R"("at":)"));
    }
};

}  // namespace

Outcome relay(const Bench& bench, std::size_t pairs, std::size_t in_flight) {
    Swarm swarm(bench.endpoint);
    const auto clients = greeted(swarm, pairs * 2, [&](std::size_t i) { return bench.token("relay", fmt::format("user-{}", i), "agent"); });
    std::vector<Lane> lanes(pairs);
    Meter meter(bench, fmt::format("relay, {} in flight", in_flight), "messages");
    bool sending = true;
    for (std::size_t i = 0; i < pairs; ++i) {
        lanes[i] = {clients[2 * i], fmt::format("user-{}", 2 * i + 1), static_cast<std::int64_t>(i), 0, 0};
        clients[2 * i + 1]->on_text = [&lane = lanes[i], &outcome = meter.outcome(), &sending](std::string_view text) {
            if (!is_type(text, "ice_candidate")) return;
            lane.received(text, outcome);
            if (sending) lane.send();
        };
        for (std::size_t n = 0; n < in_flight; ++n) lanes[i].send();
    }
    swarm.run([&] { return Clock::now() - meter.start() >= bench.duration; }, bench.duration + 1s);
    sending = false;
    const auto all_here = [&] {
        for (const Lane& lane : lanes)
            if (lane.expected < lane.next) return false;
        return true;
    };
    swarm.run(all_here, 2s);
    for (const Lane& lane : lanes) meter.outcome().lost += static_cast<std::uint64_t>(lane.next - lane.expected);
    return meter.finish();
}

Outcome fan_out(const Bench& bench, std::size_t listeners) {
    Swarm swarm(bench.endpoint);
    const auto clients =
        greeted(swarm, listeners + 1, [&](std::size_t i) { return bench.token("fanout", fmt::format("user-{}", i), "agent"); });
    for (std::size_t i = 1; i < clients.size(); ++i) join(swarm, *clients[i], "bench-room");
    Meter meter(bench, fmt::format("fan-out to {}", listeners), "messages");
    std::int64_t round = 0;
    std::size_t here = 0;
    for (std::size_t i = 1; i < clients.size(); ++i)
        clients[i]->on_text = [&, seen = std::int64_t{-1}](std::string_view text) mutable {
            if (!is_type(text, "webrtc_offer")) return;
            const auto n = number_of(text, R"("n":)");
            if (n <= seen) ++meter.outcome().doubled;
            if (n > round) ++meter.outcome().misrouted;
            seen = n;
            ++here;
            ++meter.outcome().count;
            meter.outcome().latencies.emplace_back(now_ns() - number_of(text, R"("at":)"));
        };
    while (Clock::now() - meter.start() < bench.duration) {
        here = 0;
        clients[0]->send(
            fmt::format(R"({{"type":"webrtc_offer","targetUserId":"bench-room","offer":{{"n":{},"at":{}}}}})", round, now_ns()));
        if (!swarm.run([&] { return here == listeners; }, 5s)) meter.outcome().lost += listeners - here;
        ++round;
    }
    return meter.finish();
}

Outcome connect(const Bench& bench, std::size_t count, std::size_t others) {
    Swarm swarm(bench.endpoint);
    (void)greeted(swarm, others, [&](std::size_t i) { return bench.token("connect", fmt::format("other-{}", i), "user"); });
    Meter meter(bench, others == 0 ? "connect" : fmt::format("connect beside {}", others), "connections");
    std::size_t started = 0, done = 0;
    std::vector<std::int64_t> since(count);
    const auto start_more = [&] {
        while (started < count && started - done < 128) {
            const std::size_t i = started++;
            since[i] = now_ns();
            Client& client = swarm.connect(bench.token("connect", fmt::format("user-{}", i), "user"));
            client.on_text = [&, i](std::string_view text) {
                if (!is_type(text, "connection_established")) return;
                ++done;
                ++meter.outcome().count;
                meter.outcome().latencies.emplace_back(now_ns() - since[i]);
            };
        }
        return done == count;
    };
    if (!swarm.run(start_more, 60s)) meter.outcome().lost = count - done;
    return meter.finish();
}

Outcome calls(const Bench& bench, std::size_t companies, std::size_t others) {
    constexpr int candidates = 4;
    struct Pair {
        Client* visitor{};
        Client* agent{};
        std::int64_t call{}, began{};
        int visitor_got{}, agent_got{};
        bool answered{}, ended{true};
    };
    Swarm swarm(bench.endpoint);
    const auto clients = greeted(swarm, companies * 2, [&](std::size_t i) {
        return bench.token(fmt::format("calls-{}", i / 2), i % 2 == 0 ? "visitor" : "agent", i % 2 == 0 ? "user" : "agent");
    });
    (void)greeted(swarm, others, [&](std::size_t i) { return bench.token("calls-0", fmt::format("other-{}", i), "user"); });
    std::vector<Pair> pairs(companies);
    for (std::size_t i = 0; i < companies; ++i) {
        pairs[i].visitor = clients[2 * i];
        pairs[i].agent = clients[2 * i + 1];
        join(swarm, *pairs[i].visitor, "public-calls");
        join(swarm, *pairs[i].agent, "public-calls");
        join(swarm, *pairs[i].agent, "agent-room");
    }
    Meter meter(bench, others == 0 ? "whole calls" : fmt::format("calls beside {}", others), "calls");
    bool going = true;
    const auto begin = [&](Pair& pair) {
        pair = {pair.visitor, pair.agent, pair.call + 1, now_ns(), 0, 0, false, false};
        pair.visitor->send(
            fmt::format(R"({{"type":"webrtc_offer","targetUserId":"agent-room","callId":"call-{}","offer":{{"sdp":"v=0"}}}})", pair.call));
    };
    const auto send_candidates = [](Client& from, std::string_view target, std::int64_t call) {
        for (int n = 0; n < candidates; ++n)
            from.send(fmt::format(R"({{"type":"ice_candidate","targetUserId":"{}","callId":"call-{}","candidate":{{"n":{}}}}})", target,
                                  call, n));
    };
    for (Pair& pair : pairs) {
        const auto mine = [&pair](std::string_view text) {
            return text.find(fmt::format(R"("callId":"call-{}")", pair.call)) != std::string_view::npos;
        };
        pair.agent->on_text = [&, mine](std::string_view text) {
            if (is_type(text, "webrtc_offer")) {
                if (!mine(text)) ++meter.outcome().misrouted;
                pair.agent->send(fmt::format(
                    R"({{"type":"webrtc_answer","targetUserId":"visitor","callId":"call-{}","answer":{{"sdp":"v=0"}}}})", pair.call));
                send_candidates(*pair.agent, "visitor", pair.call);
            } else if (is_type(text, "ice_candidate")) {
                if (!mine(text)) ++meter.outcome().misrouted;
                if (++pair.agent_got == candidates)
                    pair.visitor->send(
                        fmt::format(R"({{"type":"call_ended","callId":"call-{}","roomId":"public-calls","reason":"done"}})", pair.call));
            }
        };
        pair.visitor->on_text = [&, mine](std::string_view text) {
            if (is_type(text, "webrtc_answer")) {
                if (pair.answered) ++meter.outcome().doubled;
                pair.answered = true;
                send_candidates(*pair.visitor, "agent", pair.call);
            } else if (is_type(text, "call_ended")) {
                if (!mine(text)) ++meter.outcome().misrouted;
                if (std::exchange(pair.ended, true)) ++meter.outcome().doubled;
                ++meter.outcome().count;
                meter.outcome().latencies.emplace_back(now_ns() - pair.began);
                if (going) begin(pair);
            }
        };
        begin(pair);
    }
    swarm.run([&] { return Clock::now() - meter.start() >= bench.duration; }, bench.duration + 1s);
    going = false;
    swarm.run(
        [&] {
            for (const Pair& pair : pairs)
                if (!pair.ended) return false;
            return true;
        },
        3s);
    for (const Pair& pair : pairs) meter.outcome().lost += pair.ended ? 0 : 1;
    return meter.finish();
}

Outcome reconnect_storm(const Bench& bench, std::size_t count) {
    Swarm swarm(bench.endpoint);
    const auto token = [&](std::size_t i) { return bench.token("storm", fmt::format("user-{}", i), "user"); };
    for (Client* client : greeted(swarm, count, token)) client->vanish();
    Meter meter(bench, "reconnect storm", "connections");
    std::size_t done = 0;
    const std::int64_t since = now_ns();
    for (std::size_t i = 0; i < count; ++i)
        swarm.connect(token(i)).on_text = [&](std::string_view text) {
            if (!is_type(text, "connection_established")) return;
            ++done;
            ++meter.outcome().count;
            meter.outcome().latencies.emplace_back(now_ns() - since);
        };
    if (!swarm.run([&] { return done == count; }, 60s)) meter.outcome().lost = count - done;
    return meter.finish();
}

Outcome idle(const Bench& bench, std::size_t count) {
    Swarm swarm(bench.endpoint);
    const double before = process_use(bench.server_pid).resident_bytes;
    Meter meter(bench, "idle", "connections");
    const auto clients = greeted(swarm, count, [&](std::size_t i) { return bench.token("idle", fmt::format("user-{}", i), "user"); });
    meter.outcome().count = clients.size();
    meter.outcome().bytes_per_connection = (process_use(bench.server_pid).resident_bytes - before) / static_cast<double>(count);
    return meter.finish();
}

}  // namespace calldocker::loadgen
