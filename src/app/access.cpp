#include <algorithm>

#include "app/live_island.hpp"
#include "domain/contacts/limits.hpp"

namespace calldocker::app {

using namespace domain;

const Contact* LiveIsland::contact_naming(const UserId& user, const SessionId& session) const {
    for (const ContactId& call : state_.contacts_of(user))
        if (const Contact* contact = state_.contact(call); contact->names(user, session)) return contact;
    return nullptr;
}

std::vector<SessionKey> LiveIsland::sessions_of(const UserId& user) const {
    const auto own = presence_.sessions_of(user);
    return {own.begin(), own.end()};
}

bool LiveIsland::names(const UserId& user, const SessionId& session) const { return contact_naming(user, session) != nullptr; }

Instant LiveIsland::resumes_from(const UserId& user, const SessionId& session) const {
    Instant from = signed_out_at(user).value_or(Instant{});
    for (const ContactId& call : state_.contacts_of(user)) {
        const auto& voided = state_.contact(call)->way_back.resumes_from;
        if (const auto found = voided.find(session); found != voided.end()) from = std::max(from, found->second);
    }
    return from;
}

bool LiveIsland::void_resume_tokens(const UserId& user, const SessionId& session, Instant before, Instant now) {
    now_ = std::max(now_, now);
    Facts facts;
    for (const ContactId& call : state_.contacts_of(user))
        if (state_.contact(call)->names(user, session)) facts.emplace_back(ContactFact{fact::ResumeTokensVoided{call, session, before}});
    return !facts.empty() && write(facts, user);  // without the log they stay void as long as this process lives
}

std::optional<Instant> LiveIsland::signed_out_at(const UserId& user) const {
    const Instant* at = state_.signed_out_at(user);
    return at == nullptr ? std::nullopt : std::optional<Instant>(*at);
}

Result<Sequence> LiveIsland::sign_out(const Identity& by, const std::string& id, Instant now) {
    now_ = std::max(now_, now);
    if (by.role != Role::admin) return fail(ErrorCode::forbidden, "only the company's admins sign others out");
    return write({ConfigurationFact{fact::UserSignedOut{UserId{id}}}, ConfigurationFact{fact::UserSignedOut{UserId::visitor(id)}}},
                 by.user);
}

Result<Sequence> LiveIsland::keep_return_code(const UserId& visitor, const ReturnCode& code, Instant now) {
    now_ = std::max(now_, now);
    const Contact* contact = contact_naming(visitor, code.session);
    if (contact == nullptr || contact->visitor != visitor) return fail(ErrorCode::conflict, "no live contact names this session");
    if (contact->way_back.codes_made >= return_codes_max) return fail(ErrorCode::overloaded, "too many codes were made for this contact");
    return write({ContactFact{fact::ReturnCodeMade{contact->call, code}}}, visitor);
}

Result<Island::Returning> LiveIsland::use_return_code(std::string_view hash, Instant now) {
    now_ = std::max(now_, now);
    for (const auto& [call, contact] : state_.contacts()) {
        const auto& codes = contact.way_back.codes;
        const auto found = std::find_if(codes.begin(), codes.end(), [&](const ReturnCode& code) { return code.hash == hash; });
        if (found == codes.end()) continue;
        Returning returning{contact.visitor, *found, {}};
        if (now_ >= found->until || !contact.names(returning.visitor, found->session)) break;
        const auto written = write({ContactFact{fact::ReturnCodeUsed{call, std::string(hash)}}}, returning.visitor);
        if (!written) return fail(written.error());
        returning.after = *written;
        return returning;
    }
    return fail(ErrorCode::not_found, "no such code");
}

Result<Sequence> LiveIsland::write(const Facts& facts, const UserId& actor) {
    if (journal_.is_broken()) return fail(ErrorCode::unavailable, "Service unavailable: the company's log cannot be written");
    record(facts, actor, {});
    conclude();
    return state_.sequence();
}

}  // namespace calldocker::app
