#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <filesystem>

#include "server/http/transport_harness.hpp"

namespace calldocker::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

template <auto Free>
struct With {
    template <class Thing>
    void operator()(Thing* thing) const {
        Free(thing);
    }
};

/// A key and a certificate of its own, made for this test and deleted with it.
struct Certificate {
    explicit Certificate(EVP_PKEY* made_key = EVP_EC_gen("P-256")) {
        const std::unique_ptr<EVP_PKEY, With<EVP_PKEY_free>> key_pair(made_key);
        const std::unique_ptr<X509, With<X509_free>> made(X509_new());
        ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(made.get()), -60);
        X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
        X509_set_pubkey(made.get(), key_pair.get());
        X509_sign(made.get(), key_pair.get(), EVP_sha256());
        std::filesystem::create_directories(folder);
        const std::unique_ptr<FILE, With<std::fclose>> key_out(std::fopen(key.c_str(), "w"));
        const std::unique_ptr<FILE, With<std::fclose>> out(std::fopen(certificate.c_str(), "w"));
        PEM_write_PrivateKey(key_out.get(), key_pair.get(), nullptr, nullptr, 0, nullptr, nullptr);
        PEM_write_X509(out.get(), made.get());
    }
    ~Certificate() { std::filesystem::remove_all(folder); }
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;

    std::filesystem::path folder = std::filesystem::temp_directory_path() / ("calldocker-tls-" + std::to_string(::getpid()));
    std::string key = folder / "key.pem";
    std::string certificate = folder / "certificate.pem";
};

TransportSettings secured(const Certificate& certificate) {
    TransportSettings settings;
    settings.tls_certificate = certificate.certificate;
    settings.tls_key = certificate.key;
    return settings;
}

/// A TLS client; blocking, the operating system's timeout ends what hangs.
struct TlsClient {
    explicit TlsClient(std::uint16_t port) : client(port) {
        const timeval limit{5, 0};
        ::setsockopt(client.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        SSL_set_fd(session.get(), client.descriptor());
        EXPECT_EQ(SSL_connect(session.get()), 1);
    }
    void send(std::string_view bytes) const {
        EXPECT_EQ(SSL_write(session.get(), bytes.data(), static_cast<int>(bytes.size())), static_cast<int>(bytes.size()));
    }
    [[nodiscard]] std::string until(std::string_view end) const {
        std::string got;
        std::array<char, 4096> buffer;
        while (got.find(end) == std::string::npos) {
            const int bytes = SSL_read(session.get(), buffer.data(), buffer.size());
            if (bytes <= 0) return got + "<closed or too late>";
            got.append(buffer.data(), static_cast<std::size_t>(bytes));
        }
        return got;
    }
    Client client;
    std::unique_ptr<SSL_CTX, With<SSL_CTX_free>> context{SSL_CTX_new(TLS_client_method())};
    std::unique_ptr<SSL, With<SSL_free>> session{SSL_new(context.get())};
};

TEST(Tls, CarriesAWebSocketToAnotherShard) {
    const Certificate certificate;
    TestServer server(secured(certificate));
    const TlsClient client(server.transport->websocket_port());

    client.send(upgrade_request("/?elsewhere") + masked("hello"));
    EXPECT_THAT(client.until("hello"), StartsWith("HTTP/1.1 101 "));
    const std::string large(200'000, 'y');
    client.send(masked(large + "end"));

    EXPECT_THAT(client.until("end"), HasSubstr(large));
}

TEST(Tls, CarriesALargeAnswerAndAsksForTlsNextTime) {
    const Certificate certificate;
    TestServer server(secured(certificate));
    const TlsClient client(server.transport->http_port());

    client.send("GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string answer = client.until("never comes");

    EXPECT_GT(answer.size(), std::size_t{5} * 1024 * 1024);
    EXPECT_THAT(answer.substr(0, 2000), HasSubstr("Strict-Transport-Security"));
}

TEST(Tls, SpeaksTls12WithForwardSecrecyAlone) {
    const Certificate certificate(EVP_RSA_gen(2048));
    TestServer server(secured(certificate));
    const auto handshake = [&](const char* ciphers) {
        const Client client(server.transport->http_port());
        const timeval limit{5, 0};
        ::setsockopt(client.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        const std::unique_ptr<SSL_CTX, With<SSL_CTX_free>> context{SSL_CTX_new(TLS_client_method())};
        SSL_CTX_set_max_proto_version(context.get(), TLS1_2_VERSION);
        EXPECT_EQ(SSL_CTX_set_cipher_list(context.get(), ciphers), 1);
        const std::unique_ptr<SSL, With<SSL_free>> session{SSL_new(context.get())};
        SSL_set_fd(session.get(), client.descriptor());
        return SSL_connect(session.get()) == 1 ? std::string(SSL_get_cipher_name(session.get())) : "refused";
    };

    EXPECT_EQ(handshake("ECDHE-RSA-AES128-GCM-SHA256"), "ECDHE-RSA-AES128-GCM-SHA256");
    EXPECT_EQ(handshake("ECDHE-RSA-CHACHA20-POLY1305"), "ECDHE-RSA-CHACHA20-POLY1305");
    EXPECT_EQ(handshake("AES128-SHA:AES256-GCM-SHA384"), "refused") << "no forward secrecy";
    EXPECT_EQ(handshake("ECDHE-RSA-AES128-SHA"), "refused") << "no authenticated encryption";
}

TEST(Tls, GarbageInPlaceOfAHandshakeEndsThatConnectionOnly) {
    const Certificate certificate;
    TestServer server(secured(certificate));
    Client plain(server.transport->websocket_port());

    plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    plain.rest();

    const TlsClient other(server.transport->websocket_port());
    other.send(upgrade_request());
    EXPECT_THAT(other.until("welcome"), StartsWith("HTTP/1.1 101 "));
}

TEST(Tls, TakesANewCertificateWithoutAStopAndKeepsTheOldOneWhenTheNewIsBroken) {
    const Certificate certificate;
    TestServer server(secured(certificate));

    EXPECT_TRUE(server.transport->reload_tls());
    std::filesystem::resize_file(certificate.certificate, 10);
    EXPECT_EQ(server.transport->reload_tls().error().code, ErrorCode::invalid);

    const TlsClient client(server.transport->http_port());
    client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.until("hello"), StartsWith("HTTP/1.1 200 "));
}

}  // namespace
}  // namespace calldocker::server::testing
