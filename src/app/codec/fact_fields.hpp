#pragma once
#include <string_view>

#include "app/codec/fields.hpp"

/// Facts, as the log holds them, and what they are called there.
namespace calldocker::app::codec {

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
    io("language", s.language);
}
template <class Io, Is<domain::Person> Self>
void fields(Io& io, Self& s) {
    io("user", s.user);
    io("name", s.name);
}
template <class Io, Is<domain::Entry> Self>
void fields(Io& io, Self& s) {
    io("queue", s.queue);
    io("emergency_class", s.emergency_class);
    io("priority_seconds", s.priority_seconds);
    io("wait_max", s.wait_max);
    io("preferred", s.preferred);
}
template <class Io, Is<domain::RoutingWhy> Self>
void fields(Io& io, Self& s) {
    io("rule", s.rule);
    io("decided_by", s.decided_by);
    io("candidates", s.candidates);
    io("waited", s.waited);
}
template <class Io, Is<domain::Excluded> Self>
void fields(Io& io, Self& s) {
    io("agent", s.agent);
    io("reason", s.reason);
    io("detail", s.detail);
}
template <class Io, Is<domain::NextIntent> Self>
void fields(Io& io, Self& s) {
    io("intent", s.intent);
    io("reason", s.reason);
}
template <class Io, Is<domain::ReturnCode> Self>
void fields(Io& io, Self& s) {
    io("hash", s.hash);
    io("session", s.session);
    io("role_name", s.role_name);
    io("name", s.name);
    io("token_expires_at", s.token_expires_at);
    io("until", s.until);
}
template <class Io, Is<fact::ResumeTokensVoided> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("session", s.session);
    io("before", s.before);
}
template <class Io, Is<fact::ReturnCodeMade> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("code", s.code);
}
template <class Io, Is<fact::ReturnCodeUsed> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("hash", s.hash);
}
template <class Io, Is<fact::UserSignedOut> Self>
void fields(Io& io, Self& s) {
    io("user", s.user);
}
template <class Io, Is<fact::ContactCreated> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("visitor", s.visitor);
    io("endpoint", s.endpoint);
    io("room", s.room);
    io("details", s.details);
    io.later("entry", s.entry);
    io("prequeue", s.prequeue);
    io("recording", s.recording);
    io("duration", s.duration);
    io("trace", s.trace);
}
template <class Io, Is<fact::ContactOffered> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("agents", s.agents);
    io("ring", s.ring);
    io.later("kind", s.kind);
    io("why", s.why);
    io("excluded", s.excluded);
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
    io("dial", s.dial);
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
    io("wrap_up", s.wrap_up);
}
template <class Io, Is<fact::ContactEnded> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("reason", s.reason);
    io("by", s.by);
    io("by_user", s.by_user);
    io("cause", s.cause);
    io("wrap_up", s.wrap_up);
}
template <class Io, Is<fact::IntentChanged> Self>
void fields(Io& io, Self& s) {
    io("agent", s.agent);
    io("intent", s.intent);
    io("reason", s.reason);
    io.later("by", s.by);
    io("note", s.note);
}

