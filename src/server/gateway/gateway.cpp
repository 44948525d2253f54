#include "server/gateway/gateway.hpp"

#include <exception>
#include <utility>

#include "base/log.hpp"
#include "server/gateway/limits.hpp"

namespace calldocker::server {
unsigned shard_of(const CompanyId& company, unsigned shards) {
    // FNV-1a: stable across runs and machines, unlike std::hash.
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : company.view()) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return static_cast<unsigned>(hash % shards);
}

template <class Work>
bool Gateway::enter(Company& entered, std::string_view doing, const Work& work) {
    try {
        work();
        reschedule(entered);
        return true;
    } catch (const std::exception& error) {
        replace(entered, doing, error.what());
    } catch (...) {
        replace(entered, doing, "an exception of unknown type");
    }
    return false;
}

Gateway::Gateway(GatewaySettings settings, GatewayPorts ports, std::function<void(Instant)> wake_at)
    : settings_(std::move(settings)), ports_(std::move(ports)), wake_at_(std::move(wake_at)) {
    // A visit is known by its link until then; the link pointer is gone, so it is looked up by itself.
    ports_.finished = [this](Visit& visit) {
        const auto found = visits_.find(visit.known_as);
        finished_.push_back(std::move(found->second));
        visits_.erase(found);
    };
    ports_.tally = &tally_;
    ports_.enter = [this](Company& entered, std::string_view doing, const std::function<void()>& work) { enter(entered, doing, work); };
    if (ports_.unexpected_errors == nullptr) ports_.unexpected_errors = &uncounted_;
}

Gateway::~Gateway() = default;

Admission Gateway::admit(const UpgradeRequest& request, Instant now) {
    const Credentials credentials = parse_upgrade_query(request.query);
    if (!request.offers_version_2 || credentials.token || credentials.token_repeated)
        return admit(credentials, request.offers_version_2, now);
    Admission admission;
    admission.version_2 = true;
    admission.asks_who = true;
    return admission;
}

Admission Gateway::admit_by_message(std::string_view text, Instant now) {
    return admit(parse_first_message(text).value_or(Credentials{}), true, now);
}

Admission Gateway::admit(const Credentials& credentials, bool version_2, Instant now) {
    auto ticket = check(credentials, version_2, {ports_.tokens, ports_.sealer, ports_.key_generation()}, now);
    if (ticket && !exists(ticket->identity.company)) ticket = fail(ErrorCode::unauthenticated, "Invalid token");
    // No time is left of its token, nor of its grace: it is warned at once, and goes on with the contact for which it was let in alone.
    if (ticket && ticket->needs_live_contact) ticket->identity.token_expires_at = now - ports_.token_grace;
    Admission admission;
    admission.version_2 = version_2;
    if (!ticket) {
        admission.refused = true;
        admission.close_code = close_policy;
        admission.close_reason = ticket.error().detail;
        return admission;
    }
    admission.shard = shard_of(ticket->identity.company, settings_.shards);
    admission.ticket = std::make_shared<const Ticket>(std::move(*ticket));
    return admission;
}

LinkHandler& Gateway::opened(Link& link, const std::shared_ptr<const void>& ticket, Instant now) {
    finished_.clear();
    auto visit = std::make_unique<Visit>();
    visit->link = &link;
    visit->known_as = &link;
    visit->ticket = std::static_pointer_cast<const Ticket>(ticket);
    visit->company = &company(visit->ticket->identity.company);
    Visit& arrived = *visit;
    visits_[&link] = std::move(visit);
    enter(*arrived.company, "opened", [&] { arrived.company->arrived(arrived, now); });
    return *this;
}

void Gateway::received(Link& link, std::string_view text, Instant now) {
    finished_.clear();
    const auto found = visits_.find(&link);
    if (found == visits_.end()) return;
    Visit& visit = *found->second;
    enter(*visit.company, "received", [&] { visit.company->received(visit, text, now); });
}

