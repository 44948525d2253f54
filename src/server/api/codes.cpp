#include "server/api/codes.hpp"

#include "protocol/json/writer.hpp"
#include "server/api/limits.hpp"

namespace calldocker::server {
namespace {

namespace json = protocol::json;

/// Of a token for somebody whose own never expires.
constexpr std::chrono::hours redeemed_token_lifetime{12};
constexpr std::size_t codes_body_bytes_max = 16u * 1024u, codes_body_nesting_max = 2;

tl::unexpected<Error> no_object() { return fail(ErrorCode::invalid, "the body must be a JSON object"); }

}  // namespace

CodesApi::CodesApi(ports::TokenIssuer& issuer) : issuer_(issuer), validator_(codes_body_bytes_max, codes_body_nesting_max) {}

Result<CodesApi::Wanted> CodesApi::read_wanted(std::string_view body) {
    if (!validator_.validate(body) || !json::is_object(body)) return no_object();
    const auto [purpose, resume_token] = json::pick<2>(body, {"purpose", "resumeToken"});
    std::string scratch;
    const std::string said(json::text_of(purpose, scratch).value_or(""));
    if (said == "sign_in") return Wanted{};
    if (said != "resume") return fail(ErrorCode::invalid, "purpose must be sign_in or resume");
    Wanted wanted{.resume = true, .resume_token = std::string(json::text_of(resume_token, scratch).value_or(""))};
    if (wanted.resume_token.empty()) return fail(ErrorCode::invalid, "resumeToken must be the last of the session");
    return wanted;
}

std::string CodesApi::made(std::string_view code, Instant until) {
    std::string out;
    json::Writer(out).begin_object().key("code").text(code).key("expiresAt").text(to_iso8601(until)).end_object();
    return out;
}

Result<std::string> CodesApi::read_code(std::string_view body, std::string_view peer, SteadyTime now) {
    // Codes cannot be guessed; this bounds the work. A caller with so many addresses starts anew now and then.
    if (attempts_.size() >= limits::redeeming_addresses_max) attempts_.clear();
    if (!attempts_[std::string(peer)].take(limits::redemptions_per_address, now))
        return fail(ErrorCode::overloaded, "too many codes were tried from this address; wait a few seconds");
    if (!validator_.validate(body) || !json::is_object(body)) return no_object();
    std::string scratch;
    const auto code = json::text_of(json::pick<1>(body, {"code"})[0], scratch);
    if (!code || code->empty()) return fail(ErrorCode::invalid, "code must be text");
    return std::string(*code);
}

std::string CodesApi::redeemed(const domain::Identity& who, std::string_view resume_token, Instant now) {
    const Instant expires_at = who.token_expires_at.value_or(now + redeemed_token_lifetime);
    std::string out;
    json::Writer writer(out);
    // Whoever signed the first token may have reasons for its expiry: this one is never renewed beyond it.
    const ports::TokenClaims claims{.company = who.company,
                                    .user = who.user,
                                    .role = who.role_name,
                                    .name = who.name,
                                    .expires_at = expires_at,
                                    .since = from_unix_ms(0)};
    writer.begin_object().key("token").text(issuer_.issue(claims, now));
    if (!resume_token.empty()) writer.key("resumeToken").text(resume_token);
    writer.key("user").begin_object().key("id").text(who.user.view());
    if (!who.name.empty()) writer.key("name").text(who.name);
    writer.key("role").text(who.role_name).end_object();
    writer.key("company").text(who.company.view()).key("expiresAt").text(to_iso8601(expires_at)).end_object();
    return out;
}

}  // namespace calldocker::server
