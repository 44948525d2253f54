#include "server/gateway/company.hpp"

#include <algorithm>
#include <utility>

#include "base/log.hpp"
#include "base/require.hpp"
#include "base/text.hpp"
#include "protocol/signalling/decode.hpp"
#include "protocol/signalling/encode.hpp"
#include "server/gateway/limits.hpp"
#include "server/gateway/message_log.hpp"
#include "server/gateway/recording_id.hpp"
#include "server/gateway/resumption.hpp"

namespace calldocker::server {
namespace {

/// 88 bits that nobody guesses, and as many letters as a string holds without memory of its own.
constexpr std::size_t session_id_bytes = 11;

std::string hex(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return out;
}

}  // namespace

Company::Company(CompanyId id, GatewayPorts& ports, std::uint64_t& session_keys, Setbacks setbacks)
    : id_(std::move(id)),
      ports_(ports),
      session_keys_(session_keys),
      log_(ports.log, [this](std::string_view doing, const std::function<void()>& work) { ports_.enter(*this, doing, work); }),
      setbacks_(setbacks) {}

void Company::load() {
    rests_ = false;
    log_.load(id_, [this](Result<ports::History> history) { loaded(std::move(history)); });
}

void Company::rest_until(Instant at) {
    rests_ = true;
    agenda_.set({Agenda::Kind::company_retry, {}}, at);
}

void Company::loaded(Result<ports::History> history) {
    const Instant now = ports_.clock();
    if (history) {
        auto island =
            app::Island::open(id_, *history, {log_, *this, ports_.zones, ports_.rooms_per_session_max, ports_.budgets, ports_.tally}, now);
        if (island) {
            if (!history->tail.empty()) {
                sessions_.release(history->tail.back().sequence);
            } else if (history->snapshot) {
                sessions_.release(history->snapshot->sequence);
            }
            island_ = std::move(*island);
        } else {
            history = tl::unexpected<Error>(island.error());
        }
    }
    const std::vector<Visit*> waiting = std::exchange(waiting_, {});
    if (!history) {
        const Milliseconds rest = setbacks_.failed(now);
        if (setbacks_.may_say(now))
            log::error("company.unavailable", {{"company", id_}, {"why", history.error().detail}, {"next_try_ms", rest.count()}});
        rest_until(now + rest);
        for (Visit* visit : waiting) turn_away(*visit, close_try_later, "Service unavailable");
        for (const auto& task : std::exchange(tasks_, {})) task(fail(history.error()));
        return;
    }
    setbacks_.works(now);
    for (const auto& task : std::exchange(tasks_, {})) task({});
    for (Visit* visit : waiting) {
        admit(*visit, now);
        for (const std::string& text : std::exchange(visit->early, {}))
            if (visit->session != nullptr) handle(*visit->session, text, now);  // said before the welcome: it does not prove that that came
    }
    agenda_.set({Agenda::Kind::company_idle, {}}, now + limits::company_idle);
    agenda_.set({Agenda::Kind::company_audit, {}}, now + limits::audit_every);
}

void Company::when_loaded(std::function<void(Result<>)> task) {
    if (island_) {
        task({});
    } else if (rests_) {
        task(fail(ErrorCode::unavailable, "Service unavailable"));
    } else if (tasks_.size() >= limits::tasks_waiting_max) {
        task(fail(ErrorCode::overloaded, "too much waits for this company"));
    } else {
        tasks_.push_back(std::move(task));
    }
}

void Company::when_durable(Sequence after, std::function<void(Result<>)> told) {
    if (sessions_.durable() >= after) return told({});
    confirmations_.emplace(after, std::move(told));
}

void Company::tell_configuration(SharedReply reply) {
    when_loaded([this, reply = std::move(reply)](const Result<>& loaded) {
        reply->tell(loaded ? Result<std::string>(island_->configuration()) : Result<std::string>(fail(loaded.error())));
    });
}

void Company::configure(domain::Identity by, std::string json, SharedReply reply) {
    when_loaded([this, by = std::move(by), json = std::move(json), reply = std::move(reply)](const Result<>& loaded) {
        if (!loaded) return reply->tell(fail(loaded.error()));
        const auto durable_at = island_->configure(by, json, ports_.clock());
        if (!durable_at) return reply->tell(fail(durable_at.error()));
        when_durable(*durable_at, [this, reply](const Result<>& kept) {
            reply->tell(kept ? Result<std::string>(island_->configuration()) : Result<std::string>(fail(kept.error())));
        });
    });
}

void Company::clear(domain::Identity by, app::Island::Waiting what, bool strangers_only, SharedReply reply) {
    when_loaded([this, by = std::move(by), what, strangers_only, reply = std::move(reply)](const Result<>& loaded) {
        if (!loaded) return reply->tell(fail(loaded.error()));
        const auto cleared = island_->clear(by, what, strangers_only, ports_.clock());
        if (!cleared) return reply->tell(fail(cleared.error()));
        log::info("contacts.cleared", {{"company", id_}, {"by", by.user}, {"ended", cleared->ended}, {"left", cleared->left}});
        std::string answer = fmt::format(R"({{"ended":{},"left":{}}})", cleared->ended, cleared->left);
        when_durable(cleared->after, [reply, answer = std::move(answer)](const Result<>& kept) {
            reply->tell(kept ? Result<std::string>(answer) : Result<std::string>(fail(kept.error())));
        });
    });
}

void Company::audit(Instant now) {
    if (!island_) return;
    for (const std::string& violation : island_->audit(now)) log::error("audit.violation", {{"company", id_}, {"what", violation}});
    if (!island_->is_idle()) agenda_.set({Agenda::Kind::company_audit, {}}, now + limits::audit_every);
}

void Company::turn_away(Visit& visit, std::uint16_t code, std::string_view reason) {
    if (visit.link == nullptr) return;
    std::exchange(visit.link, nullptr)->close(code, reason);
    ports_.finished(visit);
}

void Company::arrived(Visit& visit, Instant now) {
    if (island_) {
        admit(visit, now);
    } else if (rests_ || waiting_.size() >= limits::visits_waiting_max) {
        turn_away(visit, close_try_later, "Service unavailable");
    } else {
        waiting_.push_back(&visit);
    }
}

void Company::admit(Visit& visit, Instant now) {
    // Given back at the end: it is used once, and there is one for each of thousands of idle connections.
    const std::shared_ptr<const Ticket> given = std::exchange(visit.ticket, nullptr);
    const Ticket& ticket = *given;
    const Resumption resumption = ticket.resumes ? judge(*ticket.resumes, sessions_, *island_) : Resumption{};
    if (is_signed_out(ticket.identity) || (ticket.needs_live_contact && !resumption.names_contact)) {
        turn_away(visit, close_policy, "Invalid token");
        return;
    }
    if (resumption.session != nullptr) return resume(visit, ticket, *resumption.session, now);
    const domain::AddressKey address{visit.link->network()};
    if (!may_have_session(ticket, address)) return turn_away(visit, close_try_later, "Too many sessions: try again later");
    agenda_.set({Agenda::Kind::company_audit, {}}, now + limits::audit_every);
    Session& session = create_session(ticket, resumption.keeps_name);
    sessions_.connect(session, visit);
    log_session("session.opened", session);
    greet(session, false, 0, now);
    // What the island says to a newcomer before its snapshot, the snapshot says too.
    if (session.version() == 2) awaits_snapshot_ = &session;
    island_->join({session.key(), session.id(), session.identity(), session.version(), address}, now);
    awaits_snapshot_ = nullptr;
    watch_token(session, now);
    if (session.version() == 2) reset(session, ticket.resumes ? "epoch" : "new");
}

bool Company::may_have_session(const Ticket& ticket, domain::AddressKey address) const {
    if (ports_.budgets == nullptr) return true;
    const domain::Budgets::Held held{island_->sessions_of(ticket.identity.user).size(), 0, sessions_.size()};
    return ports_.budgets->ask(island_->payer(ticket.identity, address), domain::Budget::sessions, held).has_value();
}

bool Company::may_stay_detached(const Session& newest, Instant now) {
    if (ports_.budgets == nullptr) return true;
    const UserId user = newest.identity().user;
    const domain::AddressKey address = newest.address();
    const domain::Payer payer = island_->payer(newest.identity(), address);
    const auto is_full = [&](std::size_t count, domain::BudgetScope scope) {
        const domain::Allowance& most = ports_.budgets->table().of(domain::Budget::detached_sessions, scope);
        return !most.is_off() && count >= static_cast<std::size_t>(most.burst);
    };
    while (!ports_.budgets->ask(payer, domain::Budget::detached_sessions, {detached_.of(user), detached_.of(address), detached_.size()})) {
        std::optional<app::SessionKey> oldest;
        if (is_full(detached_.of(address), domain::BudgetScope::address)) oldest = detached_.oldest_of(address);
        if (is_full(detached_.of(user), domain::BudgetScope::visitor)) oldest = detached_.oldest_of(user);
        if (!oldest) return false;  // the company has too many: no stranger pushes anybody else's out
        end_session(*oldest, now);
    }
    return true;
}

Session& Company::create_session(const Ticket& ticket, bool keeps_name) {
    const auto key = app::SessionKey{++session_keys_};
    domain::Identity identity = ticket.identity;
    // An anonymous one whose resume token no longer counts is somebody new.
    if (identity.anonymous && !keeps_name) identity.user = UserId{};
    if (identity.user.empty()) identity.user = UserId(domain::class_of(identity.role), "anonymous-" + hex(ports_.random_bytes(12)));
    SessionId id = keeps_name ? ticket.resumes->session : SessionId(base64url_encode(ports_.random_bytes(session_id_bytes)));
    Session& session = sessions_.add(std::make_unique<Session>(key, std::move(id), std::move(identity), ticket.version_2 ? 2 : 1));
    if (keeps_name) session.continue_from(ticket.resumes->issued_at);
    return session;
}

void Company::resume(Visit& visit, const Ticket& ticket, Session& session, Instant now) {
    Visit* const other = sessions_.disconnect(session.key());
    const bool was_detached = other == nullptr;
    if (!was_detached) turn_away(*other, close_taken_over, "Session taken over");
    sessions_.connect(session, visit);
    session.set_token_expiry(ticket.identity.token_expires_at);
    agenda_.cancel({Agenda::Kind::session_grace, session.key()});
    detached_.remove(session.key());
    watch_token(session, now);
    log_session("session.resumed", session);
    // A client that never got the answer of the run before counts on from the run before that.
    const bool same_run = session.has_counted_since(ticket.resumes->issued_at);
    if (ticket.seen && same_run && session.can_resume_from(*ticket.seen)) {
        greet(session, true, *ticket.seen, now);
        session.replay_after(*ticket.seen);
        if (was_detached) island_->attach(session.key(), session.address(), now);
        return;
    }
    session.forget_owed();
    greet(session, false, session.last_seq(), now);
    awaits_snapshot_ = &session;
    if (was_detached) island_->attach(session.key(), session.address(), now);
    awaits_snapshot_ = nullptr;
    reset(session, !ticket.seen ? "requested" : same_run ? "overrun" : "epoch");
}

void Company::greet(Session& session, bool resumed, std::uint64_t seq, Instant now) {
    const domain::Identity& identity = session.identity();
    if (session.version() == 1) {
        session.link()->send(protocol::encode_established(identity, now));
        return;
    }
    protocol::SessionWelcome welcome{
        .session = session.id(),
        .resume_token =
            make_resume_token({session.id(), identity, session.issue_resume_token(now), ports_.key_generation()}, ports_.sealer),
        .epoch = ports_.epoch,
        .resumed = resumed,
        .heartbeat = ports_.heartbeat,
        .seq = seq,
    };
    session.link()->send(protocol::encode_established(identity, welcome, now));
}

void Company::tell_time(Visit& visit, Instant now) {
    if (visit.session == nullptr || visit.session->version() != 2 || visit.session->link() == nullptr) return;
    // At once and never again: what waits, or is replayed, would tell an old time.
    visit.session->link()->send(protocol::encode_clock(visit.session->last_seq(), now));
}

void Company::reset(Session& session, std::string_view reason) {
    auto view = island_->view(session.key());
    if (view.after > sessions_.durable()) return tell(session, domain::notice::SessionReset{reason, std::move(view.snapshot)}, view.after);
    // Messages that waited behind lost facts, and are true themselves, follow the snapshot.
    const domain::Notice notice = domain::notice::SessionReset{reason, std::move(view.snapshot)};
    auto outgoing = make_outgoing(protocol::encode(notice, ports_.clock(), 2), notice, session.identity().user, {});
    log_sent(id_, session.identity().user, outgoing.body);
    session.say_at_once(std::move(outgoing));
}

void Company::watch_token(const Session& session, Instant now) {
    const auto key = session.key();
    const auto expires = session.identity().token_expires_at;
    agenda_.cancel({Agenda::Kind::token_end, key});
    if (!expires) {
        agenda_.cancel({Agenda::Kind::token_warning, key});
    } else if (session.version() == 2) {
        agenda_.set({Agenda::Kind::token_warning, key}, std::max<Instant>(now, *expires - limits::token_warning));
    } else {
        agenda_.set({Agenda::Kind::token_expiry, key}, *expires);
    }
}

// The end is noted once it is near: of thousands of idle connections each has one thing to come.
void Company::token_nears_end(const Session& session) {
    if (const auto expires = session.identity().token_expires_at)
        agenda_.set({Agenda::Kind::token_end, session.key()}, *expires + ports_.token_grace);
}

void Company::token_warning(Session& session) {
    token_nears_end(session);
    const auto expires = session.identity().token_expires_at;
    if (session.link() != nullptr && expires) tell(session, domain::notice::TokenExpiring{*expires});
}

void Company::token_ended(Session& session, Instant now) {
    if (session.link() == nullptr) return;  // its grace period decides
    if (island_->in_live_contact(session.identity().user)) {
        agenda_.set({Agenda::Kind::token_end, session.key()}, now + ports_.token_grace);
        return;
    }
    const app::SessionKey keys[]{session.key()};
    close(keys, close_policy, "Invalid token");
}

void Company::received(Visit& visit, std::string_view text, Instant now) {
    if (visit.session == nullptr) {
        visit.early_bytes += text.size();
        if (visit.early.size() >= limits::early_messages_max || visit.early_bytes > limits::early_bytes_max) {
            std::erase(waiting_, &visit);
            turn_away(visit, close_try_later, "Service unavailable");
            return;
        }
        visit.early.emplace_back(text);
        return;
    }
    Session& session = *visit.session;
    if (session.version() == 2) {
        session.confirm_resume_token();
        void_earlier_resume_tokens(session, now);
    }
    handle(session, text, now);
}

void Company::handle(Session& session, std::string_view text, Instant now) {
    log_received(id_, session.identity().user, text);
    auto decoded = protocol::decode(text, session.version());
    if (!decoded) {
        const protocol::DecodeError& error = decoded.error();
        if (error.id && !begin_command(session, *error.id)) return;
        tell(session, domain::notice::Failed{error.message, error.detail, ErrorCode::invalid, error.id});
        return;
    }
    if (decoded->acknowledged) session.acknowledge(*decoded->acknowledged);
    if (decoded->id && !begin_command(session, *decoded->id)) return;

    const auto validity = has_outstayed(session, now) ? domain::Validity::expired : domain::Validity::valid;
    if (validity == domain::Validity::expired && !island_->permits(session.key(), decoded->message, validity)) {
        refuse_to_go_on(session, decoded->id);
        return;
    }
    const auto* message = std::get_if<domain::LeaveVoicemail>(&decoded->message);
    if (message != nullptr && !is_recording_of(message->recording, session.identity(), ports_.sealer, now)) {
        tell(session, domain::notice::Failed{"there is no such recording of yours", {}, ErrorCode::not_found, decoded->id});
        return;
    }
    if (answer_itself(session, *decoded, now)) return;
    island_->handle(session.key(), decoded->message, decoded->id, now, decoded->trace);
    if (session.version() == 2) void_earlier_resume_tokens(session, now);  // a contact may name it from now on
}

bool Company::has_outstayed(const Session& session, Instant now) const {
    const auto expires = session.identity().token_expires_at;
    return expires && now >= *expires + ports_.token_grace;
}

bool Company::answer_itself(Session& session, const domain::ClientEnvelope& said, Instant now) {
    const auto* refresh = std::get_if<domain::RefreshToken>(&said.message);
    const auto* ice = std::get_if<domain::GetIceServers>(&said.message);
    if (refresh == nullptr && ice == nullptr && !std::holds_alternative<domain::Ping>(said.message)) return false;
    // Without a relay there is nothing to give away.
    const bool is_anybodys = ice != nullptr && ports_.ice.turn_urls.empty();
    const auto permitted = island_->permits(session.key(), said.message, domain::Validity::valid);
    if (!permitted && !is_anybodys) {
        tell(session, domain::notice::Failed{permitted.error().detail, {}, permitted.error().code, said.id});
    } else if (refresh != nullptr) {
        refresh_token(session, *refresh, said.id, now);
    } else if (ice != nullptr) {
        give_ice_servers(session, *ice, said.id, now);
    } else {
        tell(session, domain::notice::Pong{});
        if (said.id) tell(session, domain::notice::Acknowledged{*said.id});
    }
    return true;
}

void Company::refuse_to_go_on(Session& session, const std::optional<CommandId>& id) {
    if (island_->in_live_contact(session.identity().user)) {
        tell(session, domain::notice::Failed{"Invalid token", "the token has expired; only its live contact goes on",
                                             ErrorCode::unauthenticated, id});
        return;
    }
    const app::SessionKey keys[]{session.key()};
    close(keys, close_policy, "Invalid token");
}

void Company::flooded(Visit& visit, Instant now) {
    const domain::notice::Failed notice{"Rate limit exceeded", "too many messages; the connection is closed", ErrorCode::overloaded, {}};
    // Before its session begins it has no numbers.
    if (visit.session == nullptr) return visit.link->send(protocol::encode(notice, now, visit.ticket->version_2 ? 2 : 1));
    // It does not wait for what waits for the log: the link closes next.
    Session& session = *visit.session;
    session.say_at_once(make_outgoing(protocol::encode(notice, now, session.version()), notice, session.identity().user, {}));
}

bool Company::begin_command(Session& session, const CommandId& id) {
    switch (session.answers().look_up(id)) {
        case Answers::Seen::pending: return false;
        case Answers::Seen::answered: say(session, {session.answers().answer(id), {}, std::nullopt, false}); return false;
        case Answers::Seen::never: session.answers().begin(id); return true;
    }
    return true;
}

void Company::refresh_token(Session& session, const domain::RefreshToken& request, const std::optional<CommandId>& id, Instant now) {
    auto identity = ports_.tokens.verify(request.token, now);
    const domain::Identity& own = session.identity();
    const bool same = identity && !is_signed_out(*identity) && identity->company == own.company && identity->role == own.role &&
                      identity->anonymous == own.anonymous && (own.anonymous || identity->user == own.user);
    if (!same) {
        tell(session, domain::notice::Failed{"Invalid token", identity ? "the token names another identity" : "the token is not acceptable",
                                             ErrorCode::unauthenticated, id});
        return;
    }
    session.set_token_expiry(identity->token_expires_at);
    watch_token(session, now);
    if (id) tell(session, domain::notice::Acknowledged{*id});
}

void Company::give_ice_servers(Session& session, const domain::GetIceServers& request, const std::optional<CommandId>& id, Instant now) {
    if (ports_.budgets != nullptr && !ports_.ice.turn_urls.empty()) {
        const domain::Payer payer = island_->payer(session.identity(), session.address());
        if (const auto asked = ports_.budgets->ask(payer, domain::Budget::turn_credentials, 1, now); !asked) {
            const Error& error = asked.error();
            return tell(session, domain::notice::Failed{error.detail, {}, error.code, id, error.retry_after});
        }
    }
    const Instant turns = ports_.turn_clock ? ports_.turn_clock() : now;
    tell(session, protocol::make_ice_servers(ports_.ice, {id_, session.identity().user, request.call}, turns));
    if (id) tell(session, domain::notice::Acknowledged{*id});
}

void Company::departed(Visit& visit, std::uint16_t code, Instant now) {
    visit.link = nullptr;
    if (visit.session == nullptr) {
        std::erase(waiting_, &visit);
        return;
    }
    const Session& session = *visit.session;
    sessions_.disconnect(session.key());
    constexpr std::uint16_t left_for_good = 1000;
    if (session.version() == 1 || code == left_for_good) {
        if (session.version() == 2) void_resume_tokens(session, now);
        end_session(session.key(), now);
        return;
    }
    if (!may_stay_detached(session, now)) return end_session(session.key(), now);
    // Staff are counted for themselves alone: their office's visitors do not push them out.
    detached_.add(session.key(), session.identity().user, is_staff(session.identity().role) ? domain::no_address : session.address());
    agenda_.set({Agenda::Kind::session_grace, session.key()}, now + limits::session_grace);
    island_->detach(session.key(), now);
    end_detached_beyond_bound(session.identity().user, now);
}

void Company::log_session(std::string_view event, const Session& session) const {
    log::info(event, {{"company", id_},
                      {"session", session.id()},
                      {"user", session.identity().user.qualified()},
                      {"role", session.identity().role_name},
                      {"version", session.version()}});
}

void Company::end_session(app::SessionKey key, Instant now) {
    if (const Session* ending = sessions_.find(key)) log_session("session.ended", *ending);
    if (!sessions_.remove(key)) return;
    detached_.remove(key);
    for (const auto kind : {Agenda::Kind::session_grace, Agenda::Kind::token_warning, Agenda::Kind::token_expiry, Agenda::Kind::token_end})
        agenda_.cancel({kind, key});
    island_->leave(key, now);
    if (sessions_.empty()) agenda_.set({Agenda::Kind::company_idle, {}}, now + limits::company_idle);
}

std::optional<Instant> Company::next_deadline() const {
    auto next = agenda_.next();
    if (island_) {
        const auto island = island_->next_deadline();
        if (island && (!next || *island < *next)) next = island;
    }
    return next;
}

void Company::tick(Instant now) {
    for (const Agenda::Item& item : agenda_.take_due(now)) {
        Session* session = sessions_.find(item.session);
        switch (item.kind) {
            case Agenda::Kind::company_idle:
                codes_.drop_old(now);
                // The gateway asks is_idle() after every tick; what is not written yet, or waits for its code, takes another while.
                if (sessions_.empty() && !is_idle()) agenda_.set({Agenda::Kind::company_idle, {}}, now + limits::company_idle);
                break;
            case Agenda::Kind::company_retry: load(); break;
            case Agenda::Kind::company_audit: audit(now); break;
            case Agenda::Kind::session_grace: end_session(item.session, now); break;
            case Agenda::Kind::token_warning:
                if (session != nullptr) token_warning(*session);
                break;
            case Agenda::Kind::token_expiry:
                if (session != nullptr) token_nears_end(*session);
                island_->expire(item.session, now);
                break;
            case Agenda::Kind::token_end:
                if (session != nullptr) token_ended(*session, now);
                break;
        }
    }
    if (!island_) return;
    const auto is_due = [&] {
        const auto due = island_->next_deadline();
        return due && *due <= now;
    };
    // An island that leaves something due would be ticked for ever, and nobody else on the shard served.
    for (int ticks = 0; is_due(); ++ticks) {
        require(ticks < limits::ticks_at_once_max, "a tick of an island does what is due");
        island_->tick(now);
    }
}

bool Company::is_idle() const { return sessions_.empty() && waiting_.empty() && island_ && island_->is_idle() && codes_.empty(); }

void Company::tell(Session& session, const domain::Notice& notice, Sequence after) {
    say(session, make_outgoing(protocol::encode(notice, ports_.clock(), session.version()), notice, session.identity().user, after));
}

void Company::say(Session& session, Outgoing outgoing) {
    log_sent(id_, session.identity().user, outgoing.body);
    if (sessions_.say(session, std::move(outgoing))) return;
    log::warn("session.overloaded", {{"company", id_}, {"user", session.identity().user.qualified()}});
    const app::SessionKey keys[]{session.key()};
    close(keys, close_try_later, "Too much is waiting");
}

bool Company::has_room(app::SessionKey key, std::size_t bytes) const {
    const Session* session = sessions_.find(key);
    return session == nullptr || session->has_room(bytes);
}

void Company::deliver(std::span<const app::SessionKey> recipients, const domain::Notice& notice, Sequence after) {
    // One encoding for all recipients of a version.
    std::string encoded[2];
    const Instant now = ports_.clock();
    for (const app::SessionKey& key : recipients) {
        Session* session = sessions_.find(key);
        if (session == nullptr || session == awaits_snapshot_) continue;
        std::string& body = encoded[session->version() - 1];
        if (body.empty()) body = protocol::encode(notice, now, session->version());
        const bool is_last = &key == &recipients.back();
        say(*session, make_outgoing(is_last ? std::move(body) : body, notice, session->identity().user, after));
    }
}

void Company::release(Sequence durable) {
    sessions_.release(durable);
    while (!confirmations_.empty() && confirmations_.begin()->first <= durable) {
        const auto told = std::move(confirmations_.begin()->second);
        confirmations_.erase(confirmations_.begin());
        told({});
    }
}

void Company::fall_back(Sequence durable) {
    for (const auto& [sequence, told] : std::exchange(confirmations_, {}))
        told(fail(ErrorCode::unavailable, "it could not be saved; try again"));
    sessions_.fall_back(durable, [this](Session& session, bool confirmation_dropped) {
        if (session.version() == 2) {
            session.forget_told();
            reset(session, "unavailable");
        } else if (confirmation_dropped) {
            tell(session, domain::notice::Failed{"Service unavailable", "the last request could not be saved; try again",
                                                 ErrorCode::unavailable, std::nullopt});
        }
    });
}

void Company::close(std::span<const app::SessionKey> sessions, std::uint16_t code, std::string_view reason) {
    // The session ends with its link's closed() for version 1; ended here at once would pull it from under the caller.
    for (const app::SessionKey key : sessions) {
        Visit* const leaving = sessions_.disconnect(key);
        if (leaving == nullptr) continue;
        turn_away(*leaving, code, reason);
        agenda_.set({Agenda::Kind::session_grace, key}, ports_.clock());
    }
}

}  // namespace calldocker::server
