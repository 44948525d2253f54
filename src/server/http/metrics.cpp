#include "server/http/metrics.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <array>

namespace calldocker::server::http {
namespace {

template <class Pick>
double sum(Shards& shards, Pick pick) {
    std::uint64_t total = 0;
    for (unsigned i = 0; i < shards.size(); ++i) total += pick(shards[i].counters()).value();
    return static_cast<double>(total);
}

struct Plain {
    const char* name;
    const char* help;
    Sample::Kind kind;
    Counter Counters::*counter;
};
constexpr std::array plain{
    Plain{"calldocker_connections_open", "Sockets of every kind", Sample::Kind::gauge, &Counters::connections_open},
    Plain{"calldocker_websockets_open", "WebSocket connections", Sample::Kind::gauge, &Counters::websockets_open},
    Plain{"calldocker_connections_accepted_total", "Connections taken from the listeners", Sample::Kind::counter,
          &Counters::connections_accepted},
    Plain{"calldocker_accept_errors_total", "Times that the system could not hand a connection over", Sample::Kind::counter,
          &Counters::accept_errors},
    Plain{"calldocker_websocket_upgrades_total", "Handshakes answered with 101", Sample::Kind::counter, &Counters::upgrades},
    Plain{"calldocker_websocket_upgrades_refused_total", "Upgraded, then closed for their token", Sample::Kind::counter,
          &Counters::upgrades_refused},
    Plain{"calldocker_websocket_messages_received_total", "Text messages from clients", Sample::Kind::counter,
          &Counters::messages_received},
    Plain{"calldocker_websocket_messages_sent_total", "Text messages to clients", Sample::Kind::counter, &Counters::messages_sent},
    Plain{"calldocker_received_bytes_total", "Bytes read from connections", Sample::Kind::counter, &Counters::bytes_received},
    Plain{"calldocker_sent_bytes_total", "Bytes written to connections", Sample::Kind::counter, &Counters::bytes_sent},
    Plain{"calldocker_http_timeouts_total", "Requests and answers that took too long", Sample::Kind::counter, &Counters::http_timeouts},
    Plain{"calldocker_loop_rounds_total", "Rounds of the event loops", Sample::Kind::counter, &Counters::rounds},
    Plain{"calldocker_loop_writes_total", "Writes to sockets", Sample::Kind::counter, &Counters::flushes},
    Plain{"calldocker_unexpected_errors_total", "Exceptions that nobody expected: bugs", Sample::Kind::counter,
          &Counters::unexpected_errors},
};
constexpr std::array<const char*, static_cast<std::size_t>(Ending::count_)> endings{"protocol_error", "too_big",   "rate_limited",
                                                                                    "slow_reader",    "no_answer", "handler_failed"};
constexpr std::array<const char*, static_cast<std::size_t>(Refusal::count_)> refusals{"address_has_too_many", "address_is_too_fast",
                                                                                      "server_is_full", "no_descriptors"};

}  // namespace

std::vector<Sample> transport_samples(Shards& shards) {
    std::vector<Sample> samples;
    for (const Plain& entry : plain) {
        const double value = sum(shards, [&](const Counters& counters) -> const Counter& { return counters.*entry.counter; });
        samples.push_back({entry.name, entry.help, entry.kind, value});
    }
    for (std::size_t i = 0; i < refusals.size(); ++i) {
        const double value = sum(shards, [&](const Counters& counters) -> const Counter& { return counters.refusals.at(i); });
        samples.push_back({"calldocker_connections_refused_total", "Connections that were not let in, by reason", Sample::Kind::counter,
                           value, "reason", refusals.at(i)});
    }
    for (std::size_t i = 0; i < endings.size(); ++i) {
        const double value = sum(shards, [&](const Counters& counters) -> const Counter& { return counters.endings.at(i); });
        samples.push_back({"calldocker_websocket_endings_total", "Connections that the server ended, by reason", Sample::Kind::counter,
                           value, "reason", endings.at(i)});
    }
    for (std::size_t i = 2; i < 6; ++i) {
        const double value = sum(shards, [&](const Counters& counters) -> const Counter& { return counters.http_responses.at(i); });
        samples.push_back({"calldocker_http_responses_total", "Answers, by class of status", Sample::Kind::counter, value, "status",
                           std::to_string(i) + "xx"});
    }
    return samples;
}

std::string render_metrics(const std::vector<Sample>& samples) {
    std::vector<prometheus::MetricFamily> families;
    for (const Sample& sample : samples) {
        if (families.empty() || families.back().name != sample.name) {
            auto& family = families.emplace_back();
            family.name = sample.name;
            family.help = sample.help;
            family.type = sample.kind == Sample::Kind::gauge ? prometheus::MetricType::Gauge : prometheus::MetricType::Counter;
        }
        auto& metric = families.back().metric.emplace_back();
        metric.gauge.value = sample.value;
        metric.counter.value = sample.value;
        if (!sample.label.empty()) metric.label.push_back({sample.label, sample.label_value});
        if (!sample.label_2.empty()) metric.label.push_back({sample.label_2, sample.label_2_value});
    }
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace calldocker::server::http
