#include "main/serve.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>
#include <thread>

#include "adapters/filesystem/blob_files.hpp"
#include "adapters/filesystem/ownership.hpp"
#include "adapters/filesystem/worker.hpp"
#include "adapters/jose/keys.hpp"
#include "adapters/jose/signer.hpp"
#include "adapters/jose/verifier.hpp"
#include "adapters/sql/database.hpp"
#include "adapters/sql/key_values.hpp"
#include "adapters/sql/log_reader.hpp"
#include "adapters/sql/sql_store.hpp"
#include "adapters/system/server_clock.hpp"
#include "adapters/system/system.hpp"
#include "adapters/system/time_zones.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "main/api_routes.hpp"
#include "main/budget_settings.hpp"
#include "main/figures.hpp"
#include "main/place.hpp"
#include "main/public_keys.hpp"
#include "main/transport_setup.hpp"
#include "main/version.hpp"
#include "protocol/json/writer.hpp"
#include "protocol/signalling/encode.hpp"
#include "server/gateway/gateway.hpp"
#include "server/http/assets.hpp"
#include "server/http/metrics.hpp"
#include "server/http/problem.hpp"
#include "server/http/routes.hpp"
#include "server/http/transport.hpp"
#include "server/net/shard.hpp"

namespace calldocker::main {
namespace {

using adapters::sql::SqlStore;
namespace http = server::http;

/// How soon a running server knows that an operator has voided all resume tokens. It costs one row.
constexpr std::chrono::seconds key_generation_interval{5};

/// Asks every shard for something of its own and goes on, on the asking shard, when all have answered.
template <class Answer>
void gather(std::vector<std::unique_ptr<Place>>& places, server::Shard& asking, std::function<Answer(Place&)> question,
            std::function<void(std::vector<Answer>)> then) {
    struct Gathering {
        std::vector<Answer> answers;
        std::size_t missing;
        std::function<void(std::vector<Answer>)> then;
    };
    auto gathering = std::make_shared<Gathering>(Gathering{std::vector<Answer>(places.size()), places.size(), std::move(then)});
    for (std::size_t i = 0; i < places.size(); ++i) {
        places[i]->shard.post([&asking, &place = *places[i], i, gathering, question] {
            asking.post([i, gathering, answer = question(place)]() mutable {
                gathering->answers[i] = std::move(answer);
                if (--gathering->missing == 0) gathering->then(std::move(gathering->answers));
            });
        });
    }
}

server::SignInSettings sign_in_settings(const Settings& settings) {
    server::SignInSettings sign_in;
    sign_in.development = settings.mode == Mode::development;
    sign_in.any_company = sign_in.development;
    for (const std::string& company : settings.visitor_companies) {
        if (company == "*") sign_in.any_company = true;
        sign_in.visitor_companies.insert(CompanyId(company));
    }
    return sign_in;
}

/// How often a shard looks whether its next deadline has come by our clock, and whether that clock has been corrected: by 0.5 % of this
/// time at most, far less than the correction that clients hear of.
constexpr Milliseconds timer_checked_every{5'000};
/// Clients hear of the clock when it has moved by more than this since they last did.
constexpr Milliseconds clock_moved{250};
/// Further apart than this, ours and the system's clock are worth a line in the log.
constexpr Milliseconds clocks_apart{2'000};

/// The running server.
class Node {
public:
    Node(const Settings& settings, const ServeOptions& options) : settings_(settings), options_(options) {}

    /// @errors whatever keeps it from starting, with the remedy
    Result<> start();
    /// Blocks until SIGTERM or SIGINT, then ends what goes on, within seconds.
    void run_until_told();

private:
    Result<> own_the_data();
    Result<> open_store();
    Result<> load_pages();
    /// Every few seconds: an operator may have begun another generation of the keys (`calldocker session revoke-all`).
    void follow_key_generation();
    void furnish(Place& place, const std::string& epoch);
    void sweep_recordings();
    void wake_companies();
    void schedule(Place& place, Instant at);
    void health(Place& place, const http::Respond& respond);
    void metrics(Place& place, const http::Respond& respond);
    [[nodiscard]] std::int64_t uptime_ms() const {
        return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - running_since_).count();
    }
    /// Makes the server's clock, which goes on from the newest event.
    Result<> start_clock();
    /// Now and every some seconds: tells clients, and the log, how the clock has moved.
    void watch_clock(Place& place);
    void tell_time(Place& place);

    const Settings& settings_;
    const ServeOptions options_;
    const Instant started_at_ = adapters::system_now();
    const std::chrono::steady_clock::time_point running_since_ = std::chrono::steady_clock::now();
    std::optional<adapters::ServerClock> clock_;
    bool clocks_are_apart_{};                 // as the last log line about them said
    std::vector<adapters::Ownership> owned_;  // before everything that reads and writes the data
    adapters::jose::VerifierSettings keys_;
    Secret<std::string> resume_key_;
    std::atomic<std::uint64_t> key_generation_{0};  // that resume tokens and codes are of
    std::unique_ptr<adapters::jose::Hs256Issuer> issuer_;
    http::Assets assets_;
    const adapters::BlobFiles recordings_{settings_.data_dir / "recordings"};
    // Shards before the store and the worker: their last completions are posted to them.
    std::unique_ptr<server::Shards> shards_;
    std::unique_ptr<SqlStore> store_;
    std::unique_ptr<adapters::Worker> worker_;
    std::unique_ptr<adapters::Worker> tidying_;  // scans of all that is kept: uploads and plays do not wait for them
    adapters::SystemTimeZones zones_;
    std::vector<std::unique_ptr<Place>> places_;
    std::size_t connections_max_{};
    std::unique_ptr<server::Transport> transport_;

    std::mutex mutex_;
    std::condition_variable told_;
    bool stop_ = false;
};

// Two servers on one set of data would each take the other's contacts for abandoned and end them.
Result<> Node::own_the_data() {
    const std::filesystem::path database = settings_.database_file();
    std::vector<std::filesystem::path> locks{settings_.data_dir / "owner.lock"};
    if (database.parent_path() != settings_.data_dir) locks.emplace_back(database.string() + ".owner.lock");
    const std::string who = fmt::format("pid {} on {} since {}, ports {} and {} of {}", ::getpid(), adapters::host_name(),
                                        to_iso8601(started_at_), settings_.port, settings_.ws_port, settings_.host);
    for (const std::filesystem::path& lock : locks) {
        auto taken = adapters::Ownership::take(lock, who);
        if (!taken && taken.error().code == ErrorCode::conflict)
            return fail(
                ErrorCode::conflict,
                fmt::format("another calldocker has these data: {} ({}). Stop it first, or set DATA_DIR to a folder of this one's own",
                            trimmed(taken.error().detail), lock.string()));
        if (!taken) return fail(taken.error());
        owned_.push_back(std::move(*taken));
    }
    return {};
}

Result<> Node::open_store() {
    auto database = adapters::sql::Database::open(settings_.database_file(), started_at_);
    if (!database) return fail(database.error());
    auto key = adapters::sql::load_or_create_secret(**database, "resume_key", Secret<std::string>(adapters::random_bytes(32)));
    if (!key) return fail(key.error());
    resume_key_ = std::move(*key);
    const auto generation = adapters::sql::key_generation(**database);
    if (!generation) return fail(generation.error());
    key_generation_ = *generation;
    store_ = std::make_unique<SqlStore>(std::move(*database));
    return {};
}

Result<> Node::start_clock() {
    auto reader = adapters::sql::LogReader::open(settings_.database_file());
    if (!reader) return fail(reader.error());
    const auto newest = reader->newest_event();
    if (!newest) return fail(newest.error());
    clock_.emplace(*newest);
    return {};
}

void Node::tell_time(Place& place) {
    if (place.gateway->tell_time(place.shard.now())) place.shard.post([this, &place] { tell_time(place); });
}

void Node::watch_clock(Place& place) {
    const auto [offset, ahead] = clock_->state();
    const bool is_first = place.told_offset == Milliseconds{};
    if (!is_first && std::chrono::abs(offset - place.told_offset) > clock_moved) tell_time(place);
    if (is_first || std::chrono::abs(offset - place.told_offset) > clock_moved) place.told_offset = offset;
    if (&place == places_.front().get()) {
        const bool are_apart = std::chrono::abs(ahead) > clocks_apart;
        if (are_apart && !clocks_are_apart_) {
            log::warn(
                "clock.apart",
                {{"ahead_ms", ahead.count()},
                 {"remedy", "the system's clock was set; ours follows by 18 s an hour. A restart follows at once, if it was set forward"}});
        }
        if (!are_apart && clocks_are_apart_) log::info("clock.together", {{"ahead_ms", ahead.count()}});
        clocks_are_apart_ = are_apart;
    }
    place.shard.after(timer_checked_every, [this, &place] { watch_clock(place); });
}

Result<> Node::load_pages() {
    if (options_.websocket_only) return {};
    const auto folder = pages_folder(settings_);
    const auto is_the_widgets = [](std::string_view path) {
        return path == "/widget.js" || path.starts_with("/js/") || path.ends_with(".woff2") || path.starts_with("/assets/widget");
    };
    auto assets = http::Assets::load(folder, is_the_widgets);
    if (!assets && assets.error().code == ErrorCode::not_found) {
        log::warn("pages.missing",
                  {{"folder", folder.string()}, {"remedy", "build them with ./start-servers.sh --build-only, or set WEB_DIR"}});
        return {};
    }
    if (!assets) return fail(assets.error());
    assets_ = std::move(*assets);
    assets_.alias("/", "/index.html");
    assets_.alias("/agent", "/agent.html");
    assets_.alias("/agent-dashboard.html", "/agent.html");
    assets_.alias("/frontend/js/websocket-client.js", "/js/websocket-client.js");  // where pages of a checkout look for it
    return {};
}

void Node::schedule(Place& place, Instant at) {
    place.shard.cancel(place.timer);
    // A shard's timers stop while the machine sleeps, and aren't corrected as our clock is.
    const auto delay = std::clamp<Milliseconds>(at - place.shard.now(), Milliseconds{0}, timer_checked_every);
    place.timer = place.shard.after(delay, [this, &place, at] {
        if (place.shard.now() < at) return schedule(place, at);
        place.gateway->tick(place.shard.now());
    });
}

void Node::furnish(Place& place, const std::string& epoch) {
    server::GatewaySettings gateway;
    gateway.shard = place.shard.index();
    gateway.shards = shards_->size();
    gateway.registered_only = settings_.registered_companies_only;
    for (const std::string& company : settings_.companies) gateway.companies.insert(CompanyId(company));
    server::GatewayPorts ports{
        .log = place.log,
        .tokens = place.tokens,
        .sealer = place.sealer,
        .clock = [&shard = place.shard] { return shard.now(); },
        .turn_clock = adapters::system_now,
        .random_bytes = [](std::size_t bytes) { return adapters::random_bytes(bytes); },
        .epoch = epoch,
        .heartbeat = settings_.ping_interval,
        .token_grace = settings_.token_grace,
        .ice = {.stun_urls = settings_.stun_urls,
                .turn_urls = settings_.turn_urls,
                .turn_secret = settings_.turn_secret,
                .time_to_live = settings_.turn_ttl},
        .key_generation = [this] { return key_generation_.load(); },
        .zones = &zones_,
        .rooms_per_session_max = settings_.rooms_per_connection_max,
        .budgets = &place.budgets,
        .unexpected_errors = &place.shard.counters().unexpected_errors,
    };
    place.gateway =
        std::make_unique<server::Gateway>(std::move(gateway), std::move(ports), [this, &place](Instant at) { schedule(place, at); });
    place.sign_in = std::make_unique<server::SignIn>(sign_in_settings(settings_), *issuer_, place.tokens, place.budgets,
                                                     [](std::size_t bytes) { return adapters::random_bytes(bytes); });
    place.codes = std::make_unique<server::CodesApi>(*issuer_);
    if (settings_.registered_companies_only)
        place.registered.emplace(place.tokens, std::set<CompanyId>(settings_.companies.begin(), settings_.companies.end()));
    place.recordings = std::make_unique<adapters::FilesystemBlobs>(
        recordings_, *worker_, [&shard = place.shard](std::function<void()> work) { shard.post(std::move(work)); });
    place.voicemails = std::make_unique<server::Voicemails>(*place.recordings, place.sealer, place.budgets,
                                                            [](std::size_t bytes) { return adapters::random_bytes(bytes); });
    place.routes = std::make_unique<http::Routes>(assets_, http::OriginPolicy{settings_.allowed_origins});
    place.routes->add("GET", "/health", [this, &place](const http::Request&, const http::Respond& respond) { health(place, respond); });
    place.routes->add("GET", "/metrics", [this, &place](const http::Request&, const http::Respond& respond) { metrics(place, respond); });
    add_api_routes(place, {settings_, places_, key_generation_});
}

/// Now, and every day: removes recordings that were left and that no contact has named.
void Node::sweep_recordings() {
    const auto in_use = [this](const CompanyId& company) -> Result<std::set<ports::BlobId>> {
        auto reader = adapters::sql::LogReader::open(settings_.database_file());
        if (!reader) return fail(reader.error());
        const auto named = reader->recordings(company);
        if (!named) return fail(named.error());
        return std::set<ports::BlobId>(named->begin(), named->end());
    };
    const auto sweep = [this, in_use] {
        const auto swept = recordings_.sweep(adapters::system_now() - server::limits::voicemail_orphan_age, in_use);
        if (!swept) log::warn("recordings.not_swept", {{"detail", swept.error().detail}});
        if (swept && *swept > 0) log::info("recordings.swept", {{"removed", *swept}});
    };
    if (!tidying_->submit(0, sweep)) log::warn("recordings.not_swept", {{"detail", "too much is waiting for the disk; tomorrow again"}});
    places_.front()->shard.after(server::limits::voicemail_sweep_interval, [this] { sweep_recordings(); });
}

void Node::follow_key_generation() {
    const auto look = [this] {
        const auto database = adapters::sql::Database::open_read_only(settings_.database_file());
        const auto generation = database ? adapters::sql::key_generation(**database) : fail(database.error());
        if (!generation) return log::warn("keys.not_read", {{"detail", generation.error().detail}});
        if (key_generation_.exchange(*generation) != *generation) log::info("keys.generation_began", {{"generation", *generation}});
    };
    if (!worker_->submit(0, look)) log::warn("keys.not_read", {{"detail", "too much is waiting for the disk; soon again"}});
    places_.front()->shard.after(key_generation_interval, [this] { follow_key_generation(); });
}

void Node::health(Place& place, const http::Respond& respond) {
    const auto store = store_->figures();
    const bool sound = store.failing.empty();
    std::string body;
    protocol::json::Writer writer(body);
    writer.begin_object().key("status").text(sound ? "OK" : "degraded").key("timestamp").text(to_iso8601(place.shard.now()));
    writer.key("environment").text(settings_.mode == Mode::development ? "development" : "production");
    writer.key("version").text(program_version());
    writer.key("uptimeSeconds").number(uptime_ms() / 1000).key("dependencies").begin_object();
    writer.key("database").begin_object().key("status").text(sound ? "ok" : "failing");
    // Anybody may ask: the database's own words, which name files, are for the log.
    if (!sound) writer.key("detail").text("the database can't be written; database.write_failed in the log says why");
    writer.end_object().end_object().end_object();
    respond(http::json_response(sound ? 200 : 503, std::move(body)));
}

void Node::metrics(Place& place, const http::Respond& respond) {
    const auto figures_of = [](Place& asked) -> ShardFigures {
        return {asked.gateway->figures(), asked.gateway->companies(), asked.gateway->tally(), asked.budgets.refusals()};
    };
    gather<ShardFigures>(places_, place.shard, figures_of, [this, respond](std::vector<ShardFigures> figures) {
        auto samples = server::http::transport_samples(*shards_);
        const ProcessFigures process{.uptime_seconds = static_cast<double>(uptime_ms()) / 1000,
                                     .clock_ahead_seconds = static_cast<double>(clock_->state().ahead.count()) / 1000,
                                     .connections_max = connections_max_};
        for (auto& sample : figures_samples(figures, store_->figures(), process)) samples.push_back(std::move(sample));
        http::Response response;
        response.body = http::render_metrics(samples);
        response.add("Content-Type", std::string(http::metrics_content_type)).add("Cache-Control", "no-store");
        respond(std::move(response));
    });
}

/// Contacts that were live when the last run ended have timers that go on, whether or not a client comes back.
void Node::wake_companies() {
    Place& first = *places_.front();
    first.shard.post([this, &first] {
        first.log.companies([this](Result<std::vector<CompanyId>> companies) {
            if (!companies) {
                log::error("companies.unavailable", {{"why", companies.error().detail}});
                return;
            }
            for (const CompanyId& company : *companies) {
                Place& home = *places_[server::shard_of(company, shards_->size())];
                home.shard.post([&home, company] { home.gateway->wake(company); });
            }
        });
    });
}

Result<> Node::start() {
    auto keys = read_public_keys(settings_);
    if (!keys) return fail(keys.error());
    keys_ = {.secret = settings_.jwt_secret,
             .previous_secret = settings_.jwt_secret_previous,
             .public_keys = std::move(*keys),
             .accept_mock_tokens = settings_.mode == Mode::development,
             .accept_anonymous_customers = settings_.accept_anonymous_customers};
    issuer_ = std::make_unique<adapters::jose::Hs256Issuer>(settings_.jwt_secret);
    if (auto owned = own_the_data(); !owned) return owned;
    if (auto opened = open_store(); !opened) return opened;
    if (auto started = start_clock(); !started) return started;
    if (auto loaded = load_pages(); !loaded) return loaded;

    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    shards_ = std::make_unique<server::Shards>(settings_.shards == 0 ? cores : settings_.shards, [this] { return clock_->now(); });
    worker_ = std::make_unique<adapters::Worker>();
    tidying_ = std::make_unique<adapters::Worker>(adapters::WorkerLimits{}, adapters::Worker::Kind::tidying);
    const std::string epoch = base64url_encode(adapters::random_bytes(9));
    for (unsigned i = 0; i < shards_->size(); ++i) {
        places_.push_back(std::make_unique<Place>((*shards_)[i], *store_, keys_, resume_key_, budgets_of(settings_)));
        furnish(*places_.back(), epoch);
    }
    auto connections = transport_settings(settings_, adapters::open_file_limit().now);
    if (options_.websocket_only) connections.http_port.reset();
    connections_max_ = connections.connections_max;
    auto transport = server::Transport::open(
        std::move(connections), {.shards = *shards_,
                                 .acceptor = [this](unsigned shard) -> server::LinkAcceptor& { return *places_[shard]->gateway; },
                                 .handler = [this](unsigned shard) -> http::Handler& { return *places_[shard]->routes; }});
    if (!transport) return fail(transport.error());
    transport_ = std::move(*transport);

    (*shards_)[0].on_signals({SIGINT, SIGTERM, SIGHUP}, [this](int signal) {
        if (signal == SIGHUP) {
            const auto reloaded = transport_->reload_tls();
            if (!reloaded) log::error("tls.not_reloaded", {{"why", reloaded.error().detail}});
            return;
        }
        const std::lock_guard lock(mutex_);
        stop_ = true;
        told_.notify_one();
    });
    sweep_recordings();
    places_.front()->shard.after(key_generation_interval, [this] { follow_key_generation(); });
    shards_->start();
    wake_companies();
    for (const auto& place : places_) place->shard.post([this, &place = *place] { watch_clock(place); });
    log::info("node.started", {{"version", program_version()},
                               {"websocket_port", transport_->websocket_port()},
                               {"http_port", transport_->http_port()},
                               {"shards", shards_->size()},
                               {"mode", settings_.mode == Mode::development ? "development" : "production"}});
    return {};
}

void Node::run_until_told() {
    {
        std::unique_lock lock(mutex_);
        told_.wait(lock, [this] { return stop_; });
    }
    log::info("node.stopping");
    transport_->stop();
    shards_->stop();
    // What was accepted is still written: the store goes before the shards, which drop what it reports.
    store_.reset();
    worker_.reset();
    tidying_.reset();
    transport_.reset();
    places_.clear();
    shards_.reset();
    log::info("node.stopped", {{"uptime_ms", uptime_ms()}});
}

}  // namespace

int serve(const Settings& settings, const ServeOptions& options) {
    // A peer that is gone (OpenSSL writes without MSG_NOSIGNAL), a log that nobody reads and a file at its limit are
    // errors of one write, and handled as such.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    Node node(settings, options);
    if (const auto started = node.start(); !started) {
        log::error("node.cannot_start", {{"detail", started.error().detail}});
        return EXIT_FAILURE;
    }
    node.run_until_told();
    return EXIT_SUCCESS;
}

}  // namespace calldocker::main
