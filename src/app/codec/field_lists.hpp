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
template <class Io, Is<fact::KeysPressed> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("party", s.party);
    io("digits", s.digits);
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
}
template <class Io, Is<fact::DispositionSet> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("disposition", s.disposition);
}
template <class Io, Is<fact::ContactTransferred> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("by", s.by);
    io("entry", s.entry);
    io("to", s.to);
    io("note", s.note);
    io("wrap_up", s.wrap_up);
}
template <class Io, Is<fact::ConsultStarted> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("by", s.by);
    io("agent", s.agent);
    io("ring", s.ring);
    io("note", s.note);
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

// What a company has set up. The same lists make docs/configuration.md's JSON.
template <class Io, Is<domain::OpenInterval> Self>
void fields(Io& io, Self& s) {
    io("from_minute", s.from_minute);
    io("to_minute", s.to_minute);
}
template <class Io, Is<domain::WeeklyInterval> Self>
void fields(Io& io, Self& s) {
    io("weekday", s.weekday);
    io("open", s.open);
}
template <class Io, Is<domain::Holiday> Self>
void fields(Io& io, Self& s) {
    io("date", s.date);
    io("name", s.name);
    io("intervals", s.intervals);
}
template <class Io, Is<domain::Hours> Self>
void fields(Io& io, Self& s) {
    io("zone", s.zone);
    io("weekly", s.weekly);
    io("holidays", s.holidays);
}
template <class Io, Is<domain::Relaxation> Self>
void fields(Io& io, Self& s) {
    io("after_seconds", s.after_seconds);
    io("level", s.level);
}
template <class Io, Is<domain::Requirement> Self>
void fields(Io& io, Self& s) {
    io("skill", s.skill);
    io("level", s.level);
    io("weight", s.weight);
    io.always("mandatory", s.mandatory);
    io("relaxations", s.relaxations);
}
template <class Io, Is<domain::Member> Self>
void fields(Io& io, Self& s) {
    io("agent", s.agent);
    io("tier", s.tier);
    io("delay_seconds", s.delay_seconds);
}
template <class Io, Is<domain::Queue> Self>
void fields(Io& io, Self& s) {
    io("id", s.id);
    io("name", s.name);
    io("metric", s.metric);
    io("ring_seconds", s.ring_seconds);
    io("emergency_class", s.emergency_class);
    io("priority_seconds", s.priority_seconds);
    io("sticky_seconds", s.sticky_seconds);
    io("target_seconds", s.target_seconds);
    io("max_wait_seconds", s.max_wait_seconds);
    io("max_length", s.max_length);
    io("overflow_to", s.overflow_to);
    io.always("callback", s.callback);
    io.always("voicemail", s.voicemail);
    io("callback_attempts_max", s.callback_attempts_max);
    io("callback_ring_seconds", s.callback_ring_seconds);
    io("callback_retry_seconds", s.callback_retry_seconds);
    io("wrap_up_seconds", s.wrap_up_seconds);
    io("wrap_up_extension_seconds", s.wrap_up_extension_seconds);
    io("wrap_up_extensions_max", s.wrap_up_extensions_max);
    io("misses_max", s.misses_max);
    io("declines_max", s.declines_max);
    io("match_language", s.match_language);
    io("requirements", s.requirements);
    io.always("everyone", s.everyone);
    io("members", s.members);
    io("hours", s.hours);
}
template <class Io, Is<domain::AgentProfile> Self>
void fields(Io& io, Self& s) {
    io("agent", s.agent);
    io("name", s.name);
    io("skills", s.skills);
    io("languages", s.languages);
    io("teams", s.teams);
}
template <class Io, Is<domain::Reason> Self>
void fields(Io& io, Self& s) {
    io("reason", s.reason);
    io("name", s.name);
    io.always("paid", s.paid);
    io("productive", s.productive);
    io("minutes_max", s.minutes_max);
}
template <class Io, Is<domain::CompanySettings> Self>
void fields(Io& io, Self& s) {
    io("zone", s.zone);
    io.always("reasons", s.reasons);
    io("dispositions", s.dispositions);
}
template <class Io, Is<fact::QueueConfigured> Self>
void fields(Io& io, Self& s) {
    io("queue", s.queue);
}
template <class Io, Is<fact::QueueRemoved> Self>
void fields(Io& io, Self& s) {
    io("queue", s.queue);
}
template <class Io, Is<fact::AgentConfigured> Self>
void fields(Io& io, Self& s) {
    io("profile", s.profile);
}
template <class Io, Is<fact::AgentRemoved> Self>
void fields(Io& io, Self& s) {
    io("agent", s.agent);
}
template <class Io, Is<fact::CompanyConfigured> Self>
void fields(Io& io, Self& s) {
    io("settings", s.settings);
}
template <class Io, Is<fact::QueueOpened> Self>
void fields(Io& io, Self& s) {
    io("queue", s.queue);
}
template <class Io, Is<fact::QueueClosed> Self>
void fields(Io& io, Self& s) {
    io("queue", s.queue);
}
template <class Io, Is<fact::DayBegan> Self>
void fields(Io&, Self&) {}

