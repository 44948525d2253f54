#include "main/token_command.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "adapters/jose/signer.hpp"
#include "base/text.hpp"
#include "ports/token_issuer.hpp"

namespace calldocker::main {

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
    constexpr std::chrono::seconds longest = std::chrono::days(365);
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || count <= 0 || count > longest.count()) return std::nullopt;
    const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    const int seconds = unit.empty() || unit == "s" ? 1 : unit == "m" ? 60 : unit == "h" ? 3'600 : unit == "d" ? 86'400 : 0;
    const std::chrono::seconds duration(count * seconds);
    if (seconds == 0 || duration > longest) return std::nullopt;
    return duration;
}

Result<std::string> create_token(const NewToken& wanted, const Settings& settings, Instant now) {
    for (const auto& [option, value] :
         {std::pair{"--user", &wanted.user}, std::pair{"--role", &wanted.role}, std::pair{"--company", &wanted.company}})
        if (!is_name(*value))
            return fail(ErrorCode::invalid, fmt::format("{}: 1 to {} bytes of text without control characters", option, name_bytes_max));
    if (!wanted.name.empty() && !is_line(wanted.name))
        return fail(ErrorCode::invalid,
                    fmt::format("--name: at most {} characters of text without control characters", line_characters_max));
    if (settings.jwt_secret.reveal().empty())
        return fail(ErrorCode::unavailable, "JWT_SECRET is not set; tokens for JWT_PUBLIC_KEYS are signed by who holds the private key");
    ports::TokenClaims claims;
    claims.company = CompanyId(wanted.company);
    claims.user = UserId(wanted.user);
    claims.role = wanted.role;
    claims.name = wanted.name;
    claims.anonymous = wanted.anonymous;
    claims.expires_at = now + wanted.good_for;
    return adapters::jose::sign_hs256(settings.jwt_secret, claims, now);
}

}  // namespace calldocker::main
