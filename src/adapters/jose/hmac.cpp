#include "adapters/jose/hmac.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "base/require.hpp"

namespace calldocker::adapters::jose {
namespace {

struct FreeMac {
    void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
};

}  // namespace

void Hmac::Free::operator()(evp_mac_ctx_st* context) const { EVP_MAC_CTX_free(context); }

Hmac::Hmac(const Secret<std::string>& key) {
    const std::unique_ptr<EVP_MAC, FreeMac> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    context_.reset(EVP_MAC_CTX_new(mac.get()));
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[]{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0), OSSL_PARAM_construct_end()};
    const auto* bytes = reinterpret_cast<const unsigned char*>(key.reveal().data());
    require(!key.reveal().empty(), "an HMAC has a key");
    require(context_ && EVP_MAC_init(context_.get(), bytes, key.reveal().size(), parameters) == 1, "HMAC-SHA256 is available");
}

Hmac::Digest Hmac::digest(std::string_view text) {
    Digest out{};
    std::size_t out_bytes = 0;
    const bool done = EVP_MAC_init(context_.get(), nullptr, 0, nullptr) == 1 &&
                      EVP_MAC_update(context_.get(), reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1 &&
                      EVP_MAC_final(context_.get(), out.data(), &out_bytes, out.size()) == 1;
    require(done && out_bytes == out.size(), "HMAC-SHA256 works");
    return out;
}

bool Hmac::matches(std::string_view text, std::string_view signature) {
    const Digest expected = digest(text);
    return signature.size() == expected.size() && CRYPTO_memcmp(signature.data(), expected.data(), expected.size()) == 0;
}

}  // namespace calldocker::adapters::jose
