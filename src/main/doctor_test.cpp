#include "main/doctor.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "adapters/jose/key_examples.hpp"
#include "adapters/sql/sql_test_support.hpp"

namespace calldocker::main {
namespace {

using testing::HasSubstr;

class Doctor : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "calldocker-XXXXXX").string();
        folder_ = mkdtemp(pattern.data());
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    static void write(const std::filesystem::path& file, std::string_view text) { std::ofstream(file) << text; }

    using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
    static Key new_key() { return {EVP_EC_gen("P-256"), &EVP_PKEY_free}; }

    void write_key(EVP_PKEY* key, const std::filesystem::path& file) const {
        const std::unique_ptr<FILE, int (*)(FILE*)> out(fopen(file.c_str(), "w"), &fclose);
        PEM_write_PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    }
    void write_certificate(EVP_PKEY* key, long good_for_seconds, const std::filesystem::path& file) const {
        const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -86'400);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), good_for_seconds);
        X509_set_pubkey(certificate.get(), key);
        X509_sign(certificate.get(), key, EVP_sha256());
        const std::unique_ptr<FILE, int (*)(FILE*)> out(fopen(file.c_str(), "w"), &fclose);
        PEM_write_X509(out.get(), certificate.get());
    }
    Finding examine_certificate(EVP_PKEY* of_certificate, EVP_PKEY* of_key, long good_for_seconds) const {
        Settings settings;
        settings.tls_cert = folder_ / "cert.pem";
        settings.tls_key = folder_ / "key.pem";
        write_certificate(of_certificate, good_for_seconds, settings.tls_cert);
        write_key(of_key, settings.tls_key);
        return examine_tls(settings);
    }

    std::filesystem::path folder_;
};

TEST_F(Doctor, ATakenPortIsNamedWithItsSetting) {
    const int taken = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(bind(taken, reinterpret_cast<const sockaddr*>(&address), size), 0);
    ASSERT_EQ(listen(taken, 1), 0);
    getsockname(taken, reinterpret_cast<sockaddr*>(&address), &size);

    const Finding finding = examine_port("WS_PORT", "127.0.0.1", ntohs(address.sin_port));
    close(taken);

    EXPECT_EQ(finding.verdict, Verdict::fail);
    EXPECT_THAT(finding.remedy, HasSubstr("WS_PORT"));
    EXPECT_EQ(examine_port("WS_PORT", "127.0.0.1", 0).verdict, Verdict::ok);
    EXPECT_EQ(examine_port("WS_PORT", "203.0.113.1", 0).verdict, Verdict::fail);
}

TEST_F(Doctor, ADamagedDatabaseFailsAndAMissingOneWillBeMade) {
    EXPECT_EQ(examine_database(folder_ / "new folder" / "data.db").verdict, Verdict::ok);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "new folder"));
    std::ofstream(folder_ / "data.db") << std::string(5'000, 'x');

    const Finding finding = examine_database(folder_ / "data.db");

    EXPECT_EQ(finding.verdict, Verdict::fail);
    EXPECT_THAT(finding.what, HasSubstr("not an SQLite database"));
}

TEST_F(Doctor, ALogThatThisVersionCannotReadFailsAndNamesCompanyEventAndMember) {
    const auto file = folder_ / "calldocker.db";
    EXPECT_FALSE(examine_logs(file).has_value()) << "a database that is not there yet";
    {
        adapters::sql::LogInUse server(file);
        ASSERT_TRUE(server.append(CompanyId("acme"), 0, {adapters::sql::some_event(R"({"call":"c1","visitor":"vera"})")}));
        EXPECT_EQ(examine_logs(file).value().verdict, Verdict::ok);
        ASSERT_TRUE(server.append(CompanyId("acme"), 1, {adapters::sql::some_event(R"({"call":"c2","visitor":"walt","mood":"fine"})")}));
    }

    const Finding finding = examine_logs(file).value();

    EXPECT_EQ(finding.verdict, Verdict::fail);
    EXPECT_THAT(finding.what, HasSubstr("company acme: event 2 (contact.created): mood"));
}

