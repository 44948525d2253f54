#include "protocol/signalling/views.hpp"

namespace calldocker::protocol {

using namespace domain;

namespace {

template <class View>
void write_lost(Message& message, const View& view) {
    std::vector<std::string_view> lost;
    if (view.visitor_lost) lost.emplace_back("visitor");
    if (view.agent_lost) lost.emplace_back("agent");
    if (view.media_lost) lost.emplace_back("media");
    message.texts("lost", lost);
}

void write_muted(Message& message, const ContactView& view) {
    std::vector<std::string_view> muted;
    if (view.visitor_muted) muted.push_back(name_of(Party::visitor));
    if (view.agent_muted) muted.push_back(name_of(Party::agent));
    if (!muted.empty()) message.texts("muted", muted);
}

}  // namespace

void write_members(Message& message, const Person& person) { message.id("userId", person.user).text_unless_empty("name", person.name); }

void write_members(Message& message, const QueueRef& queue) { message.id("queueId", queue.queue).text("name", queue.name); }

void write_members(Message& message, const ContactView& view) {
    message.id("callId", view.call).value("state", view.state).value("channel", view.channel);
    message.value("visitor", view.visitor).maybe("agent", view.agent);
    message.value("you", view.you).flag("mediaOwner", view.media_owner).flag("needsOffer", view.needs_offer);
    message.time("createdAt", view.created_at).maybe("acceptedAt", view.accepted_at);
    message.maybe("connectedAt", view.connected_at).maybe("endedAt", view.ended_at);
    message.maybe("endReason", view.end_reason).maybe("endedBy", view.ended_by);
    write_lost(message, view);
    message.maybe("queue", view.queue).maybe("waitingSince", view.waiting_since).maybe("offer", view.offer);
    message.values_unless_empty("legs", view.legs);
    write_muted(message, view);
    message.maybe("heldBy", view.held_by).values_unless_empty("participants", view.participants);
    message.maybe("wrapUpUntil", view.wrap_up_until).maybe("wrapUpExtensions", view.wrap_up_extensions);
    message.text_unless_empty("notes", view.notes).text_unless_empty("disposition", view.disposition);
    message.values_unless_empty("earlierNotes", view.earlier_notes);
    message.maybe("place", view.place).maybe("callback", view.callback);
    message.text_unless_empty("recordingId", view.recording).text_unless_empty("trace", view.trace).maybe("segments", view.segments);
}

void write_members(Message& message, const ContactView::Visitor& visitor) {
    message.id("userId", visitor.user).text_unless_empty("name", visitor.name);
    message.text_unless_empty("topic", visitor.topic).text_unless_empty("page", visitor.page);
}

void write_members(Message& message, const OfferView& offer) {
    message.value("kind", offer.kind).time("since", offer.since).maybe("expiresAt", offer.expires_at);
    message.maybe("from", offer.from).text_unless_empty("note", offer.note).maybe("why", offer.why);
}

void write_members(Message& message, const RoutingWhy& why) {
    message.text("rule", why.rule).value("decidedBy", why.decided_by);
    message.number("candidates", why.candidates).number("waitedMs", why.waited.count());
}

void write_members(Message& message, const LegView& leg) {
    message.id("userId", leg.user).text_unless_empty("name", leg.name);
    message.value("kind", leg.kind).flag("offers", leg.offers).maybe("mode", leg.mode).flag_if_set("mix", leg.mix);
}

void write_members(Message& message, const ParticipantView& participant) {
    write_members(message, participant.who);
    message.value("kind", participant.kind).maybe("mode", participant.mode).flag("connected", participant.connected);
}

void write_members(Message& message, const NotesView& written) {
    write_members(message, written.by);
    message.text_unless_empty("notes", written.notes).text_unless_empty("disposition", written.disposition);
}

void write_members(Message& message, const PlaceView& place) {
    message.number("place", place.place).maybe("minMinutes", place.minutes_min).maybe("maxMinutes", place.minutes_max);
    message.flag("away", place.away);
}

void write_members(Message& message, const CallbackView& callback) {
    message.number("attempt", callback.attempt).number("attemptsMax", callback.attempts_max).maybe("dueAt", callback.due_at);
    message.text_unless_empty("phone", callback.phone).text_unless_empty("note", callback.note);
}

void write_members(Message& message, const ChatMessage& said) {
    message.number("number", said.number).value("from", said.from).value("party", said.party);
    message.text("text", said.text).time("at", said.at);
}

void write_members(Message& message, const AgentView& view) {
    message.id("userId", view.user).text_unless_empty("name", view.name);
    message.value("intent", view.intent).text_unless_empty("reason", view.reason);
    message.value("label", view.label).time("since", view.since).flag("mediaReady", view.media_ready);
    message.maybe("next", view.next).maybe("forcedBy", view.forced_by).text_unless_empty("note", view.note);
    message.number_unless_zero("misses", view.misses).maybe("signedInAt", view.signed_in_at);
    message.number_unless_zero("handled", view.handled).number_unless_zero("talkedMs", view.talked.count());
    message.values_unless_empty("queues", view.queues);
}

void write_members(Message& message, const NextIntent& next) {
    message.value("intent", next.intent).text_unless_empty("reason", next.reason);
}

void write_members(Message& message, const Snapshot& snapshot) {
    message.values("rooms", snapshot.rooms).values("contacts", snapshot.contacts).maybe("agent", snapshot.agent);
}

void write_members(Message& message, const RoomView& room) { message.id("roomId", room.room).ids("users", room.users); }

void write_members(Message& message, const notice::IceServer& server) {
    message.texts("urls", server.urls).text_unless_empty("username", server.username).text_unless_empty("credential", server.credential);
}

void write_members(Message& message, const QueueStatus& status) {
    message.id("queueId", status.queue.queue).text_unless_empty("name", status.queue.name);
    message.flag("open", status.open).maybe("opensAt", status.opens_at).flag("staffed", status.staffed);
    message.flag_if_set("full", status.full).flag("callback", status.callback).flag("voicemail", status.voicemail);
    message.maybe("minMinutes", status.minutes_min).maybe("maxMinutes", status.minutes_max);
}

void write_members(Message& message, const Directory& directory) {
    message.values("queues", directory.queues).values("agents", directory.agents);
    message.values("reasons", directory.reasons).texts("dispositions", directory.dispositions);
}

void write_members(Message& message, const DirectoryQueue& queue) {
    write_members(message, queue.queue);
    message.flag("open", queue.open).number("waiting", queue.waiting).number("free", queue.free);
}

void write_members(Message& message, const DirectoryAgent& agent) {
    write_members(message, agent.who);
    message.value("label", agent.label).flag("free", agent.free);
}

void write_members(Message& message, const ReasonView& reason) {
    message.text("reason", reason.reason).text("name", reason.name);
    message.flag_if_set("paid", reason.paid).flag_if_set("productive", reason.productive).maybe("maxMinutes", reason.minutes_max);
}

void write_members(Message& message, const LiveView& live) {
    message.time("at", live.at).values("queues", live.queues).values("agents", live.agents).values("contacts", live.contacts);
    message.number("contactsTotal", live.contacts_total).flag_if_set("mayAct", live.may_act);
}

void write_members(Message& message, const LiveQueue& queue) {
    write_members(message, queue.queue);
    message.flag("open", queue.open).number("waiting", queue.waiting).maybe("longestWaitingSince", queue.longest_waiting_since);
    message.number("offering", queue.offering).number("talking", queue.talking).number("callbacks", queue.callbacks);
    message.number("staffed", queue.staffed).number("free", queue.free);
    message.number("offered", queue.offered).number("answered", queue.answered).number("abandoned", queue.abandoned);
    message.number("flowedOut", queue.flowed_out).number("answeredInTarget", queue.answered_in_target);
    message.number("shortAbandoned", queue.short_abandoned).number("targetSeconds", queue.target_seconds);
    message.maybe("serviceLevelPercent", queue.service_level_percent);
}

void write_members(Message& message, const LiveAgent& agent) {
    write_members(message, agent.who);
    message.value("label", agent.label).value("intent", agent.intent).text_unless_empty("reason", agent.reason);
    message.time("since", agent.since).maybe("next", agent.next).number("sessions", agent.sessions);
    message.flag("mediaReady", agent.media_ready).text_unless_empty("callId", agent.call.view()).ids("queues", agent.queues);
    message.number("handled", agent.handled).flag_if_set("overdue", agent.overdue);
}

void write_members(Message& message, const LiveContact& contact) {
    message.id("callId", contact.call).value("state", contact.state).value("channel", contact.channel);
    message.value("queue", contact.queue).value("visitor", contact.visitor).maybe("agent", contact.agent);
    message.time("since", contact.since).time("waitingSince", contact.waiting_since);
    write_lost(message, contact);
    message.values_unless_empty("supervisors", contact.supervisors);
}

}  // namespace calldocker::protocol
