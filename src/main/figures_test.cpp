#include "main/figures.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>

namespace calldocker::main {
namespace {

using server::http::Sample;

std::string text_of(const std::string& file) {
    std::ifstream in(std::string(CALLDOCKER_SOURCE_DIR) + "/" + file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_FALSE(text.empty()) << file;
    return text;
}

std::vector<std::string> found(const std::string& text, const std::string& pattern) {
    const std::regex expression(pattern);
    std::vector<std::string> all;
    for (auto match = std::sregex_iterator(text.begin(), text.end(), expression); match != std::sregex_iterator(); ++match)
        all.push_back((*match)[1].str());
    return all;
}

/// One metric as /metrics has it and as the table of docs/operations.md should: its kind and its label with all values.
using Metrics = std::map<std::string, std::string>;

std::vector<Sample> all_samples() {
    server::Shards shards(1);
    auto samples = server::http::transport_samples(shards);
    for (Sample& sample : figures_samples({ShardFigures{}}, {}, {})) samples.push_back(std::move(sample));
    return samples;
}

Metrics printed() {
    Metrics metrics;
    std::map<std::string, std::vector<std::string>> seconds;  // of metrics with two labels: the second's values
    for (const Sample& sample : all_samples()) {
        const auto [entry, is_first] = metrics.try_emplace(sample.name, sample.kind == Sample::Kind::gauge ? "gauge | " : "counter | ");
        if (sample.label.empty()) continue;
        if (is_first) entry->second += fmt::format("`{}`", sample.label);
        if (sample.label == "version") continue;  // not a closed set
        if (!sample.label_2.empty()) {
            auto& values = seconds[sample.name];
            if (std::find(values.begin(), values.end(), sample.label_2_value) == values.end()) values.push_back(sample.label_2_value);
            if (sample.label_2_value != values.front()) continue;
        }
        entry->second += fmt::format("{} `{}`", is_first ? ":" : ",", sample.label_value);
    }
    for (const auto& [name, values] : seconds) metrics[name] += "; `scope`: `" + fmt::format("{}", fmt::join(values, "`, `")) + "`";
    return metrics;
}

Metrics documented() {
    Metrics metrics;
    const std::string page = text_of("docs/operations.md");
    const std::regex row("\\| `(calldocker_[a-z_]+)` \\| (counter|gauge) \\| ([^|]*?) ?\\| ([^|]*?) ?\\| ([^|]*?) ?\\|\n");
    for (auto match = std::sregex_iterator(page.begin(), page.end(), row); match != std::sregex_iterator(); ++match) {
        EXPECT_TRUE(metrics.try_emplace((*match)[1], (*match)[2].str() + " | " + (*match)[3].str()).second)
            << (*match)[1] << " stands twice";
        EXPECT_FALSE((*match)[4].str().empty()) << (*match)[1] << " has no meaning";
    }
    return metrics;
}

TEST(Metrics, TheTableOfTheOperationsPageIsWhatIsPrinted) { EXPECT_EQ(documented(), printed()); }

TEST(Metrics, EachHasHelpAndItsKindsEnding) {
    for (const Sample& sample : all_samples()) {
        EXPECT_FALSE(sample.help.empty()) << sample.name;
        EXPECT_EQ(sample.name.ends_with("_total"), sample.kind == Sample::Kind::counter) << sample.name;
    }
}

TEST(Metrics, TheDashboardAndTheAlertsAskForWhatExistsAlone) {
    const Metrics metrics = printed();
    std::set<std::string> values;
    for (const Sample& sample : all_samples()) values.insert(sample.label_value);
    for (const char* file : {"deploy/grafana/calldocker.json", "deploy/prometheus-alerts.yml"}) {
        const std::string text = text_of(file);
        const auto names = found(text, "(calldocker_[a-z_]+)");
        EXPECT_FALSE(names.empty()) << file;
        for (const std::string& name : names) EXPECT_TRUE(metrics.contains(name)) << name << " in " << file;
        for (const std::string& asked : found(text, "(?:reason|status)=~?\\\\?\"([^\"\\\\]+)"))
            for (const std::string& value : found(asked, "([^|]+)")) EXPECT_TRUE(values.contains(value)) << value << " in " << file;
    }
}

TEST(Metrics, TheDashboardShowsEveryOne) {
    const auto names = found(text_of("deploy/grafana/calldocker.json"), "(calldocker_[a-z_]+)");
    const std::set<std::string> shown(names.begin(), names.end());

    for (const auto& [name, kind] : printed()) EXPECT_TRUE(shown.contains(name)) << name;
}

}  // namespace
}  // namespace calldocker::main
