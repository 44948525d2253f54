#include "main/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <optional>
#include <string>

#include "adapters/sql/database.hpp"
#include "adapters/sql/key_values.hpp"
#include "adapters/system/log.hpp"
#include "adapters/system/system.hpp"
#include "domain/permissions/permission.hpp"
#include "main/doctor.hpp"
#include "main/log_commands.hpp"
#include "main/serve.hpp"
#include "main/settings_pages.hpp"
#include "main/settings_sources.hpp"
#include "main/settings_table.hpp"
#include "main/token_command.hpp"
#include "main/version.hpp"

namespace calldocker::main {
namespace {

constexpr int done = 0;
constexpr int failed = 1;
constexpr int misused = 2;

/// What the command line says of settings, before they are looked at.
struct GivenSettings {
    std::map<std::string, std::string, std::less<>> flags;
    std::string env_file = ".env";
};

int report(const Error& error) {
    fmt::print(stderr, "calldocker: {}\n", error.detail);
    return failed;
}

/// Reads all sources and says what is wrong with them. @return nothing if the sources cannot be read at all
std::optional<Configuration> configuration_of(const GivenSettings& given) {
    const auto sources = read_sources(given.flags, given.env_file);
    if (!sources) {
        report(sources.error());
        return std::nullopt;
    }
    Configuration configuration = configure(*sources);
    for (const std::string& warning : configuration.warnings) fmt::print(stderr, "calldocker: warning: {}\n", warning);
    for (const std::string& problem : configuration.problems) fmt::print(stderr, "calldocker: {}\n", problem);
    return configuration;
}

/// Runs `command` with settings that are whole, in development with a JWT_SECRET.
template <class Command>
int with_settings(const GivenSettings& given, const Command& command) {
    auto configuration = configuration_of(given);
    if (!configuration || !configuration->problems.empty()) return failed;
    const auto kept = keep_development_secret(given.env_file, adapters::random_bytes(32), configuration->settings);
    if (!kept) return report(kept.error());
    return command(configuration->settings);
}

/// Runs `command`, which only looks, with the file of the database.
template <class Command>
int with_database(const GivenSettings& given, const Command& command) {
    const auto configuration = configuration_of(given);
    if (!configuration || !configuration->problems.empty()) return failed;
    const Result<> run = command(configuration->settings.database_file());
    return run ? done : report(run.error());
}

void print(std::string_view text) { fmt::print("{}", text); }

void add_settings(CLI::App& app, GivenSettings& given) {
    app.add_option("--env-file", given.env_file, "The file of settings (.env)")->group("Settings");
    for (const Setting& setting : settings_table()) {
        const std::string name(setting.name);
        const auto keep = [&given, name](const std::string& value) { given.flags[name] = value; };
        app.add_option_function<std::string>(setting.flag(), keep, std::string(setting.help))
            ->group("Settings: " + std::string(setting.group))
            ->type_name(setting.default_value.empty() ? "VALUE" : "VALUE (" + std::string(setting.default_value) + ")");
    }
}

/// calldocker serve [--only websocket]
void add_serve(CLI::App& app, const GivenSettings& given, int& exit_code) {
    auto* command = app.add_subcommand("serve", "Run the server until SIGTERM or Ctrl-C")->fallthrough();
    auto only = std::make_shared<std::string>();
    command->add_option("--only", *only, "websocket: port WS_PORT alone")->check(CLI::IsMember({"websocket"}));
    command->callback([&given, &exit_code, only] {
        exit_code = with_settings(given, [&](const Settings& settings) {
            adapters::log_to_standard_error(settings.log_level);
            adapters::raise_open_file_limit();
            return serve(settings, {.websocket_only = !only->empty()});
        });
    });
}

/// calldocker token create --user ID --role ROLE --company ID     prints the token, and nothing else
void add_token(CLI::App& app, const GivenSettings& given, int& exit_code) {
    struct Asked {
        NewToken token;
        std::string good_for = "8h";
    };
    auto* token = app.add_subcommand("token", "Access tokens")->fallthrough()->require_subcommand(1);
    auto* command = token->add_subcommand("create", "Sign an access token with JWT_SECRET, for development and scripts")->fallthrough();
    auto asked = std::make_shared<Asked>();
    command->add_option("--user", asked->token.user, "Whom it speaks for")->required();
    command->add_option("--role", asked->token.role, "agent, supervisor, admin, or user for a customer")->required();
    command->add_option("--company", asked->token.company, "The company")->required();
    command->add_option("--name", asked->token.name, "Name shown to people");
    command->add_option("--ttl", asked->good_for, "How long it is good: 90s, 15m, 8h, 30d (8h)");
    command->add_flag("--anonymous", asked->token.anonymous, "Each connection gets a user id of its own");
    command->callback([&given, &exit_code, asked] {
        const auto good_for = parse_duration(asked->good_for);
        if (!good_for) throw CLI::ValidationError("--ttl", "not a time from 1s to 365d: " + asked->good_for);
        asked->token.good_for = *good_for;
        exit_code = with_settings(given, [&](const Settings& settings) {
            const auto created = create_token(asked->token, settings, adapters::system_now());
            if (!created) {
                report(created.error());
                return created.error().code == ErrorCode::invalid ? misused : failed;
            }
            fmt::print("{}\n", *created);
            return done;
        });
    });
}

/// calldocker config check | show [--redact] | reference --format markdown|env|permissions
void add_config(CLI::App& app, const GivenSettings& given, int& exit_code) {
    auto* config = app.add_subcommand("config", "Settings")->fallthrough()->require_subcommand(1);

    auto* check = config->add_subcommand("check", "Say what is wrong with the settings, without starting")->fallthrough();
    check->callback([&given, &exit_code] {
        const auto configuration = configuration_of(given);
        exit_code = configuration && configuration->problems.empty() ? done : failed;
        if (exit_code == done) fmt::print(stderr, "calldocker: the settings are fine\n");
    });

    auto* show_values = config->add_subcommand("show", "Print the settings in force and where each comes from")->fallthrough();
    auto redact = std::make_shared<bool>(false);
    show_values->add_flag("--redact", *redact, "Leave secrets out");
    show_values->callback([&given, &exit_code, redact] {
        const auto configuration = configuration_of(given);
        if (configuration) fmt::print("{}", show(configuration->values, *redact));
        exit_code = configuration && configuration->problems.empty() ? done : failed;
    });

    auto* reference = config->add_subcommand("reference", "Print the reference page of all settings")->fallthrough();
    auto format = std::make_shared<std::string>("markdown");
    reference->add_option("--format", *format, "markdown (docs/settings.md), env (env.example) or permissions (docs/permissions.md)")
        ->check(CLI::IsMember({"markdown", "env", "permissions"}));
    reference->callback([format, &exit_code] {
        fmt::print("{}", *format == "env"           ? reference_env()
                         : *format == "permissions" ? domain::permissions_markdown()
                                                    : reference_markdown());
        exit_code = done;
    });
}

/// calldocker doctor     one line per thing looked at; 1 if something fails
void add_doctor(CLI::App& app, const GivenSettings& given, int& exit_code) {
    auto* command = app.add_subcommand("doctor", "Look for what would keep the server from working, and say what to do")->fallthrough();
    command->callback([&given, &exit_code] {
        const auto configuration = configuration_of(given);
        if (!configuration || !configuration->problems.empty()) {
            exit_code = failed;
            return;
        }
        fmt::print("{}", line_of({Verdict::ok, "settings: nothing unknown, malformed or contradictory", ""}));
        const bool sound = examine_all(configuration->settings, [](const Finding& finding) {
            fmt::print("{}", line_of(finding));
            std::fflush(stdout);  // the next one may take seconds
        });
        exit_code = sound ? done : failed;
    });
}

/// calldocker company list | show COMPANY [--json]
void add_company(CLI::App& app, const GivenSettings& given, int& exit_code) {
    auto* company = app.add_subcommand("company", "Companies, as the database has them")->fallthrough()->require_subcommand(1);

    auto* list = company->add_subcommand("list", "Print the ids of the companies that have had events")->fallthrough();
    list->callback(
        [&given, &exit_code] { exit_code = with_database(given, [](const auto& database) { return list_companies(database, print); }); });

    struct Asked {
        std::string company;
        bool as_json{};
    };
    auto asked = std::make_shared<Asked>();
    auto* show_one = company->add_subcommand("show", "Print who waits, what the staff do, and the live contacts")->fallthrough();
    show_one->add_option("company", asked->company, "The company")->required();
    show_one->add_flag("--json", asked->as_json, "The whole state");
    show_one->callback([&given, &exit_code, asked] {
        exit_code = with_database(given, [&](const auto& database) {
            return show_company(database, CompanyId(asked->company), asked->as_json, adapters::system_now(), print);
        });
    });
}

/// calldocker log export COMPANY | show COMPANY | why COMPANY CALL | replay FILE
void add_log(CLI::App& app, const GivenSettings& given, int& exit_code) {
    struct Asked {
        std::string company;
        std::string call;
        std::uint64_t from = 1;
        std::string file;
        std::optional<std::uint64_t> at;
        bool as_json{};
    };
    auto asked = std::make_shared<Asked>();
    auto* log = app.add_subcommand("log", "The log of a company's events")->fallthrough()->require_subcommand(1);
    const auto add = [&](const char* name, const char* what) {
        auto* command = log->add_subcommand(name, what)->fallthrough();
        command->add_option("company", asked->company, "The company")->required();
        return command;
    };

    auto* export_all = add("export", "Print the events as lines of JSON");
    export_all->add_option("--from", asked->from, "The first event, by its number (1)");
    export_all->callback([&given, &exit_code, asked] {
        exit_code = with_database(
            given, [&](const auto& database) { return export_log(database, CompanyId(asked->company), Sequence{asked->from}, print); });
    });

    auto* show_all = add("show", "Print the events for people, one a line");
    show_all->add_option("--call", asked->call, "Those of one contact alone");
    show_all->callback([&given, &exit_code, asked] {
        exit_code = with_database(
            given, [&](const auto& database) { return show_log(database, CompanyId(asked->company), ContactId(asked->call), print); });
    });

    auto* why = add("why", "Say why a contact was offered to whom it was, and why not to the others");
    why->add_option("call", asked->call, "The contact")->required();
    why->callback([&given, &exit_code, asked] {
        exit_code = with_database(given, [&](const auto& database) {
            return explain_offers(database, CompanyId(asked->company), ContactId(asked->call), print);
        });
    });

    auto* replay = log->add_subcommand("replay", "Print the company as it was, from an exported log alone")->fallthrough();
    replay->add_option("file", asked->file, "What `calldocker log export` has printed")->required();
    replay->add_option("--at", asked->at, "After this event, by its number (the last one)");
    replay->add_flag("--json", asked->as_json, "The whole state");
    replay->callback([&exit_code, asked] {
        const auto at = asked->at ? std::optional(Sequence{*asked->at}) : std::nullopt;
        const auto replayed = replay_log(asked->file, at, asked->as_json, print);
        exit_code = replayed ? done : report(replayed.error());
    });
}

/// calldocker session revoke-all     prints the generation of the keys that has begun
void add_session(CLI::App& app, const GivenSettings& given, int& exit_code) {
    auto* session = app.add_subcommand("session", "Sessions of signed-in people and of visitors")->fallthrough()->require_subcommand(1);
    auto* revoke = session->add_subcommand(
        "revoke-all", "Void all resume tokens and one-time codes, of all companies; a running server knows within seconds");
    revoke->fallthrough()->callback([&given, &exit_code] {
        exit_code = with_database(given, [](const auto& file) -> Result<> {
            auto database = adapters::sql::Database::open(file, adapters::system_now());
            if (!database) return fail(database.error());
            const auto generation = adapters::sql::begin_key_generation(**database);
            if (!generation) return fail(generation.error());
            fmt::print("{}\n", *generation);
            return {};
        });
    });
}

void add_version(CLI::App& app, int& exit_code) {
    app.add_subcommand("version", "Print the version of the program and of the libraries that matter")->callback([&exit_code] {
        fmt::print("{}", version_page());
        exit_code = done;
    });
}

}  // namespace

int run(int argc, char** argv) {
    CLI::App app("CallDocker: visitors call from a website, agents answer in a browser.", "calldocker");
    app.require_subcommand(1);
    GivenSettings given;
    int exit_code = done;
    add_serve(app, given, exit_code);
    add_token(app, given, exit_code);
    add_config(app, given, exit_code);
    add_doctor(app, given, exit_code);
    add_company(app, given, exit_code);
    add_log(app, given, exit_code);
    add_session(app, given, exit_code);
    add_version(app, exit_code);
    add_settings(app, given);
    try {
        app.parse(argc, argv);
        return exit_code;
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? done : misused;
    }
}

}  // namespace calldocker::main
