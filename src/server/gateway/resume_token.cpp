#include "server/gateway/resume_token.hpp"

#include <array>
#include <vector>

#include "base/text.hpp"
#include "server/gateway/limits.hpp"

namespace calldocker::server {
namespace {

// Fields in a fixed order, joined by a control character that no name may contain. `format` leads, so that the form may change.
constexpr std::string_view format = "session-1";
constexpr char separator = '\x1f';

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
    std::string payload(format);
    for (const std::string_view field : {claim.session.view(), identity.company.view(), identity.user.view(), role_code(identity.role),
                                         std::string_view(identity.role_name), std::string_view(identity.name),
                                         std::string_view(identity.anonymous ? "anonymous" : "named")}) {
        payload.push_back(separator);
        payload.append(field);
    }
    return sealer.seal(payload);
}

std::optional<ResumeClaim> read_resume_token(std::string_view token, ports::Sealer& sealer) {
    if (token.empty() || token.size() > limits::resume_token_bytes_max) return std::nullopt;
    const auto payload = sealer.unseal(token);
    if (!payload) return std::nullopt;
    std::vector<std::string> fields(1);
    for (const char c : *payload) {
        if (c == separator) {
            fields.emplace_back();
        } else {
            fields.back().push_back(c);
        }
    }
    if (fields.size() != 8 || fields[0] != format) return std::nullopt;
    const auto role = role_of(fields[4]);
    if (!role) return std::nullopt;
    return ResumeClaim{SessionId(std::move(fields[1])), domain::Identity{.company = CompanyId(std::move(fields[2])),
                                                                         .user = UserId(domain::class_of(*role), std::move(fields[3])),
                                                                         .role = *role,
                                                                         .role_name = std::move(fields[5]),
                                                                         .name = std::move(fields[6]),
                                                                         .anonymous = fields[7] == "anonymous",
                                                                         .token_expires_at = std::nullopt}};
}

}  // namespace calldocker::server
