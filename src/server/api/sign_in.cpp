#include "server/api/sign_in.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "protocol/json/writer.hpp"

namespace calldocker::server {
namespace {

namespace json = protocol::json;

constexpr std::size_t body_bytes_max = 16u * 1024u, body_nesting_max = 8;

struct DemoPerson {
    std::string_view id, name, role;
};
constexpr std::string_view demo_company = "demo";
constexpr DemoPerson demo_visitor{"demo-visitor", "Demo visitor", "user"};
constexpr std::array<DemoPerson, 3> demo_staff{{
    {"agent-1", "Agent One", "agent"},
    {"agent-2", "Agent Two", "agent"},
    {"supervisor-1", "Supervisor One", "supervisor"},
}};

void write_person(json::Writer& writer, const DemoPerson& person) {
    writer.begin_object().key("id").text(person.id).key("name").text(person.name).key("role").text(person.role).end_object();
}

/// Text members of an object, in the order of `names`; nothing for one that is absent or no text.
template <std::size_t size>
Result<std::array<std::optional<std::string>, size>> texts(json::Validator& validator, std::string_view body,
                                                           const std::array<std::string_view, size>& names) {
    if (auto valid = validator.validate(body); !valid || !json::is_object(body))
        return fail(ErrorCode::invalid, "the body must be a JSON object");
    const auto raw = json::pick(body, names);
    std::array<std::optional<std::string>, size> values;
    std::string scratch;
    for (std::size_t i = 0; i < size; ++i)
        if (const auto text = json::text_of(raw[i], scratch)) values[i] = std::string(*text);
    return values;
}

}  // namespace

SignIn::SignIn(SignInSettings settings, ports::TokenIssuer& issuer, ports::TokenVerifier& verifier, domain::Budgets& budgets,
               std::function<std::string(std::size_t)> random_bytes)
    : settings_(std::move(settings)),
      issuer_(issuer),
      verifier_(verifier),
      budgets_(budgets),
      random_bytes_(std::move(random_bytes)),
      validator_(body_bytes_max, body_nesting_max) {}

CompanyId SignIn::company_of(std::string_view body) {
    const auto fields = texts<1>(validator_, body, {"company"});
    return fields && (*fields)[0] && is_name(*(*fields)[0]) ? CompanyId(*(*fields)[0]) : CompanyId{};
}

Result<std::string> SignIn::visitor_token(std::string_view body, domain::AddressKey from, Instant now) {
    auto fields = texts<2>(validator_, body, {"company", "token"});
    if (!fields) return fail(fields.error());
    const auto& [company, token] = *fields;
    if (!company || !is_name(*company)) return fail(ErrorCode::invalid, "company must be a name");
    if (!settings_.any_company && !settings_.visitor_companies.contains(CompanyId(*company)))
        return fail(ErrorCode::not_found, "no such company takes visitors here");

    ports::TokenClaims claims{
        .company = CompanyId(*company), .user = {}, .role = "user", .name = {}, .expires_at = now + visitor_token_lifetime};
    if (token) {
        const auto own = verifier_.verify_own(*token, now);
        const bool renewable = own && own->identity.company == claims.company && own->identity.role == domain::Role::customer &&
                               !own->identity.anonymous && now < own->since + visitor_lifetime_max;
        if (renewable) {
            claims.user = own->identity.user;
            claims.since = own->since;
            claims.expires_at = std::min<Instant>(claims.expires_at, own->since + visitor_lifetime_max);
        }
    }
    const domain::Payer payer{claims.company, claims.user, from,
                              domain::standing_of({.company = claims.company,
                                                   .user = claims.user,
                                                   .role = domain::Role::customer,
                                                   .role_name = {},
                                                   .name = {},
                                                   .anonymous = false,
                                                   .token_expires_at = std::nullopt})};
    if (auto asked = budgets_.ask(payer, domain::Budget::tokens, 1, now); !asked) return fail(asked.error());
    if (claims.user.empty()) claims.user = UserId::visitor("visitor-" + base64url_encode(random_bytes_(12)));
    return grant(claims, now);
}

Result<std::string> SignIn::demo() const {
    if (!settings_.development) return fail(ErrorCode::not_found, "the demo exists in development only");
    std::string out;
    json::Writer writer(out);
    writer.begin_object().key("company").text(demo_company).key("visitor");
    write_person(writer, demo_visitor);
    writer.key("agents").begin_array();
    for (const DemoPerson& person : demo_staff) write_person(writer, person);
    writer.end_array().end_object();
    return out;
}

Result<std::string> SignIn::sign_in(std::string_view body, Instant now) {
    if (!settings_.development) return fail(ErrorCode::not_found, "the demo exists in development only");
    auto fields = texts<1>(validator_, body, {"as"});
    if (!fields) return fail(fields.error());
    const auto& as = (*fields)[0];
    if (!as) return fail(ErrorCode::invalid, "as must name somebody of the demo company");
    const auto grant_to = [&](const DemoPerson& person) {
        return grant({.company = CompanyId(demo_company),
                      .user = UserId(person.id),
                      .role = std::string(person.role),
                      .name = std::string(person.name),
                      .expires_at = now + demo_token_lifetime},
                     now);
    };
    if (*as == demo_visitor.id) return grant_to(demo_visitor);
    for (const DemoPerson& person : demo_staff)
        if (*as == person.id) return grant_to(person);
    return fail(ErrorCode::not_found, "nobody of that name in the demo company");
}

std::string SignIn::grant(const ports::TokenClaims& claims, Instant now) {
    std::string out;
    json::Writer writer(out);
    writer.begin_object().key("token").text(issuer_.issue(claims, now)).key("expiresAt").text(to_iso8601(claims.expires_at));
    writer.key("user").begin_object().key("id").text(claims.user.view());
    if (!claims.name.empty()) writer.key("name").text(claims.name);
    writer.key("role").text(claims.role).end_object();
    writer.key("company").text(claims.company.view()).end_object();
    return out;
}

}  // namespace calldocker::server
