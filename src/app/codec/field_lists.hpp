#pragma once
#include <string_view>
#include <type_traits>

#include "domain/company/state.hpp"

/// The stored form of facts and state: for each type one list of its fields, which writes and reads it. Names are never
/// changed once written; a field that an old text lacks keeps its default, and one that is not known is passed over.
namespace calldocker::app::codec {

/// Self is T, or const T.
template <class Self, class T>
concept Is = std::is_same_v<std::remove_const_t<Self>, T>;

using domain::Agent;
using domain::Contact;
using domain::ContactDetails;
using domain::Endpoint;
using domain::Side;
namespace fact = domain::fact;

// Facts.
template <class Io, Is<Endpoint> Self>
void fields(Io& io, Self& s) {
    io("session", s.session);
    io("version", s.version);
}
template <class Io, Is<ContactDetails> Self>
void fields(Io& io, Self& s) {
    io("channel", s.channel);
    io("name", s.name);
    io("topic", s.topic);
    io("page", s.page);
}
template <class Io, Is<fact::ContactCreated> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("visitor", s.visitor);
    io("endpoint", s.endpoint);
    io("room", s.room);
    io("details", s.details);
}
template <class Io, Is<fact::ContactOffered> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("agents", s.agents);
}
template <class Io, Is<fact::ContactRevoked> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("agents", s.agents);
    io("reason", s.reason);
}
template <class Io, Is<fact::ContactDeclined> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("agent", s.agent);
    io("reason", s.reason);
}
template <class Io, Is<fact::ContactAccepted> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("agent", s.agent);
    io("name", s.name);
    io("endpoint", s.endpoint);
}
template <class Io, Is<fact::ContactConnected> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
}
template <class Io, Is<fact::MediaChanged> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("party", s.party);
    io("up", s.up);
}
template <class Io, Is<fact::MediaClaimed> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("party", s.party);
    io("endpoint", s.endpoint);
}
template <class Io, Is<fact::PartyLost> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("party", s.party);
}
template <class Io, Is<fact::PartyBack> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("party", s.party);
    io("endpoint", s.endpoint);
}
template <class Io, Is<fact::ContactRequeued> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("cause", s.cause);
}
template <class Io, Is<fact::ContactEnded> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("reason", s.reason);
    io("by", s.by);
    io("by_user", s.by_user);
    io("cause", s.cause);
}
template <class Io, Is<fact::IntentChanged> Self>
void fields(Io& io, Self& s) {
    io("agent", s.agent);
    io("intent", s.intent);
    io("reason", s.reason);
}

// State, for snapshots.
template <class Io, Is<Side> Self>
void fields(Io& io, Self& s) {
    io("endpoint", s.endpoint);
    io("lost_at", s.lost_at);
    io("media_up", s.media_up);
    io("media_since", s.media_since);
}
template <class Io, Is<Contact> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("number", s.number);
    io("room", s.room);
    io("state", s.state);
    io("visitor", s.visitor);
    io("details", s.details);
    io("visitor_side", s.visitor_side);
    io("agent", s.agent);
    io("agent_name", s.agent_name);
    io("agent_side", s.agent_side);
    io("offered", s.offered);
    io("declined", s.declined);
    io("created_at", s.created_at);
    io("state_since", s.state_since);
    io("accepted_at", s.accepted_at);
    io("connected_at", s.connected_at);
    io("media_failures", s.media_failures);
    io("requeued", s.requeued);
}
template <class Io, Is<Agent> Self>
void fields(Io& io, Self& s) {
    io("intent", s.intent);
    io("reason", s.reason);
    io("intent_since", s.intent_since);
    io("work_ended_at", s.work_ended_at);
}
struct StateText {
    Sequence sequence{};
    std::vector<Contact> contacts;
    std::map<UserId, Agent> agents;
    std::vector<std::string> ended_calls, commands;
};
template <class Io, Is<StateText> Self>
void fields(Io& io, Self& s) {
    io("sequence", s.sequence);
    io("contacts", s.contacts);
    io("agents", s.agents);
    io("ended_calls", s.ended_calls);
    io("commands", s.commands);
}

/// A fact's name in the log.
template <class T>
inline constexpr std::string_view type_name = "";
template <>
inline constexpr std::string_view type_name<fact::ContactCreated> = "contact.created";
template <>
inline constexpr std::string_view type_name<fact::ContactOffered> = "contact.offered";
template <>
inline constexpr std::string_view type_name<fact::ContactRevoked> = "contact.revoked";
template <>
inline constexpr std::string_view type_name<fact::ContactDeclined> = "contact.declined";
template <>
inline constexpr std::string_view type_name<fact::ContactAccepted> = "contact.accepted";
template <>
inline constexpr std::string_view type_name<fact::ContactConnected> = "contact.connected";
template <>
inline constexpr std::string_view type_name<fact::MediaChanged> = "contact.media_changed";
template <>
inline constexpr std::string_view type_name<fact::MediaClaimed> = "contact.media_claimed";
template <>
inline constexpr std::string_view type_name<fact::PartyLost> = "contact.party_lost";
template <>
inline constexpr std::string_view type_name<fact::PartyBack> = "contact.party_back";
template <>
inline constexpr std::string_view type_name<fact::ContactRequeued> = "contact.requeued";
template <>
inline constexpr std::string_view type_name<fact::ContactEnded> = "contact.ended";
template <>
inline constexpr std::string_view type_name<fact::IntentChanged> = "agent.intent_changed";

}  // namespace calldocker::app::codec