TEST_F(Doctor, AClockBeforeTheBuildIsWrong) {
    const Instant built = from_unix_ms(1'795'405'429'000);

    EXPECT_EQ(examine_clock(built + 24h, built).verdict, Verdict::ok);
    EXPECT_EQ(examine_clock(from_unix_ms(0), built).verdict, Verdict::fail);
    EXPECT_EQ(examine_clock(built + std::chrono::days(10'000), built).verdict, Verdict::fail);
}

TEST_F(Doctor, ACertificateMustMatchItsKeyAndBeInItsTime) {
    const Key key = new_key();
    const Key other = new_key();

    EXPECT_EQ(examine_certificate(key.get(), key.get(), 90 * 86'400).verdict, Verdict::ok);
    EXPECT_EQ(examine_certificate(key.get(), key.get(), 3 * 86'400).verdict, Verdict::warn);
    EXPECT_THAT(examine_certificate(key.get(), key.get(), -60).what, HasSubstr("expired"));
    const Finding mismatch = examine_certificate(key.get(), other.get(), 90 * 86'400);
    EXPECT_EQ(mismatch.verdict, Verdict::fail);
    EXPECT_THAT(mismatch.what, HasSubstr("TLS_KEY"));
    std::filesystem::remove(folder_ / "cert.pem");
    Settings missing;
    missing.tls_cert = folder_ / "cert.pem";
    EXPECT_EQ(examine_tls(missing).verdict, Verdict::fail);
}

TEST_F(Doctor, PublicKeysAreCountedAndNamed) {
    EXPECT_THAT(examine_public_keys(Settings{}), testing::IsEmpty());
    std::filesystem::create_directory(folder_ / "keys");
    write(folder_ / "keys" / "partner.pem", adapters::jose::examples::rsa_pem);
    write(folder_ / "keys" / "own.pem", adapters::jose::examples::ec_pem);
    write(folder_ / "jwks.json", R"({"keys":[{"kty":"EC","crv":"P-256","kid":"k1","x":"4F8uyYB6iOBvlQX4rqTx7gVdtJtg2-HyEbj-ioAKob0",)"
                                 R"("y":"SM3Ou6Tio38fgvLTbNPfq0p4G5qsp1gxTJPcYgj9lUE"}]})");
    Settings settings;
    settings.jwt_public_keys = folder_ / "keys";
    settings.jwks_file = folder_ / "jwks.json";

    const auto findings = examine_public_keys(settings);

    ASSERT_EQ(findings.size(), 2u);
    EXPECT_EQ(findings[0].what, "JWT_PUBLIC_KEYS " + (folder_ / "keys").string() + ": 2 keys: ES256 (own), RS256 (partner)");
    EXPECT_EQ(findings[1].what, "JWKS_FILE " + (folder_ / "jwks.json").string() + ": 1 key: ES256 (k1)");
    for (const Finding& finding : findings) EXPECT_EQ(finding.verdict, Verdict::ok);
}

TEST_F(Doctor, APublicKeyThatIsNoneIsNamedWithItsFileAndWhatToGiveInstead) {
    write(folder_ / "private.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    write(folder_ / "jwks.json", "{}");
    std::filesystem::create_directory(folder_ / "empty");
    const auto examined = [this](std::filesystem::path Settings::*setting, const char* name) {
        Settings settings;
        settings.*setting = folder_ / name;
        const auto findings = examine_public_keys(settings);
        EXPECT_EQ(findings.size(), 1u);
        EXPECT_EQ(findings.at(0).verdict, Verdict::fail) << name;
        EXPECT_THAT(findings.at(0).what, HasSubstr((folder_ / name).string()));
        return findings.at(0);
    };

    EXPECT_THAT(examined(&Settings::jwt_public_keys, "private.pem").remedy, HasSubstr("openssl pkey"));
    EXPECT_THAT(examined(&Settings::jwt_public_keys, "missing.pem").what, HasSubstr("no such file"));
    EXPECT_THAT(examined(&Settings::jwt_public_keys, "empty").what, HasSubstr("no *.pem file"));
    EXPECT_THAT(examined(&Settings::jwks_file, "jwks.json").remedy, HasSubstr("jwks_uri"));
    EXPECT_THAT(examined(&Settings::jwks_file, "empty").what, HasSubstr("is not a file"));
}

TEST_F(Doctor, PagesAreCountedAndThoseThatAreMissingNamed) {
    Settings settings;
    settings.web_dir = folder_;
    write(folder_ / "index.html", "<!doctype html>");

    const Finding incomplete = examine_pages(settings);
    write(folder_ / "agent.html", "<!doctype html>");
    const Finding complete = examine_pages(settings);
    settings.web_dir = folder_ / "elsewhere";
    const Finding missing = examine_pages(settings);

    EXPECT_EQ(incomplete.verdict, Verdict::warn);
    EXPECT_THAT(incomplete.what, HasSubstr("agent.html"));
    EXPECT_EQ(complete.verdict, Verdict::ok);
    EXPECT_THAT(complete.what, HasSubstr("2 files"));
    EXPECT_EQ(missing.verdict, Verdict::fail);
    EXPECT_THAT(missing.what, HasSubstr("elsewhere"));
    EXPECT_THAT(missing.remedy, HasSubstr("WEB_DIR"));
}

TEST_F(Doctor, AProxyInFrontShouldBeTrusted) {
    Settings settings;
    settings.mode = Mode::production;
    settings.host = "0.0.0.0";
    EXPECT_FALSE(examine_proxies(settings));

    settings.host = "127.0.0.1";
    const auto forgotten = examine_proxies(settings);
    settings.trusted_proxies = {"127.0.0.1", "::1"};
    const auto named = examine_proxies(settings);

    ASSERT_TRUE(forgotten && named);
    EXPECT_EQ(forgotten->verdict, Verdict::warn);
    EXPECT_THAT(forgotten->remedy, HasSubstr("TRUSTED_PROXIES="));
    EXPECT_EQ(named->what, "TRUSTED_PROXIES: 127.0.0.1, ::1");
}

TEST_F(Doctor, ALineCarriesTheRemedyBelowIt) {
    EXPECT_EQ(line_of({Verdict::ok, "clock: synchronised", ""}), "ok    clock: synchronised\n");
    EXPECT_EQ(line_of({Verdict::fail, "PORT 80", "set PORT higher"}), "fail  PORT 80\n      -> set PORT higher\n");
}

}  // namespace
}  // namespace calldocker::main
