#include "server/gateway/resume_token.hpp"

#include <array>
#include <vector>

#include "server/gateway/limits.hpp"
#include "server/gateway/sealed_fields.hpp"

namespace calldocker::server {
namespace {

// Leads, so that the form may change.
constexpr std::string_view resume_token_form = "session-2";

std::string_view role_code(domain::Role role) {
    constexpr std::array<std::string_view, 4> codes{"customer", "agent", "supervisor", "admin"};
    return codes[static_cast<std::size_t>(role)];
}

std::optional<domain::Role> role_of(std::string_view code) {
    for (const auto role : {domain::Role::customer, domain::Role::agent, domain::Role::supervisor, domain::Role::admin})
        if (role_code(role) == code) return role;
    return std::nullopt;
}

}  // namespace

std::string make_resume_token(const ResumeClaim& claim, ports::Sealer& sealer) {
    const domain::Identity& identity = claim.identity;
    const std::string issued_at = std::to_string(to_unix_ms(claim.issued_at)), generation = std::to_string(claim.generation);
    const std::array<std::string_view, 10> fields{resume_token_form,
                                                  claim.session.view(),
                                                  identity.company.view(),
                                                  identity.user.view(),
                                                  role_code(identity.role),
                                                  identity.role_name,
                                                  identity.name,
                                                  identity.anonymous ? "anonymous" : "named",
                                                  issued_at,
                                                  generation};
    return sealer.seal(join_fields(fields));
}

std::optional<ResumeClaim> read_resume_token(std::string_view token, ports::Sealer& sealer) {
    if (token.empty() || token.size() > limits::resume_token_bytes_max) return std::nullopt;
    const auto payload = sealer.unseal(token);
    if (!payload) return std::nullopt;
    std::vector<std::string> fields = split_fields(*payload);
    if (fields.size() != 10 || fields[0] != resume_token_form) return std::nullopt;
    const auto role = role_of(fields[4]);
    const auto issued_at = number_in(fields[8]), generation = number_in(fields[9]);
    if (!role || !issued_at || !generation) return std::nullopt;
    return ResumeClaim{.session = SessionId(std::move(fields[1])),
                       .identity = {.company = CompanyId(std::move(fields[2])),
                                    .user = UserId(domain::class_of(*role), std::move(fields[3])),
                                    .role = *role,
                                    .role_name = std::move(fields[5]),
                                    .name = std::move(fields[6]),
                                    .anonymous = fields[7] == "anonymous",
                                    .token_expires_at = std::nullopt},
                       .issued_at = from_unix_ms(*issued_at),
                       .generation = static_cast<std::uint64_t>(*generation)};
}

std::optional<ResumeClaim> read_live_resume_token(std::string_view token, ports::Sealer& sealer, std::uint64_t generation, Instant now) {
    auto claim = read_resume_token(token, sealer);
    if (!claim || claim->generation != generation || now - claim->issued_at > limits::resume_token_time_max) return std::nullopt;
    return claim;
}

}  // namespace calldocker::server
