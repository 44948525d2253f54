#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <set>

#include "domain/permissions/permission.hpp"
#include "main/settings_pages.hpp"
#include "main/settings_sources.hpp"
#include "main/settings_table.hpp"

namespace calldocker::main {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* long_secret = "0123456789abcdef0123456789abcdef";

Sources production() { return {{}, {{"JWT_SECRET", long_secret}}, ".env", ""}; }
Sources from_dotenv(std::string text) {
    Sources sources = production();
    sources.dotenv = std::move(text);
    return sources;
}

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class EmptyFolder {
public:
    EmptyFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "calldocker-XXXXXX").string();
        path = mkdtemp(pattern.data());
    }
    ~EmptyFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    std::filesystem::path path;
};

TEST(Settings, TheTableHasEachNameOnceAndDefaultsThatAreAllowed) {
    std::set<std::string_view> names;
    for (const Setting& setting : settings_table()) {
        EXPECT_TRUE(names.insert(setting.name).second) << setting.name;
        Settings settings;
        EXPECT_TRUE(setting.default_value.empty() || setting.read(settings, setting.default_value)) << setting.name;
        EXPECT_TRUE(setting.help.ends_with(".")) << setting.name;
        EXPECT_EQ(setting.allowed.find('|'), std::string::npos) << setting.name << " would break the reference's table";
    }
}

TEST(Settings, AFlagComesBeforeTheEnvironmentBeforeTheFileBeforeTheDefault) {
    Sources sources = from_dotenv("WS_PORT=1\nPORT=2\nSHARDS=3\n");
    sources.environment["WS_PORT"] = "11";
    sources.environment["PORT"] = "12";
    sources.flags["WS_PORT"] = "21";

    const Configuration configuration = configure(sources);

    EXPECT_THAT(configuration.problems, IsEmpty());
    EXPECT_EQ(configuration.settings.ws_port, 21);
    EXPECT_EQ(configuration.settings.port, 12);
    EXPECT_EQ(configuration.settings.shards, 3u);
    EXPECT_EQ(configuration.settings.host, "127.0.0.1");
    const std::string page = show(configuration.values, true);
    EXPECT_THAT(page, AllOf(HasSubstr("WS_PORT=21  # flag"), HasSubstr("\nPORT=12  # environment"), HasSubstr("SHARDS=3  # .env:3"),
                            HasSubstr("HOST=127.0.0.1  # default")));
}

TEST(Settings, AnEmptyValueCountsAsNotSet) {
    Sources sources = from_dotenv("WS_PORT=9000\n");
    sources.environment["WS_PORT"] = "";

    EXPECT_EQ(configure(sources).settings.ws_port, 9000);
}

TEST(Settings, AValueThatIsNotAllowedIsNamedWithWhatIs) {
    EXPECT_THAT(configure(from_dotenv("WS_PORT=65536")).problems,
                ElementsAre("WS_PORT = \"65536\" (.env:1): allowed is a whole number from 0 to 65535"));
    for (const char* line :
         {"PORT=12x", "PORT=-1", "PORT=0x10", "MESSAGE_BYTES_MAX=65536", "MESSAGE_BYTES_MAX=1048576", "IDLE_TIMEOUT_SECONDS=76",
          "NODE_ENV=staging", "LOG_LEVEL=loud", "STUN_URLS=http://x", "TURN_URLS=turn:", "ALLOWED_ORIGINS=https://a.example/path",
          "ALLOWED_ORIGINS=https://a.example,,", "REGISTERED_COMPANIES_ONLY=yes", "DATABASE_URL=mysql://x", "TRUSTED_PROXIES=10.0.0.0/33",
          "TRUSTED_PROXIES=localhost"})
        EXPECT_EQ(configure(from_dotenv(line)).problems.size(), 1u) << line;
}

TEST(Settings, PostgresqlIsRefusedInClearWords) {
    EXPECT_THAT(configure(from_dotenv("DATABASE_URL=postgresql://db/calldocker")).problems,
                Contains(HasSubstr("PostgreSQL comes with a later version")));
}

TEST(Settings, ASecretThatIsNotAllowedIsNotShown) {
    Sources sources = production();
    sources.environment["TURN_SECRET"] = "s3cret\n";

    EXPECT_THAT(configure(sources).problems, ElementsAre(AllOf(HasSubstr("TURN_SECRET"), HasSubstr("7 bytes"), Not(HasSubstr("s3cret")))));
}

TEST(Settings, AShortSecretIsForDevelopmentOnly) {
    Sources sources = production();
    sources.environment["JWT_SECRET"] = "s3cret";
    EXPECT_THAT(configure(sources).problems,
                ElementsAre(AllOf(HasSubstr("JWT_SECRET has 6 bytes"), HasSubstr("at least 32"), Not(HasSubstr("s3cret")))));

    sources.environment["NODE_ENV"] = "development";
    EXPECT_THAT(configure(sources).problems, IsEmpty());
}

