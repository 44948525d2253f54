#include <cstdint>
#include <cstdlib>

#include "base/text.hpp"
#include "server/gateway/admission.hpp"
#include "server/gateway/message_log.hpp"

using namespace calldocker;

namespace {

/// Believes everything, so that what is inside a resume token is reached.
struct Credulous final : ports::Sealer {
    std::string seal(std::string_view payload) override { return base64url_encode(payload); }
    std::optional<std::string> unseal(std::string_view sealed) override { return base64url_decode(sealed); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto query = server::parse_upgrade_query(text);
    if (query.token_repeated && !query.token) std::abort();
    Credulous sealer;
    if (const auto claim = server::read_resume_token(text, sealer)) {
        const auto again = server::read_resume_token(server::make_resume_token(*claim, sealer), sealer);
        if (!again || again->session != claim->session || !(again->identity == claim->identity)) std::abort();
    }
    (void)server::summarised(text);
    return 0;
}
