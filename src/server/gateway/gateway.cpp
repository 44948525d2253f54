#include "server/gateway/gateway.hpp"

#include "base/log.hpp"

namespace calldocker::server {
unsigned shard_of(const CompanyId& company, unsigned shards) {
    // FNV-1a: stable across runs and machines, unlike std::hash.
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : company.view()) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return static_cast<unsigned>(hash % shards);
}

Gateway::Gateway(GatewaySettings settings, GatewayPorts ports, std::function<void(Instant)> wake_at)
    : settings_(std::move(settings)), ports_(std::move(ports)), wake_at_(std::move(wake_at)) {
    // A visit is known by its link until then; the link pointer is gone, so it is looked up by itself.
    ports_.finished = [this](Visit& visit) {
        const auto found = visits_.find(visit.known_as);
        finished_.push_back(std::move(found->second));
        visits_.erase(found);
    };
    ports_.changed = [this](Company& changed) { reschedule(changed); };
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
    auto ticket = check(credentials, version_2, ports_.tokens, ports_.sealer, now);
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
    Company& home = *arrived.company;
    home.arrived(arrived, now);
    reschedule(home);
    return *this;
}

void Gateway::received(Link& link, std::string_view text, Instant now) {
    finished_.clear();
    const auto found = visits_.find(&link);
    if (found == visits_.end()) return;
    Company& home = *found->second->company;
    home.received(*found->second, text, now);
    reschedule(home);
}

void Gateway::flooded(Link& link, Instant now) {
    finished_.clear();
    const auto found = visits_.find(&link);
    if (found != visits_.end()) found->second->company->flooded(*found->second, now);
}

void Gateway::closed(Link& link, std::uint16_t code, Instant now) {
    finished_.clear();
    const auto found = visits_.find(&link);
    if (found == visits_.end()) return;
    const std::unique_ptr<Visit> visit = std::move(found->second);
    visits_.erase(found);
    visit->company->departed(*visit, code, now);
    reschedule(*visit->company);
}

bool Gateway::exists(const CompanyId& id) const { return !settings_.registered_only || settings_.companies.contains(id); }

Company& Gateway::company(const CompanyId& id) {
    auto& slot = companies_[id];
    if (!slot) slot = std::make_unique<Company>(id, ports_, session_keys_);
    return *slot;
}

void Gateway::tell_configuration(const CompanyId& id, Company::Told told) {
    if (!exists(id)) return told(fail(ErrorCode::not_found, "no such company"));
    Company& home = company(id);
    home.tell_configuration(std::move(told));
    reschedule(home);
}

void Gateway::configure(const domain::Identity& by, std::string json, Company::Told told) {
    if (!exists(by.company)) return told(fail(ErrorCode::not_found, "no such company"));
    Company& home = company(by.company);
    home.configure(by, std::move(json), std::move(told));
    reschedule(home);
}

void Gateway::wake(const CompanyId& id) { reschedule(company(id)); }

void Gateway::reschedule(Company& changed) {
    const auto next = changed.next_deadline();
    const auto known = due_.find(&changed);
    if (known != due_.end()) {
        if (next == known->second) return;
        agenda_.erase({known->second, &changed});
        due_.erase(known);
    }
    if (!next) return;
    due_.emplace(&changed, *next);
    agenda_.emplace(*next, &changed);
    if (agenda_.begin()->second == &changed) wake_at_(*next);
}

void Gateway::tick(Instant now) {
    finished_.clear();
    while (!agenda_.empty() && agenda_.begin()->first <= now) {
        Company& due = *agenda_.begin()->second;
        due_.erase(&due);
        agenda_.erase(agenda_.begin());
        due.tick(now);
        if (due.is_idle()) {
            log::debug("company.unloaded", {{"company", due.id()}});
            companies_.erase(CompanyId(due.id()));
        } else {
            reschedule(due);
        }
    }
    if (!agenda_.empty()) wake_at_(agenda_.begin()->first);
}

app::Island::Figures Gateway::figures() const {
    app::Island::Figures sum;
    for (const auto& [id, company] : companies_) {
        const auto figures = company->figures();
        sum.sessions += figures.sessions;
        sum.rooms += figures.rooms;
        sum.contacts_waiting += figures.contacts_waiting;
        sum.contacts_connected += figures.contacts_connected;
        sum.agents_available += figures.agents_available;
        sum.estimates.told += figures.estimates.told;
        sum.estimates.within += figures.estimates.within;
        sum.estimates.error_ms_sum += figures.estimates.error_ms_sum;
        sum.violations += figures.violations;
    }
    return sum;
}

}  // namespace calldocker::server
