#include <cstdint>
#include <cstdlib>

#include "adapters/jose/key_examples.hpp"
#include "adapters/jose/signer.hpp"
#include "adapters/jose/verifier.hpp"
#include "base/text.hpp"

using namespace calldocker;
using namespace calldocker::adapters::jose;

namespace {

VerifierSettings settings(bool mock) {
    VerifierSettings chosen;
    chosen.secret = Secret<std::string>("0123456789abcdef0123456789abcdef");
    chosen.public_keys = {*read_pem(examples::rsa_pem), *read_pem(examples::ec_pem)};
    chosen.accept_mock_tokens = mock;
    return chosen;
}

}  // namespace

// The input as a token, and as header and payload of a mock token; what is accepted keeps the promises of an identity.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Verifier strict(settings(false));
    static Verifier mock(settings(true));
    static HmacSealer sealer(Secret<std::string>("key"));
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const Instant now = from_unix_ms(1'700'000'000'000);

    if (text != examples::rsa_token && text != examples::ec_token && strict.verify(text, now)) std::abort();
    if (sealer.unseal(text)) std::abort();
    const std::size_t line = text.find('\n');
    if (line == std::string_view::npos) return 0;
    const std::string token = base64url_encode(text.substr(0, line)) + "." + base64url_encode(text.substr(line + 1)) + ".mock_signature";
    const auto identity = mock.verify(token, now);
    if (!identity) return 0;
    if (!is_name(identity->company.view()) || !is_name(identity->role_name) || (!identity->anonymous && !is_name(identity->user.view())))
        std::abort();
    if (identity->token_expires_at && *identity->token_expires_at < now) std::abort();
    return 0;
}
