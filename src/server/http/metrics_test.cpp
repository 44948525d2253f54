#include "server/http/metrics.hpp"

#include <gmock/gmock.h>

namespace calldocker::server::http {
namespace {

using ::testing::HasSubstr;

TEST(Metrics, AddUpTheShardsAndNameTheirKind) {
    Shards shards(2);
    shards[0].counters().messages_received.add(3);
    shards[1].counters().messages_received.add(4);
    shards[1].counters().endings.at(static_cast<std::size_t>(Ending::rate_limited)).add();

    const std::string text = render_metrics(transport_samples(shards));

    EXPECT_THAT(text,
                HasSubstr("# TYPE calldocker_websocket_messages_received_total counter\ncalldocker_websocket_messages_received_total 7"));
    EXPECT_THAT(text, HasSubstr("calldocker_websocket_endings_total{reason=\"rate_limited\"} 1"));
}

}  // namespace
}  // namespace calldocker::server::http
