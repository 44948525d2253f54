#include "server/gateway/admission.hpp"

#include <charconv>

#include "base/log.hpp"
#include "base/text.hpp"
#include "protocol/signalling/authentication.hpp"

namespace calldocker::server {
namespace {

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return number;
}

}  // namespace

Credentials parse_upgrade_query(std::string_view query) {
    Credentials parsed;
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
        const std::size_t equals = pair.find('=');
        const auto name = percent_decode(pair.substr(0, equals));
        const auto value =
            equals == std::string_view::npos ? std::optional<std::string>(std::string{}) : percent_decode(pair.substr(equals + 1));
        if (!name) continue;
        if (*name == "token") {
            parsed.token_repeated = parsed.token.has_value();
            if (parsed.token_repeated) return parsed;
            parsed.token = value ? *value : "malformed escape";
        } else if (*name == "resume" && value) {
            parsed.resume = *value;
        } else if (*name == "seq" && value) {
            parsed.seq = parse_number(*value);
        }
    }
    return parsed;
}

std::optional<Credentials> parse_first_message(std::string_view text) {
    auto said = protocol::decode_authentication(text);
    if (!said) return std::nullopt;
    Credentials parsed;
    parsed.token = std::move(said->token);
    if (!said->resume_token.empty()) parsed.resume = std::move(said->resume_token);
    parsed.seq = said->seq;
    return parsed;
}

Result<Ticket> check(const Credentials& credentials, bool version_2, const Proof& proof, Instant now) {
    if (credentials.token_repeated) return fail(ErrorCode::unauthenticated, "Invalid token");
    if (!credentials.token || credentials.token->empty()) return fail(ErrorCode::unauthenticated, "Authentication required");

    std::optional<ResumeClaim> claim;
    if (version_2 && credentials.resume) claim = read_live_resume_token(*credentials.resume, proof.sealer, proof.generation, now);

    auto identity = proof.tokens.verify(*credentials.token, now);
    const bool has_expired = !identity && claim && (identity = proof.tokens.verify_even_if_expired(*credentials.token, now));
    if (!identity) {
        log::debug("token.refused", {{"why", identity.error().detail}});
        return fail(ErrorCode::unauthenticated, "Invalid token");
    }
    Ticket ticket{.identity = std::move(*identity),
                  .version_2 = version_2,
                  .resumes = std::nullopt,
                  .seen = std::nullopt,
                  .needs_live_contact = has_expired};
    // An anonymous token names nobody: whoever holds the session's own resume token is the one it was given to.
    const bool same = claim && claim->identity.company == ticket.identity.company && claim->identity.role == ticket.identity.role &&
                      claim->identity.anonymous == ticket.identity.anonymous &&
                      (ticket.identity.anonymous || claim->identity.user == ticket.identity.user);
    if (same) {
        ticket.identity.user = claim->identity.user;
        ticket.resumes = std::move(claim);
        ticket.seen = credentials.seq;
    } else if (has_expired) {
        return fail(ErrorCode::unauthenticated, "Invalid token");
    }
    return ticket;
}

}  // namespace calldocker::server
