#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

#include "main/doctor.hpp"

namespace calldocker::main {
namespace {

constexpr int days_left_wanted = 14;

/// The newest error of OpenSSL in its own words; empties its queue.
std::string openssl_reason() {
    const char* words = ERR_reason_error_string(ERR_peek_last_error());
    std::string reason = words != nullptr ? words : "it cannot be read";
    ERR_clear_error();
    return reason;
}

}  // namespace

Finding examine_tls(const Settings& settings) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    if (SSL_CTX_use_certificate_chain_file(context.get(), settings.tls_cert.c_str()) != 1)
        return {Verdict::fail, fmt::format("TLS_CERT {}: {}", settings.tls_cert.string(), openssl_reason()),
                "give a PEM file that this user can read, the server's certificate first"};
    // OpenSSL compares the key with the certificate that is there already.
    if (SSL_CTX_use_PrivateKey_file(context.get(), settings.tls_key.c_str(), SSL_FILETYPE_PEM) != 1)
        return {Verdict::fail, fmt::format("TLS_KEY {}: {}", settings.tls_key.string(), openssl_reason()),
                "give the PEM key that belongs to TLS_CERT, readable for this user"};
    int days = 0;
    int seconds = 0;
    const X509* certificate = SSL_CTX_get0_certificate(context.get());
    if (ASN1_TIME_diff(&days, &seconds, nullptr, X509_get0_notAfter(certificate)) != 1 || days < 0 || seconds < 0)
        return {Verdict::fail, fmt::format("TLS_CERT {}: has expired", settings.tls_cert.string()), "renew it"};
    const std::string what = fmt::format("TLS: certificate and key match, {} days left", days);
    if (days < days_left_wanted) return {Verdict::warn, what, "renew it soon"};
    return {Verdict::ok, what, ""};
}

}  // namespace calldocker::main