TEST(Settings, ASecretThatGuessersTryFirstIsForDevelopmentOnly) {
    const std::string hex = "8f3a41c07be2d59617f08c2be4a1d6930c5be7128fd4a6e03b917cd2408fae65";
    for (const char* name : {"JWT_SECRET", "JWT_SECRET_PREVIOUS", "TURN_SECRET"}) {
        for (const std::string& weak :
             {std::string(32, '0'), std::string(64, 'a'), std::string("passwordpasswordpasswordpassword"),
              std::string("0123456701234567012345670123456701234567"), std::string("abababababababababababababababab")}) {
            Sources sources = production();
            sources.environment[name] = weak;
            EXPECT_THAT(configure(sources).problems, ElementsAre(AllOf(HasSubstr(name), HasSubstr("can be guessed"),
                                                                       HasSubstr("openssl rand -hex 32"), Not(HasSubstr(weak)))))
                << weak;
            sources.environment["NODE_ENV"] = "development";
            EXPECT_THAT(configure(sources).problems, IsEmpty()) << name << weak;
        }
        Sources sources = production();
        sources.environment[name] = hex;
        EXPECT_THAT(configure(sources).problems, IsEmpty()) << name;
    }
    Sources sources = production();
    sources.environment["TURN_SECRET"] = "a";
    EXPECT_THAT(configure(sources).problems, ElementsAre(AllOf(HasSubstr("TURN_SECRET has 1 bytes"), HasSubstr("openssl rand"))));
}

TEST(Settings, StrangersMayNotMakeUpCompaniesInProduction) {
    for (const char* line : {"VISITOR_COMPANIES=*", "VISITOR_COMPANIES=acme,*", "ACCEPT_ANONYMOUS_CUSTOMERS=true"}) {
        EXPECT_THAT(configure(from_dotenv(line)).problems,
                    ElementsAre(AllOf(HasSubstr("REGISTERED_COMPANIES_ONLY"), HasSubstr("COMPANIES"))))
            << line;
        EXPECT_THAT(configure(from_dotenv(std::string(line) + "\nREGISTERED_COMPANIES_ONLY=true\nCOMPANIES=acme\n")).problems, IsEmpty())
            << line;
        EXPECT_THAT(configure(from_dotenv(std::string(line) + "\nNODE_ENV=development\n")).problems, IsEmpty()) << line;
    }
    EXPECT_THAT(configure(from_dotenv("VISITOR_COMPANIES=acme")).problems, IsEmpty());
}

TEST(Settings, ANameThatDoesNotExistStopsTheStartWithASuggestion) {
    EXPECT_THAT(configure(from_dotenv("\nWSPORT=1")).problems, ElementsAre(AllOf(HasSubstr("line 2"), HasSubstr("did you mean WS_PORT?"))));
    EXPECT_THAT(configure(from_dotenv("SOMETHING_ELSE=1")).problems, ElementsAre(HasSubstr("env.example")));
}

TEST(Settings, ASlipInTheEnvironmentIsPointedOutAndForeignVariablesAreNot) {
    Sources sources = production();
    sources.environment["JWT_SECRETT"] = "x";
    sources.environment["PATH"] = "/bin";
    sources.environment["HOME"] = "/root";

    const Configuration configuration = configure(sources);

    EXPECT_THAT(configuration.problems, IsEmpty());
    EXPECT_THAT(configuration.warnings, ElementsAre(HasSubstr("did you mean JWT_SECRET?")));
}

TEST(Settings, ProductionNeedsSomethingToVerifyTokensWith) {
    Sources sources = production();
    sources.environment.clear();
    EXPECT_THAT(configure(sources).problems, ElementsAre(AllOf(HasSubstr("JWT_SECRET"), HasSubstr("openssl rand"))));

    sources.environment["JWKS_FILE"] = "keys.json";
    EXPECT_THAT(configure(sources).problems, IsEmpty());
    sources.environment = {{"NODE_ENV", "development"}};
    EXPECT_THAT(configure(sources).problems, IsEmpty());
}

TEST(Settings, ContradictionsAreSaidAllAtOnce) {
    const auto problems = configure(from_dotenv("TLS_CERT=a.pem\nPORT=8081\nTURN_URLS=turn:turn.example\nREGISTERED_COMPANIES_ONLY=true\n"
                                                "PING_INTERVAL_SECONDS=30\nIDLE_TIMEOUT_SECONDS=30\nRATE_LIMIT_MESSAGES_BURST=10\n"))
                              .problems;

    EXPECT_THAT(problems, ElementsAre(HasSubstr("TLS_KEY"), HasSubstr("PORT and WS_PORT"), HasSubstr("TURN_SECRET"), HasSubstr("COMPANIES"),
                                      HasSubstr("PING_INTERVAL_SECONDS"), HasSubstr("RATE_LIMIT_MESSAGES_BURST")));
}

