#include "server/gateway/codes.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/require.hpp"
#include "base/text.hpp"
#include "server/gateway/limits.hpp"
#include "server/gateway/sealed_fields.hpp"

namespace calldocker::server {
namespace {

// Sets codes apart from resume tokens.
constexpr std::string_view code_form = "code-1";

}  // namespace

std::string make_code(const CodeClaim& claim, ports::Sealer& sealer) {
    const std::string until = std::to_string(to_unix_ms(claim.until)), generation = std::to_string(claim.generation);
    const std::string bits = base64url_encode(claim.bits);
    const std::array<std::string_view, 6> fields{
        code_form, claim.purpose == CodeClaim::Purpose::resume ? "resume" : "sign_in", claim.company.view(), bits, until, generation};
    return sealer.seal(join_fields(fields));
}

std::optional<CodeClaim> read_code(std::string_view code, ports::Sealer& sealer, std::uint64_t generation, Instant now) {
    if (code.empty() || code.size() > limits::resume_token_bytes_max) return std::nullopt;
    const auto payload = sealer.unseal(code);
    if (!payload) return std::nullopt;
    std::vector<std::string> fields = split_fields(*payload);
    if (fields.size() != 6 || fields[0] != code_form) return std::nullopt;
    auto bits = base64url_decode(fields[3]);
    const auto until = number_in(fields[4]), made_under = number_in(fields[5]);
    const bool is_resume = fields[1] == "resume";
    if (!bits || !until || !made_under || (!is_resume && fields[1] != "sign_in")) return std::nullopt;
    if (static_cast<std::uint64_t>(*made_under) != generation || now >= from_unix_ms(*until)) return std::nullopt;
    return CodeClaim{.purpose = is_resume ? CodeClaim::Purpose::resume : CodeClaim::Purpose::sign_in,
                     .company = CompanyId(std::move(fields[2])),
                     .bits = std::move(*bits),
                     .until = from_unix_ms(*until),
                     .generation = generation};
}

std::string hash_of_bits(std::string_view bits) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned bytes = 0;
    require(EVP_Digest(bits.data(), bits.size(), digest.data(), &bytes, EVP_sha256(), nullptr) == 1, "SHA-256 is there");
    return base64url_encode({reinterpret_cast<const char*>(digest.data()), bytes});
}

Result<> SignInCodes::keep(std::string hash, domain::Identity who, Instant until, Instant now) {
    drop_old(now);
    const auto is_of_user = [&](const std::string& other) {
        const auto found = kept_.find(other);
        return found != kept_.end() && found->second.who.user == who.user;
    };
    const auto of_user = std::count_if(in_order_.begin(), in_order_.end(), is_of_user);
    if (static_cast<std::size_t>(of_user) >= limits::codes_per_user_max) {
        const auto oldest = std::find_if(in_order_.begin(), in_order_.end(), is_of_user);
        kept_.erase(*oldest);
        in_order_.erase(oldest);
    } else if (in_order_.size() >= limits::codes_per_company_max) {
        return fail(ErrorCode::overloaded, "too many codes wait to be used; try again in two minutes");
    }
    in_order_.push_back(hash);
    kept_.emplace(std::move(hash), Kept{std::move(who), until});
    return {};
}

std::optional<domain::Identity> SignInCodes::take(std::string_view hash, Instant now) {
    drop_old(now);
    const auto found = kept_.find(hash);
    if (found == kept_.end()) return std::nullopt;
    domain::Identity who = std::move(found->second.who);
    in_order_.erase(std::find(in_order_.begin(), in_order_.end(), found->first));
    kept_.erase(found);
    return who;
}

void SignInCodes::forget(const UserId& user) {
    std::erase_if(in_order_, [&](const std::string& hash) { return kept_.at(hash).who.user == user; });
    std::erase_if(kept_, [&](const auto& entry) { return entry.second.who.user == user; });
}

// All are good for the same time, so that the oldest goes first.
void SignInCodes::drop_old(Instant now) {
    while (!in_order_.empty() && kept_.at(in_order_.front()).until <= now) {
        kept_.erase(in_order_.front());
        in_order_.pop_front();
    }
}

}  // namespace calldocker::server
