#include "server/net/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <climits>

namespace calldocker::server {
namespace {

constexpr std::array<unsigned char, 9> http_1_1{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered, unsigned int offered_bytes,
                    void*) {
    unsigned char* match = nullptr;
    const int found = SSL_select_next_proto(&match, length, http_1_1.data(), http_1_1.size(), offered, offered_bytes);
    *chosen = match;
    // A client that offers only what we do not speak is served without ALPN rather than refused.
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

std::string reason() {
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_peek_last_error(), text.data(), text.size());
    ERR_clear_error();
    return text.data();
}

}  // namespace

void TlsSession::Free::operator()(ssl_st* session) const { SSL_free(session); }

TlsSession::TlsSession(ssl_ctx_st& context, int descriptor) : session_(SSL_new(&context)) {
    if (session_ == nullptr || SSL_set_fd(session_.get(), descriptor) != 1) throw std::bad_alloc();
    SSL_set_accept_state(session_.get());
}

IoResult TlsSession::result_of(int returned, bool receiving) const {
    switch (SSL_get_error(session_.get(), returned)) {
        case SSL_ERROR_WANT_READ: return {receiving ? IoStatus::again : IoStatus::wants_read, 0};
        case SSL_ERROR_WANT_WRITE: return {receiving ? IoStatus::wants_write : IoStatus::again, 0};
        case SSL_ERROR_ZERO_RETURN: return {IoStatus::ended, 0};
        default: return {IoStatus::failed, 0};
    }
}

IoResult TlsSession::receive(std::span<char> into) {
    ERR_clear_error();
    std::size_t bytes = 0;
    const int returned = SSL_read_ex(session_.get(), into.data(), into.size(), &bytes);
    if (returned == 1) return {IoStatus::done, bytes};
    return result_of(returned, true);
}

IoResult TlsSession::send(std::string_view bytes) {
    ERR_clear_error();
    std::size_t written = 0;
    const int returned = SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &written);
    if (returned == 1) return {IoStatus::done, written};
    return result_of(returned, false);
}

void TlsSession::shut_down() {
    ERR_clear_error();
    if (SSL_is_init_finished(session_.get()) == 1) SSL_shutdown(session_.get());
    ERR_clear_error();
}

Result<TlsContext> TlsContext::load(const std::string& certificate_file, const std::string& key_file) {
    ERR_clear_error();
    const std::shared_ptr<ssl_ctx_st> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!context) return fail(ErrorCode::unavailable, "TLS: " + reason());
    SSL_CTX* const raw = context.get();
    SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
    // TLS 1.2 with forward secrecy and authenticated encryption alone (RFC 9325 §4.2); TLS 1.3 has nothing else.
    if (SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1) return fail(ErrorCode::unavailable, "TLS: " + reason());
    SSL_CTX_set_options(raw,
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_IGNORE_UNEXPECTED_EOF);
    // Buffers go back when idle (23 kB to 15 kB a connection), and what is written may be moved between two attempts.
    SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);  // tickets need no cache
    SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);
    if (SSL_CTX_use_certificate_chain_file(raw, certificate_file.c_str()) != 1) {
        return fail(ErrorCode::invalid, "TLS certificate " + certificate_file + ": " + reason());
    }
    if (SSL_CTX_use_PrivateKey_file(raw, key_file.c_str(), SSL_FILETYPE_PEM) != 1 || SSL_CTX_check_private_key(raw) != 1) {
        return fail(ErrorCode::invalid, "TLS key " + key_file + ": " + reason());
    }
    return TlsContext(context);
}

std::unique_ptr<TlsSession> TlsContext::accept(int descriptor) const { return std::make_unique<TlsSession>(*context_, descriptor); }

}  // namespace calldocker::server