TEST(Settings, EachOfTheLimitsOfRateIsTurnedOffByZero) {
    for (const char* name : {"RATE_LIMIT_MESSAGES_PER_SECOND", "RATE_LIMIT_MESSAGES_BURST", "RATE_LIMIT_HTTP_PER_SECOND",
                             "CONNECTIONS_PER_ADDRESS_MAX", "NEW_CONNECTIONS_PER_ADDRESS_PER_SECOND"})
        EXPECT_THAT(configure(from_dotenv(std::string(name) + "=0\n")).problems, IsEmpty()) << name;
}

TEST(Settings, BothPortsMayBeAnyFreeOne) { EXPECT_THAT(configure(from_dotenv("PORT=0\nWS_PORT=0\n")).problems, IsEmpty()); }

TEST(Settings, ListsAreSeparatedByCommas) {
    const Settings settings =
        configure(from_dotenv("ALLOWED_ORIGINS=https://a.example, http://localhost:5173\nVISITOR_COMPANIES=acme,*\n")).settings;

    EXPECT_THAT(settings.allowed_origins, ElementsAre("https://a.example", "http://localhost:5173"));
    EXPECT_THAT(settings.visitor_companies, ElementsAre("acme", "*"));
}

TEST(Settings, AnyoneMayVisitInDevelopmentOnly) {
    EXPECT_THAT(configure(production()).settings.visitor_companies, IsEmpty());
    EXPECT_THAT(configure(from_dotenv("NODE_ENV=development")).settings.visitor_companies, ElementsAre("*"));
}

TEST(Settings, TheDatabaseIsBelowTheDataFolderUnlessItsPathIsAbsolute) {
    EXPECT_EQ(configure(from_dotenv("DATA_DIR=/var/lib/calldocker")).settings.database_file(), "/var/lib/calldocker/calldocker.db");
    EXPECT_EQ(configure(from_dotenv("DATABASE_URL=sqlite:/srv/a.db")).settings.database_file(), "/srv/a.db");
}

TEST(Settings, ShowRedactsSecretsAndOtherwisePrintsWhatReadsBack) {
    const Configuration configuration = configure(from_dotenv("TURN_SECRET='a \"b\" # c, and more'\nTURN_URLS=turn:t.example\n"));

    EXPECT_THAT(show(configuration.values, true),
                AllOf(Not(HasSubstr(long_secret)), HasSubstr("JWT_SECRET=(redacted)"), HasSubstr("JWT_SECRET_PREVIOUS=  #")));
    const Configuration again = configure({{}, {}, ".env", show(configuration.values, false)});
    EXPECT_THAT(again.problems, IsEmpty());
    EXPECT_EQ(again.settings.turn_secret.reveal(), "a \"b\" # c, and more");
}

TEST(Settings, InDevelopmentASecretIsMadeOnceAndKeptForItsOwnerOnly) {
    EmptyFolder folder;
    const auto file = folder.path / ".env";
    std::ofstream(file) << "NODE_ENV=development";  // without a line's end
    Settings settings = configure({{}, {}, file, text_of(file)}).settings;

    ASSERT_TRUE(keep_development_secret(file, "0123456789abcdef0123456789abcdef", settings));

    EXPECT_GE(settings.jwt_secret.reveal().size(), 32u);
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(file).permissions(), perms::owner_read | perms::owner_write);
    Settings again = configure({{}, {}, file, text_of(file)}).settings;
    ASSERT_TRUE(keep_development_secret(file, "another", again));
    EXPECT_EQ(again.jwt_secret.reveal(), settings.jwt_secret.reveal());
    EXPECT_EQ(again.mode, Mode::development);
}

TEST(Settings, ASecretThatCannotBeKeptSaysWhatToDo) {
    Settings settings;
    settings.mode = Mode::development;

    const auto kept = keep_development_secret("/proc/no-such-folder/.env", "0123456789abcdef", settings);

    ASSERT_FALSE(kept);
    EXPECT_THAT(kept.error().detail, AllOf(HasSubstr("/proc/no-such-folder/.env"), HasSubstr("set JWT_SECRET")));
}

TEST(Settings, TheCheckedInPagesAreWhatTheTablePrints) {
    const std::filesystem::path root(CALLDOCKER_SOURCE_DIR);

    EXPECT_EQ(text_of(root / "docs/settings.md"), reference_markdown())
        << "calldocker config reference --format markdown > docs/settings.md";
    EXPECT_EQ(text_of(root / "env.example"), reference_env()) << "calldocker config reference --format env > env.example";
}

TEST(Permissions, TheCheckedInPageIsTheTable) {
    EXPECT_EQ(text_of(std::filesystem::path(CALLDOCKER_SOURCE_DIR) / "docs/permissions.md"), domain::permissions_markdown())
        << "calldocker config reference --format permissions > docs/permissions.md";
}

TEST(Settings, TheExampleFileIsAnEnvFileOfAllSettings) {
    std::string uncommented;
    for (const Setting& setting : settings_table()) EXPECT_THAT(reference_env(), HasSubstr("\n#" + std::string(setting.name) + "="));
    EXPECT_THAT(configure(from_dotenv(reference_env())).problems, IsEmpty());
}

}  // namespace
}  // namespace calldocker::main
