#include "server/gateway/session_book.hpp"

#include <algorithm>
#include <utility>

#include "base/require.hpp"
#include "server/gateway/limits.hpp"

namespace calldocker::server {

Session& SessionBook::add(std::unique_ptr<Session> session) {
    Session& added = *session;
    entries_.emplace(added.key(), Entry{std::move(session), nullptr});
    if (added.version() == 2) by_name_[added.id()] = added.key();
    return added;
}

bool SessionBook::remove(SessionKey key) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return false;
    if (const auto named = by_name_.find(found->second.session->id()); named != by_name_.end() && named->second == key)
        by_name_.erase(named);
    entries_.erase(found);
    return true;
}

Session* SessionBook::find(SessionKey key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : found->second.session.get();
}

Session* SessionBook::find(const SessionId& id) const {
    const auto named = by_name_.find(id);
    return named == by_name_.end() ? nullptr : find(named->second);
}

void SessionBook::connect(Session& session, Visit& visit) {
    Entry& entry = entries_.at(session.key());
    require(entry.visit == nullptr && visit.session == nullptr, "a session has one visit, and a visit one session");
    entry.visit = &visit;
    visit.session = &session;
    session.set_link(visit.link);
}

Visit* SessionBook::disconnect(SessionKey key) {
    const auto found = entries_.find(key);
    if (found == entries_.end() || found->second.visit == nullptr) return nullptr;
    Visit* const visit = std::exchange(found->second.visit, nullptr);
    visit->session = nullptr;
    found->second.session->set_link(nullptr);
    return visit;
}

void SessionBook::remember_goodbye(const SessionId& id, Instant before) {
    if (!goodbyes_.insert_or_assign(id, before).second) return;
    goodbyes_in_order_.push_back(id);
    if (goodbyes_in_order_.size() <= limits::goodbyes_remembered) return;
    goodbyes_.erase(goodbyes_in_order_.front());
    goodbyes_in_order_.pop_front();
}

bool SessionBook::has_said_goodbye(const SessionId& id, Instant token_issued_at) const {
    const auto found = goodbyes_.find(id);
    return found != goodbyes_.end() && token_issued_at < found->second;
}

bool SessionBook::say(Session& session, Outgoing outgoing) {
    const bool within_bound = session.say(std::move(outgoing), durable_);
    if (session.holds()) holding_.insert(session.key());
    return within_bound;
}

void SessionBook::release(Sequence durable) {
    durable_ = std::max(durable_, durable);
    std::erase_if(holding_, [this](SessionKey key) {
        Session* const session = find(key);
        if (session != nullptr) session->release(durable_);
        return session == nullptr || !session->holds();
    });
}

}  // namespace calldocker::server
