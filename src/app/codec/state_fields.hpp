#pragma once
#include "app/codec/configuration_fields.hpp"
#include "app/codec/fields.hpp"

/// State, for snapshots. Snapshots do not repeat people's texts: for chat and notes they hold the numbers of the events that have them.
namespace calldocker::app::codec {

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
    io("reached", s.reached);
}
template <class Io, Is<domain::Writing> Self>
void fields(Io& io, Self& s) {
    io("by", s.by);
    io("noted_at", s.noted_at);
    io("disposition", s.disposition);
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
template <class Io, Is<domain::WayBack> Self>
void fields(Io& io, Self& s) {
    io("resumes_from", s.resumes_from);
    io("codes", s.codes);
    io("codes_made", s.codes_made);
}
template <class Io, Is<Contact> Self>
void fields(Io& io, Self& s) {
    io("call", s.call);
    io("number", s.number);
    io("trace", s.trace);
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
    io("writings", s.writings);
    io("rated", s.rated);
    io("answered_at", s.answered_at);
    io("chat_at", s.chat_at);
    io("chat_count", s.chat_count);
    io("way_back", s.way_back);
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
    io("not_ready_since", s.not_ready_since);
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
template <class Io, Is<domain::MediaStarts> Self>
void fields(Io& io, Self& s) {
    io("answers", s.answers);
    io("prompt", s.prompt);
    io("ms_sum", s.ms_sum);
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
/// A call and its visitor, who may still say how it was.
struct Unrated {
    std::string visit;
    Instant ended_at{};
};
template <class Io, Is<Unrated> Self>
void fields(Io& io, Self& s) {
    io("visit", s.visit);
    io("ended_at", s.ended_at);
}
/// A call and an agent who was at work on it, until then.
struct WorkedUntil {
    std::string part;
    Instant at{};
};
template <class Io, Is<WorkedUntil> Self>
void fields(Io& io, Self& s) {
    io("part", s.part);
    io("at", s.at);
}
/// A user, and when an admin signed it out.
struct SignedOutAt {
    UserId user;
    Instant at{};
};
template <class Io, Is<SignedOutAt> Self>
void fields(Io& io, Self& s) {
    io("user", s.user);
    io("at", s.at);
}
/// All but the contacts.
struct StateHead {
    int format{};
    Sequence sequence{}, configured_at{};
    std::optional<ConfigurationText> configuration;  // none in snapshots of before there was one
    std::vector<QueueId> closed_queues;
    std::map<UserId, Agent> agents;
    Instant day_began_at{};
    std::map<QueueId, domain::QueueRecord> records;
    domain::EstimateAccuracy estimates;
    domain::MediaStarts media_starts;
    std::vector<std::string> ended_calls, commands;
    std::vector<Unrated> unrated;
    std::vector<WorkedUntil> worked;
    std::vector<Served> served_by;
    std::vector<SignedOutAt> signed_out;
};
template <class Io, Is<StateHead> Self>
void fields(Io& io, Self& s) {
    io("format", s.format);
    io("sequence", s.sequence);
    io("configured_at", s.configured_at);
    io("configuration", s.configuration);
    io("closed_queues", s.closed_queues);
    io("agents", s.agents);
    io("day_began_at", s.day_began_at);
    io("records", s.records);
    io("estimates", s.estimates);
    io("media_starts", s.media_starts);
    io("ended_calls", s.ended_calls);
    io("unrated", s.unrated);
    io("worked", s.worked);
    io("commands", s.commands);
    io("served_by", s.served_by);
    io("signed_out", s.signed_out);
}
struct StateText {
    StateHead head;
    std::vector<Contact> contacts;
};
template <class Io, Is<StateText> Self>
void fields(Io& io, Self& s) {
    fields(io, s.head);
    io("contacts", s.contacts);
}

}  // namespace calldocker::app::codec
