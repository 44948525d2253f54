#include "domain/permissions/relation.hpp"

#include <algorithm>

#include "domain/permissions/supervision.hpp"

namespace calldocker::domain {
namespace {

Relations or_outsider(Relations relations) { return relations.empty() ? Relations{Relation::outsider} : relations; }

/// Staff have no calls of their own, and customers take part in their own alone: an id that both kinds use is two people's.
Relations of_customer(const Contact& contact, const UserId& user) {
    if (contact.visitor != user) return {};
    return contact.is_over() ? Relations{Relation::past_visitor} : Relations{Relation::visitor};
}

Relation of_joined(const Joined& joined) {
    if (joined.is_ringing()) return Relation::asked;
    switch (joined.kind) {
        case LegKind::consult: return Relation::consulted;
        case LegKind::conference: return Relation::conference;
        default: return Relation::supervising;
    }
}

Relations of_staff(const Contact& contact, const Identity& who, const Configuration& configuration) {
    Relations relations;
    if (contact.has_agent() && contact.agent == who.user) relations |= {Relation::agent};
    if (contact.wrap_ups.contains(who.user)) relations |= {Relation::wrapping_up};
    if (contact.is_offered_to(who.user)) relations |= {Relation::offered};
    for (const Joined& joined : contact.others)
        if (joined.who.user == who.user) relations |= {of_joined(joined)};
    if (Supervision(who, configuration).covers(contact)) relations |= {Relation::supervisor_of};
    return relations;
}

/// One message of one session.
class Relate {
public:
    Relate(const Surroundings& around, const Session& session) : around_(around), session_(session) {}

    Relations operator()(const JoinRoom& message) const {
        return {message.room.view() == agent_room ? Relation::staff_room : Relation::open_room};
    }
    Relations operator()(const WebrtcOffer& message) const { return to_named_call(message.call); }
    Relations operator()(const WebrtcAnswer& message) const { return to_named_call(message.call); }
    Relations operator()(const IceCandidate& message) const { return to_named_call(message.call); }
    Relations operator()(const CallStarted& message) const {
        return session_.is_in(message.room) ? to_call(message.call, &message.room) : Relations{Relation::elsewhere};
    }
    Relations operator()(const CallEnded& message) const {
        return session_.is_in(message.room) ? to_call(message.call, &message.room) : Relations{Relation::elsewhere};
    }
    // A name for something new; whether it is free is a rule of its own.
    Relations operator()(const OpenContact&) const { return {Relation::self}; }
    Relations operator()(const CallRejected&) const { return {Relation::self}; }
    Relations operator()(const GetIceServers& message) const {
        if (message.call) return to_call(*message.call, nullptr);
        const bool at_work = session_.is_staff() && (around_.state.agent(session_.user()).intent == Intent::available ||
                                                     !around_.state.contacts_of(session_.user()).empty());
        return at_work ? Relations{Relation::self, Relation::at_work} : Relations{Relation::self};
    }
    Relations operator()(const EndWrapUp& message) const {
        return message.agent && *message.agent != session_.user() ? to_agent(*message.agent) : Relations{Relation::self};
    }
    Relations operator()(const ForceIntent& message) const { return to_agent(message.agent); }
    /// All others are about the contact that they name, or about nothing.
    template <class Message>
    Relations operator()(const Message& message) const {
        if constexpr (requires { message.call; }) {
            return to_contact(message.call);
        } else {
            return {Relation::self};
        }
    }

private:
    [[nodiscard]] Relations to_contact(const ContactId& call) const { return relations_to_contact(around_, session_.identity, call); }
    [[nodiscard]] Relations to_agent(const UserId& agent) const {
        const bool covered = Supervision(session_.identity, around_.state.configuration()).covers(agent);
        return {covered ? Relation::supervisor_of : Relation::outsider};
    }
    [[nodiscard]] Relations to_named_call(const std::optional<ContactId>& call) const {
        return call ? to_call(*call, nullptr) : Relations{Relation::self};
    }
    /// A contact, or a call between users. @param room  that the message is about; null: none
    [[nodiscard]] Relations to_call(const ContactId& call, const RoomId* room) const {
        if (const Contact* contact = around_.state.contact(call)) {
            Relations relations = to_contact(call);
            if (room != nullptr && session_.is_staff() && !contact->has_agent() && rings_in(*contact, *room)) relations |= {Relation::rung};
            return relations;
        }
        const DirectCall* direct = around_.direct_calls.find(call);
        if (direct == nullptr) return to_contact(call);
        if (direct->has_party(session_.user())) return {Relation::party};
        if (direct->is_answered()) return {Relation::outsider};
        const bool rings =
            room != nullptr ? direct->rings_at(session_.user(), *room) : direct->asked == session_.user() || session_.is_in(direct->room);
        return {rings ? Relation::rung : Relation::outsider};
    }
    /// In the room that the visitor called, in the one in which he has named it, and in those that every queue has.
    [[nodiscard]] bool rings_in(const Contact& contact, const RoomId& room) const {
        if (room == contact.room || is_queue(room.view())) return true;
        const auto named = around_.named_in.find(contact.call);
        return named != around_.named_in.end() && named->second == room;
    }

    const Surroundings& around_;
    const Session& session_;
};

}  // namespace

Relations relations_of(const Surroundings& around, const Session& session, const ClientMessage& message) {
    return std::visit(Relate{around, session}, message);
}

Relations relations_to_contact(const Surroundings& around, const Identity& who, const ContactId& call) {
    const Contact* contact = around.state.contact(call);
    const bool worked = is_staff(who.role) && around.state.worked_until(who.user, call) != nullptr;
    const Relations former = worked ? Relations{Relation::wrapped_up} : Relations{};
    if (contact == nullptr) {
        if (worked) return former | Relations{Relation::unknown};
        const bool was_visitor = !is_staff(who.role) && around.state.unrated(who.user, call) != nullptr;
        return was_visitor ? Relations{Relation::unknown, Relation::past_visitor} : Relations{Relation::unknown};
    }
    Relations relations = is_staff(who.role) ? of_staff(*contact, who, around.state.configuration()) : of_customer(*contact, who.user);
    if (contact->is_over()) relations |= {Relation::ended};
    return or_outsider(relations) | former;
}

}  // namespace calldocker::domain
