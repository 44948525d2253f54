#include <algorithm>

#include "app/live_island.hpp"
#include "domain/company/follow_up.hpp"
#include "domain/contacts/legs.hpp"

namespace calldocker::app {

using namespace domain;

namespace {

/// A name tells rooms from users, as the original pages expect (docs/protocol.md, version 1).
bool names_room(const std::string& target, const Presence& presence) {
    if (is_queue(target)) return true;
    return target.find("room") != std::string::npos && !presence.is_anybody_here(target);
}

/// The version 1 staff that an offer to the room reaches at once.
std::vector<UserId> original_staff_in(const RoomId& room, const Presence& presence) {
    std::vector<UserId> rung;
    const Room* found = presence.room(room);
    if (found == nullptr) return rung;
    for (const auto& [number, member] : found->members()) {
        const bool is_rung = std::any_of(member.sessions.begin(), member.sessions.end(), [&](SessionKey key) {
            const Session* session = presence.find(key);
            return session->is_original_that_rings() && session->is_staff();
        });
        if (is_rung) rung.push_back(member.user);
    }
    return rung;
}

tl::unexpected<Error> not_within_a_call() {
    return fail(ErrorCode::forbidden, "visitors send offers, answers and candidates within a contact or a call of their own");
}
tl::unexpected<Error> cannot_keep_up() {
    return tl::unexpected<Error>(Error{ErrorCode::overloaded, "too much sent: the other side cannot keep up; try again in 1 s", 1s});
}

}  // namespace

/// Customers address staff only. Staff who name an id mean the other party of the named call, if it has that id; then the
/// staff of that id, if it is here; then the customer.
std::optional<UserId> LiveIsland::addressee(const Session& sender, const std::string& target, const std::optional<ContactId>& call) const {
    if (target != anonymous_target) {
        UserId staff{target};
        if (!sender.is_staff()) return staff;
        UserId visitor = UserId::visitor(target);
        const bool means_visitor =
            (call && is_other_party(sender, visitor, *call)) || (!presence_.is_here(staff) && presence_.is_here(visitor));
        return means_visitor ? std::move(visitor) : std::move(staff);
    }
    if (call) {
        if (const Contact* contact = state_.contact(*call)) return contact->visitor;
        if (const DirectCall* named = direct_calls_.find(*call)) return named->owner;
        return std::nullopt;
    }
    const UserId* only = presence_.only_anonymous_customer();
    return only == nullptr ? std::nullopt : std::optional{*only};
}

bool LiveIsland::is_other_party(const Session& sender, const UserId& visitor, const ContactId& call) const {
    if (const Contact* contact = state_.contact(call)) {
        if (contact->visitor != visitor) return false;
        // A colleague who only advises the agent means the agent. An agent who has no part yet means the visitor: an original page's answer
        // is its accept.
        return contact->other(sender.user()) == nullptr || contact_between(call, sender.user(), visitor) != nullptr;
    }
    const DirectCall* named = direct_calls_.find(call);
    return named != nullptr && (named->has_party(visitor) || named->asked == visitor);
}

const Contact* LiveIsland::contact_between(const std::optional<ContactId>& call, const UserId& one, const UserId& other) const {
    const Contact* contact = call ? state_.contact(*call) : nullptr;
    if (contact == nullptr) return nullptr;
    const std::vector<Leg> legs = legs_of(*contact);
    return std::any_of(legs.begin(), legs.end(), [&](const Leg& leg) { return leg.joins(one, other); }) ? contact : nullptr;
}

/// What names a live contact tells that there is one, which while the log is broken may not have reached it.
Sequence LiveIsland::where_known(const std::optional<ContactId>& call) const {
    const Contact* contact = call ? state_.contact(*call) : nullptr;
    return contact == nullptr ? Sequence{} : std::max(so_far(), contact->number);
}

/// Customers send into their own calls alone. A customer who reaches nobody learns only that somebody is not here.
bool LiveIsland::is_others_call(const Session& sender, const std::optional<ContactId>& call) const {
    if (sender.is_staff() || !call) return false;
    if (const Contact* contact = state_.contact(*call)) return contact->visitor != sender.user();
    const DirectCall* direct = direct_calls_.find(*call);
    return direct != nullptr && direct->is_answered() && !direct->has_party(sender.user());
}

/// Version 1 pages name no call, or name one before anybody knows it: of them only how much they send is bounded.
bool LiveIsland::is_bound_to_calls(const Session& sender) { return !sender.is_staff() && sender.version == 2; }

/// In a contact, those who take part in it or are rung; in a direct call, its other side.
bool LiveIsland::may_hear(const UserId& target, const Session& visitor, const ContactId& call) const {
    if (const Contact* contact = state_.contact(call))
        return !contact->is_over() && (contact->agent == target || contact->is_offered_to(target) || contact->other(target) != nullptr);
    const DirectCall* direct = direct_calls_.find(call);
    if (direct == nullptr) return false;
    if (direct->owner != visitor.user()) return direct->owner == target;
    const bool is_in_room = presence_.has_session(target, [&](const Session& other) { return other.is_in(direct->room); });
    return direct->partner == target || direct->asked == target || (!direct->room.empty() && is_in_room);
}

Result<> LiveIsland::relay(const Session& sender, const std::optional<UserId>& target, const std::optional<ContactId>& call,
                           std::string_view opaque, const Notice& notice, Sequence after, Rings rings) {
    // What is refused does not depend on who is here, so that nobody learns it.
    if (is_bound_to_calls(sender) && !call) return not_within_a_call();
    if (!target || !presence_.may_address(sender, *target) || is_others_call(sender, call)) return {};
    if (is_bound_to_calls(sender) && !may_hear(*target, sender, *call)) return {};
    const Contact* contact = contact_between(call, sender.user(), *target);
    courier_.begin();
    if (contact != nullptr) {
        add_endpoint(*contact, *target);
    } else {
        courier_.add_user(*target, [&](const Session& session) { return rings == Rings::no || !session.has_expired; });
    }
    if (sender.is_staff()) {
        courier_.send(notice, after);
        return {};
    }
    if (courier_.send_if_room(opaque.size(), notice, after)) return {};
    return cannot_keep_up();
}

/// Of a version 2 party the session that carries the media; of a version 1 party every tab.
void LiveIsland::add_endpoint(const Contact& contact, const UserId& user) {
    const Endpoint* endpoint = domain::endpoint_of(contact, user);
    if (endpoint == nullptr) return;
    courier_.add_user(
        user, [&](const Session& session) { return endpoint->version == 1 ? session.version == 1 : session.id == endpoint->session; });
}

LiveIsland::Handled LiveIsland::on(Session& sender, const WebrtcOffer& message) {
    const Contact* contact = message.call ? state_.contact(*message.call) : nullptr;
    const DirectCall* direct = message.call ? direct_calls_.find(*message.call) : nullptr;
    const bool name_is_free = contact == nullptr && (direct == nullptr || direct->owner == sender.user());
    const bool is_for_queue = message.call && is_queue(message.target) && !sender.is_staff();

    if (is_for_queue && (name_is_free || (contact != nullptr && contact->visitor == sender.user()))) return offer_to_queue(sender, message);
    const bool is_room = names_room(message.target, presence_);
    if (message.call && name_is_free) {
        const RoomId room = is_room ? RoomId{message.target} : RoomId{};
        const UserId asked = is_room ? UserId{} : addressee(sender, message.target, message.call).value_or(UserId{});
        if (auto named = name_direct_call(sender, *message.call, room, asked); !named) return fail(named.error());
    }
    if (is_room) return offer_to_room(sender, message);
    return offer_to_user(sender, message);
}

LiveIsland::Handled LiveIsland::offer_to_queue(Session& sender, const WebrtcOffer& message) {
    const ContactId& call = *message.call;
    const RoomId room{message.target};
    const Contact* contact = state_.contact(call);
    if (contact != nullptr && (contact->awaits_callback() || contact->is_over() || contact->is_voicemail())) {
        courier_.to(sender.key, notice::OfferSent{message.target, call});
        return Sequence{};
    }
    if (contact != nullptr && contact->has_agent()) {
        // It tells of the contact, and of who has it.
        const Sequence after = where_known(call);
        held_offers_.delivered(call);
        if (auto relayed = relay(sender, contact->agent, call, message.offer, notice::Offer{sender.user(), message.offer, call}, after);
            !relayed)
            return fail(relayed.error());
        courier_.to(sender.key, notice::OfferSent{message.target, call}, after);
        return after;
    }

    std::vector<UserId> rung = original_staff_in(room, presence_);
    const bool is_new = contact == nullptr || contact->state == ContactState::prequeue;
    if (!is_new) charge_for_copies(sender, message.offer.size(), rung.size());
    held_offers_.hold(call, message.offer);
    auto entered = is_new ? perform(sender.user(), command::EnterQueue{call, sender.user(), endpoint_of(sender), room,
                                                                       queue_or_default(message.queue), message.details, std::move(rung)})
                          : perform(sender.user(), command::RingAgain{call, std::move(rung)});
    if (!entered) {
        if (is_new) held_offers_.forget(call);
        return entered;
    }
    if (const DirectCall* direct = direct_calls_.find(call)) named_in_[call] = direct->room;
    direct_calls_.end(call);
    const Contact* waiting = state_.contact(call);
    const bool rings_all = waiting != nullptr && state_.queue_of(*waiting).metric == Metric::ring_all;
    courier_.begin();
    courier_.add_room(room, [&](const Session& other) {
        return other.version == 1 && ((other.is_staff() && rings_all && !other.has_expired) || other.user() == sender.user());
    });
    const notice::Offer offer{sender.user(), message.offer, call};
    if (is_new) {
        courier_.send(offer, *entered);
    } else if (!courier_.send_if_room(message.offer.size(), offer, *entered)) {
        return cannot_keep_up();
    }
    courier_.to(sender.key, notice::OfferSent{message.target, call}, *entered);
    return entered;
}

LiveIsland::Handled LiveIsland::offer_to_room(Session& sender, const WebrtcOffer& message) {
    if (!sender.is_staff()) {
        const DirectCall* own = message.call ? direct_calls_.find(*message.call) : nullptr;
        if (is_bound_to_calls(sender) && (own == nullptr || own->owner != sender.user())) return not_within_a_call();
        const Room* room = presence_.room(RoomId{message.target});
        charge_for_copies(sender, message.offer.size(), room == nullptr ? 0 : room->members().size());
    }
    const Sequence after = where_known(message.call);
    courier_.begin();
    courier_.add_room(RoomId{message.target},
                      [&](const Session& other) { return presence_.sees(other, sender.user()) && !other.has_expired; });
    const notice::Offer offer{sender.user(), message.offer, message.call};
    if (sender.is_staff()) {
        courier_.send(offer, after);
    } else if (!courier_.send_if_room(message.offer.size(), offer, after)) {
        return cannot_keep_up();
    }
    courier_.to(sender.key, notice::OfferSent{message.target, message.call}, after);
    return after;
}

LiveIsland::Handled LiveIsland::offer_to_user(Session& sender, const WebrtcOffer& message) {
    const auto target = addressee(sender, message.target, message.call);
    bool goes_on = false;  // what the two have already; else it rings
    if (target) {
        const Contact* contact = contact_between(message.call, sender.user(), *target);
        if (contact != nullptr && contact->visitor == sender.user()) held_offers_.delivered(*message.call);
        const DirectCall* direct = message.call ? direct_calls_.find(*message.call) : nullptr;
        goes_on = contact != nullptr || (direct != nullptr && direct->is_answered() && direct->has_party(*target));
    }
    const Sequence after = where_known(message.call);
    const Rings rings = goes_on ? Rings::no : Rings::yes;
    auto relayed =
        relay(sender, target, message.call, message.offer, notice::Offer{sender.user(), message.offer, message.call}, after, rings);
    if (!relayed) return fail(relayed.error());
    courier_.to(sender.key, notice::OfferSent{message.target, message.call}, after);
    return after;
}

LiveIsland::Handled LiveIsland::on(Session& sender, const WebrtcAnswer& message) {
    const auto target = addressee(sender, message.target, message.call);
    Sequence after{};
    if (message.call && target) {
        const ContactId& call = *message.call;
        const Contact* contact = state_.contact(call);
        const DirectCall* direct = direct_calls_.find(call);
        if (contact != nullptr && contact->visitor == *target && sender.is_staff()) {
            if (contact_between(message.call, sender.user(), *target) == nullptr) {
                // The answer of a page that knows no reservations is its accept.
                if (sender.has_expired) return fail(ErrorCode::unauthenticated, "Invalid token");
                const auto answered = perform(sender.user(), command::Answer{call, accepting(sender)});
                if (!answered) return answered;
                held_offers_.delivered(call);
            }
            after = where_known(call);
        } else if (direct != nullptr && direct->owner == *target && presence_.may_address(sender, *target)) {
            if (sender.has_expired && !direct->has_party(sender.user())) return fail(ErrorCode::unauthenticated, "Invalid token");
            if (auto answered = direct_calls_.answer(call, sender.user()); !answered) return fail(answered.error());
        } else if (contact == nullptr && direct == nullptr && state_.has_ended(call)) {
            return fail(ErrorCode::gone, "the call has ended");
        }
    }
    if (auto relayed =
            relay(sender, target, message.call, message.answer, notice::Answer{sender.user(), message.answer, message.call}, after);
        !relayed)
        return fail(relayed.error());
    courier_.to(sender.key, notice::AnswerSent{message.target, message.call}, after);
    return after;
}

LiveIsland::Handled LiveIsland::on(Session& sender, const IceCandidate& message) {
    auto relayed = relay(sender, addressee(sender, message.target, message.call), message.call, message.candidate,
                         notice::Candidate{sender.user(), message.candidate, message.call});
    if (!relayed) return fail(relayed.error());
    return Sequence{};
}

}  // namespace calldocker::app