// State, for snapshots.
template <class Io, Is<Side> Self>
void fields(Io& io, Self& s) {
    io("endpoint", s.endpoint);
    io("lost_at", s.lost_at);
    io("media_up", s.media_up);
    io("media_since", s.media_since);
    io("muted", s.muted);
}
template <class Io, Is<domain::ToldWait> Self>
void fields(Io& io, Self& s) {
    io("half", s.half);
    io("most", s.most);
}
template <class Io, Is<domain::Callback> Self>
void fields(Io& io, Self& s) {
    io("phone", s.phone);
    io("note", s.note);
    io("attempts", s.attempts);
    io("attempts_max", s.attempts_max);
    io("due_at", s.due_at);
}
template <class Io, Is<domain::Joined> Self>
void fields(Io& io, Self& s) {
    io("who", s.who);
    io("kind", s.kind);
    io("mode", s.mode);
    io("endpoint", s.endpoint);
    io("rings_until", s.rings_until);
    io("since", s.since);
    io("note", s.note);
}
template <class Io, Is<domain::WrapUp> Self>
void fields(Io& io, Self& s) {
    io("until", s.until);
    io("extensions", s.extensions);
    io("began", s.began);
    io("queue", s.queue);
}
template <class Io, Is<domain::ChatMessage> Self>
void fields(Io& io, Self& s) {
    io("number", s.number);
    io("from", s.from);
    io("party", s.party);
    io("text", s.text);
    io("at", s.at);
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
    io("offer_ends", s.offer_ends);
    io("offer_kind", s.offer_kind);
    io("why", s.why);
    io("ended_at", s.ended_at);
    io("end_reason", s.end_reason);
    io("ended_by", s.ended_by);
    io("entry", s.entry);
    io("segment", s.segment);
    io("enqueued_at", s.enqueued_at);
    io("entered_at", s.entered_at);
    io("chosen", s.chosen);
    io("handed_over_by", s.handed_over_by);
    io("handed_over_note", s.handed_over_note);
    io("place_kept_at", s.place_kept_at);
    io("estimate", s.estimate);
    io("callback", s.callback);
    io("dial_until", s.dial_until);
    io("recording", s.recording);
    io("first_connected_at", s.first_connected_at);
    io("held_by", s.held_by);
    io("others", s.others);
    io("wrap_ups", s.wrap_ups);
    io("notes", s.notes);
    io("disposition", s.disposition);
    io("chat", s.chat);
    io("chat_count", s.chat_count);
}
template <class Io, Is<Agent::Busy> Self>
void fields(Io& io, Self& s) {
    io("from", s.from);
    io("to", s.to);
}
template <class Io, Is<Agent> Self>
void fields(Io& io, Self& s) {
    io("intent", s.intent);
    io("reason", s.reason);
    io("intent_since", s.intent_since);
    io("work_ended_at", s.work_ended_at);
    io("name", s.name);
    io("signed_in_at", s.signed_in_at);
    io("forced_by", s.forced_by);
    io("note", s.note);
    io("next", s.next);
    io("before_lost", s.before_lost);
    io("idle_since", s.idle_since);
    io("misses", s.misses);
    io("declines", s.declines);
    io("taken", s.taken);
    io("handled", s.handled);
    io("talked", s.talked);
    io("offered_last", s.offered_last);
    io("label", s.label);
    io("label_since", s.label_since);
    io("counted_since", s.counted_since);
    io("times", s.times);
    io("busy", s.busy);
}
template <class Io, Is<domain::MinuteOfWork> Self>
void fields(Io& io, Self& s) {
    io("minute", s.minute);
    io("handled", s.handled);
    io("handle_ms", s.handle_ms);
    io("abandoned", s.abandoned);
    io("waited_ms", s.waited_ms);
}
template <class Io, Is<domain::RecentWork> Self>
void fields(Io& io, Self& s) {
    io("minutes", s.minutes);
}
template <class Io, Is<domain::QueueCounts> Self>
void fields(Io& io, Self& s) {
    io("answered", s.answered);
    io("answered_in_target", s.answered_in_target);
    io("abandoned", s.abandoned);
    io("abandoned_in_target", s.abandoned_in_target);
    io("short_abandoned", s.short_abandoned);
    io("flowed_out", s.flowed_out);
    io("answered_wait", s.answered_wait);
    io("answered_wait_max", s.answered_wait_max);
    io("handled", s.handled);
    io("handed_on", s.handed_on);
    io("talk", s.talk);
    io("hold", s.hold);
    io("consult", s.consult);
    io("wrapup", s.wrapup);
}
template <class Io, Is<domain::QueueRecord> Self>
void fields(Io& io, Self& s) {
    io("today", s.today);
    io("work", s.work);
}
template <class Io, Is<domain::EstimateAccuracy> Self>
void fields(Io& io, Self& s) {
    io("told", s.told);
    io("within", s.within);
    io("error_ms_sum", s.error_ms_sum);
}
/// A pair of names: a visitor, and who served him last.
struct Served {
    UserId visitor, agent;
};
template <class Io, Is<Served> Self>
void fields(Io& io, Self& s) {
    io("visitor", s.visitor);
    io("agent", s.agent);
}
/// What a company has set up, as one document.
struct ConfigurationText {
    domain::CompanySettings company;
    std::vector<domain::Queue> queues;
    std::vector<domain::AgentProfile> agents;
};
template <class Io, Is<ConfigurationText> Self>
void fields(Io& io, Self& s) {
    io("company", s.company);
    io("queues", s.queues);
    io("agents", s.agents);
}
struct StateText {
    Sequence sequence{}, configured_at{};
    std::optional<ConfigurationText> configuration;  // none in snapshots of before there was one
    std::vector<QueueId> closed_queues;
    std::vector<Contact> contacts;
    std::map<UserId, Agent> agents;
    Instant day_began_at{};
    std::map<QueueId, domain::QueueRecord> records;
    domain::EstimateAccuracy estimates;
    std::vector<std::string> ended_calls, visitors_of_ended, commands;
    std::vector<Served> served_by;
};
template <class Io, Is<StateText> Self>
void fields(Io& io, Self& s) {
    io("sequence", s.sequence);
    io("configured_at", s.configured_at);
    io("configuration", s.configuration);
    io("closed_queues", s.closed_queues);
    io("contacts", s.contacts);
    io("agents", s.agents);
    io("day_began_at", s.day_began_at);
    io("records", s.records);
    io("estimates", s.estimates);
    io("ended_calls", s.ended_calls);
    io("visitors_of_ended", s.visitors_of_ended);
    io("commands", s.commands);
    io("served_by", s.served_by);
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
inline constexpr std::string_view type_name<fact::KeysPressed> = "contact.keys_pressed";
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
inline constexpr std::string_view type_name<fact::DayBegan> = "company.day_began";

}  // namespace calldocker::app::codec