void Gateway::flooded(Link& link, Instant now) {
    finished_.clear();
    const auto found = visits_.find(&link);
    if (found == visits_.end()) return;
    Visit& visit = *found->second;
    enter(*visit.company, "flooded", [&] { visit.company->flooded(visit, now); });
}

void Gateway::closed(Link& link, std::uint16_t code, Instant now) {
    finished_.clear();
    const auto found = visits_.find(&link);
    if (found == visits_.end()) return;
    const std::unique_ptr<Visit> visit = std::move(found->second);
    visits_.erase(found);
    enter(*visit->company, "closed", [&] { visit->company->departed(*visit, code, now); });
}

bool Gateway::exists(const CompanyId& id) const { return !settings_.registered_only || settings_.companies.contains(id); }

Company& Gateway::company(const CompanyId& id) {
    if (const auto known = companies_.find(id); known != companies_.end()) return *known->second;
    auto& slot = companies_.emplace(id, std::make_unique<Company>(id, ports_, session_keys_)).first->second;
    enter(*slot, "load", [&] { slot->load(); });
    return *slot;
}

template <class Answer, class Ask>
void Gateway::ask(const CompanyId& id, std::string_view doing, std::function<void(Result<Answer>)> told, const Ask& question) {
    if (!exists(id)) return told(fail(ErrorCode::not_found, "no such company"));
    finished_.clear();
    Company& home = company(id);
    enter(home, doing, [&] { question(home, std::make_shared<ReplyOf<Answer>>(std::move(told), *ports_.unexpected_errors)); });
}

void Gateway::tell_configuration(const CompanyId& id, Reply::Told told) {
    ask(id, "tell_configuration", std::move(told), [](Company& home, auto reply) { home.tell_configuration(std::move(reply)); });
}

void Gateway::configure(const domain::Identity& by, std::string json, Reply::Told told) {
    ask(by.company, "configure", std::move(told),
        [&](Company& home, auto reply) { home.configure(by, std::move(json), std::move(reply)); });
}

void Gateway::recognise(const domain::Identity& who, ReplyOf<void>::Told told) {
    ask(who.company, "recognise", std::move(told), [&](Company& home, auto reply) { home.recognise(who, std::move(reply)); });
}

void Gateway::sign_out(const domain::Identity& by, const std::string& id, ReplyOf<void>::Told told) {
    ask(by.company, "sign_out", std::move(told), [&](Company& home, auto reply) { home.sign_out(by, id, std::move(reply)); });
}

void Gateway::make_sign_in_code(const domain::Identity& who, ReplyOf<NewCode>::Told told) {
    ask(who.company, "make_code", std::move(told), [&](Company& home, auto reply) { home.make_sign_in_code(who, std::move(reply)); });
}

void Gateway::make_resume_code(const domain::Identity& who, std::string resume_token, ReplyOf<NewCode>::Told told) {
    ask(who.company, "make_code", std::move(told),
        [&](Company& home, auto reply) { home.make_resume_code(who, std::move(resume_token), std::move(reply)); });
}

void Gateway::redeem(const CodeClaim& claim, ReplyOf<RedeemedCode>::Told told) {
    ask(claim.company, "redeem", std::move(told), [&](Company& home, auto reply) { home.redeem(claim, std::move(reply)); });
}

void Gateway::clear(const domain::Identity& by, app::Island::Waiting what, bool strangers_only, Reply::Told told) {
    ask(by.company, "clear", std::move(told), [&](Company& home, auto reply) { home.clear(by, what, strangers_only, std::move(reply)); });
}

void Gateway::wake(const CompanyId& id) { company(id); }

