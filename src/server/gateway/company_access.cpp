#include <algorithm>
#include <utility>

#include "base/log.hpp"
#include "domain/contacts/limits.hpp"
#include "server/gateway/company.hpp"
#include "server/gateway/limits.hpp"
#include "server/gateway/resumption.hpp"

namespace calldocker::server {

void Company::void_earlier_resume_tokens(Session& session, Instant now) {
    if (session.owes_voiding() && island_->void_resume_tokens(session.identity().user, session.id(), session.resumes_from(), now))
        session.voiding_is_done();
}

void Company::void_resume_tokens(const Session& session, Instant now) {
    const Instant before = session.after_resume_tokens(now);
    sessions_.remember_goodbye(session.id(), before);
    island_->void_resume_tokens(session.identity().user, session.id(), before, now);
}

bool Company::is_signed_out(const domain::Identity& identity) const {
    const auto at = identity.user.empty() ? std::nullopt : island_->signed_out_at(identity.user);
    return at && (!identity.token_issued_at || *identity.token_issued_at < *at);
}

void Company::recognise(domain::Identity who, SharedReplyOf<void> reply) {
    when_loaded([this, who = std::move(who), reply = std::move(reply)](const Result<>& loaded) {
        if (!loaded) return reply->tell(loaded);
        if (is_signed_out(who)) return reply->tell(fail(ErrorCode::unauthenticated, "the user was signed out"));
        reply->tell({});
    });
}

void Company::sign_out(domain::Identity by, std::string id, SharedReplyOf<void> reply) {
    when_loaded([this, by = std::move(by), id = std::move(id), reply = std::move(reply)](const Result<>& loaded) {
        if (!loaded) return reply->tell(loaded);
        const Instant now = ports_.clock();
        const auto durable_at = island_->sign_out(by, id, now);
        if (!durable_at && durable_at.error().code == ErrorCode::forbidden) return reply->tell(fail(durable_at.error()));
        for (const UserId& user : {UserId(id), UserId::visitor(id)}) end_all_of(user, now);
        log::info("user.signed_out", {{"company", id_}, {"user", id}, {"by", by.user}});
        if (!durable_at) return reply->tell(fail(durable_at.error()));
        when_durable(*durable_at, [reply](const Result<>& kept) { reply->tell(kept); });
    });
}

void Company::end_all_of(const UserId& user, Instant now) {
    codes_.forget(user);
    for (const app::SessionKey key : island_->sessions_of(user)) {
        if (Visit* const visit = sessions_.disconnect(key)) turn_away(*visit, close_policy, "Signed out");
        end_session(key, now);
    }
}

void Company::end_detached_beyond_bound(const UserId& user, Instant now) {
    std::vector<std::pair<Instant, app::SessionKey>> detached;
    for (const app::SessionKey key : island_->sessions_of(user))
        if (const auto ends_at = agenda_.at({Agenda::Kind::session_grace, key})) detached.emplace_back(*ends_at, key);
    if (detached.size() <= limits::detached_per_user_max) return;
    // All have had the same time: who ends first was there first.
    end_session(std::min_element(detached.begin(), detached.end())->second, now);
}

void Company::make_sign_in_code(domain::Identity who, SharedReplyOf<NewCode> reply) {
    when_loaded([this, who = std::move(who), reply = std::move(reply)](const Result<>& loaded) {
        if (!loaded) return reply->tell(fail(loaded.error()));
        if (who.anonymous) return reply->tell(fail(ErrorCode::forbidden, "an anonymous visitor is nobody who could sign in elsewhere"));
        if (is_signed_out(who)) return reply->tell(fail(ErrorCode::unauthenticated, "the user was signed out"));
        const Instant now = ports_.clock();
        const CodeClaim claim{CodeClaim::Purpose::sign_in, id_, ports_.random_bytes(16), now + limits::sign_in_code_time,
                              ports_.key_generation()};
        if (auto kept = codes_.keep(hash_of_bits(claim.bits), who, claim.until, now); !kept) return reply->tell(fail(kept.error()));
        agenda_.set({Agenda::Kind::company_idle, {}}, now + limits::company_idle);
        reply->tell(NewCode{make_code(claim, ports_.sealer), claim.until});
    });
}

void Company::make_resume_code(domain::Identity who, std::string resume_token, SharedReplyOf<NewCode> reply) {
    when_loaded([this, who = std::move(who), resume_token = std::move(resume_token), reply = std::move(reply)](const Result<>& loaded) {
        if (!loaded) return reply->tell(fail(loaded.error()));
        if (who.anonymous || domain::is_staff(who.role))
            return reply->tell(fail(ErrorCode::forbidden, "only a visitor takes a place elsewhere"));
        if (is_signed_out(who)) return reply->tell(fail(ErrorCode::unauthenticated, "the user was signed out"));
        const Instant now = ports_.clock();
        const auto resumed = read_live_resume_token(resume_token, ports_.sealer, ports_.key_generation(), now);
        const bool is_own = resumed && resumed->identity.company == id_ && resumed->identity.user == who.user &&
                            resumed->identity.role == who.role && !resumed->identity.anonymous;
        if (!is_own) return reply->tell(fail(ErrorCode::invalid, "resumeToken must be the last of a session of this visitor"));
        if (!judge(*resumed, sessions_, *island_).names_contact)
            return reply->tell(fail(ErrorCode::conflict, "no live contact names this session"));

        const CodeClaim claim{CodeClaim::Purpose::resume, id_, ports_.random_bytes(16), now + domain::return_code_time_max,
                              ports_.key_generation()};
        const auto durable_at = island_->keep_return_code(
            who.user, {hash_of_bits(claim.bits), resumed->session, who.role_name, who.name, who.token_expires_at, claim.until}, now);
        if (!durable_at) return reply->tell(fail(durable_at.error()));
        when_durable(*durable_at, [reply, made = NewCode{make_code(claim, ports_.sealer), claim.until}](const Result<>& kept) {
            reply->tell(kept ? Result<NewCode>(made) : Result<NewCode>(fail(kept.error())));
        });
    });
}

void Company::redeem(CodeClaim claim, SharedReplyOf<RedeemedCode> reply) {
    when_loaded([this, claim = std::move(claim), reply = std::move(reply)](const Result<>& loaded) {
        if (!loaded) return reply->tell(fail(loaded.error()));
        const Instant now = ports_.clock();
        const std::string hash = hash_of_bits(claim.bits);
        if (claim.purpose == CodeClaim::Purpose::sign_in) {
            auto who = codes_.take(hash, now);
            if (!who) return reply->tell(fail(ErrorCode::not_found, "no such code"));
            return reply->tell(RedeemedCode{std::move(*who), {}});
        }
        const auto returning = island_->use_return_code(hash, now);
        if (!returning) return reply->tell(fail(returning.error()));
        const domain::Identity who{.company = id_,
                                   .user = returning->visitor,
                                   .role = domain::Role::customer,
                                   .role_name = returning->code.role_name,
                                   .name = returning->code.name,
                                   .anonymous = false,
                                   .token_expires_at = returning->code.token_expires_at};
        // A session that is here gives out its next one; of one that is not, it is later than all that are void.
        const SessionId& id = returning->code.session;
        Session* const session = sessions_.find(id);
        const Instant issued_at =
            session != nullptr ? session->issue_resume_token(now) : std::max(now, island_->resumes_from(who.user, id));
        const RedeemedCode redeemed{who, make_resume_token({id, who, issued_at, ports_.key_generation()}, ports_.sealer)};
        when_durable(returning->after, [reply, redeemed](const Result<>& kept) {
            reply->tell(kept ? Result<RedeemedCode>(redeemed) : Result<RedeemedCode>(fail(kept.error())));
        });
    });
}

}  // namespace calldocker::server