template <class Io, Is<fact::ContactEnqueued> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("entry", s.entry);
    io("room", s.room);
    io("cause", s.cause);
}
template <class Io, Is<fact::WaitEstimated> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("half", s.half);
    io("most", s.most);
}
template <class Io, Is<fact::ContactMissed> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("agents", s.agents);
}
template <class Io, Is<fact::WrapUpExtended> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("agent", s.agent);
    io("by", s.by);
}
template <class Io, Is<fact::WrapUpEnded> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("agent", s.agent);
}
template <class Io, Is<fact::ContactHeld> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("by", s.by);
}
template <class Io, Is<fact::ContactResumed> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
}
template <class Io, Is<fact::MuteChanged> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("party", s.party);
    io("muted", s.muted);
}
template <class Io, Is<fact::ChatSaid> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("from", s.from);
    io("party", s.party);
    io("text", s.text);
}
template <class Io, Is<fact::NotesSet> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("notes", s.notes);
    io.later("by", s.by);
}
template <class Io, Is<fact::DispositionSet> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("disposition", s.disposition);
    io.later("by", s.by);
}
template <class Io, Is<fact::ContactTransferred> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("by", s.by);
    io("entry", s.entry);
    io("to", s.to);
    io("note", s.note);
    io("wrap_up", s.wrap_up);
    io("by_name", s.by_name);
}
template <class Io, Is<fact::ConsultStarted> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("by", s.by);
    io("agent", s.agent);
    io("ring", s.ring);
    io("note", s.note);
    io("name", s.name);
}
template <class Io, Is<fact::ConsultJoined> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("agent", s.agent);
    io("name", s.name);
    io("endpoint", s.endpoint);
}
template <class Io, Is<fact::ConsultEnded> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("agent", s.agent);
    io("cause", s.cause);
}
template <class Io, Is<fact::ConferenceStarted> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
}
template <class Io, Is<fact::ContactHandedOver> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("to", s.to);
    io("name", s.name);
    io("endpoint", s.endpoint);
    io("wrap_up", s.wrap_up);
    io("cause", s.cause);
}
template <class Io, Is<fact::SupervisorJoined> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("user", s.user);
    io("name", s.name);
    io("endpoint", s.endpoint);
    io("mode", s.mode);
}
template <class Io, Is<fact::SupervisorLeft> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("user", s.user);
}
template <class Io, Is<fact::PlaceKept> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
}
template <class Io, Is<fact::CallbackRequested> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("phone", s.phone);
    io("note", s.note);
    io("cause", s.cause);
    io("attempts_max", s.attempts_max);
}
template <class Io, Is<fact::CallbackFailed> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("cause", s.cause);
    io("again", s.again);
}
template <class Io, Is<fact::ContactRated> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("rating", s.rating);
    io("comment", s.comment);
    io("by", s.by);
}
template <class Io, Is<fact::NextIntentChosen> Self>
void fields(Io& io, Self& s) {
    io("agent", s.agent);
    io("next", s.next);
}
template <class Io, Is<fact::SignedIn> Self>
void fields(Io& io, Self& s) {
    io("agent", s.agent);
    io("name", s.name);
}
template <class Io, Is<fact::SignedOut> Self>
void fields(Io& io, Self& s) {
    io("agent", s.agent);
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
template <>
inline constexpr std::string_view type_name<fact::ContactEnqueued> = "contact.enqueued";
template <>
inline constexpr std::string_view type_name<fact::WaitEstimated> = "contact.wait_estimated";
template <>
inline constexpr std::string_view type_name<fact::ContactMissed> = "contact.missed";
template <>
inline constexpr std::string_view type_name<fact::WrapUpExtended> = "contact.wrap_up_extended";
template <>
inline constexpr std::string_view type_name<fact::WrapUpEnded> = "contact.wrap_up_ended";
template <>
inline constexpr std::string_view type_name<fact::ContactHeld> = "contact.held";
template <>
inline constexpr std::string_view type_name<fact::ContactResumed> = "contact.resumed";
template <>
inline constexpr std::string_view type_name<fact::MuteChanged> = "contact.mute_changed";
template <>
inline constexpr std::string_view type_name<fact::ChatSaid> = "contact.chat_said";
template <>
inline constexpr std::string_view type_name<fact::NotesSet> = "contact.notes_set";
template <>
inline constexpr std::string_view type_name<fact::DispositionSet> = "contact.disposition_set";
template <>
inline constexpr std::string_view type_name<fact::ContactTransferred> = "contact.transferred";
template <>
inline constexpr std::string_view type_name<fact::ConsultStarted> = "contact.consult_started";
template <>
inline constexpr std::string_view type_name<fact::ConsultJoined> = "contact.consult_joined";
template <>
inline constexpr std::string_view type_name<fact::ConsultEnded> = "contact.consult_ended";
template <>
inline constexpr std::string_view type_name<fact::ConferenceStarted> = "contact.conference_started";
template <>
inline constexpr std::string_view type_name<fact::ContactHandedOver> = "contact.handed_over";
template <>
inline constexpr std::string_view type_name<fact::SupervisorJoined> = "contact.supervisor_joined";
template <>
inline constexpr std::string_view type_name<fact::SupervisorLeft> = "contact.supervisor_left";
template <>
inline constexpr std::string_view type_name<fact::PlaceKept> = "contact.place_kept";
template <>
inline constexpr std::string_view type_name<fact::CallbackRequested> = "contact.callback_requested";
template <>
inline constexpr std::string_view type_name<fact::CallbackFailed> = "contact.callback_failed";
template <>
inline constexpr std::string_view type_name<fact::ContactRated> = "contact.rated";
template <>
inline constexpr std::string_view type_name<fact::NextIntentChosen> = "agent.next_intent_chosen";
template <>
inline constexpr std::string_view type_name<fact::SignedIn> = "agent.signed_in";
template <>
inline constexpr std::string_view type_name<fact::SignedOut> = "agent.signed_out";
template <>
inline constexpr std::string_view type_name<fact::QueueConfigured> = "queue.configured";
template <>
inline constexpr std::string_view type_name<fact::QueueRemoved> = "queue.removed";
template <>
inline constexpr std::string_view type_name<fact::AgentConfigured> = "agent.configured";
template <>
inline constexpr std::string_view type_name<fact::AgentRemoved> = "agent.removed";
template <>
inline constexpr std::string_view type_name<fact::CompanyConfigured> = "company.configured";
template <>
inline constexpr std::string_view type_name<fact::QueueOpened> = "queue.opened";
template <>
inline constexpr std::string_view type_name<fact::QueueClosed> = "queue.closed";
template <>
inline constexpr std::string_view type_name<fact::ResumeTokensVoided> = "contact.resume_tokens_voided";
template <>
inline constexpr std::string_view type_name<fact::ReturnCodeMade> = "contact.return_code_made";
template <>
inline constexpr std::string_view type_name<fact::ReturnCodeUsed> = "contact.return_code_used";
template <>
inline constexpr std::string_view type_name<fact::UserSignedOut> = "company.user_signed_out";
template <>
inline constexpr std::string_view type_name<fact::DayBegan> = "company.day_began";

}  // namespace calldocker::app::codec
