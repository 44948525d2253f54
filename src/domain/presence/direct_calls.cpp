#include "domain/presence/direct_calls.hpp"

#include <algorithm>

#include "domain/presence/limits.hpp"

namespace calldocker::domain {

const DirectCall* DirectCalls::find(const ContactId& call) const {
    const auto found = calls_.find(call);
    return found == calls_.end() ? nullptr : &found->second;
}

bool DirectCalls::is_busy(const UserId& user, const ContactId& except) const {
    const auto own = of_user_.find(user);
    if (own == of_user_.end()) return false;
    return std::any_of(own->second.begin(), own->second.end(),
                       [&](const ContactId& call) { return call != except && calls_.at(call).is_answered(); });
}

Result<> DirectCalls::name(const ContactId& call, const UserId& user, const RoomId& room, const UserId& asked, AddressKey address) {
    if (const auto found = calls_.find(call); found != calls_.end()) {
        if (found->second.owner != user) return {};
        if (!room.empty()) found->second.room = room;
        if (!asked.empty()) found->second.asked = asked;
        return {};
    }
    const auto own = of_user_.find(user);
    if (own != of_user_.end() && own->second.size() >= direct_calls_per_user_max)
        return fail(ErrorCode::overloaded, "too many calls of one user");
    if (calls_.size() >= direct_calls_max) return fail(ErrorCode::overloaded, "too many calls");
    calls_.emplace(call, DirectCall{user, {}, room, asked});
    of_user_[user].insert(call);
    named_from_.add(call, address);
    return {};
}

std::size_t DirectCalls::of(const UserId& user) const {
    const auto own = of_user_.find(user);
    return own == of_user_.end() ? 0 : own->second.size();
}

Result<> DirectCalls::answer(const ContactId& call, const UserId& user) {
    const auto found = calls_.find(call);
    if (found == calls_.end() || found->second.has_party(user)) return {};
    if (found->second.is_answered()) return fail(ErrorCode::reservation_lost, "somebody else has answered this call");
    found->second.partner = user;
    of_user_[user].insert(call);
    return {};
}

void DirectCalls::end(const ContactId& call) {
    const auto found = calls_.find(call);
    if (found == calls_.end()) return;
    forget(found->second.owner, call);
    forget(found->second.partner, call);
    named_from_.remove(call);
    calls_.erase(found);
}

void DirectCalls::departed(const UserId& user, Instant now) {
    if (!of_user_.contains(user)) return;
    returned(user);
    const Instant due = now + original_page_grace;
    due_of_[user] = due;
    due_.emplace(due, user);
}

void DirectCalls::returned(const UserId& user) {
    const auto found = due_of_.find(user);
    if (found == due_of_.end()) return;
    due_.erase({found->second, user});
    due_of_.erase(found);
}

std::vector<DirectCalls::Lost> DirectCalls::expire(Instant now) {
    std::vector<Lost> lost;
    while (!due_.empty() && due_.begin()->first <= now) {
        const UserId user = due_.begin()->second;
        returned(user);
        const auto own = of_user_.find(user);
        if (own == of_user_.end()) continue;
        const std::set<ContactId> calls = own->second;
        for (const ContactId& call : calls) {
            lost.push_back({call, user, calls_.at(call)});
            end(call);
        }
    }
    return lost;
}

std::optional<Instant> DirectCalls::next_deadline() const {
    if (due_.empty()) return std::nullopt;
    return due_.begin()->first;
}

void DirectCalls::forget(const UserId& user, const ContactId& call) {
    const auto own = of_user_.find(user);
    if (own == of_user_.end()) return;
    own->second.erase(call);
    if (own->second.empty()) of_user_.erase(own);
}

}  // namespace calldocker::domain