/// Nothing of a failed company is trusted except its name: its state may be anything. All that it has announced is durable and comes back
/// from the log; nobody has heard of the rest.
void Gateway::replace(Company& failed, std::string_view doing, std::string_view what) {
    const Instant now = ports_.clock();
    Setbacks setbacks = failed.setbacks();
    const Milliseconds rest = setbacks.failed(now);
    const CompanyId id = failed.id();
    ports_.unexpected_errors->add();
    log::error("company.failed", {{"company", id}, {"doing", doing}, {"what", what}, {"rest_ms", rest.count()}});
    unschedule(failed);
    turn_everybody_away(failed);
    auto& slot = companies_.at(id);
    slot = std::make_unique<Company>(id, ports_, session_keys_, setbacks);
    slot->rest_until(now + rest);
    reschedule(*slot);
}

void Gateway::turn_everybody_away(const Company& failed) {
    for (auto entry = visits_.begin(); entry != visits_.end();) {
        if (entry->second->company != &failed) {
            ++entry;
            continue;
        }
        std::unique_ptr<Visit> visit = std::move(entry->second);
        entry = visits_.erase(entry);
        Link* const link = std::exchange(visit->link, nullptr);
        finished_.push_back(std::move(visit));
        try {
            if (link != nullptr) link->close(close_try_later, "Service unavailable");
        } catch (const std::exception& error) {
            ports_.unexpected_errors->add();
            log::error("link.unexpected_error", {{"company", failed.id()}, {"what", error.what()}});
        }
    }
}

void Gateway::reschedule(Company& changed) {
    const auto next = changed.next_deadline();
    const auto known = due_.find(&changed);
    if (known != due_.end() && next == known->second) return;
    unschedule(changed);
    if (!next) return;
    due_.emplace(&changed, *next);
    agenda_.emplace(*next, &changed);
    if (agenda_.begin()->second == &changed) wake_at_(*next);
}

void Gateway::unschedule(Company& company) {
    const auto known = due_.find(&company);
    if (known == due_.end()) return;
    agenda_.erase({known->second, &company});
    due_.erase(known);
}

void Gateway::tick(Instant now) {
    finished_.clear();
    while (!agenda_.empty() && agenda_.begin()->first <= now) {
        Company& due = *agenda_.begin()->second;
        unschedule(due);
        bool is_idle = false;
        const bool is_well = enter(due, "tick", [&] {
            due.tick(now);
            is_idle = due.is_idle();
        });
        if (!is_well || !is_idle) continue;
        log::debug("company.unloaded", {{"company", due.id()}});
        unschedule(due);
        companies_.erase(CompanyId(due.id()));
    }
    if (!agenda_.empty()) wake_at_(agenda_.begin()->first);
}

bool Gateway::tell_time(Instant now) {
    finished_.clear();
    if (to_be_told_the_time_.empty())
        for (const auto& [link, visit] : visits_) to_be_told_the_time_.push_back(link);
    for (std::size_t told = 0; told < limits::told_the_time_in_a_turn && !to_be_told_the_time_.empty(); ++told) {
        // A connection that has gone is skipped. If another one has its address in memory, that one gets the time once more than it needs.
        const auto found = visits_.find(to_be_told_the_time_.back());
        to_be_told_the_time_.pop_back();
        if (found == visits_.end()) continue;
        Visit& visit = *found->second;
        enter(*visit.company, "tell_time", [&] { visit.company->tell_time(visit, now); });
    }
    if (to_be_told_the_time_.empty()) to_be_told_the_time_.shrink_to_fit();
    return !to_be_told_the_time_.empty();
}

const app::Island* Gateway::island_of(const CompanyId& id) const {
    const auto found = companies_.find(id);
    return found == companies_.end() ? nullptr : found->second->island();
}

app::Island::Figures Gateway::figures() {
    app::Island::Figures sum;
    for (const auto& known : companies_) {
        Company& company = *known.second;
        app::Island::Figures figures;
        enter(company, "figures", [&] { figures = company.figures(); });
        sum.sessions += figures.sessions;
        sum.rooms += figures.rooms;
        sum.contacts_waiting += figures.contacts_waiting;
        sum.contacts_connected += figures.contacts_connected;
        sum.agents_available += figures.agents_available;
    }
    return sum;
}

}  // namespace calldocker::server
