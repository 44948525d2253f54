#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "server/net/shard.hpp"

namespace calldocker::server::http {

/// One number for /metrics; every module that counts has some.
struct Sample {
    enum class Kind { counter, gauge };
    std::string name;  ///< calldocker_<area>_<what>_<unit>[_total]
    std::string help;
    Kind kind{Kind::counter};
    double value{};
    std::string label{};  ///< empty: none. From a closed set; samples of one name are printed together.
    std::string label_value{};
    std::string label_2{};  ///< empty: none
    std::string label_2_value{};
};

/// The transport's counts, summed over the shards. From any thread.
[[nodiscard]] std::vector<Sample> transport_samples(Shards& shards);

/// The text format of Prometheus, version 0.0.4.
[[nodiscard]] std::string render_metrics(const std::vector<Sample>& samples);
inline constexpr std::string_view metrics_content_type = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace calldocker::server::http
