// Loads a CallDocker server over loopback and prints what it found: a table, and JSON with --json.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <map>
#include <optional>

#include "adapters/jose/hmac.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "scenarios.hpp"

namespace {

using namespace calldocker;

/// A development token: the server checks everything but the signature.
std::string development_token(const std::string& company, const std::string& user, const std::string& role) {
    return base64url_encode(R"({"alg":"HS256","typ":"JWT"})") + "." +
           base64url_encode(fmt::format(R"({{"id":"{}","role":"{}","company_id":"{}"}})", user, role, company)) + ".mock_signature";
}

/// A token as a company's own site would sign it; a new one each time.
std::string signed_token(adapters::jose::Hmac& key, const std::string& company, const std::string& user, const std::string& role) {
    static std::uint64_t number = 0;
    const std::string text = base64url_encode(R"({"alg":"HS256","typ":"JWT"})") + "." +
                             base64url_encode(fmt::format(R"({{"id":"{}","role":"{}","company_id":"{}","exp":4102444800,"jti":"{}"}})",
                                                          user, role, company, ++number));
    const auto digest = key.digest(text);
    return text + "." + base64url_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

int run(int argc, char** argv) {
    CLI::App app{"Loads a CallDocker server on loopback and measures it", "loadgen"};
    loadgen::Bench bench;
    bench.token = development_token;
    int seconds = 5;
    std::string secret;
    std::string json_file;
    std::size_t connections = 10'000;
    std::vector<std::string> wanted;
    app.add_option("--host", bench.endpoint.host, "Loopback address of the server")->capture_default_str();
    app.add_option("--port", bench.endpoint.port, "Its WebSocket port")->required();
    app.add_option("--pid", bench.server_pid, "Its process, for CPU and memory");
    app.add_option("--secret", secret, "Its JWT_SECRET: tokens are signed with it. Without: development tokens, which are not");
    app.add_option("--seconds", seconds, "How long each timed scenario runs")->check(CLI::Range(1, 60))->capture_default_str();
    app.add_option("--connections", connections, "For connect, reconnect and idle")->check(CLI::Range(1, 15'000))->capture_default_str();
    app.add_option("--json", json_file, "Write JSON to this file, beside the table on stdout");
    std::map<std::string, std::function<loadgen::Outcome()>> scenarios{
        {"idle", [&] { return loadgen::idle(bench, connections); }},
        {"relay-1", [&] { return loadgen::relay(bench, 1, 1); }},
        {"relay-many", [&] { return loadgen::relay(bench, 50, 1); }},
        {"relay-16", [&] { return loadgen::relay(bench, 50, 16); }},
        {"fanout", [&] { return loadgen::fan_out(bench, 1000); }},
        {"connect", [&] { return loadgen::connect(bench, connections); }},
        {"calls", [&] { return loadgen::calls(bench, 32); }},
        {"reconnect", [&] { return loadgen::reconnect_storm(bench, connections); }},
    };
    // How the costs grow with those who are merely connected.
    for (const std::size_t others : {1'000u, 4'000u, 16'000u})
        scenarios.emplace(fmt::format("connect-beside-{}", others), [&bench, others] { return loadgen::connect(bench, 2'000, others); });
    for (const std::size_t others : {500u, 2'000u, 8'000u})
        scenarios.emplace(fmt::format("calls-beside-{}", others), [&bench, others] { return loadgen::calls(bench, 1, others); });
    std::vector<std::string> names;
    for (const auto& [name, scenario] : scenarios) names.push_back(name);
    app.add_option("scenario", wanted, "What to measure; nothing: everything")->check(CLI::IsMember(names));
    CLI11_PARSE(app, argc, argv);

    std::optional<adapters::jose::Hmac> key;
    if (!secret.empty()) {
        key.emplace(Secret<std::string>(secret));
        bench.token = [&key](const auto& company, const auto& user, const auto& role) { return signed_token(*key, company, user, role); };
    }
    bench.duration = std::chrono::seconds(seconds);
    // Memory is measured first, while the server has not yet grown for other reasons.
    if (wanted.empty()) wanted = {"idle", "relay-1", "relay-many", "relay-16", "fanout", "connect", "calls", "reconnect"};
    std::vector<loadgen::Outcome> outcomes;
    for (const std::string& name : wanted) {
        fmt::print(stderr, "{} …\n", name);
        outcomes.push_back(scenarios.at(name)());
    }
    loadgen::print_table(outcomes);
    if (!json_file.empty()) loadgen::write_json(outcomes, json_file);
    for (const loadgen::Outcome& outcome : outcomes)
        if (outcome.lost + outcome.doubled + outcome.misrouted > 0) return 1;
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "loadgen: {}\n", error.what());
        return 1;
    }
}
